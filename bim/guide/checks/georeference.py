"""Checks of where the model stands: map conversion, grid, site position and local coordinates."""

import math
from typing import Any

from bim.guide.checks.registry import Checked, Params, check, found, ids
from bim.guide.checks.subject import Entity, Subject

_SAID = ("Eastings", "Northings", "OrthogonalHeight", "XAxisAbscissa", "XAxisOrdinate", "Scale")


@check("georeference")
def georeference(subject: Subject, _: Params) -> Checked:
    """A map conversion to a projected system with a known code is declared."""
    if subject.declared is None:
        return Checked(1, ("IfcMapConversion",))
    return Checked(1, () if subject.grid else ("IfcProjectedCRS",))


@check("map_conversion")
def map_conversion(subject: Subject, _: Params) -> Checked:
    """The conversion states every number, none left to its default."""
    if subject.declared is None:
        return Checked(0)
    said = _as_written(subject)
    return Checked(len(_SAID), tuple(name for name in _SAID if said.get(name) is None))


def _as_written(subject: Subject) -> dict[str, Any]:
    """The conversion's attributes, or the properties that stand for them in IFC2X3."""
    for conversion in subject.of("IfcMapConversion"):
        return {name: getattr(conversion, name) for name in _SAID}
    from bim.extract import properties  # as in bim.guide.checks.subject, kept from whoever looks a check up

    for holder in subject.of("IfcSite", "IfcProject", "IfcBuilding"):
        for name, values in properties(holder).items():
            if name.lower() == "epset_mapconversion":
                return values
    return {}


@check("grid_accepted", accepted=list)
def grid_accepted(subject: Subject, params: Params) -> Checked:
    """The grid is one of `accepted`."""
    if subject.declared is None:
        return Checked(0)
    said = subject.grid or subject.declared.grid or "-"
    wrong = () if subject.grid in params["accepted"] else ("IfcProjectedCRS",)
    return Checked(1, wrong, reason=found(said, ", ".join(params["accepted"])))


@check("map_scale", unit="ratio", tolerance=float)
def map_scale(subject: Subject, params: Params) -> Checked:
    """Scale times the map's unit is one unit of the project; what is not said is one, and a metre."""
    declared = subject.declared
    if declared is None:
        return Checked(0)
    away = abs((declared.scale or 1.0) * (declared.unit or 1.0) / subject.metre - 1.0)
    return Checked(1, ("Scale",) if away > params["tolerance"] else (), away, params["tolerance"])


@check("map_height", unit="m", least=float, most=float)
def map_height(subject: Subject, params: Params) -> Checked:
    """The orthogonal height lies between `least` and `most`."""
    declared = subject.declared
    if declared is None:
        return Checked(0)
    height = declared.height * (declared.unit or 1.0)
    limit = params["least"] if height < params["least"] else params["most"]
    wrong = not params["least"] <= height <= params["most"]
    return Checked(1, ("OrthogonalHeight",) if wrong else (), height, limit)


@check("map_origin", unit="m", metres=float)
def map_origin(subject: Subject, params: Params) -> Checked:
    """The conversion leads at least `metres` away from the grid's origin."""
    declared = subject.declared
    if declared is None:
        return Checked(0)
    away = math.hypot(declared.eastings, declared.northings) * (declared.unit or 1.0)
    return Checked(1, ("Eastings", "Northings") if away < params["metres"] else (), away, params["metres"])


@check("true_north", unit="deg", degrees=float)
def true_north(subject: Subject, params: Params) -> Checked:
    """True north and the grid's north of the conversion differ by at most `degrees`."""
    norths = [c.TrueNorth for c in subject.of("IfcGeometricRepresentationContext") if _north(c) is not None]
    if subject.declared is None or not norths:
        return Checked(0)
    turned = math.atan2(subject.declared.ordinate, subject.declared.abscissa)
    x, y = norths[0].DirectionRatios[:2]
    apart = math.degrees(math.atan2(x, y) - turned)  # in the model the grid's north is (sin, cos) of the turn
    apart = abs((apart + 180.0) % 360.0 - 180.0)
    return Checked(1, ("TrueNorth",) if apart > params["degrees"] + 1e-6 else (), apart, params["degrees"])


def _north(context: Entity) -> Entity | None:
    """True north of a whole context; a part takes it from there."""
    return context.TrueNorth if context.is_a() == "IfcGeometricRepresentationContext" else None


@check("georeference_level", unit="count", least=int)
def georeference_level(subject: Subject, params: Params) -> Checked:
    """The level of georeference (LoGeoRef 10 to 50, 0 for none) is at least `least`."""
    level = _level(subject)
    return Checked(1, ("LoGeoRef",) if level < params["least"] else (), float(level), float(params["least"]))


def _level(subject: Subject) -> int:
    """The highest level of which something is said."""
    if subject.declared is not None:
        return 50
    contexts = [c for c in subject.of("IfcGeometricRepresentationContext") if _north(c) is not None]
    if any(_moved(c.WorldCoordinateSystem) for c in contexts):
        return 40
    sites = subject.of("IfcSite")
    if any(any(subject.positions.origin(site) or ()) for site in sites):
        return 30
    if any(_position(site) is not None for site in sites):
        return 20
    addressed = [*(s.SiteAddress for s in sites), *(b.BuildingAddress for b in subject.of("IfcBuilding"))]
    return 10 if any(address is not None for address in addressed) else 0


def _moved(placement: Entity | None) -> bool:
    return placement is not None and placement.Location is not None and any(placement.Location.Coordinates)


def _position(site: Entity) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, out of degrees, minutes, seconds and millionths."""
    if not site.RefLatitude or not site.RefLongitude:
        return None
    scales = (1.0, 60.0, 3600.0, 3.6e9)
    first, second = (
        sum(part / scale for part, scale in zip(parts, scales, strict=False))
        for parts in (site.RefLatitude, site.RefLongitude)
    )
    return first, second


@check("default_position", positions=list, tolerance=float)
def default_position(subject: Subject, params: Params) -> Checked:
    """No site lies within `tolerance` degrees of a position (latitude, longitude) that tools write by default."""
    sites = [(site, at) for site in subject.of("IfcSite") if (at := _position(site)) is not None]
    wrong = [(site, at) for site, at in sites if any(_near(at, default, params) for default in params["positions"])]
    told = ", ".join(f"{at[0]:.4f}/{at[1]:.4f}" for _, at in wrong)
    return Checked(len(sites), ids(site for site, _ in wrong), reason=found(told, "-"))


def _near(at: tuple[float, float], default: tuple[float, float], params: Params) -> bool:
    return all(abs(a - b) <= params["tolerance"] for a, b in zip(at, default, strict=True))


@check("site_bounds", south=float, north=float, west=float, east=float)
def site_bounds(subject: Subject, params: Params) -> Checked:
    """Every site that says its latitude and longitude lies within the bounds, in degrees."""
    sites = [(site, at) for site in subject.of("IfcSite") if (at := _position(site)) is not None]
    wrong = [
        (site, at)
        for site, at in sites
        if not (params["south"] <= at[0] <= params["north"] and params["west"] <= at[1] <= params["east"])
    ]
    wanted = f"{params['south']}-{params['north']}/{params['west']}-{params['east']}"
    told = ", ".join(f"{at[0]:.4f}/{at[1]:.4f}" for _, at in wrong)
    return Checked(len(sites), ids(site for site, _ in wrong), reason=found(told, wanted))


@check("local_coordinates", unit="m", metres=float)
def local_coordinates(subject: Subject, params: Params) -> Checked:
    """No placement, and no body in it, lies further than `metres` from the model's origin along any axis."""
    away = {key: max(map(abs, (*at, *subject.origins.get(key, ())))) for key, at in subject.points.items()}
    if not away:
        return Checked(0)
    far = [e for e in subject.physical if away.get(e.id(), 0.0) > params["metres"]]
    return Checked(len(away), ids(far), max(away.values()), params["metres"])
