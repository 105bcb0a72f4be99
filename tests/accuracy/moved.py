"""How far a moved model's measures lie from where they must be."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from bim.building import Building
from bim.measures import measures
from tests.accuracy.measured import Measured, measured
from tests.accuracy.moves import MOVES, Move

Moved = Callable[[float, float, float], tuple[float, float, float]]


GUID = re.compile(r" ?[0-9A-Za-z_$]{22}$")
"""What tells elements of one name apart in a report; a model written anew has others."""


@dataclass(frozen=True)
class Drift:
    """The greatest differences: lengths and levels in metres, areas as a share, outlines in square metres that differ.

    `compared` is the number of values; `missing` names what one of the two has and the other has not.
    """

    compared: int
    length: float
    area: float
    outline: float
    missing: tuple[str, ...]


@cache
def drift_of(path: Path, change: str) -> Drift:
    """Of a file after a change that `MOVES` names; the page tells many that the tests ask for one by one."""
    return drift(measured(path), MOVES[change])


def drift(before: Measured, move: Move) -> Drift:
    """Between the moved model and what it must be."""
    after = move.apply(before).building
    wanted, found = values(before.building, move.point), values(after, lambda x, y, z: (x, y, z))
    both = wanted.keys() & found.keys()
    lengths = [abs(wanted[key][0] - found[key][0]) for key in both if wanted[key][1] == "m"]
    areas = [_share(wanted[key][0], found[key][0]) for key in both if wanted[key][1] != "m"]
    outlines = [
        float(_moved(region, move.point).symmetric_difference(other).area)
        for region, other in zip(_outlines(before.building), _outlines(after), strict=True)
    ]
    return Drift(
        len(both) + len(outlines),
        max(lengths, default=0.0),
        max(areas, default=0.0),
        max(outlines, default=0.0),
        tuple(sorted(map(str, wanted.keys() ^ found.keys()))),
    )


def _share(wanted: float, found: float) -> float:
    return abs(wanted - found) / max(abs(wanted), 1e-9)


def values(building: Building, point: Moved) -> Mapping[Any, tuple[float, str]]:
    """Every measure with its unit, by what it is of and never by GlobalId; levels where `point` moves them."""
    found: dict[Any, tuple[float, str]] = {}
    for key, value, unit in _values(building, point):
        number = 0
        while (key, number) in found:
            number += 1
        found[key, number] = (value, unit)
    return found


def _values(building: Building, point: Moved) -> Iterator[tuple[Any, float, str]]:
    """In an order that depends on the values alone, so that things of one name are paired by size."""
    names = {storey.id: storey.name for storey in building.storeys}
    taken = [
        (m.name, names.get(m.storey or "", ""), GUID.sub("", m.subject), m.value, m.unit)
        for m in measures(building, None)
    ]
    for name, storey, subject, value, unit in sorted(taken):
        yield (name, storey, subject), value, unit
    rise = point(0.0, 0.0, 0.0)[2]
    for storey in sorted(building.storeys, key=lambda s: (s.elevation, s.name)):
        yield ("level", storey.name, storey.kind.value), storey.elevation + rise, "m"
    for space in sorted(building.spaces, key=_size):
        key = (space.name, space.long_name, names.get(space.storey or "", ""))
        if space.region is not None and space.bottom is not None and space.top is not None:
            yield ("room", *key), float(space.region.area), "m2"
            yield ("floor", *key), space.bottom + rise, "m"
            yield ("height", *key), space.top - space.bottom, "m"
    for flight in sorted(building.flights, key=lambda f: (f.name, f.measured_riser or 0.0, f.width or 0.0)):
        for name, length in (("riser", flight.measured_riser), ("width", flight.width)):
            if length is not None:
                yield (name, flight.name), length, "m"


def _size(space: Any) -> tuple[float, float]:
    return (0.0, 0.0) if space.region is None else (round(float(space.region.area), 4), space.bottom or 0.0)


def _outlines(building: Building) -> list[Any]:
    """The outlines by name, then those of the storeys from below; an empty one where there is none."""
    named = [building.ground, building.envelope, building.projection, building.upper]
    of_storeys = [s.outline for s in sorted(building.storeys, key=lambda s: (s.elevation, s.name))]
    return [shapely.Polygon() if outline is None else outline.region for outline in (*named, *of_storeys)]


def _moved(region: Any, point: Moved) -> Any:
    return shapely.transform(region, lambda at: np.array([point(x, y, 0.0)[:2] for x, y in at]))
