"""GRF: where the model says that it stands."""

import math
from collections.abc import Iterator
from functools import cache

import pyproj
from pyproj.database import get_codes
from pyproj.enums import PJType
from pyproj.exceptions import CRSError

from bim.extract import Entity, unit_scale
from bim.validity.facts import Facts
from bim.validity.registry import Fault, kind, normative, presence

AUTHORITY = "EPSG:"
GEOGRAPHIC = ("RefLatitude", "RefLongitude", "RefElevation")
COORDINATES = ("FirstCoordinate", "SecondCoordinate")
COORDINATE_TYPES = ("IfcLengthMeasure", "IfcPlaneAngleMeasure")
DATUMS = {
    "GeodeticDatum": PJType.GEODETIC_REFERENCE_FRAME,
    "VerticalDatum": PJType.VERTICAL_REFERENCE_FRAME,
}
"""Attributes that name a datum, and its sort."""
TOLERANCE = 1e-6
"""Relative, of the scale between two length units."""

presence("GRF000", kind("IfcCoordinateReferenceSystem"), schemas=("IFC4", "IFC4X3"))


@cache
def known_system(name: str) -> pyproj.CRS | None:
    """The reference system of a code such as `EPSG:22770`, None where EPSG has none or has withdrawn it."""
    code = name.removeprefix(AUTHORITY)
    if not name.startswith(AUTHORITY) or not code.isascii() or not code.isdigit():
        return None
    try:
        system = pyproj.CRS.from_authority("EPSG", code)
    except CRSError:
        return None
    return None if system.is_deprecated else system


@cache
def _datums(sort: PJType) -> frozenset[str]:
    return frozenset(get_codes("EPSG", sort))


def known_datum(name: str, sort: PJType) -> bool:
    """Whether EPSG has a datum of that code and sort, or a reference system."""
    return known_system(name) is not None or name.removeprefix(AUTHORITY) in _datums(sort)


def _operations(facts: Facts) -> dict[int, Entity]:
    """By the number of a context: the operation that takes it to a grid."""
    return {o.SourceCRS.id(): o for o in facts.of("IfcCoordinateOperation") if o.SourceCRS}


def _operated(facts: Facts) -> list[Entity]:
    """Contexts for geometry, where an operation is given for one of them."""
    contexts = facts.model.by_type("IfcGeometricRepresentationContext", include_subtypes=False)
    return list(contexts) if _operations(facts) else []


@normative("GRF001", _operated, schemas=("IFC4X3",))
def same_operation(facts: Facts, context: Entity) -> Iterator[Fault]:
    """All contexts are taken to the grid in the same way."""
    operations = _operations(facts)
    first = _operated(facts)[0]
    if _told(operations.get(context.id())) != _told(operations.get(first.id())):
        yield Fault("operations_differ", context)


def _told(operation: Entity | None) -> tuple[object, ...]:
    """What an operation says, but for where from."""
    return () if operation is None else (operation.is_a(), *tuple(operation)[1:])


@normative("GRF002", kind("IfcCoordinateReferenceSystem"), schemas=("IFC4X3",), practice=True)
def coded(_facts: Facts, system: Entity) -> Iterator[Fault]:
    """A reference system is named by its code."""
    if known_system(system.Name or "") is None:
        yield Fault("unknown_code", system, {"attribute": "Name", "code": system.Name})


def _ungrounded(facts: Facts) -> list[Entity]:
    """What asks for a grid, in a model that names none."""
    if facts.of("IfcCoordinateReferenceSystem"):
        return []
    sites = (s for s in facts.of("IfcSite") if any(getattr(s, name) is not None for name in GEOGRAPHIC))
    return [*sites, *facts.of("IfcBuilding", "IfcAlignment")]


@normative("GRF003", _ungrounded, schemas=("IFC4", "IFC4X3"), practice=True)
def grounded(_facts: Facts, element: Entity) -> Iterator[Fault]:
    """A model of a building or an alignment names its grid; latitude and longitude alone are not enough."""
    yield Fault("no_grid", element)


def _codes(facts: Facts) -> Iterator[tuple[Entity, str, str]]:
    for system in facts.of("IfcCoordinateReferenceSystem"):
        for attribute in ("Name", *DATUMS):
            said = facts.said(system, attribute)
            if said and said.startswith(AUTHORITY):
                yield system, attribute, said


@normative("GRF004", _codes, schemas=("IFC4", "IFC4X3"))
def valid_code(_facts: Facts, subject: tuple[Entity, str, str]) -> Iterator[Fault]:
    """A code that claims to be EPSG's is one."""
    system, attribute, code = subject
    known = known_datum(code, DATUMS[attribute]) if attribute in DATUMS else known_system(code) is not None
    if not known:
        yield Fault("unknown_code", system, {"attribute": attribute, "code": code})


@normative("GRF005", kind("IfcMapConversion"), schemas=("IFC4", "IFC4X3"), practice=True)
def scale(facts: Facts, conversion: Entity) -> Iterator[Fault]:
    """The scale turns the model's length unit into that of the grid."""
    system = known_system((conversion.TargetCRS.Name or "").strip()) if conversion.TargetCRS else None
    unit = _plane_unit(system) if system is not None else None
    if unit is None:
        return
    said, wanted = conversion.Scale or 1.0, unit_scale(facts.model, "LENGTHUNIT") / unit
    if not math.isclose(said, wanted, rel_tol=TOLERANCE):
        yield Fault("scale", conversion, {"value": said, "limit": wanted})


def _plane_unit(system: pyproj.CRS) -> float | None:
    """Metres in one unit of the grid's plane; None where it has none, or several."""
    parts = system.sub_crs_list if system.is_compound else [system]
    units = {axis.unit_conversion_factor for part in parts if part.is_projected for axis in part.axis_info}
    return units.pop() if len(units) == 1 else None


def _uncoded(facts: Facts) -> Iterator[Entity]:
    systems = {o.TargetCRS.id(): o.TargetCRS for o in _operations(facts).values() if o.TargetCRS}
    return (system for system in systems.values() if not (system.Name or "").startswith(AUTHORITY))


@normative("GRF006", _uncoded, schemas=("IFC4X3",))
def described(_facts: Facts, system: Entity) -> Iterator[Fault]:
    """A reference system without a code is described by a well-known text, and named so."""
    if not system.WellKnownText:
        yield Fault("no_description", system, {"name": system.Name})
    elif system.Name != "WKT":
        yield Fault("not_named_wkt", system, {"name": system.Name})


def _vertical(facts: Facts) -> Iterator[tuple[Entity, str]]:
    for system in facts.of("IfcProjectedCRS"):
        if system.VerticalDatum and known_system(system.VerticalDatum) is not None:
            yield system, system.VerticalDatum


@normative("GRF007", _vertical, schemas=("IFC4", "IFC4X3"))
def vertical(_facts: Facts, subject: tuple[Entity, str]) -> Iterator[Fault]:
    """What is given for heights is a system for heights."""
    system, code = subject
    found = known_system(code)
    if found is not None and not (found.is_vertical or found.is_compound):
        yield Fault("not_vertical", system, {"code": code})


@normative("GRF008", kind("IfcRigidOperation"), schemas=("IFC4X3",))
def rigid_units(_facts: Facts, operation: Entity) -> Iterator[Fault]:
    """The shift of a rigid operation is in lengths or in angles."""
    for name in COORDINATES:
        value = getattr(operation, name)
        said = type(value).__name__ if isinstance(value, float) else value.is_a()
        if said not in COORDINATE_TYPES:
            yield Fault("coordinate_type", operation, {"attribute": name, "type": said})
