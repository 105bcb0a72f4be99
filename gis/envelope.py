"""What may be built on a plot by its planning sheet (الغلاف المسموح): where, how high, how much.

Metres and square metres of the plot's grid; levels are heights in its height system. The envelope is what the rules
SET, SET-04, COV, FAR, HGT, FLR, PRJ and BSM leave of the plot: a building inside it may still break another rule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import shapely
from shapely import Polygon

from gis.site import BasementRule, EdgeRole, Site

Region: TypeAlias = Any
"""A shapely Polygon or MultiPolygon; shapely publishes no types."""


@dataclass(frozen=True)
class Prism:
    """A region between two levels, and the floors above ground that stand in it (1 is the ground floor)."""

    region: Region
    bottom: float
    top: float
    floors: tuple[int, ...] = ()


@dataclass(frozen=True)
class Envelope:
    """What the sheet permits; `projections` and `basement` are None where it permits none.

    `stack` is from below, empty where setbacks leave nothing. `footprint` is the most that coverage and setbacks
    leave, `floor_area` the most that the floor-area ratio and the stack leave, over all floors above ground.
    The sheet gives the height of the whole, so that floors are taken to be of one height.
    """

    stack: tuple[Prism, ...]
    projections: Prism | None
    basement: Prism | None
    footprint: float
    floor_area: float
    floors: int
    height: float


def envelope(site: Site) -> Envelope:
    """The envelope of a plot under its planning sheet."""
    sheet, plot = site.sheet, float(site.polygon.area)
    stack = tuple(_stack(site))
    most = sheet.coverage * plot
    floors = sum(len(prism.floors) for prism in stack)
    footprint = min(most, float(stack[0].region.area)) if stack else 0.0
    by_floors = sum(len(prism.floors) * min(most, float(prism.region.area)) for prism in stack)
    height = stack[-1].top - site.reference_level if stack else 0.0
    return Envelope(
        stack=stack,
        projections=_projections(site, stack),
        basement=_basement(site),
        footprint=footprint,
        floor_area=min(sheet.floor_area_ratio * plot, by_floors),
        floors=floors,
        height=height,
    )


def buildable(site: Site, setbacks: Mapping[EdgeRole, float]) -> Region:
    """What of the plot lies no nearer to any edge than the setback of its role."""
    strips = [edge.line.buffer(setbacks.get(edge.role, 0.0)) for edge in site.edges if setbacks.get(edge.role)]
    return _polygons(site.polygon.difference(shapely.union_all(strips)))


def _stack(site: Site) -> Iterator[Prism]:
    """One prism for each setback that begins at some floor."""
    sheet, zero = site.sheet, site.reference_level
    starts = {1: sheet.setbacks}
    if sheet.band is not None and sheet.band.from_floor <= sheet.max_floors:
        starts[sheet.band.from_floor] = {**starts.get(sheet.band.from_floor, sheet.setbacks), **sheet.band.setbacks}
    storey = sheet.max_height / sheet.max_floors
    for first, following in pairwise([*sorted(starts), sheet.max_floors + 1]):
        region = buildable(site, starts[first])
        if region.is_empty:
            return
        levels = zero + (first - 1) * storey, zero + (following - 1) * storey
        yield Prism(region, *levels, tuple(range(first, following)))


def _projections(site: Site, stack: tuple[Prism, ...]) -> Prism | None:
    """Round the ground floor's region, inside the plot, above the clearance; from the second floor on without one."""
    sheet = site.sheet
    if not stack or sheet.projection_depth <= 0:
        return None
    reach = stack[0].region.buffer(sheet.projection_depth, join_style="mitre").intersection(site.polygon)
    region = _polygons(reach.difference(stack[0].region))
    second = sheet.max_height / sheet.max_floors if sheet.max_floors > 1 else sheet.max_height
    above = second if sheet.projection_clearance is None else sheet.projection_clearance
    top = stack[-1].top
    bottom = site.reference_level + above
    return None if region.is_empty or bottom >= top else Prism(region, bottom, top)


def _basement(site: Site) -> Prism | None:
    """Down to no level that the sheet names: one storey is drawn."""
    sheet, zero = site.sheet, site.reference_level
    if sheet.basement is BasementRule.NONE:
        return None
    whole = sheet.basement is BasementRule.WHOLE_PLOT
    region = site.polygon if whole else buildable(site, sheet.setbacks)
    storey = sheet.max_height / sheet.max_floors
    return None if region.is_empty else Prism(region, zero + sheet.basement_rise - storey, zero + sheet.basement_rise)


def _polygons(region: Region) -> Region:
    """Without the lines and points that a difference may leave."""
    parts = [part for part in getattr(region, "geoms", (region,)) if isinstance(part, Polygon) and part.area > 0]
    return shapely.union_all(parts) if parts else Polygon()
