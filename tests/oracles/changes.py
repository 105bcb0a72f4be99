"""Changes of relations, shapes and the structure; what is not filled in stands in `omissions`."""

from collections.abc import Iterator
from random import Random

import ifcopenshell.guid

from tests.oracles.authoring import (
    CHANGES,
    File,
    aggregate,
    body,
    change,
    conversion,
    double,
    join,
    leave,
    one,
    rows,
    say,
    scale,
    storey_of,
)


@change("wall external by a label", "BIM-601")
def _(file: File, random: Random) -> None:
    say(file, one(file, random, "IfcWall"), "IsExternal", "IfcLabel", "yes")


@change("fire rating in words", "BIM-807")
def _(file: File, random: Random) -> None:
    say(file, one(file, random, "IfcDoor", ["entrance"]), "FireRating", "IfcLabel", "one hour")


@change("ramp of twenty degrees", "BIM-714")
def _(file: File, random: Random) -> None:
    say(file, one(file, random, "IfcRamp"), "RequiredSlope", "IfcPlaneAngleMeasure", 0.349)


@change("wall without material", "BIM-603")
def _(file: File, random: Random) -> None:
    leave(file, one(file, random, "IfcWall"), "IfcRelAssociatesMaterial")


@change("slab without material", "BIM-607")
def _(file: File, random: Random) -> None:
    leave(file, one(file, random, "IfcSlab"), "IfcRelAssociatesMaterial")


@change("wall in no storey", "BIM-301")
def _(file: File, random: Random) -> None:
    leave(file, one(file, random, "IfcWall"), "IfcRelContainedInSpatialStructure")


@change("wall in the building", "BIM-307")
def _(file: File, random: Random) -> None:
    wall = one(file, random, "IfcWall")
    leave(file, wall, "IfcRelContainedInSpatialStructure")
    join(file, wall, file.by_type("IfcBuilding")[0])


@change("wall in two storeys", "BIM-306")
def _(file: File, random: Random) -> None:
    wall = one(file, random, "IfcWall")
    others = [s for s in file.by_type("IfcBuildingStorey") if s != storey_of(wall)]
    join(file, wall, random.choice(others))


@change("flight in a storey and in its stair", "BIM-306")
def _(file: File, random: Random) -> None:
    flight = one(file, random, "IfcStairFlight")
    join(file, flight, storey_of(flight))


@change("wall twice", "BIM-902")
def _(file: File, random: Random) -> None:
    double(file, one(file, random, "IfcWall"))


@change("window twice", "BIM-902", "BIM-704", "BIM-403")
def _(file: File, random: Random) -> None:
    double(file, one(file, random, "IfcWindow"))


@change("slab twice", "BIM-902")
def _(file: File, random: Random) -> None:
    double(file, one(file, random, "IfcSlab"))


@change("wall moved by two kilometres", "BIM-217", "BIM-910")
def _(file: File, random: Random) -> None:
    place = one(file, random, "IfcWall").ObjectPlacement.RelativePlacement
    place.Location = file.create_entity("IfcCartesianPoint", (2000.0, 0.0, 0.0))


@change("wall drawn two kilometres from its placement", "BIM-217", "BIM-910")
def _(file: File, random: Random) -> None:
    place = body(one(file, random, "IfcWall")).Position
    place.Location = file.create_entity("IfcCartesianPoint", (0.0, 2000.0, 0.0))


@change("wall of no height", "BIM-905")
def _(file: File, random: Random) -> None:
    body(one(file, random, "IfcWall")).Depth = 0.0


@change("slab extruded below zero", "BIM-905")
def _(file: File, random: Random) -> None:
    solid = body(one(file, random, "IfcSlab"))
    solid.Depth = -solid.Depth


@change("wall of two bodies", "BIM-907")
def _(file: File, random: Random) -> None:
    wall = one(file, random, "IfcWall")
    shown = wall.Representation.Representations
    wall.Representation.Representations = [*shown, shown[-1]]


@change("wall without items", "BIM-901", "BIM-904")
def _(file: File, random: Random) -> None:
    for shown in one(file, random, "IfcWall").Representation.Representations:
        shown.Items = []


@change("door without its opening", "BIM-702")
def _(file: File, random: Random) -> None:
    file.remove(one(file, random, "IfcDoor", ["room", "bathroom"]).FillsVoids[0])


@change("window without its opening", "BIM-704")
def _(file: File, random: Random) -> None:
    file.remove(one(file, random, "IfcWindow").FillsVoids[0])


@change("opening without its wall", "BIM-701")
def _(file: File, random: Random) -> None:
    file.remove(one(file, random, "IfcRelVoidsElement"))


@change("room in no dwelling", "BIM-511")
def _(file: File, random: Random) -> None:
    leave(file, one(file, random, "IfcSpace", ["bedroom", "kitchen"]), "IfcRelAssignsToGroup")


@change("room in two dwellings", "BIM-511")
def _(file: File, random: Random) -> None:
    room = one(file, random, "IfcSpace", ["bedroom", "kitchen"])
    zones = [z for z in file.by_type("IfcZone") if room not in z.IsGroupedBy[0].RelatedObjects]
    relation = random.choice(zones).IsGroupedBy[0]
    relation.RelatedObjects = [*relation.RelatedObjects, room]


@change("dwelling without rooms", "BIM-511", "BIM-512", "BIM-909")
def _(file: File, random: Random) -> None:
    file.remove(one(file, random, "IfcRelAssignsToGroup"))


@change("two rooms of one number", "BIM-505")
def _(file: File, random: Random) -> None:
    first = one(file, random, "IfcSpace", ["bedroom"])
    same = [s for s in file.by_type("IfcSpace") if storey_of(s) == storey_of(first) and s != first]
    first.Name = random.choice(same).Name


@change("two bays of one number", "BIM-505", "BIM-730")
def _(file: File, random: Random) -> None:
    first, second = random.sample([s for s in file.by_type("IfcSpace") if s.ObjectType == "parking_bay"], 2)
    first.Name = second.Name


@change("narrow bay", "BIM-514", "BIM-731")
def _(file: File, random: Random) -> None:
    scale(one(file, random, "IfcSpace", ["parking_bay"]), 0.8)


@change("room on another one", "BIM-507")
def _(file: File, random: Random) -> None:
    room = one(file, random, "IfcSpace", ["bathroom"])
    same = [s for s in file.by_type("IfcSpace") if storey_of(s) == storey_of(room) and s.ObjectType == "bedroom"]
    room.ObjectPlacement = random.choice(same).ObjectPlacement


@change("area declared twice as large", "BIM-514")
def _(file: File, random: Random) -> None:
    for _, row in rows(one(file, random, "IfcSpace"), "GrossFloorArea"):
        row.AreaValue *= 2


@change("space in the building", "BIM-305", "BIM-522")
def _(file: File, random: Random) -> None:
    space = one(file, random, "IfcSpace", ["bedroom"])
    leave(file, space, "IfcRelAggregates")
    aggregate(file, space, file.by_type("IfcBuilding")[0])


@change("storey with no building", "BIM-305")
def _(file: File, random: Random) -> None:
    leave(file, one(file, random, "IfcBuildingStorey"), "IfcRelAggregates")


@change("two storeys of one name", "BIM-310")
def _(file: File, random: Random) -> None:
    one(file, random, "IfcBuildingStorey", Name="roof").Name = "basement"  # numbers would be out of order besides


@change("storey without walls and rooms", "BIM-310", "BIM-316")
def _(file: File, random: Random) -> None:
    storey = one(file, random, "IfcBuildingStorey", Name="roof")
    made = file.create_entity(
        "IfcBuildingStorey", ifcopenshell.guid.new(), Name="11", ObjectPlacement=storey.ObjectPlacement
    )
    aggregate(file, made, file.by_type("IfcBuilding")[0])


@change("elevation beside the placement", "BIM-313")
def _(file: File, random: Random) -> None:
    one(file, random, "IfcBuildingStorey").Elevation += 0.02


@change("numbered storeys turned round", "BIM-312")
def _(file: File, random: Random) -> None:
    numbered = [s for s in file.by_type("IfcBuildingStorey") if s.Name.isdigit()]
    first, second = random.sample(numbered, 2)
    first.Name, second.Name = second.Name, first.Name


@change("stair without its flights", "BIM-301", "BIM-710")
def _(file: File, random: Random) -> None:
    stair = one(file, random, "IfcStair")
    for relation in stair.IsDecomposedBy:
        rest = [part for part in relation.RelatedObjects if not part.is_a("IfcStairFlight")]
        relation.RelatedObjects = rest


@change("lift without its shaft on a storey", "BIM-720")
def _(file: File, random: Random) -> None:
    one(file, random, "IfcSpace", ["lift"]).ObjectType = "store"


@change("element of no kind that is wall too", "BIM-301", "BIM-421", "BIM-903")
def _(file: File, random: Random) -> None:
    wall = one(file, random, "IfcWall")
    shown = {"ObjectPlacement": wall.ObjectPlacement, "Representation": wall.Representation}
    file.create_entity("IfcBuildingElementProxy", ifcopenshell.guid.new(), Name="copy", **shown)


@change("one identifier twice", "BIM-110")
def _(file: File, random: Random) -> None:
    first, second = random.sample(file.by_type("IfcWall"), 2)
    first.GlobalId = second.GlobalId


@change("identifier of another alphabet", "BIM-110")
def _(file: File, random: Random) -> None:
    wall = one(file, random, "IfcWall")
    wall.GlobalId = wall.GlobalId[:21] + "-"


@change("second site", "BIM-203", "BIM-303")
def _(file: File, _: Random) -> None:
    aggregate(file, file.create_entity("IfcSite", ifcopenshell.guid.new(), Name="2"), file.by_type("IfcProject")[0])


@change("second building", "BIM-302", "BIM-304")
def _(file: File, _: Random) -> None:
    aggregate(file, file.create_entity("IfcBuilding", ifcopenshell.guid.new(), Name="2"), file.by_type("IfcSite")[0])


@change("no georeference", "BIM-210", "BIM-211", "BIM-212", "BIM-213", "BIM-214", "BIM-218", "BIM-219")
def _(file: File, _: Random) -> None:
    file.remove(conversion(file))


@change("conversion at the grid's origin", "BIM-219")
def _(file: File, _: Random) -> None:
    conversion(file).Eastings = conversion(file).Northings = 0.0


@change("no unit of volume", "BIM-201")
def _(file: File, _: Random) -> None:
    (units,) = file.by_type("IfcUnitAssignment")
    units.Units = [u for u in units.Units if u.UnitType != "VOLUMEUNIT"]


@change("two units of area", "BIM-207", "BIM-514")  # declared areas are then in none of the two
def _(file: File, _: Random) -> None:
    (units,) = file.by_type("IfcUnitAssignment")
    area = file.create_entity("IfcSIUnit", None, "AREAUNIT", "CENTI", "SQUARE_METRE")
    units.Units = [*units.Units, area]


@change("type that nothing is of", "BIM-908")
def _(file: File, _: Random) -> None:
    named = {"Name": "unused", "PredefinedType": "SOLIDWALL"}
    file.create_entity("IfcWallType", ifcopenshell.guid.new(), **named)


def expected() -> Iterator[str]:
    """Every clause that some change turns."""
    for made in CHANGES:
        yield from made.turns
