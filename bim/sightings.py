"""Hold everything that a model says of its place against the plot, and against where the building was put."""

import math
from collections.abc import Iterator, Sequence

import ifcopenshell
import shapely

from bim.building import Placement, Region, Sighting
from bim.extract import unit_scale
from bim.findings import Reason
from bim.georeference import Box, Declared, Position, declarations, normal_grid, positions, true_north
from bim.placement import apply, hypotheses
from bim.tool_defaults import default_of
from gis.errors import UnusableGrid
from gis.site import Site

APART = 1.0
"""Metres from which on two declarations contradict each other."""
APART_BY_LATITUDE = 1000.0
"""The same where one is a latitude and longitude: people set it to the town, and the datum is known to 5 m only."""
_SAME_NORTH, _PLAIN_CONVERGENCE = 0.05, 0.2
"""Degrees."""


def sightings(
    model: ifcopenshell.file, site: Site | None, box: Box | None, placed: Placement | None
) -> tuple[Sighting, ...]:
    """Where each declaration would put the building, against the plot and against where it was `placed`."""
    metre, extent = unit_scale(model, "LENGTHUNIT"), None if box is None else shapely.box(*box)
    used = None if placed is None or extent is None else apply(placed, extent)
    found = [_declared(said, metre, site, extent, used) for said in declarations(model, box)]
    return (*found, *(_position(said, site, used) for said in positions(model)))


def contradictions(said: Sequence[Sighting]) -> Iterator[Reason]:
    """Each declaration that leads elsewhere than the building was put."""
    for sighting in said:
        limit = APART_BY_LATITUDE if sighting.level == 20 else APART
        if sighting.apart is not None and sighting.apart > limit and not sighting.default:
            values: dict[str, str | float | int] = {"method": sighting.method, "apart": round(sighting.apart, 2)}
            yield Reason("declarations_differ", values)


def confused_north(model: ifcopenshell.file, site: Site | None, placed: Placement | None) -> Iterator[Reason]:
    """Says so where the model holds true north and the grid's north for one, though they differ at the plot."""
    north, grid = true_north(model), None if site is None else normal_grid(site.grid)
    if north is None or placed is None or site is None or not grid:
        return
    apart = _convergence(site, grid)
    # counter-clockwise from the grid's north to the model's true north, once the model is turned into the grid
    found = math.degrees(math.atan2(-north[0], north[1])) + placed.rotation
    found = (found + 180.0) % 360.0 - 180.0
    if apart is not None and abs(apart) > _PLAIN_CONVERGENCE and abs(found) < _SAME_NORTH:
        yield Reason("north_confused", {"convergence": round(apart, 2)})


def _convergence(site: Site, grid: str) -> float | None:
    from gis.crs import convergence  # projections are heavy, and most models need none

    middle = site.polygon.centroid
    try:
        return convergence(middle.x, middle.y, grid)
    except UnusableGrid:
        return None


def _declared(said: Declared, metre: float, site: Site | None, extent: Region | None, used: Region | None) -> Sighting:
    grid = normal_grid(said.grid)
    if site is None or extent is None or not said.finite or (grid != normal_grid(site.grid) and said.level == 50):
        return Sighting(said.method, said.level, grid)
    candidates = [apply(candidate, extent) for candidate in hypotheses(said, metre, grid, site)]
    there = next((region for region in candidates if region.intersects(site.polygon)), candidates[0])
    apart = None if used is None else float(used.centroid.distance(there.centroid))
    return Sighting(said.method, said.level, grid, float(there.distance(site.polygon)), apart)


def _position(said: Position, site: Site | None, used: Region | None) -> Sighting:
    default = default_of(said.latitude, said.longitude)
    name = "" if default is None else f"{default.tool}: {default.place}"
    point = None if site is None or not normal_grid(site.grid) else _in_grid(said, normal_grid(site.grid))
    if site is None or point is None:
        return Sighting(said.method, said.level, "", default=name)
    apart = None if used is None else float(used.centroid.distance(point))
    return Sighting(said.method, said.level, "", float(point.distance(site.polygon)), apart, name)


def _in_grid(said: Position, grid: str) -> shapely.Point | None:
    """The position in the plot's grid, to some metres; None where the grid has no known way there."""
    from gis.crs import from_display

    try:
        point: shapely.Point = from_display(shapely.Point(said.longitude, said.latitude), grid)
    except UnusableGrid:
        return None
    return point if math.isfinite(point.x) and math.isfinite(point.y) else None
