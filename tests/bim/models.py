"""Small IFC models made in memory, one fact at a time."""

from typing import Any

import ifcopenshell
import ifcopenshell.guid


class Model:
    """A file with a project, a site and a building, and helpers to add what a test needs."""

    def __init__(self, schema: str = "IFC4", *, metres: bool = True, units: bool = True) -> None:
        self.file: Any = ifcopenshell.file(schema=schema)
        prefix = None if metres else "MILLI"
        made = [self.file.create_entity("IfcSIUnit", UnitType="LENGTHUNIT", Prefix=prefix, Name="METRE")]
        made.append(self.file.create_entity("IfcSIUnit", UnitType="AREAUNIT", Name="SQUARE_METRE"))
        made.append(self.file.create_entity("IfcSIUnit", UnitType="VOLUMEUNIT", Name="CUBIC_METRE"))
        assignment = self.file.create_entity("IfcUnitAssignment", Units=made) if units else None
        origin = self.file.create_entity("IfcCartesianPoint", (0.0, 0.0, 0.0))
        world = self.file.create_entity("IfcAxis2Placement3D", Location=origin)
        self.context = self.file.create_entity(
            "IfcGeometricRepresentationContext",
            ContextType="Model",
            CoordinateSpaceDimension=3,
            Precision=1e-5,
            WorldCoordinateSystem=world,
        )
        self.project = self.root(
            "IfcProject", Name="P", RepresentationContexts=[self.context], UnitsInContext=assignment
        )
        self.site = self.root("IfcSite", Name="S")
        self.building = self.root("IfcBuilding", Name="B")
        self.aggregate(self.project, self.site)
        self.aggregate(self.site, self.building)

    def root(self, kind: str, **attributes: Any) -> Any:
        """A rooted entity with a fresh GlobalId."""
        return self.file.create_entity(kind, GlobalId=ifcopenshell.guid.new(), **attributes)

    def aggregate(self, whole: Any, *parts: Any) -> None:
        """Put parts under a whole."""
        self.root("IfcRelAggregates", RelatingObject=whole, RelatedObjects=list(parts))

    def storey(self, name: str, elevation: float | None) -> Any:
        """A storey of the building."""
        storey = self.root("IfcBuildingStorey", Name=name, Elevation=elevation)
        self.aggregate(self.building, storey)
        return storey

    def contain(self, storey: Any, *elements: Any) -> None:
        """Put elements into a storey."""
        self.root("IfcRelContainedInSpatialStructure", RelatingStructure=storey, RelatedElements=list(elements))

    def at(self, x: float, y: float, z: float = 0.0) -> Any:
        """A local placement in the world."""
        point = self.file.create_entity("IfcCartesianPoint", (x, y, z))
        frame = self.file.create_entity("IfcAxis2Placement3D", Location=point)
        return self.file.create_entity("IfcLocalPlacement", RelativePlacement=frame)

    def solid(self, points: list[tuple[float, float]], depth: float) -> Any:
        """A vertical extrusion of a closed polygon."""
        corners = [self.file.create_entity("IfcCartesianPoint", point) for point in [*points, points[0]]]
        curve = self.file.create_entity("IfcPolyline", Points=corners)
        profile = self.file.create_entity("IfcArbitraryClosedProfileDef", ProfileType="AREA", OuterCurve=curve)
        up = self.file.create_entity("IfcDirection", (0.0, 0.0, 1.0))
        origin = self.file.create_entity("IfcCartesianPoint", (0.0, 0.0, 0.0))
        frame = self.file.create_entity("IfcAxis2Placement3D", Location=origin)
        body = self.file.create_entity(
            "IfcExtrudedAreaSolid", SweptArea=profile, Position=frame, ExtrudedDirection=up, Depth=depth
        )
        shape = self.file.create_entity(
            "IfcShapeRepresentation",
            ContextOfItems=self.context,
            RepresentationIdentifier="Body",
            RepresentationType="SweptSolid",
            Items=[body],
        )
        return self.file.create_entity("IfcProductDefinitionShape", Representations=[shape])

    def properties(self, element: Any, name: str, **values: Any) -> None:
        """A property set of labels and reals."""
        made = []
        for key, value in values.items():
            kind = "IfcLabel" if isinstance(value, str) else "IfcReal"
            nominal = self.file.create_entity(kind, value)
            made.append(self.file.create_entity("IfcPropertySingleValue", Name=key, NominalValue=nominal))
        pset = self.root("IfcPropertySet", Name=name, HasProperties=made)
        self.root("IfcRelDefinesByProperties", RelatedObjects=[element], RelatingPropertyDefinition=pset)

    def georeference(self, grid: str = "EPSG:22770", *, unit: Any = None, **conversion: Any) -> None:
        """An IfcMapConversion with its projected system."""
        crs = self.file.create_entity("IfcProjectedCRS", Name=grid, MapUnit=unit)
        values = {"Eastings": 0.0, "Northings": 0.0, "OrthogonalHeight": 0.0, **conversion}
        self.file.create_entity("IfcMapConversion", SourceCRS=self.context, TargetCRS=crs, **values)
