"""Oracles of the project: units and contexts by the library's own look-up."""

from collections import Counter

import ifcopenshell.util.unit as unit_util

from tests.oracles.model import Entity, Model
from tests.oracles.registry import Answer, Oracle, Params, names, oracle

KINDS = ("LENGTHUNIT", "AREAUNIT", "VOLUMEUNIT")


@oracle("units")
def units(model: Model, _: Params) -> Answer:
    """Each unit of the project as the library finds it is an SI unit."""
    found = {kind: unit_util.get_project_unit(model.file, kind) for kind in KINDS}
    return Answer(3, frozenset(kind for kind, unit in found.items() if unit is None or not unit.is_a("IfcSIUnit")))


@oracle("length_unit")
def length_unit(model: Model, params: Params) -> Answer:
    """The length unit's full name, held against the scale the library reads."""
    unit = unit_util.get_project_unit(model.file, "LENGTHUNIT")
    if unit is None:
        return Answer(1, names("LENGTHUNIT"))
    name = unit_util.get_full_unit_name(unit)
    scales = {"METRE": 1.0, "MILLIMETRE": 0.001, "CENTIMETRE": 0.01}
    right = name in params["accepted"] and scales[name] == unit_util.calculate_unit_scale(model.file)
    return Answer(1, names() if right else names(name))


@oracle("plane_angle_unit")
def plane_angle_unit(model: Model, _: Params) -> Answer:
    """The angle unit's scale is that of the radian or the degree."""
    unit = unit_util.get_project_unit(model.file, "PLANEANGLEUNIT")
    scale = None if unit is None else unit_util.calculate_unit_scale(model.file, "PLANEANGLEUNIT")
    right = scale is not None and (scale == 1.0 or abs(scale - 0.0174532925) < 1e-6)
    return Answer(1, names() if right else names("PLANEANGLEUNIT"))


@oracle("units_once")
def units_once(model: Model, _: Params) -> Answer:
    """Kinds of units, counted as the schema's own rule does: named, derived, and money."""
    listed = [u for project in model.of("IfcProject") for u in project.UnitsInContext.Units]
    named = [u.UnitType for u in listed if u.is_a("IfcNamedUnit") and u.UnitType != "USERDEFINED"]
    derived = [u.UnitType for u in listed if u.is_a("IfcDerivedUnit") and u.UnitType != "USERDEFINED"]
    count = Counter([*named, *derived, *("IfcMonetaryUnit" for u in listed if u.is_a("IfcMonetaryUnit"))])
    return Answer(len(count), frozenset(kind for kind, number in count.items() if number > 1))


@oracle("context_precision")
def context_precision(model: Model, params: Params) -> Answer:
    """Contexts that are no part of another, and not for the plan."""
    whole = model.file.by_type("IfcGeometricRepresentationContext", include_subtypes=False)
    contexts: list[Entity] = [c for c in whole if (c.ContextType or "Model") not in ("Plan", "plan")]
    said = [None if c.Precision is None else c.Precision * model.metre for c in contexts]
    known = [p for p in said if p is not None]
    right = contexts and len(known) == len(said)
    right = right and all(params["least"] * 0.999999 <= p <= params["most"] * 1.000001 for p in known)
    return Answer(max(len(contexts), 1), names() if right else names("Precision"))


def one(kind: str) -> Oracle:
    """Whether a class has exactly one entity."""
    return lambda model, _: Answer(1, names() if len(model.of(kind)) == 1 else names(kind))


for check, wanted in (("one_project", "IfcProject"), ("one_site", "IfcSite"), ("one_building", "IfcBuilding")):
    oracle(check)(one(wanted))
