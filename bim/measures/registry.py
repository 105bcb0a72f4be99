"""The registry of measures: each with its name, group, unit, tolerance, method and the rules that judge it.

The docstring of a measure's function is its definition; docs/measures.md is written from here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bim import measure
from bim.building import Building
from bim.findings import Measure
from gis.site import Site


class Group(StrEnum):
    """What a measure is of, in the order in which pages show them."""

    PLOT = "plot"
    OUTLINES = "outlines"
    STOREYS = "storeys"
    LEVELS = "levels"
    SETBACKS = "setbacks"
    PROJECTIONS = "projections"
    WELLS = "wells"
    BASEMENT = "basement"
    ROOMS = "rooms"
    WINDOWS = "windows"
    DWELLINGS = "dwellings"
    STAIRS = "stairs"
    WAYS = "ways"
    DOORS = "doors"
    LIFTS = "lifts"
    PARKING = "parking"
    BARRIERS = "barriers"


@dataclass(frozen=True)
class Tolerance:
    """What a value is known to: `fixed` in its unit, plus `share` of the value."""

    fixed: float = 0.0
    share: float = 0.0

    def of(self, value: float) -> float:
        """In the value's unit."""
        return self.fixed + self.share * abs(value)


EXACT = Tolerance()
LENGTH, CLEAR = Tolerance(measure.LENGTH_TOLERANCE), Tolerance(measure.CLEAR_TOLERANCE)
RISER, TREAD = Tolerance(measure.RISER_TOLERANCE), Tolerance(measure.TREAD_TOLERANCE)
SLOPE, WAY = Tolerance(measure.SLOPE_TOLERANCE), Tolerance(share=measure.WAY_SHARE)
AREA, RATIO = Tolerance(share=measure.AREA_SHARE), Tolerance(share=2 * measure.AREA_SHARE)


@dataclass(frozen=True)
class Seen:
    """What measures are taken of; `params` are those of the code's rules, without which some cannot be taken."""

    building: Building
    site: Site | None = None
    params: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One value; None where it could not be taken.

    Where several bear the `subject`, their `name` is told with it, or their `element`, a GlobalId. `method` and
    `tolerance` where they are not those of the definition.
    """

    value: float | None
    storey: str | None = None
    subject: str = ""
    element: str = ""
    name: str = ""
    method: str = ""
    tolerance: float | None = None


Take = Callable[[Seen], Iterator[Row]]
OnPlot = Callable[[Building, Site], Iterator[Row]]


@dataclass(frozen=True)
class Definition:
    """A registered measure; `rules` are the codes that judge it."""

    name: str
    group: Group
    unit: str
    tolerance: Tolerance
    method: str
    rules: tuple[str, ...]
    text: str
    take: Take

    def of(self, row: Row, subject: str) -> Measure:
        """The measure of a row with a value."""
        value = float(row.value or 0.0)
        tolerance = self.tolerance.of(value) if row.tolerance is None else row.tolerance
        return Measure(self.name, value, self.unit, tolerance, row.method or self.method, row.storey, subject)


DEFINITIONS: dict[str, Definition] = {}


def measured(
    name: str, group: Group, unit: str, tolerance: Tolerance, method: str, *rules: str
) -> Callable[[Take], Take]:
    """Register the measure `name`; its function's docstring is the definition. Raise ValueError without one."""

    def register(take: Take) -> Take:
        if name in DEFINITIONS or not take.__doc__:
            raise ValueError(f"measure {name} is registered twice or not defined")
        text = " ".join(take.__doc__.split())
        DEFINITIONS[name] = Definition(name, group, unit, tolerance, method, rules, text, take)
        return take

    return register


def on_plot(
    name: str, group: Group, unit: str, tolerance: Tolerance, method: str, *rules: str
) -> Callable[[OnPlot], OnPlot]:
    """Register a measure of a building that stands on its plot; it is not taken of one that does not."""

    def register(take: OnPlot) -> OnPlot:
        def placed(seen: Seen) -> Iterator[Row]:
            if seen.site is not None and seen.building.placement is not None:
                yield from take(seen.building, seen.site)

        placed.__doc__ = take.__doc__
        measured(name, group, unit, tolerance, method, *rules)(placed)
        return take

    return register
