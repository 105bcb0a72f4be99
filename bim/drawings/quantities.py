"""What a designer declares beside a drawing, from YAML or CSV by a strict schema: metres and counts.

Levels are above the plot's reference level. CSV has two columns, name and value; a list is separated by semicolons.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any

from bim.packs import PackError, Problem, load

_LARGEST = 64 << 10
ABSENT = ("projection", "basement", "annex")
UNITS = {"m": 1.0, "cm": 0.01, "mm": 0.001}


@dataclass(frozen=True)
class Tie:
    """A point of the drawing in its own unit, and where it is: a corner of the plot from 1, or a point of the grid."""

    drawing: tuple[float, float]
    corner: int | None = None
    grid: tuple[float, float] | None = None


@dataclass(frozen=True)
class Quantities:
    """`storey_heights` from floor to floor, from below, one for all or one for each; `same_plan` gives a storey that
    is not drawn the plan of one that is; `storey_areas` by number are held against the drawing. `without` says what the
    building has not, of `ABSENT`: that it is not drawn alone says nothing.
    """

    floors: int
    ground_level: float
    storey_heights: tuple[float, ...]
    height: float | None = None
    dwellings: int | None = None
    parking_bays: int | None = None
    basement_rise: float | None = None
    basement_height: float | None = None
    unit: str | None = None
    storey_areas: Mapping[int, float] = field(default_factory=dict)
    same_plan: Mapping[int, int] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()
    without: tuple[str, ...] = ()

    def level(self, storey: int) -> float:
        """The floor of a storey (1 is the ground floor) above the reference level."""
        heights = self.storey_heights * self.floors if len(self.storey_heights) == 1 else self.storey_heights
        return self.ground_level + sum(heights[: storey - 1])


def read_quantities(path: Path) -> Quantities:
    """Read a file; raise `PackError` with every unknown, missing or wrong value."""
    raw: bytes = path.read_bytes()
    if len(raw) > _LARGEST:
        raise PackError(Problem("too_large", values={"limit": str(_LARGEST)}), name=path.name)
    said = _rows(raw, path.name) if path.suffix.lower() == ".csv" else load(raw, path.name)
    if not isinstance(said, dict):
        raise PackError(Problem("no_mapping"), name=path.name)
    problems = list(_unknown_and_missing(said))
    values: dict[str, Any] = {}
    for name, value in said.items():
        if name in _READ:
            try:
                values[name] = _READ[name](value)
            except (TypeError, ValueError, KeyError, AttributeError, ArithmeticError):
                wanted = _WANTED.get(name, "m")
                problems.append(Problem("wrong_type", (name,), {"said": str(value)[:60], "wanted": wanted}))
    if not problems and len(values["storey_heights"]) not in (1, values["floors"]):
        problems.append(Problem("wrong_type", ("storey_heights",), {"said": str(len(values["storey_heights"])),
                                                                    "wanted": f"1 | {values['floors']}"}))  # fmt: skip
    if problems:
        raise PackError(*problems, name=path.name)
    return Quantities(**values)


def _unknown_and_missing(said: Mapping[str, Any]) -> Iterator[Problem]:
    known = {f.name: f for f in fields(Quantities)}
    for name in said:
        if name not in known:
            yield Problem("unknown_key", (str(name),), {"known": ", ".join(known)})
    for name, of in known.items():
        if name not in said and of.default is MISSING and of.default_factory is MISSING:
            yield Problem("missing_key", (name,))


def _rows(raw: bytes, name: str) -> dict[str, Any]:
    """The rows of a CSV as YAML would give them."""
    try:
        rows = [row for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"))) if any(row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise PackError(Problem("no_yaml", values={"detail": type(error).__name__}), name=name) from error
    found: dict[str, Any] = {}
    for row in rows:
        key, value = row[0].strip(), (row[1].strip() if len(row) > 1 else "")
        if key in ("storey_areas", "same_plan"):
            found[key] = {number: of for number, _, of in (pair.partition("=") for pair in value.split(";"))}
        else:
            found[key] = value.split(";") if key in ("storey_heights", "without") else value
    return found


def _count(value: Any) -> int:
    number = int(value)
    if isinstance(value, bool) or number != float(value) or not 0 <= number <= 1000:
        raise ValueError(value)
    return number


def _metres(value: Any) -> float:
    number = float(value)
    if isinstance(value, bool) or not -1000.0 <= number <= 1000.0:
        raise ValueError(value)
    return number


def _floors(value: Any) -> int:
    if not 1 <= _count(value) <= 200:
        raise ValueError(value)
    return _count(value)


def _positive(value: Any) -> float:
    if _metres(value) <= 0:
        raise ValueError(value)
    return _metres(value)


def _heights(value: Any) -> tuple[float, ...]:
    found = tuple(map(_positive, value if isinstance(value, list) else [value]))
    if not found:
        raise ValueError(value)
    return found


def _area(value: Any) -> float:
    if not 0 < float(value) < 1e6:
        raise ValueError(value)
    return float(value)


def _unit(value: Any) -> str:
    if value not in UNITS:
        raise ValueError(value)
    return str(value)


def _absent(value: Any) -> str:
    if value not in ABSENT:
        raise ValueError(value)
    return str(value)


def _ties(value: Any) -> tuple[Tie, ...]:
    return tuple(_tie(**row) for row in value)


def _tie(drawing: Any, corner: Any = None, grid: Any = None) -> Tie:
    if (corner is None) == (grid is None):
        raise ValueError("either a corner or a point of the grid")
    return Tie(_point(drawing), None if corner is None else _count(corner), None if grid is None else _point(grid))


def _point(value: Any) -> tuple[float, float]:
    x, y = map(float, value)
    if not (abs(x) < 1e9 and abs(y) < 1e9):
        raise ValueError(value)
    return x, y


_READ: Mapping[str, Callable[[Any], Any]] = {
    "floors": _floors,
    "ground_level": _metres,
    "storey_heights": _heights,
    "height": _positive,
    "dwellings": _count,
    "parking_bays": _count,
    "basement_rise": _metres,
    "basement_height": _positive,
    "unit": _unit,
    "storey_areas": lambda said: {_floors(n): _area(area) for n, area in said.items()},
    "same_plan": lambda said: {_floors(n): _floors(of) for n, of in said.items()},
    "ties": _ties,
    "without": lambda said: tuple(map(_absent, said if isinstance(said, list) else [said])),
}
_WANTED = {
    "floors": "1–200", "dwellings": "0–1000", "parking_bays": "0–1000", "unit": " | ".join(UNITS),
    "storey_heights": "[m, m, …]", "storey_areas": "{1: m²}", "same_plan": "{3: 2}",
    "ties": "[{drawing: [x, y], corner: 1}]", "without": " | ".join(ABSENT),
}  # fmt: skip
