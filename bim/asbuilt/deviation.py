"""A deviation: a finding about one quantity of two buildings, with what was permitted and what was built."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bim.findings import Finding, Outcome, Reason
from bim.rules.compare import EXACT, at_most

Params = Mapping[str, Any]


class Direction(StrEnum):
    """Whether more or less was built than permitted."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True)
class Deviation:
    """One quantity of both buildings.

    `finding.value` is by how much they differ, never negative, and `finding.limit` how much of that is tolerated;
    `permitted`, `built` are the quantities themselves in the finding's unit, `area` the square metres of an outline
    that lie outside or are lacking. `finding.storey` and `finding.elements` are those of the built model, of the
    permitted one where the built one has none.
    """

    finding: Finding
    direction: Direction | None = None
    permitted: float | None = None
    built: float | None = None
    area: float | None = None

    @property
    def code(self) -> str:
        """Of the clause that tolerates so much and no more."""
        return self.finding.rule


def compared(
    permitted: float, built: float, unit: str, params: Params, *, tolerance: float = 0.0, method: str, **about: Any
) -> Deviation:
    """Held against the clause: `tolerance` of it, or `share` of what was permitted.

    A direction that the clause does not count passes, however much it is. `about` are fields of the finding and `area`.
    """
    limit = params["tolerance"] if "tolerance" in params else params["share"] * abs(permitted)
    amount = built - permitted
    direction = None if abs(amount) <= EXACT else Direction.MORE if amount > 0 else Direction.LESS
    found = at_most(abs(amount), limit, unit, tolerance=tolerance, method=method)
    if direction is not None and direction.value not in params["counted"]:
        found = replace(found, outcome=Outcome.PASS, reason=None)
    area = about.pop("area", None)
    return Deviation(replace(found, **about), direction, permitted, built, area)


def undecided(reason: Reason, **about: Any) -> Deviation:
    """What cannot be held against each other, and why."""
    return Deviation(Finding("", Outcome.UNDECIDED, "", reason=reason, **about))


def not_applicable(reason: Reason, **about: Any) -> Deviation:
    """What neither of both has."""
    return Deviation(Finding("", Outcome.NOT_APPLICABLE, "", reason=reason, **about))
