"""Fonts for documents: unpack the WOFF files of the font package into the TTF files that typesetting reads."""

import re
import struct
import sys
import zlib
from pathlib import Path

_HEADER = struct.Struct(">4sIIHHI")
_ENTRY = struct.Struct(">4sIIII")


class FontError(ValueError):
    """A file that is not a WOFF 1 font."""


_SUBSET = re.compile(r"-(?P<subset>[a-z-]+)-(?P<weight>[0-9]{3})-normal$")
_WANTED = {("arabic", "400"), ("arabic", "700"), ("latin", "400"), ("latin", "700")}
LATIN = "IBM Plex Sans Arabic Latin"
"""The family of the Latin half of a font that its package splits by script.

Typesetting keeps one file per family and weight, so the halves must not bear the same name.
"""


def unpack_woff(woff: bytes, *, family: str = "") -> bytes:
    """The font inside a WOFF 1 file (tables compressed by zlib), table for table; raises FontError.

    With `family` the font gets that name, and names nothing else.
    """
    if woff[:4] != b"wOFF":
        raise FontError("not a WOFF 1 file")
    _, flavour, _, count, _, size = _HEADER.unpack_from(woff)
    entries = [_ENTRY.unpack_from(woff, 44 + 20 * i) for i in range(count)]
    power = count.bit_length() - 1
    head = struct.pack(">IHHHH", flavour, count, 16 << power, power, 16 * count - (16 << power))
    directory, body, offset = b"", b"", 12 + 16 * count
    for tag, start, packed, length, checksum in sorted(entries):
        table = woff[start : start + packed]
        table = zlib.decompress(table) if packed < length else table
        if len(table) != length:
            raise FontError(f"table {tag!r} is damaged")
        renamed = bool(family) and tag == b"name"
        table = _name_table(family) if renamed else table
        directory += struct.pack(
            ">4sIII", tag, _checksum(table) if renamed else checksum, offset + len(body), len(table)
        )
        body += table + b"\0" * (-len(table) % 4)
    font = head + directory + body
    if len(font) != size and not family:
        raise FontError("the font has not the size the file says")
    return font


def _name_table(family: str) -> bytes:
    """A name table of family, full name and PostScript name (1, 4, 6; Windows, Unicode, English)."""
    names = {1: family, 4: family, 6: family.replace(" ", "")}
    records, texts = b"", b""
    for number, name in names.items():
        text = name.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(text), len(texts))
        texts += text
    return struct.pack(">HHH", 0, len(names), 6 + len(records)) + records + texts


def _checksum(table: bytes) -> int:
    padded = table + b"\0" * (-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) % 2**32


def unpack_folder(source: Path, target: Path) -> int:
    """Unpack the .woff files of a folder into .ttf files of another; the number of fonts.

    Of a package split by script, the regular and bold of Arabic and Latin are taken, the Latin as LATIN.
    """
    target.mkdir(parents=True, exist_ok=True)
    unpacked = 0
    for path in sorted(source.glob("*.woff")):
        split = _SUBSET.search(path.stem.removeprefix("ibm-plex-sans-arabic"))
        if split and (split["subset"], split["weight"]) not in _WANTED:
            continue
        family = LATIN if split and split["subset"] == "latin" else ""
        font = unpack_woff(path.read_bytes(), family=family)
        (target / path.with_suffix(".ttf").name).write_bytes(font)
        unpacked += 1
    return unpacked


if __name__ == "__main__":
    unpack_folder(Path(sys.argv[1]), Path(sys.argv[2]))
