"""Projections (البروزات) of the upper storeys: depth, area over the boundary, clearance and length."""

import math
from collections.abc import Iterator

from shapely import LineString

from bim import measure, outlines, overlay
from bim.building import Building, Region, Storey, StoreyKind
from bim.measures.registry import AREA, LENGTH, Group, Row, Seen, measured, on_plot
from gis.site import EdgeRole, Site

_ONE_FACADE = math.cos(math.radians(20.0))
"""Front edges that turn by less belong to one street and one façade."""


def clearances(building: Building, site: Site) -> list[tuple[str, float]]:
    """The underside of each slab that projects, metres above the reference level."""
    return [(plate.id, plate.bottom - site.reference_level) for plate in measure.projecting(building)]


def fronts(site: Site) -> list[list[LineString]]:
    """The front edges by street: those of one direction together; a corner plot has several."""
    groups: list[list[LineString]] = []
    for edge in site.edges_of(EdgeRole.FRONT):
        same = next((g for g in groups if abs(_turn(g[0], edge.line)) > _ONE_FACADE), None)
        if same is None:
            groups.append([edge.line])
        else:
            same.append(edge.line)
    return groups


def _turn(one: LineString, other: LineString) -> float:
    """The cosine between two lines, end to end."""
    (a, b), (c, d) = ((line.coords[0], line.coords[-1]) for line in (one, other))
    across = (b[0] - a[0]) * (d[0] - c[0]) + (b[1] - a[1]) * (d[1] - c[1])
    return float(across / (math.dist(a, b) * math.dist(c, d)))


def facade(building: Building, lines: list[LineString]) -> float:
    """The length of the ground outline that lies before front edges, metres."""
    return 0.0 if building.ground is None else sum(outlines.along([building.ground.region], line) for line in lines)


def shares(building: Building, lines: list[LineString]) -> list[tuple[Storey, float]]:
    """By storey above the ground one the length of projections toward front edges over that of the façade."""
    length = facade(building, lines)
    if building.ground is None or length <= 0:
        return []
    ground, beyond = building.ground.region, measure.projecting(building)
    found = []
    for storey in building.storeys_of(StoreyKind.TYPICAL, StoreyKind.ANNEX):
        near = [p.region for p in beyond if abs(p.top - storey.elevation) < 1.0]
        regions: list[Region] = [overlay.minus(region, ground) for region in near]
        found.append((storey, sum(_toward(regions, ground, line) for line in lines) / length))
    return found


def _toward(regions: list[Region], ground: Region, line: LineString) -> float:
    nearer = float(ground.distance(line)) - measure.LENGTH_TOLERANCE
    toward = [region for region in regions if region.distance(line) < nearer]
    return outlines.along(toward, line) if toward else 0.0


@measured("projection_depth", Group.PROJECTIONS, "m", LENGTH, "reach_beyond_ground_outline", "PRJ-01")
def depth(seen: Seen) -> Iterator[Row]:
    """How far upper storeys, balconies and eaves reach beyond the ground outline, square to its sides."""
    yield Row(measure.projection_depth(seen.building))


@on_plot("projection_beyond_plot", Group.PROJECTIONS, "m2", AREA, "upper_shadow_minus_plot", "PRJ-02")
def beyond_plot(building: Building, site: Site) -> Iterator[Row]:
    """Area of what lies above the ground storey outside the plot: over the street or a neighbour."""
    if building.upper is not None:
        yield Row(overlay.minus(building.upper.region, site.polygon).area)


@on_plot("projection_clearance", Group.PROJECTIONS, "m", LENGTH, "underside_above_reference", "PRJ-03")
def clearance(building: Building, site: Site) -> Iterator[Row]:
    """Underside of the lowest slab that projects, above the plot's reference level."""
    yield Row(min((value for _, value in clearances(building, site)), default=None))


@on_plot("projection_length_share", Group.PROJECTIONS, "ratio", LENGTH, "length_along_front", "PRJ-04")
def length_share(building: Building, site: Site) -> Iterator[Row]:
    """Length of projections along a street over that of the façade, by storey."""
    for number, lines in enumerate(fronts(site), start=1):
        tolerance = 2 * measure.LENGTH_TOLERANCE / max(facade(building, lines), measure.LENGTH_TOLERANCE)
        for storey, share in shares(building, lines):
            yield Row(share, storey.id, f"front:{number - 1}", tolerance=tolerance)
