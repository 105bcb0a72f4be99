"""Fonts for documents: unpack the WOFF files of the font package into the TTF files that typesetting reads."""

import struct
import sys
import zlib
from pathlib import Path

_HEADER = struct.Struct(">4sIIHHI")
_ENTRY = struct.Struct(">4sIIII")


class FontError(ValueError):
    """A file that is not a WOFF 1 font."""


def unpack_woff(woff: bytes) -> bytes:
    """The font inside a WOFF 1 file (tables compressed by zlib), table for table; raises FontError."""
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
        directory += struct.pack(">4sIII", tag, checksum, offset + len(body), length)
        body += table + b"\0" * (-length % 4)
    font = head + directory + body
    if len(font) != size:
        raise FontError("the font has not the size the file says")
    return font


def unpack_folder(source: Path, target: Path) -> int:
    """Unpack every .woff of a folder into .ttf files of another; the number of fonts."""
    target.mkdir(parents=True, exist_ok=True)
    packed = sorted(source.glob("*.woff"))
    for path in packed:
        (target / path.with_suffix(".ttf").name).write_bytes(unpack_woff(path.read_bytes()))
    return len(packed)


if __name__ == "__main__":
    unpack_folder(Path(sys.argv[1]), Path(sys.argv[2]))
