"""Cases of the clauses that IDS says: one element that says what is asked, and one that does not."""

from collections.abc import Callable, Mapping
from typing import Any

from sample_models.cases.case import case
from sample_models.cases.house import House
from sample_models.ifc_file import Entity, Value

Step = Callable[[House, Entity], None]
Values = Mapping[str, tuple[str, Value]]
Attributes = Mapping[str, Any]
LENGTH, LABEL, FLAG = "IfcPositiveLengthMeasure", "IfcLabel", "IfcBoolean"


def prop(name: str, values: Values) -> Step:
    """A property set."""
    return lambda house, element: house.file.properties(element, name, values)


def flag(name: str, key: str) -> Step:
    """A property that is true."""
    return prop(name, {key: (FLAG, True)})


def qto(name: str, *, areas: Mapping[str, float] | None = None, lengths: Mapping[str, float] | None = None) -> Step:
    """Base quantities."""
    return lambda house, element: house.file.quantities(element, name, areas or {}, lengths or {})


def material(house: House, element: Entity) -> None:
    """A material."""
    ends = {"RelatedObjects": [element], "RelatingMaterial": house.file.create("IfcMaterial", Name="concrete")}
    house.file.rooted("IfcRelAssociatesMaterial", f"material of {element.Name}", **ends)


def classified(house: House, element: Entity) -> None:
    """A reference to a classification."""
    system = house.file.create("IfcClassification", Name="Sample classification")
    reference = house.file.create("IfcClassificationReference", Identification="A1", ReferencedSource=system)
    ends = {"RelatedObjects": [element], "RelatingClassification": reference}
    house.file.rooted("IfcRelAssociatesClassification", "class", **ends)


def by_type(kind: str) -> Step:
    """A type that says the predefined type, as IFC4 has it, for elements that leave it open."""

    def step(house: House, element: Entity) -> None:
        made = house.file.rooted(f"{element.is_a()}Type", "its type", Name="its type", PredefinedType=kind)
        house.file.rooted("IfcRelDefinesByType", "its type", RelatedObjects=[element], RelatingType=made)

    return step


def in_system(house: House, element: Entity) -> None:
    """A member of a system."""
    system = house.file.rooted("IfcSystem", "cold water", Name="cold water")
    house.file.rooted("IfcRelAssignsToGroup", "cold water", RelatedObjects=[element], RelatingGroup=system)


def made(kind: str, attributes: Attributes, steps: tuple[Step, ...]) -> Callable[[House], None]:
    """The change that adds the element to the ground storey; a group or a type stands alone."""

    def change(house: House) -> None:
        if kind in ("IfcZone", "IfcSystem") or kind.endswith("Type"):
            element = house.file.rooted(kind, "one", **{"Name": "one", **attributes})
        else:
            place = house.file.place(house.ground.ObjectPlacement, (1.0, 1.0, 0.0))
            element = house.file.product(kind, "0/one", place, house.file.shape(house.file.box(1.0, 0.2, 2.0)))
            if kind == "IfcSpace":
                house.file.aggregate(house.ground, [element])
            else:
                house.file.contain(house.ground, element)
        for name, value in attributes.items():
            setattr(element, name, value)
        for step in steps:
            step(house, element)

    return change


def both(
    code: str, kind: str, good: tuple[Step, ...] = (), bad: tuple[Step, ...] = (), *,
    keeps: Attributes | None = None, breaks: Attributes | None = None, what: tuple[str, str] = ("said", "unsaid"),
) -> None:  # fmt: skip
    """A case that passes with `good` and the attributes `keeps`, and one that fails with `bad` and `breaks`."""
    case(code, "pass", what[0], "nothing")(made(kind, keeps or {}, good))
    case(code, "fail", what[1], "nothing")(made(kind, breaks or {}, bad))


WALL, SLAB, SPACE, STAIR = "Pset_WallCommon", "Pset_SlabCommon", "Pset_SpaceCommon", "Pset_StairCommon"
COLUMN, BEAM, DOOR, WINDOW = "Pset_ColumnCommon", "Pset_BeamCommon", "Pset_DoorCommon", "Pset_WindowCommon"


def _attributes() -> None:
    """What attributes say."""
    both("BIM-420", "IfcBeam", breaks={"Name": None})
    both("BIM-421", "IfcBuildingElementProxy", keeps={"ObjectType": "bench"})
    both("BIM-425", "IfcWindow", keeps={"Tag": "W001"})
    both("BIM-426", "IfcWallType", keeps={"PredefinedType": "SOLIDWALL"},
         breaks={"Name": None, "PredefinedType": "SOLIDWALL"})  # fmt: skip
    both("BIM-427", "IfcCovering", keeps={"PredefinedType": "CEILING"}, breaks={"PredefinedType": "NOTDEFINED"})
    both("BIM-501", "IfcSpace", keeps={"LongName": "غرفة معيشة"})
    both("BIM-520", "IfcSpace", keeps={"ObjectType": "living"})
    both("BIM-525", "IfcSpace", keeps={"Name": "n" * 20}, breaks={"Name": "n" * 21},
         what=("at-the-limit", "beyond-the-limit"))  # fmt: skip
    both("BIM-526", "IfcSpace", keeps={"PredefinedType": "INTERNAL"}, breaks={"PredefinedType": "NOTDEFINED"})
    both("BIM-527", "IfcZone", keeps={"ObjectType": "dwelling"})
    both("BIM-604", "IfcDoor", keeps={"OverallWidth": 1.0, "OverallHeight": 2.1}, breaks={"OverallWidth": 1.0})
    both("BIM-605", "IfcWindow", keeps={"OverallWidth": 1.0, "OverallHeight": 1.2}, breaks={"OverallHeight": 1.2})
    both("BIM-606", "IfcSlab", keeps={"PredefinedType": "FLOOR"}, breaks={"PredefinedType": "NOTDEFINED"})
    for code, kind, said in (("BIM-606", "IfcSlab", "FLOOR"), ("BIM-427", "IfcCovering", "CEILING")):
        case(code, "pass", "said-by-the-type", "nothing")(made(kind, {}, (by_type(said),)))
    operates = {"PredefinedType": "DOOR", "OperationType": "SINGLE_SWING_LEFT"}
    both("BIM-722", "IfcDoorType", keeps=operates, breaks={**operates, "OperationType": "NOTDEFINED"})
    both("BIM-724", "IfcTransportElement", keeps={"PredefinedType": "ELEVATOR"})
    both("BIM-830", "IfcFooting", keeps={"PredefinedType": "PAD_FOOTING"}, breaks={"PredefinedType": "NOTDEFINED"})
    both("BIM-841", "IfcSystem", breaks={"Name": None})
    both("BIM-842", "IfcPipeSegment", keeps={"PredefinedType": "RIGIDSEGMENT"}, breaks={"PredefinedType": "NOTDEFINED"})


def _properties() -> None:
    """What property sets say."""
    both("BIM-503", "IfcSpace", (flag(SPACE, "IsExternal"),), (prop(SPACE, {"IsExternal": (LABEL, "yes")}),),
         what=("a-truth", "a-label"))  # fmt: skip
    both("BIM-510", "IfcZone", (prop("Pset_ZoneCommon", {"Reference": ("IfcIdentifier", "1")}),),
         keeps={"ObjectType": "dwelling"}, breaks={"ObjectType": "dwelling"})  # fmt: skip
    case("BIM-510", "na", "zone-of-another-kind", "nothing")(made("IfcZone", {"ObjectType": "fire compartment"}, ()))
    both("BIM-524", "IfcSpace", (flag(SPACE, "PubliclyAccessible"),))
    both("BIM-601", "IfcWall", (flag(WALL, "IsExternal"),))
    both("BIM-602", "IfcWall", (flag(WALL, "LoadBearing"),), (flag(WALL, "IsExternal"),))
    both("BIM-611", "IfcSlab", (flag(SLAB, "LoadBearing"),))
    both("BIM-612", "IfcColumn", (flag(COLUMN, "LoadBearing"),))
    both("BIM-613", "IfcBeam", (flag(BEAM, "LoadBearing"),), (flag("Pset_MyBeam", "LoadBearing"),))
    both("BIM-619", "IfcWindow", (flag(WINDOW, "IsExternal"),))
    both("BIM-620", "IfcDoor", (flag(DOOR, "IsExternal"),))
    outside = {"IsExternal": (FLAG, True)}
    warm = {**outside, "ThermalTransmittance": ("IfcThermalTransmittanceMeasure", 0.6)}
    both("BIM-621", "IfcWall", (prop(WALL, warm),), (prop(WALL, outside),))
    case("BIM-621", "na", "inside", "nothing")(made("IfcWall", {}, (prop(WALL, {"IsExternal": (FLAG, False)}),)))
    glass = {"ThermalTransmittance": ("IfcThermalTransmittanceMeasure", 2.0)}
    both("BIM-622", "IfcWindow", (prop(WINDOW, glass),))
    both("BIM-623", "IfcColumn", (prop(COLUMN, {"Status": (LABEL, "NEW")}),))
    both("BIM-624", "IfcRailing", (prop("Pset_RailingCommon", {"Height": (LENGTH, 1.0)}),))
    both("BIM-625", "IfcDoor", (prop("Pset_ManufacturerTypeInformation", {"Manufacturer": (LABEL, "A")}),))
    both("BIM-832", "IfcColumn", (prop(COLUMN, {"Reference": ("IfcIdentifier", "C1")}),))


def _circulation() -> None:
    """What stairs, ramps and lifts say."""
    steps = {"RiserHeight": (LENGTH, 0.16), "TreadLength": (LENGTH, 0.28)}
    both("BIM-703", "IfcStairFlight", (prop("Pset_StairFlightCommon", steps),))
    stair = {"NumberOfRiser": ("IfcCountMeasure", 20), **steps}
    both("BIM-725", "IfcStair", (prop(STAIR, stair),), (prop(STAIR, steps),))
    both("BIM-721", "IfcRampFlight", (prop("Pset_RampFlightCommon", {"Slope": ("IfcPlaneAngleMeasure", 0.08)}),))
    car = {"ClearWidth": (LENGTH, 1.1), "ClearDepth": (LENGTH, 1.4)}
    lift = "Pset_TransportElementElevator"
    both("BIM-723", "IfcTransportElement", (prop(lift, car),), (prop(lift, {"ClearWidth": (LENGTH, 1.1)}),))


def _safety() -> None:
    """What is said of fire and of access."""
    rating: Values = {"FireRating": (LABEL, "EI60")}
    entrance = {"ObjectType": "entrance"}
    both("BIM-801", "IfcDoor", (prop(DOOR, rating),), keeps=entrance, breaks=entrance)
    case("BIM-801", "na", "a-room-door", "nothing")(made("IfcDoor", {"ObjectType": "room"}, ()))
    both("BIM-802", "IfcWall", (prop(WALL, rating),))
    both("BIM-803", "IfcSlab", (prop(SLAB, rating),))
    both("BIM-804", "IfcColumn", (prop(COLUMN, rating),))
    both("BIM-805", "IfcDoor", (flag(DOOR, "FireExit"),))
    both("BIM-806", "IfcStair", (flag(STAIR, "FireExit"),))
    both("BIM-807", "IfcDoor", (prop(DOOR, rating),), (prop(DOOR, {"FireRating": (LABEL, "one hour")}),),
         what=("a-class", "words"))  # fmt: skip
    case("BIM-807", "na", "no-rating", "nothing")(made("IfcDoor", {}, ()))
    both("BIM-820", "IfcDoor", (flag(DOOR, "HandicapAccessible"),))
    both("BIM-821", "IfcSpace", (flag(SPACE, "HandicapAccessible"),))
    both("BIM-822", "IfcRamp", (flag("Pset_RampCommon", "HandicapAccessible"),))


def _relations() -> None:
    """What materials, quantities, classes and groups say."""
    for code, kind in (("603", "Wall"), ("607", "Slab"), ("608", "Column"), ("609", "Beam"), ("610", "Window"),
                       ("626", "Covering"), ("831", "Footing"), ("843", "PipeSegment")):  # fmt: skip
        both(f"BIM-{code}", f"Ifc{kind}", (material,))
    both("BIM-423", "IfcSpace", (classified,))
    both("BIM-424", "IfcColumn", (classified,))
    both("BIM-840", "IfcPipeSegment", (in_system,))
    space = "Qto_SpaceBaseQuantities"
    both("BIM-502", "IfcSpace", (qto(space, areas={"NetFloorArea": 12.0}),), (qto(space, lengths={"Height": 3.0}),))
    both("BIM-521", "IfcSpace", (qto(space, lengths={"Height": 3.0}),))
    both("BIM-523", "IfcSpace", (qto(space, areas={"GrossFloorArea": 12.0}),))
    both("BIM-614", "IfcWall", (qto("Qto_WallBaseQuantities", lengths={"Length": 4.0, "Width": 0.2}),),
         (qto("Qto_WallBaseQuantities", lengths={"Length": 4.0}),))  # fmt: skip
    slab = {"areas": {"GrossArea": 64.0}}
    both("BIM-615", "IfcSlab", (qto("Qto_SlabBaseQuantities", **slab, lengths={"Width": 0.2}),),
         (qto("Qto_SlabBaseQuantities", **slab),))  # fmt: skip
    both("BIM-616", "IfcBeam", (qto("Qto_BeamBaseQuantities", lengths={"Length": 4.0}),))
    both("BIM-617", "IfcDoor", (qto("Qto_DoorBaseQuantities", areas={"Area": 2.1}),))


_attributes()
_properties()
_circulation()
_safety()
_relations()


@case("BIM-202", "pass", "both-names", "nothing")
def _(house: House) -> None:
    pass


@case("BIM-202", "fail", "no-long-name", "nothing")
def _(house: House) -> None:
    house.project.LongName = None


@case("BIM-203", "pass", "plot-number", "nothing")
def _(house: House) -> None:
    pass


@case("BIM-203", "fail", "no-plot-number", "nothing")
def _(house: House) -> None:
    house.remove(house.only("IfcPropertySingleValue"))


@case("BIM-302", "pass", "name-and-occupancy", "nothing")
def _(house: House) -> None:
    house.file.properties(house.building, "Pset_BuildingCommon", {"OccupancyType": (LABEL, "residential")})


@case("BIM-302", "fail", "no-occupancy", "nothing")
def _(house: House) -> None:
    pass


@case("BIM-422", "pass", "classified", "nothing")
def _(house: House) -> None:
    classified(house, house.building)


@case("BIM-422", "fail", "not-classified", "nothing")
def _(house: House) -> None:
    pass


@case("BIM-618", "pass", "floor-area", "nothing")
def _(house: House) -> None:
    qto("Qto_BuildingBaseQuantities", areas={"GrossFloorArea": 128.0})(house, house.building)


@case("BIM-618", "fail", "no-floor-area", "nothing")
def _(house: House) -> None:
    pass


@case("BIM-522", "pass", "in-its-storey", "nothing")
def _(house: House) -> None:
    made("IfcSpace", {}, ())(house)


@case("BIM-522", "fail", "in-the-building", "nothing")
def _(house: House) -> None:
    place = house.file.place(house.building.ObjectPlacement, (1.0, 1.0, 0.0))
    space = house.file.product("IfcSpace", "0/one", place)
    house.storeys.RelatedObjects = [*house.storeys.RelatedObjects, space]
