"""What an occupancy is checked for: a reasoned list, each with its outcome, the value, the limit and its unit.

Codes and numbers only; a check whose data are not there, or whose value is too near its limit, is undecided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from gis.clear_width import TOLERANCE, clear_width
from gis.edges import CONTACT
from gis.pavement import Source, Surroundings, beyond_frontage, corners, pavement_of
from permits.occupancy.terms import OccupancyTerms
from permits.terms import SetTerm

SLIVER = 0.01
"""Square metres: two boundaries drawn with the same line meet in less."""

_CM = Decimal("0.01")


class CheckOutcome(StrEnum):
    """Whether a condition is met."""

    MET = "met"
    UNMET = "unmet"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Check:
    """One condition; `value` and `limit` are plain decimals of `unit` as texts, empty where there is none.

    `reason` is a code that says why it is undecided or where a value comes from, `status` how sure the limit is, and
    `about` the numbers of the occupancies that are in the way.
    """

    code: str
    outcome: CheckOutcome
    value: str = ""
    limit: str = ""
    unit: str = ""
    reason: str = ""
    status: str = "confirmed"
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """What is checked: the shape in the grid of the zone, its square metres on the ground, the plot it names."""

    shape: BaseGeometry
    area: Decimal
    plot: str
    fronts: Sequence[BaseGeometry]


def check_place(
    place: Place, around: Surroundings, others: Mapping[str, BaseGeometry], terms: OccupancyTerms
) -> tuple[Check, ...]:  # fmt: skip
    """Every check; `others` are the occupancies of the same days by number."""
    reach = float(terms.derived_reach.value)
    pavement, source = pavement_of(around, reach=reach)
    return (
        Check("area", CheckOutcome.MET, value=f"{place.area}", unit="m2"),
        _inside(place.shape, pavement, source),
        _clear_width(place.shape, pavement, source, others, terms),
        _conflict(place.shape, others),
        _corner(place.shape, around, terms),
        replace(_limited("entrance", terms.entrance_distance), reason="no_entrances"),
        _frontage(place, around, reach),
    )


def _undecided(
    code: str, reason: str, *, value: str = "", limit: str = "", unit: str = "", status: str = "confirmed"
) -> Check:  # fmt: skip
    return Check(code, CheckOutcome.UNDECIDED, value, limit, unit, reason, status)


def _limited(code: str, term: SetTerm) -> Check:
    """An undecided check against a term of the municipality, to be completed."""
    return Check(code, CheckOutcome.UNDECIDED, "", f"{term.value}", term.unit, status=str(term.status))


def _metres(value: float) -> str:
    return str(Decimal(repr(round(value, 2))).quantize(_CM))


def _inside(shape: BaseGeometry, pavement: BaseGeometry, source: Source) -> Check:
    if source is Source.NONE:
        return _undecided("inside", "no_pavement", limit="0", unit="m2")
    outside = float(shape.difference(pavement).area)
    met = CheckOutcome.MET if outside <= SLIVER else CheckOutcome.UNMET
    return Check("inside", met, _metres(outside), "0", "m2", reason=f"pavement_{source}")


def _clear_width(
    shape: BaseGeometry, pavement: BaseGeometry, source: Source, others: Mapping[str, BaseGeometry],
    terms: OccupancyTerms,
) -> Check:  # fmt: skip
    check = _limited("clear-width", terms.clear_width)
    left = clear_width(pavement, shape, shapely.union_all(list(others.values()))) if source is not Source.NONE else None
    if left is None:
        return replace(check, reason="no_pavement")
    return _at_least(check, left, TOLERANCE)


def _at_least(check: Check, value: float, near: float) -> Check:
    """Met at or above the limit; undecided where the value is nearer to it than `near`, as well as it is known."""
    found, limit = replace(check, value=_metres(value)), float(check.limit)
    if abs(value - limit) < near:
        return replace(found, reason="near_limit")
    return replace(found, outcome=CheckOutcome.MET if value > limit else CheckOutcome.UNMET)


def _conflict(shape: BaseGeometry, others: Mapping[str, BaseGeometry]) -> Check:
    common = {number: float(shape.intersection(other).area) for number, other in others.items()}
    in_the_way = {number: area for number, area in common.items() if area > SLIVER}
    outcome = CheckOutcome.UNMET if in_the_way else CheckOutcome.MET
    return Check("conflict", outcome, _metres(sum(in_the_way.values())), "0", "m2", about=tuple(sorted(in_the_way)))


def _corner(shape: BaseGeometry, around: Surroundings, terms: OccupancyTerms) -> Check:
    """The street corners within reach; a zone without streets there says nothing about corners."""
    check = _limited("corner", terms.corner_distance)
    if not around.streets:
        return replace(check, reason="no_streets")
    points = corners(around)
    if points.is_empty:
        return replace(check, outcome=CheckOutcome.MET, reason="none_near")
    return _at_least(check, float(points.distance(shape)), CONTACT)


def _frontage(place: Place, around: Surroundings, reach: float) -> Check:
    plot: Polygon | None = around.plots.get(place.plot)
    if not place.plot:
        return _undecided("frontage", "no_plot", limit="0", unit="m2")
    if plot is None:
        return Check("frontage", CheckOutcome.UNMET, f"{place.area}", "0", "m2", reason="plot_elsewhere")
    if not place.fronts:
        return _undecided("frontage", "no_front", limit="0", unit="m2")
    beyond = beyond_frontage(plot, place.fronts, place.shape, depth=reach)
    met = CheckOutcome.MET if beyond <= SLIVER else CheckOutcome.UNMET
    return Check("frontage", met, _metres(beyond), "0", "m2")


def as_json(checks: Sequence[Check]) -> dict[str, Any]:
    """The list as it is kept."""
    return {"checks": [{**asdict(check), "outcome": str(check.outcome), "about": [*check.about]} for check in checks]}


def from_json(kept: Mapping[str, Any]) -> tuple[Check, ...]:
    """The list as it was kept; empty before the assessment."""
    return tuple(
        Check(**{**raw, "outcome": CheckOutcome(raw["outcome"]), "about": tuple(raw["about"])})
        for raw in kept.get("checks", ())
    )
