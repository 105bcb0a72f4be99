"""Accept or refuse a STEP file before it is parsed: the parser takes half files without a word.

`scan` reads the bytes once with numpy. Everything inside strings and comments is blanked first, so a
'#12=' in a text is no entity; a quote is written '' inside a string, which toggles twice and so
needs no special case.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bim.refusals import RefusedError

SUPPORTED = ("IFC2X3", "IFC4", "IFC4X3_ADD2", "IFC4X3")
"""Schemas that are read; every other one is refused by its name."""

MAX_ID = 2**31 - 1
MAX_BYTES = 300 * 1024 * 1024
_TAIL = 4096
_USUAL = 8
"""Digits that ids nearly always keep to."""
_STRINGS_AND_COMMENTS = re.compile(rb"'[^']*'|/\*.*?\*/", re.DOTALL)
_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
_HEADER_TEXT = re.compile(r"'((?:[^']|'')*)'")

Bytes = NDArray[np.uint8]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Header:
    """What the header says: the schema, the authoring system and the authors, empty where unsaid."""

    schema: str
    tool: str
    authors: tuple[str, ...]


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
    if b"ISO-10303-21;" not in data[:_TAIL]:
        raise RefusedError("not_step")
    start = data.find(b"DATA;")
    header = read_header(data[: start if start >= 0 else len(data)])
    blank = _blank(data, max(start, 0))
    _check_ends(blank, data, start)
    if header.schema not in SUPPORTED:
        raise RefusedError("schema_unsupported", schema=header.schema or "?")
    return Scan(header, size, hashlib.sha256(data).hexdigest(), _check_entities(np.frombuffer(blank, np.uint8)))


def read_header(raw: bytes) -> Header:
    """The header's schema, tool and authors; tolerant, since a wrong header is a finding and not a crash."""
    text = _COMMENT.sub(b" ", raw).decode("latin-1")
    schema = _entity(text, "FILE_SCHEMA")
    name = _arguments(_entity(text, "FILE_NAME"))
    names = _HEADER_TEXT.findall(schema)
    tool = " ".join(part for argument in (name[5:6] or [""]) for part in _HEADER_TEXT.findall(argument))
    authors = tuple(a.strip() for a in _HEADER_TEXT.findall(name[2])) if len(name) > 2 else ()
    return Header(names[0].strip().upper() if names else "", tool.strip(), tuple(a for a in authors if a))


def _entity(text: str, name: str) -> str:
    """The text between the parentheses of header entity `name`, or an empty one."""
    match = re.search(rf"{name}\s*\(((?:'(?:[^']|'')*'|[^';])*)\)\s*;", text)
    return match[1] if match else ""


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


def _blank(data: bytes, start: int) -> bytes:
    """The bytes with strings and comments as spaces, of the same length; the header is always short."""
    head = _spaced(data[:start])
    body = data[start:]
    array = np.frombuffer(body, np.uint8)
    quoted = np.cumsum(array == ord("'"), dtype=np.uint8) & 1
    # Quotes are counted rightly up to the first comment, so the first one is always noticed.
    if any(not quoted[match.start()] for match in re.finditer(rb"/\*", body)):
        return head + _spaced(body)
    blank = array.copy()
    blank[quoted.view(np.bool_)] = ord(" ")
    return head + blank.tobytes()


def _spaced(data: bytes) -> bytes:
    return _STRINGS_AND_COMMENTS.sub(lambda match: b" " * len(match[0]), data)


def _check_ends(blank: bytes, data: bytes, start: int) -> None:
    """The header and the trailer are there; a file cut anywhere fails here."""
    if start < 0:
        raise RefusedError("no_data_section")
    if b"END-ISO-10303-21;" not in blank[-_TAIL:]:
        raise RefusedError("half_file", line=data.count(b"\n") + 1)
    if b"ENDSEC;" not in blank[:start] or b"ENDSEC;" not in blank[start:]:
        raise RefusedError("half_file", line=data.count(b"\n") + 1)


def _check_entities(array: Bytes) -> int:
    """Ids are in range, defined once, and every reference leads somewhere; returns their number."""
    marks = np.flatnonzero(array == ord("#"))
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
    padded = np.concatenate([array, np.zeros(24, np.uint8)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, _USUAL)[marks + 1] - np.uint8(ord("0"))
    digits = np.logical_and.accumulate(windows <= 9, axis=1)
    if digits[:, -1].any():
        return _long_numbers(padded, marks)
    values = np.zeros(marks.size, np.int64)
    for column in range(_USUAL):
        values = np.where(digits[:, column], values * 10 + windows[:, column], values)
    return values, marks + 1 + digits.sum(axis=1)


def _long_numbers(padded: Bytes, marks: Integers) -> tuple[Integers, Integers]:
    """The same for numbers of any length, digit by digit."""
    values = np.zeros(marks.size, np.int64)
    ends = marks + 1
    active = np.ones(marks.size, np.bool_)
    for _ in range(18):  # 18 digits still fit 64 bits; anything longer is out of range already
        digit = padded[ends].astype(np.int64) - ord("0")
        active &= (digit >= 0) & (digit <= 9)
        if not active.any():
            break
        values = np.where(active, values * 10 + digit, values)
        ends = ends + active
    return values, ends


def _is_definition(array: Bytes, ends: Integers) -> NDArray[np.bool_]:
    """Whether '=' follows, white space allowed."""
    padded = np.concatenate([array, np.zeros(1, np.uint8)])
    last = array.size
    follows = padded[ends]
    space = np.flatnonzero(np.isin(follows, np.frombuffer(b" \t\r\n", np.uint8)))
    position = ends[space]
    while space.size:
        position = np.minimum(position + 1, last)
        follows[space] = padded[position]
        still = np.isin(follows[space], np.frombuffer(b" \t\r\n", np.uint8))
        space, position = space[still], position[still]
    return np.asarray(follows == ord("="))


def _line(array: Bytes, position: int) -> int:
    return int(np.count_nonzero(array[:position] == ord("\n"))) + 1
