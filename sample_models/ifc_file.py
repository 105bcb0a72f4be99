"""Write IFC4 or IFC2X3, in metres or millimetres, with GlobalIds derived from names: equal input, equal bytes.

Callers speak metres; this file alone knows units and the differences between the two schemas.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import ifcopenshell
import ifcopenshell.guid

NAMESPACE = uuid.UUID("6f2d3c1a-8f0e-5a64-9d54-52756b687361")
TIMESTAMP = 1767225600  # 2026-01-01, so that two runs give equal bytes
AUTHOR, ORGANIZATION, SYSTEM = "Fictitious Designer", "Fictitious Office", "Rukhsa sample generator"

COLOURS = {  # red, green, blue, transparency; of the surfaces a viewer shows
    "IfcWall": (0.87, 0.82, 0.72, 0.0),
    "IfcSlab": (0.66, 0.66, 0.64, 0.0),
    "IfcStairFlight": (0.60, 0.58, 0.55, 0.0),
    "IfcRamp": (0.45, 0.45, 0.46, 0.0),
    "IfcDoor": (0.45, 0.29, 0.16, 0.0),
    "IfcWindow": (0.55, 0.75, 0.88, 0.6),
    "IfcRailing": (0.25, 0.27, 0.30, 0.0),
    "IfcTransportElement": (0.70, 0.55, 0.20, 0.0),
}

Entity = Any
"""An ifcopenshell entity instance; the library has no types."""
Value = str | bool | float | int
Schema = Literal["IFC2X3", "IFC4"]


class IfcFile:
    """One model being written."""

    def __init__(self, *, key: str, schema: Schema = "IFC4", millimetres: bool = False, coloured: bool = True) -> None:
        self.key = key
        self.coloured = coloured
        self.ifc4 = schema == "IFC4"
        self.unit = 1000.0 if millimetres else 1.0
        self.model = ifcopenshell.file(schema=schema)
        self.contained: dict[Entity, list[Entity]] = defaultdict(list)
        self.materials: dict[str, list[Entity]] = defaultdict(list)
        self.types: dict[Entity, list[Entity]] = {}
        self._styles: dict[str, Entity] = {}
        self._directions: dict[tuple[float, ...], Entity] = {}
        self.history = self._owner_history()
        self.context, self.body = self._contexts()

    def guid(self, name: str) -> str:
        """The GlobalId of the element of that name."""
        return str(ifcopenshell.guid.compress(uuid.uuid5(NAMESPACE, f"{self.key}/{name}").hex))

    def create(self, kind: str, *values: Any, **attributes: Any) -> Entity:
        """An entity without identity."""
        return self.model.create_entity(kind, *values, **attributes)

    def rooted(self, kind: str, name: str, **attributes: Any) -> Entity:
        """An entity with identity; `name` is unique in the model and decides the GlobalId."""
        return self.create(kind, GlobalId=self.guid(f"{kind}/{name}"), OwnerHistory=self.history, **attributes)

    def product(self, kind: str, name: str, place: Entity, shape: Entity | None = None, **attributes: Any) -> Entity:
        """A placed product; its Name is what follows the storey in `name`."""
        label = name.rsplit("/", 1)[-1]
        if self.coloured and shape is not None and kind in COLOURS:
            for solid in shape.Representations[0].Items:
                self.create("IfcStyledItem", solid, [self._style(kind)])
        return self.rooted(kind, name, Name=label, ObjectPlacement=place, Representation=shape, **attributes)

    def either(self, ifc4: Mapping[str, Any], ifc2x3: Mapping[str, Any]) -> dict[str, Any]:
        """The attributes that the schema at hand knows."""
        return dict(ifc4 if self.ifc4 else ifc2x3)

    def length(self, metres: float) -> float:
        """Metres in the unit of the file."""
        return round(metres * self.unit, 6)

    def direction(self, *parts: float) -> Entity:
        """A direction, shared."""
        if parts not in self._directions:
            self._directions[parts] = self.create("IfcDirection", [float(part) for part in parts])
        return self._directions[parts]

    def point(self, *metres: float) -> Entity:
        """A point of two or three coordinates."""
        return self.create("IfcCartesianPoint", [self.length(value) for value in metres])

    def axes(
        self, origin: Sequence[float], *, z: Sequence[float] = (0, 0, 1), x: Sequence[float] = (1, 0, 0)
    ) -> Entity:
        """A right-handed frame."""
        return self.create("IfcAxis2Placement3D", self.point(*origin), self.direction(*z), self.direction(*x))

    def place(self, parent: Entity | None, origin: Sequence[float], *, along_y: bool = False) -> Entity:
        """A placement relative to a parent's; `along_y` turns its x axis onto the parent's y axis."""
        frame = self.axes(origin, x=(0, 1, 0) if along_y else (1, 0, 0))
        return self.create("IfcLocalPlacement", parent, frame)

    def box(self, x: float, y: float, z: float, *, at: Sequence[float] = (0.0, 0.0, 0.0)) -> Entity:
        """A solid box with its least corner at `at`."""
        centre = self.create("IfcAxis2Placement2D", self.point(x / 2, y / 2), self.direction(1, 0))
        sides = (self.length(x), self.length(y))
        profile = self.create("IfcRectangleProfileDef", "AREA", None, centre, *sides)
        return self.create("IfcExtrudedAreaSolid", profile, self.axes(at), self.direction(0, 0, 1), self.length(z))

    def prism(self, outline: Sequence[Sequence[float]], frame: Entity, depth: float) -> Entity:
        """A solid on a closed outline of two coordinates, extruded along the frame's z axis."""
        points = [self.point(*corner) for corner in outline]
        line = self.create("IfcPolyline", [*points, points[0]])
        profile = self.create("IfcArbitraryClosedProfileDef", "AREA", None, line)
        return self.create("IfcExtrudedAreaSolid", profile, frame, self.direction(0, 0, 1), self.length(depth))

    def shape(self, *solids: Entity) -> Entity:
        """The body of a product."""
        body = self.create("IfcShapeRepresentation", self.body, "Body", "SweptSolid", list(solids))
        return self.create("IfcProductDefinitionShape", None, None, [body])

    def typed(self, kind: str, value: Value) -> Entity:
        """A value of a measure type; lengths are given in metres."""
        is_length = kind.endswith("LengthMeasure") and isinstance(value, float)
        return self.create(kind, self.length(value) if is_length and isinstance(value, float) else value)

    def properties(
        self, owner: Entity, name: str, values: Mapping[str, tuple[str, Value]], *, raw: bool = False
    ) -> None:
        """A property set of (measure type, value) on one element; `raw` leaves lengths as they are."""
        rows = [
            self.create(
                "IfcPropertySingleValue",
                Name=key,
                NominalValue=self.create(kind, value) if raw else self.typed(kind, value),
            )
            for key, (kind, value) in values.items()
        ]
        label = f"{owner.GlobalId}/{name}"
        definition = self.rooted("IfcPropertySet", label, Name=name, HasProperties=rows)
        self._define(owner, definition, label)

    def quantities(self, owner: Entity, name: str, areas: Mapping[str, float], lengths: Mapping[str, float]) -> None:
        """Base quantities: areas in square metres, lengths in metres."""
        rows = [self.create("IfcQuantityArea", Name=key, AreaValue=round(a, 6)) for key, a in areas.items()]
        rows += [self.create("IfcQuantityLength", Name=k, LengthValue=self.length(v)) for k, v in lengths.items()]
        label = f"{owner.GlobalId}/{name}"
        said = {"Name": name, "MethodOfMeasurement": "BaseQuantities", "Quantities": rows}
        self._define(owner, self.rooted("IfcElementQuantity", label, **said), label)

    def define(self, element: Entity, kind: str, name: str, **attributes: Any) -> None:
        """Give an element the type of that class and name."""
        known = {(made.is_a(), made.Name): made for made in self.types}
        made = known.get((kind, name)) or self.rooted(kind, name, Name=name, **attributes)
        self.types.setdefault(made, []).append(element)

    def contain(self, storey: Entity, element: Entity, material: str = "") -> None:
        """Put an element into a storey, and give it a material."""
        self.contained[storey].append(element)
        if material:
            self.materials[material].append(element)

    def aggregate(self, whole: Entity, parts: Sequence[Entity]) -> Entity:
        """Parts of a whole; the relation."""
        return self.rooted("IfcRelAggregates", whole.GlobalId, RelatingObject=whole, RelatedObjects=list(parts))

    def write(self, path: Path) -> None:
        """Write the relations that were collected, a fixed header, and the file."""
        self.relate()
        self.fill_header(path.name)
        self.model.write(str(path))

    def relate(self) -> None:
        """Make the relations that were collected."""
        for storey, elements in self.contained.items():
            ends = {"RelatedElements": elements, "RelatingStructure": storey}
            if elements:
                self.rooted("IfcRelContainedInSpatialStructure", storey.GlobalId, **ends)
        for made, elements in self.types.items():
            if not elements:
                continue
            self.rooted("IfcRelDefinesByType", made.GlobalId, RelatedObjects=elements, RelatingType=made)
        for name, elements in self.materials.items():
            ends = {"RelatedObjects": elements, "RelatingMaterial": self.create("IfcMaterial", Name=name)}
            if elements:
                self.rooted("IfcRelAssociatesMaterial", name, **ends)

    def fill_header(self, name: str) -> None:
        """The fixed header of a file of that name."""
        header = self.model.header
        header.file_description.description = (
            "ViewDefinition [DesignTransferView_V1.0]" if self.ifc4 else "ViewDefinition [CoordinationView_V2.0]",
        )
        header.file_name.name = name
        header.file_name.time_stamp = "2026-01-01T00:00:00"
        header.file_name.author = (AUTHOR,)
        header.file_name.organization = (ORGANIZATION,)
        header.file_name.preprocessor_version = SYSTEM
        header.file_name.originating_system = SYSTEM
        header.file_name.authorization = "none"

    def _define(self, owner: Entity, definition: Entity, label: str) -> None:
        ends = {"RelatedObjects": [owner], "RelatingPropertyDefinition": definition}
        self.rooted("IfcRelDefinesByProperties", label, **ends)

    def _style(self, kind: str) -> Entity:
        """The surface style of a class, shared; IFC2X3 wraps it in an assignment."""
        if kind not in self._styles:
            red, green, blue, transparency = COLOURS[kind]
            colour = self.create("IfcColourRgb", None, red, green, blue)
            look = {"SurfaceColour": colour, "Transparency": transparency, "ReflectanceMethod": "NOTDEFINED"}
            rendering = self.create("IfcSurfaceStyleRendering", **look)
            style = self.create("IfcSurfaceStyle", kind, "BOTH", [rendering])
            assigned = style if self.ifc4 else self.create("IfcPresentationStyleAssignment", [style])
            self._styles[kind] = assigned
        return self._styles[kind]

    def _owner_history(self) -> Entity:
        person = self.create("IfcPerson", FamilyName=AUTHOR)
        organization = self.create("IfcOrganization", Name=ORGANIZATION)
        user = self.create("IfcPersonAndOrganization", person, organization)
        application = self.create("IfcApplication", organization, "1", SYSTEM, "rukhsa-samples")
        values = {"OwningUser": user, "OwningApplication": application, "ChangeAction": "ADDED"}
        stamps = {"LastModifiedDate": TIMESTAMP, "CreationDate": TIMESTAMP}
        return self.create("IfcOwnerHistory", **values, **stamps)

    def _contexts(self) -> tuple[Entity, Entity]:
        kind = "IfcGeometricRepresentationContext"
        frame = self.axes((0.0, 0.0, 0.0))
        said = {"ContextType": "Model", "CoordinateSpaceDimension": 3, "Precision": self.length(1e-5)}
        whole = self.create(kind, **said, WorldCoordinateSystem=frame)
        body = self.create(
            "IfcGeometricRepresentationSubContext",
            ContextIdentifier="Body",
            ContextType="Model",
            ParentContext=whole,
            TargetView="MODEL_VIEW",
        )
        return whole, body
