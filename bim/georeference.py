"""Everything a model says of where it stands, by level of georeference (LoGeoRef), each as it is written.

True north is read and never taken for the grid's north: in Syria they differ by up to two degrees.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import ifcopenshell

from bim.extract import Entity, known_scale, properties, unit_scale
from bim.positions import Positions, axes

FAR = 1000.0
"""Metres from the origin beyond which a model's own coordinates are taken for those of a grid."""
_TURNED = 1e-6
_ARC = (1.0, 60.0, 3600.0, 3.6e9)
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Declared:
    """A map conversion as written: `unit` metres in one map unit where the model says so.

    `factors` scale x, y and z further. What is of a lower `level` than 50 names no grid; without `levelled` it says
    nothing of heights.
    """

    method: str
    grid: str
    eastings: float
    northings: float
    height: float
    abscissa: float
    ordinate: float
    scale: float | None
    unit: float | None
    factors: tuple[float, float, float] = (1.0, 1.0, 1.0)
    level: int = 50
    levelled: bool = True

    @property
    def finite(self) -> bool:
        """Whether it leads anywhere: broken exports write what is infinite, or no number."""
        numbers = (self.eastings, self.northings, self.height, self.abscissa, self.ordinate, *self.factors)
        return all(map(math.isfinite, (*numbers, self.scale or 1.0, self.unit or 1.0)))


@dataclass(frozen=True)
class Position:
    """A latitude and longitude, degrees: good to metres, so it places nothing."""

    method: str
    latitude: float
    longitude: float
    level: int = 20


def declaration(model: ifcopenshell.file) -> Declared | None:
    """The coordinate operation to a projected system, or the property sets IFC2X3 uses instead."""
    return next(_operations(model), None) or _from_sets(model)


def declarations(model: ifcopenshell.file, box: Box | None) -> tuple[Declared, ...]:
    """Everything that can place the model, the highest level first; `box` is where it is, metres of the model."""
    sets = _from_sets(model)
    found = [*_operations(model), *([sets] if sets else []), *_systems(model), *_coordinates(model, box)]
    return tuple(dict.fromkeys(found))


def positions(model: ifcopenshell.file) -> tuple[Position, ...]:
    """The latitudes and longitudes of sites, and of operations to a geographic system."""
    found = [*_geographic(model)]
    for site in model.by_type("IfcSite"):
        latitude, longitude = _degrees(site.RefLatitude), _degrees(site.RefLongitude)
        if latitude is not None and longitude is not None:
            found.append(Position("IfcSite.RefLatitude", latitude, longitude))
    return tuple(dict.fromkeys(found))


def true_north(model: ifcopenshell.file) -> tuple[float, float] | None:
    """The direction of true north in the model's plan, where a context says one other than its default."""
    for context in model.by_type("IfcGeometricRepresentationContext", include_subtypes=False):
        if context.TrueNorth is not None:
            x, y, *_ = (*map(float, context.TrueNorth.DirectionRatios), 0.0, 0.0)
            if abs(math.atan2(x, y)) > _TURNED:
                return x, y
    return None


def normal_grid(name: str) -> str:
    """ "EPSG:22770" out of the ways people write it; an empty text where there is no code."""
    match = re.search(r"(?:EPSG|CRS)\D*?(\d{4,6})\s*$", name.strip(), re.IGNORECASE) or re.fullmatch(
        r"\s*(\d{4,6})\s*", name
    )
    return f"EPSG:{match[1]}" if match else ""


def _all(model: ifcopenshell.file, kind: str) -> list[Entity]:
    """The entities of a class that the schema may lack."""
    try:
        return list(model.by_type(kind))
    except RuntimeError:
        return []


def _operations(model: ifcopenshell.file) -> Iterator[Declared]:
    """IfcMapConversion, its scaled kind and IfcRigidOperation, each to an IfcProjectedCRS."""
    for conversion in _all(model, "IfcMapConversion"):
        target = conversion.TargetCRS
        if target is not None and target.is_a("IfcProjectedCRS"):
            yield Declared(
                conversion.is_a(),
                target.Name or "",
                conversion.Eastings or 0.0,
                conversion.Northings or 0.0,
                conversion.OrthogonalHeight or 0.0,
                1.0 if conversion.XAxisAbscissa is None else conversion.XAxisAbscissa,
                conversion.XAxisOrdinate or 0.0,
                conversion.Scale,
                None if target.MapUnit is None else _unit_metres(target.MapUnit),
                _factors(conversion),
            )
    for operation in _all(model, "IfcRigidOperation"):
        target, first, second = operation.TargetCRS, operation.FirstCoordinate, operation.SecondCoordinate
        if target is None or not target.is_a("IfcProjectedCRS") or not _is_length(first) or not _is_length(second):
            continue
        unit = None if target.MapUnit is None else _unit_metres(target.MapUnit)
        east, north, height = float(first[0]), float(second[0]), operation.Height or 0.0
        yield Declared("IfcRigidOperation", target.Name or "", east, north, height, 1.0, 0.0, None, unit,
                       levelled=operation.Height is not None)  # fmt: skip


def _factors(conversion: Entity) -> tuple[float, float, float]:
    """The factors of a scaled conversion; one for what is not said, as for the plain kind."""
    x, y, z = (float(getattr(conversion, f"Factor{axis}", None) or 1.0) for axis in "XYZ")
    return x, y, z


def _is(value: Any, *names: str) -> bool:
    """Whether a coordinate is one of these measures; a bare number, of a broken model, is none."""
    return hasattr(value, "is_a") and value.is_a() in names


def _is_length(value: Any) -> bool:
    return _is(value, "IfcLengthMeasure", "IfcPositiveLengthMeasure")


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
            levelled="OrthogonalHeight" in values,
        )
    return None


def _systems(model: ifcopenshell.file) -> Iterator[Declared]:
    """World coordinate systems far from the origin, turned as their own axes are: LoGeoRef 40 without true north."""
    metre = unit_scale(model, "LENGTHUNIT")
    for context in model.by_type("IfcGeometricRepresentationContext", include_subtypes=False):
        if context.WorldCoordinateSystem is None:
            continue
        along, _, _, at = axes(context.WorldCoordinateSystem)
        east, north, height = (value * metre for value in at)
        if math.hypot(east, north) > FAR:
            yield Declared("WorldCoordinateSystem", "", east, north, height, along[0], along[1], None, 1.0, level=40,
                           levelled=height != 0)  # fmt: skip


def _coordinates(model: ifcopenshell.file, box: Box | None) -> Iterator[Declared]:
    """Coordinates that are those of a grid already: by the placement of the site (LoGeoRef 30), or drawn so."""
    if box is None or math.hypot((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) <= FAR:
        return
    metre, frames = unit_scale(model, "LENGTHUNIT"), Positions()
    origins = [at for at in map(frames.origin, model.by_type("IfcSite")) if at is not None]
    placed = any(math.hypot(at[0], at[1]) * metre > FAR for at in origins)
    method = "IfcSite.ObjectPlacement" if placed else "coordinates"
    levelled = any(at[2] != 0 for at in origins)
    yield Declared(method, "", 0.0, 0.0, 0.0, 1.0, 0.0, None, 1.0, level=30, levelled=levelled)


def _geographic(model: ifcopenshell.file) -> Iterator[Position]:
    """Operations to a geographic system, whose coordinates are angles, latitude first."""
    for operation in _all(model, "IfcRigidOperation"):
        first, second = operation.FirstCoordinate, operation.SecondCoordinate
        if all(_is(value, "IfcPlaneAngleMeasure") for value in (first, second)):
            radian = known_scale(model, "PLANEANGLEUNIT") or 1.0
            latitude, longitude = (math.degrees(float(value[0]) * radian) for value in (first, second))
            yield Position("IfcRigidOperation", latitude, longitude, level=50)


def _degrees(parts: tuple[int, ...] | None) -> float | None:
    """Degrees out of degrees, minutes, seconds and millionths."""
    if not parts:
        return None
    value = sum(part / scale for part, scale in zip(parts, _ARC, strict=False))
    return float(value) if math.isfinite(value) else None


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
