"""The plot, and how far the building stands from its edges."""

from collections.abc import Iterator

from bim import measure, overlay
from bim.building import Building
from bim.measures.registry import AREA, LENGTH, Group, Row, Seen, Tolerance, measured, on_plot
from gis.site import EdgeRole, Site

_SCALE_ERROR = 2.0
"""Parts per million by which the projection's scale may miss that of a geodesic of 100 m."""


def frontage(site: Site) -> float | None:
    """The longest of the plot's front edges, metres; a corner plot has several."""
    return max((float(edge.line.length) for edge in site.edges_of(EdgeRole.FRONT)), default=None)


def side_gaps(building: Building, site: Site) -> list[float]:
    """The gaps between the ground outline and each side edge, metres, the nearest first."""
    if building.ground is None:
        return []
    region = building.ground.region
    return sorted(abs(measure.distance_to(region, e.line, site)) for e in site.edges_of(EdgeRole.SIDE))


@measured("plot_area", Group.PLOT, "m2", AREA, "plot_polygon", "PLOT-03")
def plot_area(seen: Seen) -> Iterator[Row]:
    """Computed area of the plot in its plane grid."""
    if seen.site is not None:
        yield Row(float(seen.site.polygon.area))


@measured("plot_ground_area", Group.PLOT, "m2", AREA, "plot_polygon_over_scale", "COV-01", "FAR-01")
def plot_ground_area(seen: Seen) -> Iterator[Row]:
    """Computed area of the plot on the ground, where the scale of its grid is known."""
    if seen.site is not None and seen.site.scale is not None:
        yield Row(seen.site.ground_area)


@measured("grid_scale", Group.PLOT, "ppm", Tolerance(_SCALE_ERROR), "scale_of_projection")
def grid_scale(seen: Seen) -> Iterator[Row]:
    """Length in the plot's grid over length on the ground, less one, in parts per million; no row where unknown."""
    if seen.site is not None and seen.site.scale is not None:
        yield Row((seen.site.scale - 1.0) * 1e6)


@measured("frontage", Group.PLOT, "m", LENGTH, "longest_front", "PLOT-02")
def longest_front(seen: Seen) -> Iterator[Row]:
    """Length of the plot's longest front edge."""
    if seen.site is not None:
        yield Row(frontage(seen.site))


@on_plot("setback", Group.SETBACKS, "m", LENGTH, "least_distance", "SET-01", "SET-02", "SET-03")
def setback(building: Building, site: Site) -> Iterator[Row]:
    """Least distance from the ground outline to the edges of a role; negative where it passes over them."""
    for role in EdgeRole:
        yield Row(measure.setback(building, site, role), subject=role.value)


@on_plot("setback_edge", Group.SETBACKS, "m", LENGTH, "least_distance", "SET-01", "SET-02", "SET-03")
def setback_edge(building: Building, site: Site) -> Iterator[Row]:
    """Least distance from the ground outline to one edge of the plot, told by its role and number."""
    for index, edge in enumerate(site.edges):
        if building.ground is not None:
            value = measure.distance_to(building.ground.region, edge.line, site)
            yield Row(value, subject=f"{edge.role}:{index}")


@on_plot("setback_storey", Group.SETBACKS, "m", LENGTH, "storey_outline_to_edge", "SET-04")
def setback_storey(building: Building, site: Site) -> Iterator[Row]:
    """Least distance from the outline of a storey above the ground one to one edge of the plot."""
    ground = building.floors()[0].elevation if building.floors() else float("inf")
    for storey in building.storeys:
        if storey.outline is not None and storey.elevation > ground:
            for index, edge in enumerate(site.edges):
                value = measure.distance_to(storey.outline.region, edge.line, site)
                yield Row(value, storey.id, f"{edge.role}:{index}")


@on_plot("side_gap", Group.SETBACKS, "m", LENGTH, "gap_to_side", "ATT-01")
def side_gap(building: Building, site: Site) -> Iterator[Row]:
    """Gap between the ground outline and the nearest side edge: nothing where the building is attached."""
    yield Row(next(iter(side_gaps(building, site)), None))


@on_plot("beyond_plot", Group.SETBACKS, "m2", AREA, "ground_outline_minus_plot", "PLOT-01")
def beyond_plot(building: Building, site: Site) -> Iterator[Row]:
    """Area of the ground outline outside the plot."""
    if building.ground is not None:
        yield Row(overlay.minus(building.ground.region, site.polygon).area)
