"""Place the building in the zone's plane grid by surveyed tie points, or by what the model declares.

Authoring tools write eastings in project units though they declare metres; so each unit is tried
and the one that puts the building on its plot is taken, and named in the report.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ifcopenshell
import numpy as np
import shapely

from bim.building import Placement, Region, Sighting
from bim.extract import Entity, properties, unit_scale
from bim.findings import Reason
from bim.ties import UNITS, Ties
from gis.site import Site

TIE_POINTS = "tie_points"
_LARGER = 20.0
"""A building that is so many times as long as its plot was drawn in another unit than its model declares."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Declared:
    """A map conversion as written: `unit` metres in one map unit where the model says so."""

    method: str
    grid: str
    eastings: float
    northings: float
    height: float
    abscissa: float
    ordinate: float
    scale: float | None
    unit: float | None


def place(
    model: ifcopenshell.file, site: Site | None, box: Box | None, ties: Ties | None = None
) -> tuple[Placement | None, Reason | None]:
    """The placement, or why there is none. `box` is where the building is in model metres.

    Tie points win over whatever the model declares.
    """
    if ties is not None:
        return _by_ties(ties, declaration(model), site, box)
    declared = declaration(model)
    if declared is None:
        return None, Reason("no_georeference")
    grid = normal_grid(declared.grid)
    if not grid:
        return None, Reason("grid_unnamed", {"name": declared.grid})
    if site is not None and grid != normal_grid(site.grid):
        return None, Reason("wrong_grid", {"model": grid, "plot": site.grid})
    metre = unit_scale(model, "LENGTHUNIT")
    candidates = [_placement(declared, unit, metre, grid) for unit in _hypotheses(declared)]
    if site is None:
        return candidates[0], None
    if box is None:
        return None, Reason("no_extent")
    return _nearest(candidates, shapely.box(*box), site)


def _by_ties(
    ties: Ties, declared: Declared | None, site: Site | None, box: Box | None
) -> tuple[Placement | None, Reason | None]:
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


def sightings(
    model: ifcopenshell.file, site: Site | None, box: Box | None, placed: Placement | None
) -> tuple[Sighting, ...]:
    """Where each declaration would put the building, against the plot and against where it was `placed`."""
    declared = declaration(model)
    if declared is None:
        return ()
    grid = normal_grid(declared.grid)
    sighting = Sighting(declared.method, 50, grid)
    if site is None or box is None or grid != normal_grid(site.grid):
        return (sighting,)
    metre, extent = unit_scale(model, "LENGTHUNIT"), shapely.box(*box)
    candidates = [_placement(declared, unit, metre, grid) for unit in _hypotheses(declared)]
    nearest = min(candidates, key=lambda candidate: apply(candidate, extent).distance(site.polygon))
    there = apply(nearest, extent)
    apart = None if placed is None else float(apply(placed, extent).centroid.distance(there.centroid))
    return (Sighting(declared.method, 50, grid, float(there.distance(site.polygon)), apart),)


def declaration(model: ifcopenshell.file) -> Declared | None:
    """The IfcMapConversion with its IfcProjectedCRS, or the property sets IFC2X3 uses instead."""
    if model.schema == "IFC2X3":
        return _from_sets(model)
    for conversion in model.by_type("IfcMapConversion"):
        target = conversion.TargetCRS
        if target is None or not target.is_a("IfcProjectedCRS"):
            continue
        unit = target.MapUnit
        return Declared(
            "IfcMapConversion",
            target.Name or "",
            conversion.Eastings or 0.0,
            conversion.Northings or 0.0,
            conversion.OrthogonalHeight or 0.0,
            1.0 if conversion.XAxisAbscissa is None else conversion.XAxisAbscissa,
            conversion.XAxisOrdinate or 0.0,
            conversion.Scale,
            None if unit is None else _unit_metres(unit),
        )
    return _from_sets(model)


def _from_sets(model: ifcopenshell.file) -> Declared | None:
    """`ePset_MapConversion` and `ePset_ProjectedCRS`, on the site, the project or the building."""
    for holder in (e for name in ("IfcSite", "IfcProject", "IfcBuilding") for e in model.by_type(name)):
        sets = {name.lower(): values for name, values in properties(holder).items()}
        values = sets.get("epset_mapconversion")
        if values is None:
            continue
        crs = sets.get("epset_projectedcrs", {})
        return Declared(
            "ePset_MapConversion",
            str(crs.get("Name") or ""),
            _number(values, "Eastings", 0.0),
            _number(values, "Northings", 0.0),
            _number(values, "OrthogonalHeight", 0.0),
            _number(values, "XAxisAbscissa", 1.0),
            _number(values, "XAxisOrdinate", 0.0),
            _number(values, "Scale", 0.0) or None,
            None,
        )
    return None


def _number(values: Mapping[str, Any], name: str, default: float) -> float:
    """A property that may be a measure or a text, since tools write both; a broken text is the default."""
    try:
        return float(values.get(name, default))
    except (TypeError, ValueError):
        return default


def _unit_metres(unit: Entity) -> float | None:
    """Metres in one map unit; None where it is no length unit we know."""
    if unit.is_a("IfcSIUnit") and unit.Name == "METRE":
        return {None: 1.0, "MILLI": 0.001, "CENTI": 0.01, "KILO": 1000.0}.get(unit.Prefix)
    if unit.is_a("IfcConversionBasedUnit") and unit.ConversionFactor is not None:
        value = unit.ConversionFactor.ValueComponent.wrappedValue
        return float(value)
    return None


def normal_grid(name: str) -> str:
    """ "EPSG:22770" out of the ways people write it; an empty text where there is no code."""
    match = re.search(r"(?:EPSG|CRS)\D*?(\d{4,6})\s*$", name.strip(), re.IGNORECASE) or re.fullmatch(
        r"\s*(\d{4,6})\s*", name
    )
    return f"EPSG:{match[1]}" if match else ""


def _hypotheses(declared: Declared) -> list[float]:
    """The declared unit first, then the known mistakes."""
    first = declared.unit or 1.0
    return [first, *(unit for unit in UNITS if not math.isclose(unit, first))]


def _placement(declared: Declared, unit: float, metre: float, grid: str) -> Placement:
    """Scale turns model units into map units, so in metres it is near one; a missing one is taken as one."""
    scale = (declared.scale or 1.0) * unit / metre
    near_one = abs(scale - 1.0) < 0.01
    angle = math.degrees(math.atan2(declared.ordinate, declared.abscissa))
    return Placement(
        declared.method,
        grid,
        declared.eastings * unit,
        declared.northings * unit,
        declared.height * unit,
        angle,
        scale if near_one else (declared.scale if declared.scale and abs(declared.scale - 1) < 0.01 else 1.0),
        unit,
    )


def _nearest(candidates: list[Placement], box: Region, site: Site) -> tuple[Placement | None, Reason | None]:
    """The hypothesis that covers most of the plot; none where the building is beside the plot under all."""
    sized = [candidate for candidate in candidates if _length(apply(candidate, box)) < _LARGER * _length(site.polygon)]
    if not sized:
        size, plot = (round(_length(region), 1) for region in (apply(candidates[0], box), site.polygon))
        return None, Reason("building_too_long", {"size": size, "plot": plot})
    candidates = sized
    shares = [apply(candidate, box).intersection(site.polygon).area for candidate in candidates]
    best = max(range(len(candidates)), key=lambda index: (shares[index], -index))
    if shares[best] > 0 or (box.area == 0 and apply(candidates[best], box).intersects(site.polygon)):
        return candidates[best], None
    distance = min(apply(candidate, box).distance(site.polygon) for candidate in candidates)
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
    return placement.scale * z + placement.height
