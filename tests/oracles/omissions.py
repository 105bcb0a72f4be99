"""What is not filled in, or says something else: properties and attributes, in two tables."""

from typing import Any

from tests.oracles.authoring import change, drop, one

PROPERTIES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("IfcWall", "IsExternal", (), ("BIM-601",)),
    ("IfcWall", "LoadBearing", (), ("BIM-602",)),
    ("IfcWall", "FireRating", (), ("BIM-802",)),
    ("IfcWall", "Length", (), ("BIM-614",)),
    ("IfcSlab", "LoadBearing", (), ("BIM-611",)),
    ("IfcSlab", "GrossArea", (), ("BIM-615",)),
    ("IfcDoor", "IsExternal", (), ("BIM-620",)),
    ("IfcDoor", "FireExit", (), ("BIM-805",)),
    ("IfcDoor", "FireRating", ("entrance",), ("BIM-801",)),
    ("IfcWindow", "IsExternal", (), ("BIM-619",)),
    ("IfcSpace", "NetFloorArea", (), ("BIM-502",)),
    ("IfcSpace", "Height", (), ("BIM-521",)),
    ("IfcSpace", "IsExternal", (), ("BIM-503",)),
    ("IfcSpace", "PubliclyAccessible", (), ("BIM-524",)),
    ("IfcStairFlight", "RiserHeight", (), ("BIM-703",)),
    ("IfcStair", "NumberOfRiser", (), ("BIM-725",)),
    ("IfcRailing", "Height", (), ("BIM-624",)),
    ("IfcTransportElement", "ClearWidth", (), ("BIM-723",)),
    ("IfcZone", "Reference", (), ("BIM-510",)),
    ("IfcSite", "PlotNumber", (), ("BIM-203",)),
    ("IfcBuilding", "OccupancyType", (), ("BIM-302",)),
    ("IfcBuilding", "GrossFloorArea", (), ("BIM-618",)),
)
"""Class, property or quantity that is not filled in, object types, and the clauses that turn."""

ATTRIBUTES: tuple[tuple[str, str, Any, tuple[str, ...], tuple[str, ...]], ...] = (
    ("IfcProject", "LongName", None, (), ("BIM-202",)),
    ("IfcProject", "Name", "Project Number", (), ("BIM-405",)),
    ("IfcBuilding", "Name", None, (), ("BIM-302",)),
    ("IfcBuildingStorey", "Elevation", None, (), ("BIM-310",)),
    ("IfcBuildingStorey", "Name", "TOS main", (), ("BIM-311",)),
    ("IfcBuildingStorey", "Name", "roof ", (), ("BIM-407",)),
    ("IfcSpace", "Name", None, ("bedroom", "living"), ("BIM-501", "BIM-505", "BIM-525")),
    ("IfcSpace", "LongName", None, (), ("BIM-501",)),
    ("IfcSpace", "ObjectType", None, ("bedroom", "living"), ("BIM-520",)),
    ("IfcSpace", "Representation", None, ("bedroom",), ("BIM-506", "BIM-507", "BIM-514")),
    ("IfcZone", "Name", None, (), ("BIM-510", "BIM-527")),
    ("IfcZone", "ObjectType", None, (), ("BIM-511", "BIM-527")),
    ("IfcWall", "Name", None, (), ("BIM-420",)),
    ("IfcWall", "Name", "جد\ufffdار", (), ("BIM-112",)),
    ("IfcWall", "Name", "جدار".encode().decode("cp1252", "replace"), (), ("BIM-112",)),
    ("IfcWall", "PredefinedType", "USERDEFINED", (), ("BIM-402",)),
    ("IfcWall", "Representation", None, (), ("BIM-901",)),
    ("IfcWall", "ObjectPlacement", None, (), ("BIM-906",)),
    ("IfcSlab", "PredefinedType", None, (), ("BIM-606",)),
    ("IfcDoor", "OverallWidth", None, (), ("BIM-604",)),
    ("IfcDoor", "OverallHeight", 21.0, (), ("BIM-705", "BIM-707")),
    ("IfcDoor", "OverallWidth", 0.6, (), ("BIM-707",)),
    ("IfcDoor", "OverallWidth", 0.3, (), ("BIM-705",)),
    ("IfcDoor", "ObjectType", "room", ("entrance",), ("BIM-513",)),
    ("IfcDoor", "Tag", None, (), ("BIM-425",)),
    ("IfcWindow", "OverallHeight", None, (), ("BIM-605",)),
    ("IfcWindow", "OverallWidth", 0.05, (), ("BIM-706",)),
    ("IfcStairFlight", "NumberOfTreads", 20, (), ("BIM-711",)),
    ("IfcStairFlight", "NumberOfTreads", None, (), ("BIM-711",)),
    ("IfcTransportElement", "PredefinedType", None, (), ("BIM-720", "BIM-724")),
    ("IfcApplication", "Version", " ", (), ("BIM-107",)),
    ("IfcMapConversion", "Scale", 0.001, (), ("BIM-213",)),
    ("IfcMapConversion", "Scale", None, (), ("BIM-211",)),
    ("IfcMapConversion", "OrthogonalHeight", 5000.0, (), ("BIM-218",)),
    ("IfcProjectedCRS", "Name", "EPSG:32638", (), ("BIM-212",)),
    ("IfcProjectedCRS", "Name", "Deir Alzor / Syria Lambert", (), ("BIM-210", "BIM-212")),
)
"""Class, attribute, what it says afterwards, object types, and the clauses that turn."""


def _tables() -> None:
    for kind, name, use, turns in PROPERTIES:
        change(f"{kind} without {name}", *turns)(
            lambda file, random, kind=kind, name=name, use=use: drop(one(file, random, kind, use), name)
        )
    for kind, name, value, use, turns in ATTRIBUTES:
        change(f"{kind} of {name} {value!a}", *turns)(
            lambda file, random, kind=kind, name=name, value=value, use=use: setattr(
                one(file, random, kind, use), name, value
            )
        )


_tables()
