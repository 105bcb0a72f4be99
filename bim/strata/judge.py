"""SEC-01 to SEC-05: whether the sections of a building can be entered as they are; and their shares in the land."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

from shapely import Point

from bim import outlines, overlay
from bim.building import Building, Region, Space, StoreyKind
from bim.findings import Finding, Outcome, Reason
from bim.packs import CodePack
from bim.rules.compare import at_most
from bim.shapes import SPACES, WALLS
from bim.strata.division import COMMON, Division, Section
from bim.strata.shares import WHOLE, largest_remainder
from bim.trespass import TINY_AREA

PACKS = Path(__file__).parent / "packs"
Params = Mapping[str, Any]
Check = Callable[[Building, Division, Params], Iterator[Finding]]
_AT_DOOR = 0.6
"""Metres from the middle of a door to the face of its wall, at most."""
_LEAST_HEIGHT = 0.05
_CENT = Decimal("0.01")


def shared(division: Division, params: Params) -> Division:
    """With the shares of each section, where the area that they are taken by is known of all; else without.

    Areas count in hundredths of a square metre, as they are printed, times the weight of the section's kind.
    """
    areas = [section.area(params["basis"]) for section in division.sections]
    known = [area for area in areas if area is not None]
    if not known or len(known) < len(areas):
        return division
    basis = [
        Fraction(Decimal(str(area)).quantize(_CENT)) * Fraction(params["weights"].get(section.zone.kind, "1"))
        for area, section in zip(known, division.sections, strict=True)
    ]
    if sum(basis) <= 0:
        return division
    shares = largest_remainder(basis)
    sections = (replace(s, shares=share) for s, share in zip(division.sections, shares, strict=True))
    return replace(division, sections=tuple(sections))


def judge(building: Building, division: Division, pack: CodePack) -> Iterator[Finding]:
    """What every check says, in the order of their codes."""
    lost = [key for group in (SPACES, WALLS) for key in building.geometry.lost.get(group, ())]
    reason = building.geometry.problem or (Reason("elements_lost", {"count": len(lost)}) if lost else None)
    for code, check in CHECKS.items():
        entry = pack.entries.get(code)
        if entry is None:
            found = [_undecided(Reason("not_in_pack", {"pack": pack.id}))]
        elif not division.sections:
            found = [_undecided(Reason("no_sections"))]
        else:
            found = [_undecided(reason)] if reason else list(check(building, division, entry.params))
        for finding in found:
            yield replace(finding, rule=code, clause=f"{pack.id} {code}")


def _undecided(reason: Reason) -> Finding:
    return Finding("", Outcome.UNDECIDED, "", reason=reason)


def one_owner(building: Building, division: Division, _params: Params) -> Iterator[Finding]:
    """SEC-01: every space belongs to exactly one section, or is common."""
    wrong = [space for space in building.spaces if len(division.owners[space.id]) != 1]
    for space in wrong:
        count = len(division.owners[space.id])
        reason = Reason("space_in_several" if count else "space_in_none", {"count": count})
        yield Finding("", Outcome.FAIL, "", float(count), 1.0, "count", method="zones", elements=(space.id,),
                      storey=space.storey, subject=space.label, reason=reason)  # fmt: skip
    if not wrong:
        yield Finding("", Outcome.PASS, "", float(len(building.spaces)), unit="count", method="zones")


def no_overlap(building: Building, division: Division, _params: Params) -> Iterator[Finding]:
    """SEC-02: no space of a section lies in one of another or of the common parts."""
    shaped = [space for space in building.spaces if space.region is not None]
    clean = True
    for one, other in combinations(shaped, 2):
        area = _overlap(one, other) if division.owners[one.id] != division.owners[other.id] else 0.0
        if area > TINY_AREA:
            clean = False
            yield Finding("", Outcome.FAIL, "", area, 0.0, "m2", TINY_AREA, "spaces", (one.id, other.id), one.storey,
                          f"{one.label} / {other.label}")  # fmt: skip
    if clean:
        yield Finding("", Outcome.PASS, "", 0.0, 0.0, "m2", TINY_AREA, "spaces")


def _overlap(one: Space, other: Space) -> float:
    """Square metres in plan of two spaces that share more than a few centimetres of height."""
    if one.bottom is None or one.top is None or other.bottom is None or other.top is None:
        return 0.0
    plans: tuple[Region, Region] = (one.region, other.region)
    if min(one.top, other.top) - max(one.bottom, other.bottom) < _LEAST_HEIGHT or not plans[0].intersects(plans[1]):
        return 0.0
    return float(overlay.common(plans[0], plans[1]).area)


def reached(building: Building, division: Division, params: Params) -> Iterator[Finding]:
    """SEC-03: a door leads from a common part into each section; where the pack allows it, from outside."""
    for section in division.sections:
        doors = tuple(sorted(_entrances(building, division, section, params["own_entrance"])))
        outcome = Outcome.PASS if doors else Outcome.FAIL
        reason = None if doors else Reason("section_not_reached")
        elements = doors or (section.zone.id,)
        yield Finding("", outcome, "", float(len(doors)), 1.0, "count", method="doors_beside_spaces",
                      elements=elements, subject=section.zone.number, reason=reason)  # fmt: skip


def _entrances(building: Building, division: Division, section: Section, own: list[str]) -> Iterator[str]:
    ground = {storey.id: storey for storey in building.storeys_of(StoreyKind.GROUND)}
    for door in building.doors:
        owners = {owner for key in door.beside for owner in division.owners.get(key, ())}
        if section.zone.id not in owners:
            continue
        if COMMON in owners:
            yield door.id
        elif section.zone.kind in own and door.storey in ground and door.centre is not None:
            outline = ground[door.storey].outline
            face = None if outline is None else outline.region.boundary
            if face is not None and face.distance(Point(door.centre)) < _AT_DOOR:
                yield door.id


def closed(_building: Building, division: Division, params: Params) -> Iterator[Finding]:
    """SEC-04: sections and common parts together are the gross area of each storey."""
    for row in division.storeys:
        left = abs(row.gross - row.sections - row.common)
        band = outlines.SMALL_GAP  # square metres that seams between cells may leave
        found = at_most(left, params["share"] * row.gross, "m2", tolerance=band, method="gross_less_parts")
        yield replace(found, storey=row.storey)
    known = {row.storey for row in division.storeys}
    for storey in sorted({part.storey for section in division.sections for part in section.parts} - known):
        yield replace(_undecided(Reason("outline_open")), storey=storey)


def whole_shares(_building: Building, division: Division, params: Params) -> Iterator[Finding]:
    """SEC-05: the shares are 2400 together, and none of the sections is left without one."""
    if any(section.shares is None for section in division.sections):
        yield _undecided(Reason("no_basis", {"basis": params["basis"]}))
        return
    without = [section.zone for section in division.sections if not section.shares]
    total = float(sum(section.shares or 0 for section in division.sections))
    outcome = Outcome.FAIL if without or total != WHOLE else Outcome.PASS
    yield Finding("", outcome, "", total, float(WHOLE), "count", method="largest_remainder",
                  elements=tuple(zone.id for zone in without))  # fmt: skip


CHECKS: dict[str, Check] = {
    "SEC-01": one_owner,
    "SEC-02": no_overlap,
    "SEC-03": reached,
    "SEC-04": closed,
    "SEC-05": whole_shares,
}
