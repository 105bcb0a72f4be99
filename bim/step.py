"""Accept or refuse a STEP file before it is parsed: the parser takes half files without a word.

`scan` reads the bytes once with numpy. A '#12=' inside a string is no entity: it follows an odd number of
quotes; a quote is written '' inside a string, which counts twice and so needs no special case. Comments
are rare, and are blanked together with the strings where there is one.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bim.refusals import RefusedError

SUPPORTED = ("IFC2X3", "IFC4", "IFC4X3_ADD2")
"""Schemas that are read; every other one is refused by its name."""

MAX_ID = 2**31 - 1
MAX_BYTES = 300 * 1024 * 1024
_TAIL = 4096
HEAD = 4096
"""Bytes at the beginning of a file that tell whether it is a STEP file."""
_LONGEST_HEADER = 1 << 20
"""Bytes of a header that are read; the rest says nothing."""
_OPENS = re.compile(rb"'|/\*")
_STATEMENT = re.compile(r"'[^']*+'?|;|[^';]++")
_BLANK = bytes(sign if sign == ord("\n") else ord(" ") for sign in range(256))
"""Every byte as a space but a line break: one pass, where a substitution would keep a piece for each byte."""
_COMMENT_BEGINS = re.compile(rb"/\*")
_BUILD = re.compile(r"\d{8}_\d{4}")
_HEADER_TEXT = re.compile(r"'((?:[^']++|'')*+)'")

_MARK, _QUOTE = ord("#"), ord("'")
_BLOCK = 1 << 16
"""Bytes looked at in one go: so few that their memory is used again and again."""
_WHITE = np.frombuffer(b" \t\r\n", np.uint8)

Bytes = NDArray[np.uint8]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Header:
    """What the header says, empty where unsaid: the first schema and all of them, the authoring system, people.

    `unencoded` is the number of bytes in the data's strings that are no ASCII: the reader drops them without a word.
    """

    schema: str
    tool: str
    authors: tuple[str, ...]
    organizations: tuple[str, ...] = ()
    timestamp: str = ""
    name: str = ""
    description: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ()
    unencoded: int = 0


@dataclass(frozen=True)
class _Text:
    """The bytes, the positions of quotes and marks, and whether a string is open behind each."""

    array: Bytes
    signs: Integers
    opened: NDArray[np.bool_]

    def outside(self, position: int) -> bool:
        """Whether no string is open before `position`."""
        index = int(np.searchsorted(self.signs, position))
        return index == 0 or not self.opened[index - 1]

    def marks(self) -> Integers:
        """Every '#' outside strings."""
        hits: Integers = self.signs[~self.opened & (self.array[self.signs] == _MARK)]
        return hits


@dataclass(frozen=True)
class Scan:
    """An accepted file: size in bytes, SHA-256 of its bytes and the number of entities seen."""

    header: Header
    size: int
    sha256: str
    entities: int


def scan(path: Path, *, max_bytes: int = MAX_BYTES) -> Scan:
    """Read `path` once; raise `RefusedError` where the file is not a whole IFC we can judge."""
    size = path.stat().st_size
    if size == 0:
        raise RefusedError("empty_file")
    if size > max_bytes:
        raise RefusedError("too_large", size=size, limit=max_bytes)
    data = path.read_bytes()
    if code := format_of(data[:HEAD]):
        raise RefusedError(code)
    start = data.find(b"DATA;")
    header = read_header(data[: start if start >= 0 else len(data)])
    if start < 0:
        raise RefusedError("no_data_section")
    text = _outside_strings(data, start)
    _check_ends(data, text, start)
    if len(header.schemas) != 1 or header.schema not in SUPPORTED:
        raise RefusedError("schema_unsupported", schema=", ".join(header.schemas) or "?")
    header = replace(header, unencoded=_unencoded(data, start))
    return Scan(header, size, hashlib.sha256(data).hexdigest(), _check_entities(text))


def _unencoded(data: bytes, start: int) -> int:
    """How many bytes of the data section are no ASCII; in a comment they are no loss."""
    if data.isascii():
        return 0
    strings = (data[begin:end] for begin, end in _spans(data, start) if data.startswith(b"'", begin))
    return sum(int(np.count_nonzero(np.frombuffer(string, np.uint8) & 0x80)) for string in strings)


def format_of(head: bytes) -> str | None:
    """None where the first `HEAD` bytes are those of a STEP file; else the code of the refusal.

    It names the format where that is one of IFC too.
    """
    if b"ISO-10303-21;" in head:
        return None
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # any encoding of the plain letters
    if text.startswith(b"<") and re.search(rb"ifc|iso_10303", text, re.IGNORECASE):
        return "ifc_xml"
    if text.startswith((b"{", b"[")) and re.search(rb"ifc", text, re.IGNORECASE):
        return "ifc_json"
    return "not_step"


def read_header(raw: bytes) -> Header:
    """The header's schema, tool and authors; tolerant, since a wrong header is a finding and not a crash."""
    said = _statements(_without_comments(raw[:_LONGEST_HEADER]).decode("latin-1"))
    name = _arguments(_entity(said, "FILE_NAME"))
    names = _HEADER_TEXT.findall(_entity(said, "FILE_SCHEMA"))
    description = _arguments(_entity(said, "FILE_DESCRIPTION"))
    parts = [tuple(part.strip() for part in _HEADER_TEXT.findall(argument) if part.strip()) for argument in name]
    parts += [()] * (6 - len(parts))
    return Header(
        schema=names[0].strip().upper() if names else "",
        tool=_tool(" ".join(parts[4]), " ".join(parts[5])),
        authors=parts[2],
        organizations=parts[3],
        timestamp=" ".join(parts[1]),
        name=" ".join(parts[0]),
        description=tuple(part for part in _HEADER_TEXT.findall(description[0]) if part.strip()),
        schemas=tuple(part.strip().upper() for part in names),
    )


def _tool(preprocessor: str, system: str) -> str:
    """The authoring tool; Revit until 2013 wrote its name as the preprocessor and the number of its build here."""
    return f"{preprocessor} {system}".strip() if _BUILD.match(system) else system


def _statements(text: str) -> list[str]:
    """What stands before each semicolon outside strings; every sign is looked at once, whatever they are."""
    statements: list[list[str]] = [[]]
    for piece in _STATEMENT.findall(text):
        if piece == ";":
            statements.append([])
        else:
            statements[-1].append(piece)
    return ["".join(pieces).strip() for pieces in statements[:-1]]


def _entity(statements: list[str], name: str) -> str:
    """The text between the parentheses of header entity `name`, or an empty one."""
    said = next((statement.removeprefix(name).lstrip() for statement in statements if statement.startswith(name)), "")
    return said[1:-1] if said.startswith("(") and said.endswith(")") else ""


def _arguments(text: str) -> list[str]:
    """Split at the commas that lie outside strings and inner parentheses."""
    parts, depth, quoted = [""], 0, False
    for char in text:
        quoted ^= char == "'"
        depth += (0 if quoted else 1) * ((char == "(") - (char == ")"))
        if char == "," and not quoted and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _outside_strings(data: bytes, start: int) -> _Text:
    """What the data section, which begins at `start`, says outside strings and comments."""
    array = np.frombuffer(data, np.uint8)
    blocks = ((begin, array[begin : begin + _BLOCK]) for begin in range(start, len(data), _BLOCK))
    signs = np.concatenate([np.flatnonzero((b == _QUOTE) | (b == _MARK)) + begin for begin, b in blocks])
    opened = (np.cumsum(array[signs] == _QUOTE, dtype=np.uint8) & 1).view(np.bool_)
    text = _Text(array, signs, opened)
    # Quotes are counted rightly up to the first comment, so the first one is always noticed.
    if any(text.outside(found.start()) for found in _COMMENT_BEGINS.finditer(data, start)):
        return _outside_strings(data[:start] + _spaced(data[start:]), start)
    return text


def _spans(data: bytes, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where strings and comments begin and end; of a comment that never ends only its beginning.

    No sign is looked at twice, however many comments are opened and never closed.
    """
    last, at = data.rfind(b"*/"), start
    while (found := _OPENS.search(data, at)) is not None:
        at = found.start()
        if found[0] == b"'":
            end = data.find(b"'", at + 1) + 1
            if end == 0:
                return
        else:
            end = (data.find(b"*/", at + 2) if at + 2 <= last else at) + 2
        yield at, end
        at = end


def _spaced(data: bytes) -> bytes:
    """Strings and comments as spaces, on as many lines."""
    parts, at = [], 0
    for begin, end in _spans(data):
        parts += [data[at:begin], data[begin:end].translate(_BLANK)]
        at = end
    return b"".join([*parts, data[at:]])


def _without_comments(data: bytes) -> bytes:
    """The same with its strings as they are."""
    parts, at = [], 0
    for begin, end in _spans(data):
        if not data.startswith(b"'", begin):
            parts += [data[at:begin], b" "]
            at = end
    return b"".join([*parts, data[at:]])


def _check_ends(data: bytes, text: _Text, start: int) -> None:
    """The header and the trailer are there; a file cut anywhere fails here."""
    trailer = _last(b"END-ISO-10303-21;", data, text, max(start, len(data) - _TAIL))
    if b"ENDSEC;" not in _spaced(data[:start]) or not trailer or not _last(b"ENDSEC;", data, text, start):
        raise RefusedError("half_file", line=data.count(b"\n") + 1)


def _last(word: bytes, data: bytes, text: _Text, start: int) -> bool:
    """Whether `word` stands behind `start` and outside strings."""
    found = data.rfind(word, start)
    while found >= 0 and not text.outside(found):
        found = data.rfind(word, start, found)
    return found >= 0


def _check_entities(text: _Text) -> int:
    """Ids are in range, defined once, and every reference leads somewhere; returns their number."""
    array, marks = text.array, text.marks()
    ids, ends = _numbers(array, marks)
    if ids.size and int(ids.max()) > MAX_ID:
        at = int(np.argmax(ids > MAX_ID))
        raise RefusedError("id_too_large", id=int(ids[at]), line=_line(array, int(marks[at])))
    defines = _is_definition(array, ends)
    defined = np.sort(ids[defines])
    if defined.size == 0:
        raise RefusedError("no_entities")
    twice = defined[1:][defined[1:] == defined[:-1]]
    if twice.size:
        at = np.flatnonzero(defines & (ids == twice[0]))[1]
        raise RefusedError("duplicate_id", id=int(twice[0]), line=_line(array, int(marks[at])))
    _check_references(array, marks, ids, defined)
    return int(defined.size)


def _check_references(array: Bytes, marks: Integers, ids: Integers, defined: Integers) -> None:
    """Raise for the first reference to an id that nothing defines."""
    largest = int(ids.max())
    if largest <= 4 * array.size:  # a table by id is faster than a search, unless ids are very sparse
        known = np.zeros(largest + 1, np.bool_)
        known[defined] = True
        lost = ~known[ids]
    else:
        lost = ~np.isin(ids, defined)
    if lost.any():
        at = int(np.argmax(lost))
        raise RefusedError("dangling_reference", id=int(ids[at]), line=_line(array, int(marks[at])))


def _numbers(array: Bytes, marks: Integers) -> tuple[Integers, Integers]:
    """The number behind each '#', and where its digits end; a '#' without digits gives 0."""
    values = np.zeros(marks.size, np.int64)
    ends = marks + 1
    active = ends < array.size
    for _ in range(18):  # 18 digits still fit 64 bits; anything longer is out of range already
        digit = array.take(ends, mode="clip") - np.uint8(ord("0"))
        active &= digit <= 9
        if not active.any():
            break
        values = np.where(active, values * 10 + digit, values)
        ends += active
        active &= ends < array.size
    return values, ends


def _is_definition(array: Bytes, ends: Integers) -> NDArray[np.bool_]:
    """Whether '=' follows, white space allowed."""
    follows = array.take(ends, mode="clip")
    space = np.flatnonzero(np.isin(follows, _WHITE))
    position = ends[space]
    while space.size:
        position += 1
        follows[space] = array.take(position, mode="clip")
        still = np.isin(follows[space], _WHITE) & (position < array.size)
        space, position = space[still], position[still]
    return np.asarray(follows == ord("="))


def _line(array: Bytes, position: int) -> int:
    return int(np.count_nonzero(array[:position] == ord("\n"))) + 1
