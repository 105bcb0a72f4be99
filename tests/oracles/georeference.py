"""Oracles of where the model stands, by the library's georeferencing utilities and by meshes."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import ifcopenshell.util.element as element_util
import ifcopenshell.util.geolocation as geolocation
import ifcopenshell.util.unit as unit_util
import numpy as np
import pyproj

from tests.oracles.model import Entity, Model
from tests.oracles.registry import Answer, Params, ids, names, oracle

SAID = ("Eastings", "Northings", "OrthogonalHeight", "XAxisAbscissa", "XAxisOrdinate", "Scale")


class Conversion(NamedTuple):
    """What is written, the code of the grid, and metres in one unit of the map where that is said."""

    said: dict[str, Any]
    grid: str
    unit: float

    def number(self, name: str, default: float = 0.0) -> float:
        """A number, or its default where it is not written."""
        said = self.said.get(name)
        return default if said is None else float(said)


def conversion(model: Model) -> Conversion | None:
    """The map conversion to a projected system, in the schema's way or in property sets."""
    for made in model.of("IfcMapConversion"):
        target = made.TargetCRS
        if target is not None and target.is_a("IfcProjectedCRS"):
            unit = 1.0 if target.MapUnit is None else unit_util.get_unit_scale(target.MapUnit)
            return Conversion(made.get_info(recursive=False), target.Name or "", float(unit))
    for holder in model.of("IfcSite", "IfcProject", "IfcBuilding"):
        sets = {name.lower(): values for name, values in element_util.get_psets(holder).items()}
        if "epset_mapconversion" in sets:
            named = sets.get("epset_projectedcrs", {}).get("Name")
            return Conversion(sets["epset_mapconversion"], str(named or ""), 1.0)
    return None


def code(made: Conversion) -> str:
    """The authority's code, where the projection library knows the grid by it."""
    digits = made.grid.upper().replace("EPSG", "").strip(": ")
    try:
        return f"EPSG:{pyproj.CRS.from_epsg(int(digits)).to_epsg()}"
    except (ValueError, pyproj.exceptions.CRSError):
        return ""


@oracle("georeference")
def georeference(model: Model, _: Params) -> Answer:
    """A conversion, and a grid that the projection library knows."""
    made = conversion(model)
    if made is None:
        return Answer(1, names("IfcMapConversion"))
    return Answer(1, names() if code(made) else names("IfcProjectedCRS"))


@oracle("map_conversion")
def map_conversion(model: Model, _: Params) -> Answer:
    """Each number as written."""
    made = conversion(model)
    if made is None:
        return Answer(0)
    return Answer(len(SAID), frozenset(name for name in SAID if made.said.get(name) is None))


@oracle("grid_accepted")
def grid_accepted(model: Model, params: Params) -> Answer:
    """The code is one of those accepted."""
    made = conversion(model)
    if made is None:
        return Answer(0)
    return Answer(1, names() if code(made) in params["accepted"] else names("IfcProjectedCRS"))


@oracle("map_scale")
def map_scale(model: Model, params: Params) -> Answer:
    """A kilometre of the model is a kilometre of the map, by the library's own conversion of a point."""
    made = conversion(model)
    if made is None:
        return Answer(0)
    scale = made.number("Scale", 1.0) or 1.0
    east, north = made.number("XAxisAbscissa", 1.0), made.number("XAxisOrdinate")
    ends = [geolocation.xyz2enh(x, 0, 0, 0, 0, 0, east, north, scale) for x in (0.0, 1000.0 / model.metre)]
    apart = abs(math.dist(ends[0][:2], ends[1][:2]) * made.unit / 1000.0 - 1.0)
    return Answer(1, names("Scale") if apart > params["tolerance"] else names(), apart)


@oracle("map_height")
def map_height(model: Model, params: Params) -> Answer:
    """The height in metres."""
    made = conversion(model)
    if made is None:
        return Answer(0)
    height = made.number("OrthogonalHeight") * made.unit
    right = params["least"] <= height <= params["most"]
    return Answer(1, names() if right else names("OrthogonalHeight"), height)


@oracle("map_origin")
def map_origin(model: Model, params: Params) -> Answer:
    """The distance in metres."""
    made = conversion(model)
    if made is None:
        return Answer(0)
    away = math.dist((0.0, 0.0), (made.number("Eastings") * made.unit, made.number("Northings") * made.unit))
    return Answer(1, names("Eastings", "Northings") if away < params["metres"] else names(), away)


@oracle("true_north")
def true_north(model: Model, params: Params) -> Answer:
    """True north turned into the grid, against the grid's own north, by the library's angles."""
    made = conversion(model)
    contexts = model.file.by_type("IfcGeometricRepresentationContext", include_subtypes=False)
    if made is None or not any(context.TrueNorth for context in contexts):
        return Answer(0)
    north = geolocation.get_true_north(model.file)
    grid = -geolocation.xaxis2angle(made.number("XAxisAbscissa", 1.0), made.number("XAxisOrdinate"))
    apart = abs((north + grid + 180.0) % 360.0 - 180.0)
    return Answer(1, names("TrueNorth") if apart > params["degrees"] + 1e-6 else names(), apart)


@oracle("georeference_level")
def georeference_level(model: Model, params: Params) -> Answer:
    """The highest level of LoGeoRef for which there is anything."""
    level = next(level for level, there in _levels(model) if there)
    return Answer(1, names("LoGeoRef") if level < params["least"] else names(), float(level))


def _levels(model: Model) -> Iterator[tuple[int, bool]]:
    sites, places = model.of("IfcSite"), [*model.of("IfcSite"), *model.of("IfcBuilding")]
    contexts = model.file.by_type("IfcGeometricRepresentationContext", include_subtypes=False)
    yield 50, conversion(model) is not None
    yield 40, any(c.TrueNorth and np.any(_location(c.WorldCoordinateSystem)) for c in contexts)
    yield 30, any(site.ObjectPlacement and np.any(model.origin(site)) for site in sites)
    yield 20, any(site.RefLatitude and site.RefLongitude for site in sites)
    yield 10, any(getattr(p, "SiteAddress", None) or getattr(p, "BuildingAddress", None) for p in places)
    yield 0, True


def _location(system: Entity) -> tuple[float, ...]:
    return tuple(system.Location.Coordinates) if system is not None else ()


def positions(model: Model) -> list[tuple[Entity, float, float]]:
    """Sites with latitude and longitude in degrees."""
    said = [s for s in model.of("IfcSite") if s.RefLatitude and s.RefLongitude]
    return [(s, geolocation.dms2dd(*s.RefLatitude), geolocation.dms2dd(*s.RefLongitude)) for s in said]


@oracle("default_position")
def default_position(model: Model, params: Params) -> Answer:
    """Near one of the known positions."""
    most, sites = params["tolerance"], positions(model)
    known = params["positions"]
    wrong = [s for s, lat, lon in sites if any(abs(lat - a) <= most and abs(lon - b) <= most for a, b in known)]
    return Answer(len(sites), ids(wrong))


@oracle("site_bounds")
def site_bounds(model: Model, params: Params) -> Answer:
    """Outside the bounds."""
    south, north, west, east = (params[side] for side in ("south", "north", "west", "east"))
    sites = positions(model)
    wrong = (s for s, lat, lon in sites if lat < south or lat > north or lon < west or lon > east)
    return Answer(len(sites), ids(wrong))


@oracle("local_coordinates", meshed=True)
def local_coordinates(model: Model, params: Params) -> Answer:
    """Neither a placement nor a triangle far from the origin."""
    far = params["metres"]
    wrong = [e for e in model.physical if any(np.abs(p).max() > far for p in _points(model, e))]
    return Answer(None, ids(wrong))


def _points(model: Model, element: Entity) -> Iterator[Any]:
    at, mesh = model.origin(element), model.meshes.get(element.id())
    if at is not None:
        yield at
    if mesh is not None:
        yield mesh.low
        yield mesh.high
