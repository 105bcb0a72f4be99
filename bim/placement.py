"""Place the building in the zone's plane grid by surveyed tie points, or by what the model declares.

Authoring tools write eastings in project units though they declare metres; so each unit is tried
and the one that puts the building on its plot is taken, and named in the report.
"""

import math
from collections.abc import Sequence
from typing import TypeAlias

import ifcopenshell
import numpy as np
import shapely

from bim import overlay
from bim.building import Placement, Region
from bim.extract import unit_scale
from bim.findings import Reason
from bim.georeference import Box, Declared, Position, declaration, declarations, normal_grid, positions
from bim.ties import UNITS, Ties
from bim.tool_defaults import default_of
from gis.site import Site

TIE_POINTS = "tie_points"
_LARGER = 20.0
"""A building that is so many times as long as its plot was drawn in another unit than its model declares."""
Answer: TypeAlias = tuple[Placement | None, Reason | None]


def place(model: ifcopenshell.file, site: Site | None, box: Box | None, ties: Ties | None = None) -> Answer:
    """The placement, or why there is none. `box` is where the building is in model metres.

    Tie points win over whatever the model declares. Of several declarations the first that leads to the plot places
    it, the highest level first; a latitude and longitude places nothing.
    """
    if ties is not None:
        return _by_ties(ties, declaration(model), site, box)
    metre = unit_scale(model, "LENGTHUNIT")
    answers = [_by_declaration(declared, metre, site, box) for declared in declarations(model, box)]
    if not answers:
        return None, _unplaced(positions(model))
    return next((answer for answer in answers if answer[0] is not None), answers[0])


def _by_declaration(declared: Declared, metre: float, site: Site | None, box: Box | None) -> Answer:
    grid = normal_grid(declared.grid)
    if declared.level < 50 and site is not None:
        grid = normal_grid(site.grid)  # it names none, and proves the plot's by leading to the plot
    if not grid:
        return None, Reason("grid_unnamed", {"name": declared.grid})
    if site is not None and grid != normal_grid(site.grid):
        return None, Reason("wrong_grid", {"model": grid, "plot": site.grid})
    if not declared.finite:
        return None, Reason("not_finite")
    if not math.isclose(declared.factors[0], declared.factors[1], abs_tol=1e-9):
        return None, Reason("scale_unequal", {"x": declared.factors[0], "y": declared.factors[1]})
    candidates = hypotheses(declared, metre, grid, site)
    if site is None:
        return candidates[0], None
    if box is None:
        return None, Reason("no_extent")
    return _nearest(candidates, shapely.box(*box), site)


def _unplaced(said: Sequence[Position]) -> Reason:
    """Why a model without any usable declaration has no place."""
    if not said:
        return Reason("no_georeference")
    default = default_of(said[0].latitude, said[0].longitude)
    if default is not None:
        return Reason("tool_default", {"tool": default.tool, "place": default.place})
    return Reason("latitude_only", {"latitude": round(said[0].latitude, 5), "longitude": round(said[0].longitude, 5)})


def _by_ties(ties: Ties, declared: Declared | None, site: Site | None, box: Box | None) -> Answer:
    if box is None:
        return None, Reason("no_extent")
    corners = shapely.get_coordinates(shapely.box(*box))
    zero = site.reference_level if site is not None else 0.0
    east, north = ties.transform.forth(np.zeros((1, 2)))[0]
    placement = Placement(
        TIE_POINTS,
        site.grid if site is not None else normal_grid(declared.grid) if declared else "",
        float(east),
        float(north),
        zero if ties.height is None else ties.height,
        rotation=ties.transform.rotation,
        scale=ties.transform.scale,
        hypothesis=ties.unit,
        residual=ties.error_at(corners),
        points=ties.count,
        rms=ties.rms,
        outliers=ties.outliers,
        levelled=ties.height is not None,
        height_residual=ties.height_error,
    )
    return _nearest([placement], shapely.box(*box), site) if site is not None else (placement, None)


def hypotheses(declared: Declared, metre: float, grid: str, site: Site | None) -> list[Placement]:
    """Where the model stands by the declared unit, `metre` being its own, and then by the known mistakes."""
    first = declared.unit or 1.0
    units = [first, *(unit for unit in UNITS if not math.isclose(unit, first))]
    return [_placement(declared, unit, metre, grid, site) for unit in units]


def _placement(declared: Declared, unit: float, metre: float, grid: str, site: Site | None) -> Placement:
    """Scale turns model units into map units, so in metres it is near one; a missing one is taken as one."""
    x, _, z = declared.factors
    said = (declared.scale or 1.0) * x
    scale = next((s for s in (said * unit / metre, said) if abs(s - 1.0) < 0.01), 1.0)
    angle = math.degrees(math.atan2(declared.ordinate, declared.abscissa))
    known = declared.levelled or site is None
    return Placement(
        declared.method,
        grid,
        declared.eastings * unit,
        declared.northings * unit,
        declared.height * unit if known or site is None else site.reference_level,
        angle,
        scale,
        unit,
        levelled=declared.levelled,
        stretch=z / x,
    )


def _nearest(candidates: list[Placement], box: Region, site: Site) -> Answer:
    """The hypothesis that covers most of the plot; none where the building is beside the plot under all."""
    sized = [candidate for candidate in candidates if _length(apply(candidate, box)) < _LARGER * _length(site.polygon)]
    if not sized:
        size, plot = (round(_length(region), 1) for region in (apply(candidates[0], box), site.polygon))
        return None, Reason("building_too_long", {"size": size, "plot": plot})
    candidates = sized
    shares = [overlay.common(apply(candidate, box), site.polygon).area for candidate in candidates]
    best = max(range(len(candidates)), key=lambda index: (shares[index], -index))
    if shares[best] > 0 or (box.area == 0 and apply(candidates[best], box).intersects(site.polygon)):
        return candidates[best], None
    regions = [apply(candidate, box) for candidate in candidates]
    for neighbour in site.neighbours:
        if any(overlay.common(region, neighbour.polygon).area > region.area / 2 for region in regions):
            return None, Reason("on_other_plot", {"other": neighbour.number, "plot": site.plot})
    distance = min(region.distance(site.polygon) for region in regions)
    return None, Reason("outside_plot", {"distance": round(distance, 1)})


def _length(region: Region) -> float:
    """The diagonal of a region's extent."""
    left, low, right, high = region.bounds
    return math.hypot(right - left, high - low)


def apply(placement: Placement, region: Region) -> Region:
    """A region of the model's plan in the grid."""
    angle = math.radians(placement.rotation)
    c, s = placement.scale * math.cos(angle), placement.scale * math.sin(angle)
    return shapely.affinity.affine_transform(region, [c, -s, s, c, placement.east, placement.north])


def level(placement: Placement, z: float) -> float:
    """A level of the model as a height of the grid's height system."""
    return placement.scale * placement.stretch * z + placement.height
