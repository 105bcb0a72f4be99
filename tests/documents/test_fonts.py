"""The font package's WOFF files unpack to the fonts that are inside."""

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.documents.fonts import LATIN, FontError, unpack_folder, unpack_woff


def _pad(table: bytes) -> bytes:
    return table + b"\0" * (-len(table) % 4)


def _pack(tables: dict[bytes, bytes]) -> tuple[bytes, bytes]:
    """A font with these tables, as it is and as WOFF 1 (written from the W3C recommendation)."""
    tags = sorted(tables)
    power = len(tags).bit_length() - 1
    head = struct.pack(">IHHHH", 0x00010000, len(tags), 16 << power, power, 16 * len(tags) - (16 << power))
    plain_offset, packed_offset = 12 + 16 * len(tags), 44 + 20 * len(tags)
    plain_entries, packed_entries, plain_body, packed_body = b"", b"", b"", b""
    for tag in tags:
        table = tables[tag]
        packed = min(zlib.compress(table), table, key=len)
        checksum = sum(struct.unpack(f">{len(_pad(table)) // 4}I", _pad(table))) % 2**32
        plain_entries += struct.pack(">4sIII", tag, checksum, plain_offset + len(plain_body), len(table))
        packed_entries += struct.pack(
            ">4sIIII", tag, packed_offset + len(packed_body), len(packed), len(table), checksum
        )
        plain_body += _pad(table)
        packed_body += _pad(packed)
    plain = head + plain_entries + plain_body
    size = packed_offset + len(packed_body)
    header = struct.pack(">4sIIHHIHHIIIII", b"wOFF", 0x00010000, size, len(tags), 0, len(plain), 1, 0, 0, 0, 0, 0, 0)
    return plain, header + packed_entries + packed_body


_tables = st.dictionaries(st.binary(min_size=4, max_size=4), st.binary(max_size=400), min_size=1, max_size=12)


@given(_tables)
def test_every_table_comes_out_as_it_went_in(tables: dict[bytes, bytes]) -> None:
    plain, woff = _pack(tables)
    assert unpack_woff(woff) == plain


@pytest.mark.parametrize("raw", [b"", b"wOF2" + b"\0" * 60, b"\0\1\0\0"])
def test_what_is_no_woff_is_refused(raw: bytes) -> None:
    with pytest.raises(FontError):
        unpack_woff(raw)


def test_a_damaged_table_is_refused() -> None:
    _, woff = _pack({b"glyf": b"\0" * 400})
    with pytest.raises((FontError, zlib.error)):
        unpack_woff(woff[:70] + b"\xff" + woff[71:])


def test_a_folder_of_fonts_is_unpacked(tmp_path: Path) -> None:
    plain, woff = _pack({b"cmap": b"abc" * 50})
    (tmp_path / "A-Regular.woff").write_bytes(woff)
    assert unpack_folder(tmp_path, tmp_path / "ttf") == 1
    assert (tmp_path / "ttf" / "A-Regular.ttf").read_bytes() == plain


def test_the_halves_of_a_split_font_get_two_names_and_the_rest_stays_away(tmp_path: Path) -> None:
    _, woff = _pack({b"cmap": b"abc" * 50, b"name": b"old name"})
    for name in ("arabic-400", "latin-400", "latin-ext-400", "arabic-100"):
        (tmp_path / f"ibm-plex-sans-arabic-{name}-normal.woff").write_bytes(woff)
    assert unpack_folder(tmp_path, tmp_path / "ttf") == 2
    fonts = {path.stem: path.read_bytes() for path in (tmp_path / "ttf").iterdir()}
    assert b"old name" in fonts["ibm-plex-sans-arabic-arabic-400-normal"]
    latin = fonts["ibm-plex-sans-arabic-latin-400-normal"]
    assert LATIN.encode("utf-16-be") in latin
    assert b"old name" not in latin
