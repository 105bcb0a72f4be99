"""ABT-01 to ABT-09: storeys, heights, outlines, areas, projections and setbacks of both buildings.

Each yields what it compared; the runner writes clause and code. A storey without a counterpart is told once, by
ABT-01, and neither its height nor its area again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bim import measure, outlines, overlay
from bim.asbuilt.deviation import Deviation, Params, compared, not_applicable, undecided
from bim.asbuilt.pair import Pair, heights
from bim.building import Building, Outline, Region, Storey, StoreyKind, region_of
from bim.findings import Reason
from gis.site import Site

About = dict[str, Any]
"""Fields of a finding by their names."""
OUTLINES = ("ground", "envelope", "projection")
_SLIVER = 0.005
"""Half the width, in metres, of strips that come of computing and are no difference."""
_NEAR = 1.0
"""Metres between the floor of a storey and the top of its slabs, at most."""


def storeys(pair: Pair, params: Params) -> Iterator[Deviation]:
    """ABT-01: each storey that only one of both has; one pass by their number where there is none."""
    single = [level for level in pair.levels if not (level.permitted and level.built)]
    for level in single:
        before, after = (0.0, 1.0) if level.built else (1.0, 0.0)
        if level.kind in (StoreyKind.GROUND, StoreyKind.TYPICAL):  # told with how many floors there are
            before, after = float(len(pair.permitted.floors())), float(len(pair.built.floors()))
        about: About = {"storey": level.id, "elements": (level.id,), "subject": level.kind.value}
        yield compared(before, after, "count", params, method="levels_and_sections", **about)
    if not single:
        count = float(len(pair.levels))
        yield compared(count, count, "count", params, method="levels_and_sections")


def storey_heights(pair: Pair, params: Params) -> Iterator[Deviation]:
    """ABT-02: from floor to floor."""
    before, after = heights(pair.permitted), heights(pair.built)
    for level in pair.common:
        if level.permitted is None or level.built is None or level.kind is StoreyKind.ANNEX:
            continue
        if level.permitted.id not in before or level.built.id not in after:
            yield undecided(Reason("no_value"), storey=level.id)
            continue
        of = before[level.permitted.id], after[level.built.id]
        yield compared(*of, "m", params, tolerance=measure.LENGTH_TOLERANCE, method="floor_to_floor", storey=level.id)


def total_height(pair: Pair, params: Params) -> Iterator[Deviation]:
    """ABT-03: the top of the roof slab above the reference level, or above the ground floor where none is known."""
    known = pair.site if pair.site is not None and pair.built.placement and pair.permitted.placement else None
    tops = [_height(building, known) for building in (pair.permitted, pair.built)]
    if tops[0] is None or tops[1] is None:
        yield undecided(Reason("no_roof_slab"))
        return
    method = "slab_top_above_reference_level" if known else "slab_top_above_ground_floor"
    yield compared(tops[0], tops[1], "m", params, tolerance=measure.LENGTH_TOLERANCE, method=method)


def _height(building: Building, site: Site | None) -> float | None:
    if site is not None:
        return measure.height(building, site)
    roof, ground = measure.roof(building), building.storeys_of(StoreyKind.GROUND)
    return None if roof is None or not ground else roof.top - ground[0].elevation


def ground_level(pair: Pair, params: Params) -> Iterator[Deviation]:
    """ABT-04: the level of the ground floor."""
    apart = pair.apart()
    floors = [building.storeys_of(StoreyKind.GROUND) for building in (pair.permitted, pair.built)]
    if apart is not None:
        yield undecided(apart)
    elif not all(floors):
        yield undecided(Reason("no_ground_outline"))
    else:
        of = (floors[0][0].elevation, floors[1][0].elevation)
        about: About = {"storey": floors[1][0].id}
        yield compared(*of, "m", params, tolerance=measure.LENGTH_TOLERANCE, method="level_of_floor", **about)


def outline_reach(pair: Pair, params: Params) -> Iterator[Deviation]:
    """ABT-05: how far each outline reaches out of the permitted one, and how far it stays behind it."""
    apart = pair.apart()
    for name, (before, after) in outlines_of(pair).items():
        if apart is not None or before is None or after is None:
            yield undecided(apart or Reason("no_ground_outline"), subject=name)
            continue
        if not (before.closed and after.closed):
            yield undecided(Reason("outline_open"), subject=name)
            continue
        outside, lacking = difference(after.region, before.region), difference(before.region, after.region)
        band: About = {"tolerance": measure.LENGTH_TOLERANCE + pair.residual, "method": "reach_beyond_outline"}
        more = outlines.largest_reach(outside, outlines.filled(before.region, 0))
        walls = [w.id for w in pair.built.walls if name == "ground" and overlay.common(w.region, outside).area > 1e-3]
        about: About = {"subject": name, "elements": tuple(sorted(walls)), "area": float(outside.area)}
        yield compared(0.0, more, "m", params, **band, **about)
        less = outlines.largest_reach(lacking, outlines.filled(after.region, 0))
        if less > 0:
            yield compared(0.0, -less, "m", params, **band, subject=name, area=float(lacking.area))


def outlines_of(pair: Pair) -> dict[str, tuple[Outline | None, Outline | None]]:
    """The three plan outlines of both."""
    return {name: (getattr(pair.permitted, name), getattr(pair.built, name)) for name in OUTLINES}


def difference(of: Region, without: Region) -> Region:
    """What of a region lies outside another, strips of a few millimetres left out."""
    left = overlay.minus(of, without).buffer(-_SLIVER, join_style="mitre")
    return region_of(left.buffer(_SLIVER, join_style="mitre"))


def areas(pair: Pair, params: Params) -> Iterator[Deviation]:
    """ABT-06: the area of each storey, and of all floors above ground."""
    for level in pair.common:
        yield _area(_storey_area(pair.permitted, level.permitted), _storey_area(pair.built, level.built), params,
                    method="section_1.2m", storey=level.id)  # fmt: skip
    totals = [_total(building) for building in (pair.permitted, pair.built)]
    yield _area(totals[0], totals[1], params, method="sum_of_storey_areas")


def _total(building: Building) -> float | None:
    whole = all(_storey_area(building, storey) is not None for storey in building.floors())
    return measure.gross_floor_area(building) if whole else None


def _storey_area(building: Building, storey: Storey | None) -> float | None:
    if storey is None or storey.outline is None or not storey.outline.closed:
        return None
    return measure.storey_area(building, storey)


def _area(before: float | None, after: float | None, params: Params, **about: Any) -> Deviation:
    if before is None or after is None:
        return undecided(Reason("outline_open"), storey=about.get("storey"))
    return compared(before, after, "m2", params, tolerance=measure.AREA_SHARE * before, **about)


def projection_depth(pair: Pair, params: Params) -> Iterator[Deviation]:
    """ABT-07: how far balconies and eaves of a storey reach beyond the building's own ground outline."""
    if not list(_upper(pair)):
        yield not_applicable(Reason("no_projection"))
    for storey, before, after in _projections(pair):
        about: About = {"storey": storey, "elements": after.slabs, "method": "reach_beyond_ground"}
        yield compared(before.depth, after.depth, "m", params, tolerance=measure.LENGTH_TOLERANCE, **about)


def projection_area(pair: Pair, params: Params) -> Iterator[Deviation]:
    """ABT-08: how much of a storey's slabs lies beyond the building's own ground outline."""
    if not list(_upper(pair)):
        yield not_applicable(Reason("no_projection"))
    for storey, before, after in _projections(pair):
        band = measure.AREA_SHARE * max(before.area, after.area)
        about: About = {"storey": storey, "elements": after.slabs, "method": "slabs_beyond_ground"}
        yield compared(before.area, after.area, "m2", params, tolerance=band, **about)


@dataclass(frozen=True)
class _Beyond:
    """What of a storey's slabs lies beyond the ground outline: metres, square metres, GlobalIds."""

    depth: float
    area: float
    slabs: tuple[str, ...]


def _upper(pair: Pair) -> Iterator[tuple[Storey, Storey]]:
    """The storeys above the ground one that both have."""
    for level in pair.common:
        if level.permitted and level.built and level.kind in (StoreyKind.TYPICAL, StoreyKind.ANNEX):
            yield level.permitted, level.built


def _projections(pair: Pair) -> Iterator[tuple[str, _Beyond, _Beyond]]:
    """The built storey's id, with what projects there in the permitted and the built one."""
    for before, after in _upper(pair):
        yield after.id, _beyond(pair.permitted, before), _beyond(pair.built, after)


def _beyond(building: Building, storey: Storey) -> _Beyond:
    assert building.ground is not None  # noqa: S101 - the runner asked for it
    plates = [p for p in measure.projecting(building) if abs(p.top - storey.elevation) < _NEAR]
    base = outlines.filled(building.ground.region, 0)
    region = difference(overlay.union([plate.region for plate in plates]), base)
    slabs = tuple(sorted(plate.id for plate in plates))
    return _Beyond(outlines.largest_reach(region, base), float(region.area), slabs)


def setbacks(pair: Pair, params: Params) -> Iterator[Deviation]:
    """ABT-09: the distance of the ground outline to each edge of the plot."""
    if pair.site is None:
        yield undecided(Reason("no_plot"))
        return
    reasons = [
        b.placement_problem or Reason("no_georeference") for b in (pair.permitted, pair.built) if not b.placement
    ]
    if reasons or pair.permitted.ground is None or pair.built.ground is None:
        yield undecided(reasons[0] if reasons else Reason("no_ground_outline"))
        return
    for index, edge in enumerate(pair.site.edges):
        of = [measure.distance_to(g.region, edge.line, pair.site) for g in (pair.permitted.ground, pair.built.ground)]
        walls = [w.id for w in pair.built.walls if w.region.distance(edge.line) < of[1] + measure.LENGTH_TOLERANCE]
        about: About = {"subject": f"{edge.role}:{index}", "elements": tuple(sorted(walls))}
        band = measure.LENGTH_TOLERANCE + pair.residual
        yield compared(of[0], of[1], "m", params, tolerance=band, method="least_distance", **about)
    if not pair.site.edges:
        yield not_applicable(Reason("no_plot"))
