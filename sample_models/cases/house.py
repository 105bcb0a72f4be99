"""The house that cases change: two storeys of 3.20 m, and on them only what a case needs.

Everything that a clause of the guide asks for is there, so that each case takes away or bends one thing.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

from sample_models.building import georeference, make_units
from sample_models.design import Hole, Rect, Room, Wall
from sample_models.ifc_file import Entity, IfcFile, Schema
from sample_models.parts import add_lift, add_ramp, add_slab, add_space, add_stair, add_wall
from sample_models.placement import Placement

Part = Literal["nothing", "walls", "slabs", "spaces", "stair", "lift", "ramp", "bay"]
PARTS: tuple[Part, ...] = ("walls", "slabs", "spaces", "stair", "lift", "ramp", "bay")
HEIGHT, SLAB, THICKNESS = 3.20, 0.20, 0.30
OUTLINE = Rect(0.0, 0.0, 8.0, 8.0)
STAIR, LIFT = Rect(4.2, 3.0, 6.8, 7.2), Rect(6.8, 0.4, 7.7, 2.4)
LIVING, BEDROOM, LOBBY = Rect(0.3, 0.3, 4.0, 4.3), Rect(0.3, 0.3, 4.0, 3.8), Rect(4.2, 0.4, 6.7, 2.9)
BAY = Rect(9.0, 0.0, 11.5, 5.0)
ENTRANCE = Hole("entrance", "door", 0.5, 1.00, 2.10, use="entrance")
WINDOW = Hole("window", "window", 1.0, 1.40, 1.20, 0.90)


class House:
    """One case while it is made; attributes are entities to change, `header` what the file's header says."""

    def __init__(
        self, parts: Sequence[Part], *, schema: Schema = "IFC4", millimetres: bool = False, role: str | None = None
    ) -> None:
        self.file = IfcFile(key=f"case {role or ''}", schema=schema, millimetres=millimetres, coloured=False)
        self.model = self.file.model
        self.header: dict[str, Any] = {}
        self._edits: list[tuple[str, str]] = []
        self._spaces: dict[Entity, list[Entity]] = {}
        self._structure()
        self.ground = self.storey("0", "طابق أرضي", 0.0)
        self.upper = self.storey("1", "طابق أول", HEIGHT)
        self.storeys = self.file.aggregate(self.building, [self.ground, self.upper])
        for part in parts or PARTS:
            self._build(part)

    def only(self, kind: str) -> Entity:
        """The one entity of that class."""
        (found,) = self.model.by_type(kind)
        return found

    def first(self, kind: str) -> Entity:
        """The first entity of that class."""
        return self.model.by_type(kind)[0]

    def named(self, kind: str, name: str) -> Entity:
        """The entity of that class and name."""
        (found,) = (e for e in self.model.by_type(kind) if e.Name == name)
        return found

    def remove(self, *entities: Entity) -> None:
        """Take entities out of their storeys and out of the file."""
        for entity in entities:
            for spaces in self._spaces.values():
                if entity in spaces:
                    spaces.remove(entity)
            for elements in self.file.contained.values():
                if entity in elements:
                    elements.remove(entity)
            self.model.remove(entity)

    def loose(self, element: Entity) -> Entity:
        """Take an element out of its storey; the element."""
        for elements in self.file.contained.values():
            if element in elements:
                elements.remove(element)
        return element

    def wall(self, name: str, y: float, storey: Entity | None = None) -> Entity:
        """One more wall along the front, without openings."""
        rect = Rect(0.0, y, 8.0, y + THICKNESS)
        return add_wall(self.file, storey or self.ground, Wall(name, rect, external=True), HEIGHT - SLAB)

    def space(self, name: str, use: str, rect: Rect, storey: Entity | None = None) -> Entity:
        """One more space in a storey."""
        level = storey or self.ground
        space = add_space(self.file, level, Room(name, use, "فراغ", rect), HEIGHT - SLAB)
        self._spaces.setdefault(level, []).append(space)
        return space

    def edit(self, old: str, new: str) -> None:
        """Replace a text of the written file that occurs once, where the library would not write the fault."""
        self._edits.append((old, new))

    def write(self, path: Path) -> None:
        """Write the file, then the edits."""
        for level, spaces in self._spaces.items():
            if spaces:
                self.file.aggregate(level, spaces)
        self.file.relate()
        self.file.fill_header(path.name)
        for name, value in self.header.items():
            holder = self.model.header.file_description if name == "description" else self.model.header.file_name
            setattr(holder, name, value)
        self.model.write(str(path))
        text = path.read_text(encoding="utf-8")
        for old, new in self._edits:
            if text.count(old) != 1:
                raise ValueError(f"{path.name}: {old!r} occurs {text.count(old)} times")
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8", newline="\n")

    def _structure(self) -> None:
        file = self.file
        self.units = make_units(file)
        names = {"Name": "RUKHSA-CASE", "LongName": "بناء سكني (وهمي)"}
        self.project = file.rooted(
            "IfcProject", "project", **names, UnitsInContext=self.units, RepresentationContexts=[file.context]
        )
        place = file.place(None, (0.0, 0.0, 0.0))
        self.site = file.product("IfcSite", "site", place, CompositionType="ELEMENT")
        self.building = file.product("IfcBuilding", "house", file.place(place, (0.0, 0.0, 0.0)))
        file.aggregate(self.project, [self.site])
        file.aggregate(self.site, [self.building])
        file.properties(self.site, "Rukhsa_Plot", {"PlotNumber": ("IfcIdentifier", "103")})
        georeference(file, self.project, Placement(300000.0, 295000.0, 700.0, 1.0, 0.0))

    def storey(self, name: str, long_name: str, elevation: float) -> Entity:
        """A storey that is not yet in the building."""
        place = self.file.place(self.building.ObjectPlacement, (0.0, 0.0, elevation))
        level = {"Elevation": self.file.length(elevation), "CompositionType": "ELEMENT"}
        return self.file.product("IfcBuildingStorey", name, place, LongName=long_name, **level)

    def _build(self, part: Part) -> None:
        makers: dict[Part, Callable[[], None]] = {
            "walls": self._walls, "slabs": self._slabs, "spaces": self._rooms, "stair": self._stair,
            "lift": self._lift, "ramp": self._ramp, "bay": self._bay, "nothing": lambda: None,
        }  # fmt: skip
        makers[part]()

    def _walls(self) -> None:
        for storey in (self.ground, self.upper):
            name = f"wall {storey.Name}"
            hole = ENTRANCE if storey is self.ground else WINDOW
            front = Wall(name, Rect(0.0, 0.0, 8.0, THICKNESS), external=True, holes=(hole,))
            add_wall(self.file, storey, front, HEIGHT - SLAB)

    def _slabs(self) -> None:
        for storey in (self.ground, self.upper):
            add_slab(self.file, storey, f"slab {storey.Name}", "FLOOR", OUTLINE, SLAB)

    def _rooms(self) -> None:
        rooms = [self.space("living", "living", LIVING), self.space("bedroom", "bedroom", BEDROOM, self.upper)]
        for storey in (self.ground, self.upper):
            self.space("lobby", "corridor", LOBBY, storey)
        zone = self.file.rooted("IfcZone", "dwelling 1", Name="dwelling 1", ObjectType="dwelling")
        self.file.properties(zone, "Pset_ZoneCommon", {"Reference": ("IfcIdentifier", "1")})
        self.file.rooted("IfcRelAssignsToGroup", "dwelling 1", RelatedObjects=rooms, RelatingGroup=zone)

    def _stair(self) -> None:
        add_stair(self.file, self.ground, STAIR, HEIGHT, 20)

    def _lift(self) -> None:
        add_lift(self.file, self.ground, LIFT)
        for storey in (self.ground, self.upper):
            self.space("lift", "lift", LIFT, storey)

    def _ramp(self) -> None:
        add_ramp(self.file, self.ground, Rect(9.0, -6.0, 12.0, 0.0), -0.60, 0.0)

    def _bay(self) -> None:
        self.space("bay 1", "parking_bay", BAY)
