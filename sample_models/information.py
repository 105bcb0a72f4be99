"""What a modelling guide asks of a building beside its shapes: marks, properties, materials, quantities, classes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sample_models.ifc_file import Entity, IfcFile, Value

Values = Mapping[str, tuple[str, Value]]

_FLAG = "IfcBoolean"
_PUBLIC = {"corridor", "stair", "lift"}
_TRANSMITTANCE = 0.6
_FIRE = "REI60"


def complete(file: IfcFile) -> None:
    """Add it to every element of the building that is being written."""
    _walls(file)
    _slabs(file)
    _fillings(file)
    _stairs(file)
    _equipment(file)
    _spaces(file)
    building = file.model.by_type("IfcBuilding")[0]
    _classify(file, {"residential": [building], **_by_use(file)})


def _walls(file: IfcFile) -> None:
    for wall in file.model.by_type("IfcWall"):
        length, width, _ = _box(file, wall)
        values: dict[str, tuple[str, Value]] = {"FireRating": ("IfcLabel", _FIRE)}
        if _said(wall, "Pset_WallCommon", "IsExternal"):
            values["ThermalTransmittance"] = ("IfcThermalTransmittanceMeasure", _TRANSMITTANCE)
        _add(file, wall, "Pset_WallCommon", values)
        file.quantities(wall, "Qto_WallBaseQuantities", {}, {"Length": length, "Width": width})


def _slabs(file: IfcFile) -> None:
    for slab in file.model.by_type("IfcSlab"):
        x, y, depth = _box(file, slab)
        values: Values = {"LoadBearing": (_FLAG, True), "FireRating": ("IfcLabel", _FIRE)}
        _add(file, slab, "Pset_SlabCommon", values)
        file.quantities(slab, "Qto_SlabBaseQuantities", {"GrossArea": x * y}, {"Width": depth})
    landings = [slab for slab in file.model.by_type("IfcSlab") if slab.PredefinedType == "LANDING"]
    _of_material(file, "Reinforced concrete of landings", landings)
    floors = [s for s in file.model.by_type("IfcSlab") if s.PredefinedType in ("FLOOR", "BASESLAB")]
    area = sum(x * y for x, y, _ in (_box(file, slab) for slab in floors))
    file.quantities(file.model.by_type("IfcBuilding")[0], "Qto_BuildingBaseQuantities", {"GrossFloorArea": area}, {})


def _fillings(file: IfcFile) -> None:
    for kind, substance in (("IfcDoor", "Wood"), ("IfcWindow", "Aluminium and glass")):
        fillings = file.model.by_type(kind)
        for number, filling in enumerate(fillings, 1):
            filling.Tag = f"{kind[3]}{number:03d}"
            opening = filling.FillsVoids[0].RelatingOpeningElement
            outside = _said(opening.VoidsElements[0].RelatingBuildingElement, "Pset_WallCommon", "IsExternal")
            values: dict[str, tuple[str, Value]] = {"IsExternal": (_FLAG, bool(outside))}
            if kind == "IfcDoor":
                entrance = filling.ObjectType == "entrance"
                values |= {"FireExit": (_FLAG, entrance), "HandicapAccessible": (_FLAG, entrance)}
            _add(file, filling, f"Pset_{kind[3:]}Common", values)
        _of_material(file, substance, fillings)


def _stairs(file: IfcFile) -> None:
    for stair in file.model.by_type("IfcStair"):
        flights = [part for part in stair.IsDecomposedBy[0].RelatedObjects if part.is_a("IfcStairFlight")]
        first = flights[0]
        values: Values = {
            "NumberOfRiser": ("IfcCountMeasure", sum(_risers(flight) for flight in flights)),
            "RiserHeight": ("IfcPositiveLengthMeasure", first.RiserHeight / file.unit),
            "TreadLength": ("IfcPositiveLengthMeasure", first.TreadLength / file.unit),
            "FireExit": (_FLAG, True),
        }
        _add(file, stair, "Pset_StairCommon", values)


def _risers(flight: Entity) -> int:
    return int(flight[8])  # NumberOfRiser in IFC2X3, NumberOfRisers since


def _equipment(file: IfcFile) -> None:
    length = "IfcPositiveLengthMeasure"
    for lift in file.model.by_type("IfcTransportElement"):
        width, depth, _ = _box(file, lift)
        values: Values = {"ClearWidth": (length, width - 0.1), "ClearDepth": (length, depth - 0.1)}
        _add(file, lift, "Pset_TransportElementElevator", values)
    for railing in file.model.by_type("IfcRailing"):
        _add(file, railing, "Pset_RailingCommon", {"Height": (length, _box(file, railing)[2])})
    for ramp in file.model.by_type("IfcRamp"):
        _add(file, ramp, "Pset_RampCommon", {"HandicapAccessible": (_FLAG, False)})


def _spaces(file: IfcFile) -> None:
    for space in file.model.by_type("IfcSpace"):
        public = space.ObjectType in _PUBLIC
        _add(file, space, "Pset_SpaceCommon", {"PubliclyAccessible": (_FLAG, public)})


def _by_use(file: IfcFile) -> dict[str, list[Entity]]:
    found: dict[str, list[Entity]] = defaultdict(list)
    for space in file.model.by_type("IfcSpace"):
        found[space.ObjectType].append(space)
    return found


def _classify(file: IfcFile, by_code: Mapping[str, list[Entity]]) -> None:
    """One reference to each code of a fictitious classification."""
    system = file.create("IfcClassification", Source="fictitious", Edition="1", Name="Sample classification")
    for code, elements in by_code.items():
        label = "Identification" if file.ifc4 else "ItemReference"
        reference = file.create("IfcClassificationReference", Name=code, ReferencedSource=system, **{label: code})
        ends = {"RelatedObjects": elements, "RelatingClassification": reference}
        file.rooted("IfcRelAssociatesClassification", f"class {code}", **ends)


def _box(file: IfcFile, element: Entity) -> tuple[float, float, float]:
    """Metres along x, y and z of the first box of its body."""
    solid = element.Representation.Representations[0].Items[0]
    profile = solid.SweptArea
    return profile.XDim / file.unit, profile.YDim / file.unit, solid.Depth / file.unit


def _set(element: Entity, name: str) -> Entity | None:
    related = (r.RelatingPropertyDefinition for r in element.IsDefinedBy if r.is_a("IfcRelDefinesByProperties"))
    return next((definition for definition in related if definition.Name == name), None)


def _said(element: Entity, of: str, name: str) -> Value | None:
    known = _set(element, of)
    values = {p.Name: p.NominalValue.wrappedValue for p in known.HasProperties} if known else {}
    return values.get(name)


def _add(file: IfcFile, element: Entity, name: str, values: Values) -> None:
    """More properties in a set of the element, which is made where it has none."""
    known = _set(element, name)
    if known is None:
        file.properties(element, name, values)
        return
    rows = [
        file.create("IfcPropertySingleValue", Name=key, NominalValue=file.typed(kind, value))
        for key, (kind, value) in values.items()
    ]
    known.HasProperties = [*known.HasProperties, *rows]


def _of_material(file: IfcFile, name: str, elements: Iterable[Entity]) -> None:
    ends = {"RelatedObjects": list(elements), "RelatingMaterial": file.create("IfcMaterial", Name=name)}
    file.rooted("IfcRelAssociatesMaterial", f"material {name}", **ends)
