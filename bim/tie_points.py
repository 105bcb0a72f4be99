"""Tie points (نقاط الربط): points of the model whose place in the plot's grid an engineer has surveyed; as text."""

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bim.refusals import RefusedError

_FOLD = str.maketrans("٫−؛،", ".-;,", "٬\u200e\u200f\u061c\u2066\u2067\u2068\u2069 \u00a0")
_COLUMNS = {
    "x": ("x", "س"), "y": ("y", "ع"), "east": ("east", "easting", "e", "شرق"),
    "north": ("north", "northing", "n", "شمال"), "z": ("z", "ص"), "height": ("height", "h", "منسوب"),
    "name": ("name", "point", "الاسم", "النقطة"),
}  # fmt: skip


@dataclass(frozen=True)
class TiePoint:
    """A point of the model (x, y, z in one unit, whichever) and the same in the plot's grid, metres.

    `z` and `height` are given together or not at all; `name` is what a report calls the point.
    """

    x: float
    y: float
    east: float
    north: float
    z: float | None = None
    height: float | None = None
    name: str = ""


def parse(text: str) -> TiePoint:
    """A point of "x,y=east,north" or "x,y,z=east,north,height", in Arabic or Latin digits.

    Raises RefusedError: tie_unreadable.
    """
    model, _, grid = text.translate(_FOLD).replace(";", ",").partition("=")
    given, surveyed = (_numbers(side.split(","), text) for side in (model, grid))
    if len(given) != len(surveyed) or len(given) not in (2, 3):
        raise RefusedError("tie_unreadable", value=text[:100])
    z, height = (given[2], surveyed[2]) if len(given) == 3 else (None, None)
    return TiePoint(given[0], given[1], surveyed[0], surveyed[1], z, height)


def read(path: Path) -> tuple[TiePoint, ...]:
    """The points of a CSV file with the columns x, y, east, north and perhaps z, height and name, in any order.

    Raises RefusedError: tie_file where there is no such file or a column is lacking, tie_unreadable for a value.
    """
    if not path.is_file():
        raise RefusedError("no_file", companion=path.name)
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("windows-1256")  # spreadsheets of an Arabic system write so
    return read_text(text)


def read_lines(text: str) -> tuple[TiePoint, ...]:
    """The points that a person wrote: one in a line as for `parse`, or a file's text as for `read_text`; or none."""
    lines = [line for line in text.splitlines() if line.strip()]
    return tuple(map(parse, lines)) if lines and "=" in lines[0] else read_text(text) if lines else ()


def read_text(text: str) -> tuple[TiePoint, ...]:
    """As `read`, from the text of such a file; the columns are parted by commas, semicolons or tabs."""
    lines = [line for line in text.splitlines() if line.strip()]
    head = lines[0] if lines else ""
    parted = next((mark for mark in ("\t", ";", "؛", "،", ",") if mark in head), ",")
    rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=parted))
    places = _places(rows[0] if rows else [])
    return tuple(_point(row, places) for row in rows[1:])


def _numbers(words: Sequence[str], text: str) -> list[float]:
    try:
        values = [float(word) for word in words]
    except ValueError as error:
        raise RefusedError("tie_unreadable", value=text[:100]) from error
    if not all(map(math.isfinite, values)):
        raise RefusedError("tie_unreadable", value=text[:100])
    return values


def _places(head: Sequence[str]) -> Mapping[str, int]:
    """The columns' places by their names."""
    said = [re.sub(r"\W", "", word, flags=re.UNICODE).lower() for word in head]
    places = {name: said.index(word) for name, words in _COLUMNS.items() for word in words if word in said}
    lacking = [name for name in ("x", "y", "east", "north") if name not in places]
    if lacking:
        raise RefusedError("tie_file", columns=", ".join(lacking))
    return places


def _point(row: Sequence[str], places: Mapping[str, int]) -> TiePoint:
    said = {name: row[place].strip() for name, place in places.items() if place < len(row)}
    numbers = {
        name: _numbers([value.translate(_FOLD).replace(",", ".")], ";".join(row))[0]
        for name, value in said.items()
        if name != "name" and (value or name not in ("z", "height"))
    }
    if len(numbers.keys() & {"x", "y", "east", "north"}) < 4 or ("z" in numbers) != ("height" in numbers):
        raise RefusedError("tie_unreadable", value=";".join(row)[:100])
    return TiePoint(**numbers, name=said.get("name", ""))
