"""The registry of rules and the one place that runs them.

A rule is never asked when an input it needs is missing; it is then undecided with that reason. An
exception inside a rule makes that rule undecided and leaves the others alone.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bim.building import Building, StoreyKind
from bim.findings import Finding, Outcome, Reason
from bim.packs import CodePack
from bim.shapes import FENCES, PLATES, RAILINGS, RAMPS, SPACES, STAIRS, WALLS
from gis.site import Site

_IN_THE_AIR = 10.0
"""Metres above the reference level at which no ground floor is."""
_NEAR_ZERO = 2.0
"""Metres from a model's zero within which its ground floor is, where the zero is that of the ground floor."""
Params = Mapping[str, Any]
RuleFunction = Callable[[Building, Site, Params], Iterator[Finding]]


class Need(StrEnum):
    """An input a rule cannot do without."""

    SITE = "site"
    PLACED = "placed"
    LEVEL = "level"
    STOREYS = "storeys"
    GROUND = "ground"
    WALLS = WALLS
    PLATES = PLATES
    SPACES = SPACES
    STAIRS = STAIRS
    RAMPS = RAMPS
    FENCES = FENCES
    RAILINGS = RAILINGS


@dataclass(frozen=True)
class Rule:
    """A registered rule; `by_sheet` says that its limit is on the planning sheet, not in the code pack."""

    code: str
    check: RuleFunction
    needs: tuple[Need, ...]
    by_sheet: bool


RULES: dict[str, Rule] = {}


def rule(code: str, *, needs: tuple[Need, ...] = (), by_sheet: bool = False) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule function under `code`."""

    def register(check: RuleFunction) -> RuleFunction:
        if code in RULES:
            raise ValueError(f"rule {code} is registered twice")
        RULES[code] = Rule(code, check, needs, by_sheet)
        return check

    return register


def judge(building: Building, site: Site | None, pack: CodePack) -> Iterator[Finding]:
    """All findings of all rules, in the order of their codes."""
    for code in sorted(RULES):
        yield from _run(RULES[code], building, site, pack)


def _run(rule: Rule, building: Building, site: Site | None, pack: CodePack) -> Iterator[Finding]:
    clause = site.sheet.clause if rule.by_sheet and site is not None else f"{pack.id} {rule.code}"
    reason = _missing(rule, building, site)
    if reason is not None:
        lost = {key for need in rule.needs for key in _lost(need, building)}
        elements = tuple(sorted(lost)) if reason.code == "elements_lost" else ()
        yield Finding(rule.code, Outcome.UNDECIDED, clause, elements=elements, reason=reason)
        return
    entry = pack.entries.get(rule.code)
    if entry is None:
        yield Finding(rule.code, Outcome.UNDECIDED, clause, reason=Reason("not_in_pack", {"pack": pack.id}))
        return
    try:
        found = list(rule.check(building, site, entry.params))  # type: ignore[arg-type]  # no site where none is needed
    except Exception as error:  # noqa: BLE001 - whatever it is, this rule alone is undecided
        found = [undecided("rule_error", error=type(error).__name__)]
    for finding in found or [undecided("no_answer")]:
        yield replace(finding, rule=rule.code, clause=clause)


def _missing(rule: Rule, building: Building, site: Site | None) -> Reason | None:
    """The first need that is not met."""
    for need in rule.needs:
        reason = _unmet(need, building, site)
        if reason is not None:
            return reason
    return None


def _unmet(need: Need, building: Building, site: Site | None) -> Reason | None:
    if need is Need.SITE:
        return Reason("no_plot") if site is None else None
    if need is Need.PLACED:
        return None if building.placement else building.placement_problem or Reason("no_georeference")
    if need is Need.LEVEL:
        return None if building.placement is None or building.placement.levelled else Reason("no_height")
    if building.geometry.problem is not None:
        return building.geometry.problem
    if need is Need.STOREYS:
        return next((doubt.reason for doubt in building.doubts()), None)
    if need is Need.GROUND:
        return _open_outline(building, site) or _off_ground(building, site)
    lost = _lost(need, building)
    return Reason("elements_lost", {"count": len(lost)}) if lost else None


def _lost(need: Need, building: Building) -> tuple[str, ...]:
    """The elements without which that need is not met."""
    if need in (Need.LEVEL, Need.STOREYS):
        return ()
    groups = (WALLS, PLATES) if need is Need.GROUND else (need.value,)
    return tuple(key for group in groups for key in building.geometry.lost.get(group, ()))


def _off_ground(building: Building, site: Site | None) -> Reason | None:
    """A ground storey far above the reference level stands in the air: its height, or the plot's, is wrong.

    Without a height the model's zero is taken for that level, and then only where its ground floor is near it.
    """
    ground = building.storeys_of(StoreyKind.GROUND)
    if site is None or building.placement is None or not ground:
        return None
    above = ground[0].elevation - site.reference_level
    if not building.placement.levelled:
        return Reason("no_height") if abs(above) > _NEAR_ZERO else None
    return Reason("above_ground", {"height": round(above, 2)}) if above > _IN_THE_AIR else None


def _open_outline(building: Building, site: Site | None) -> Reason | None:
    """Outlines of lost or open walls are guesses, and nothing is judged by a guess; sloped roofs are walls too."""
    lost = _lost(Need.GROUND, building)
    if lost:
        return Reason("elements_lost", {"count": len(lost)})
    if building.ground is None:
        return _underground(building, site) or Reason("no_ground_outline")
    for doubt in building.doubts(ground=True):
        return doubt.reason
    return None if building.ground.closed else Reason("outline_open")


def _underground(building: Building, site: Site | None) -> Reason | None:
    """Where every storey is a basement, how far below the reference level the topmost floor is."""
    basements = building.storeys_of(StoreyKind.BASEMENT)
    if not basements or building.floors():
        return None
    zero = site.reference_level if site is not None and building.placement is not None else 0.0
    return Reason("underground", {"depth": round(zero - basements[-1].elevation, 2)})


def undecided(code: str, **values: str | float) -> Finding:
    """An undecided finding with its reason; the runner writes rule and clause."""
    return Finding("", Outcome.UNDECIDED, "", reason=Reason(code, dict(values)))


def not_applicable(code: str, **values: str | float) -> Finding:
    """A not applicable finding with its reason."""
    return Finding("", Outcome.NOT_APPLICABLE, "", reason=Reason(code, dict(values)))
