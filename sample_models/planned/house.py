"""Write the small house as IFC: the ground storey with one dwelling, the others with walls, slab and light well."""

from pathlib import Path

from sample_models import land, records
from sample_models.building import georeference, make_units
from sample_models.design import Hole, Rect, Room, Wall
from sample_models.ifc_file import Entity, IfcFile
from sample_models.parts import add_balcony, add_lift, add_slab, add_space, add_stair, add_wall
from sample_models.placement import Placement, front_of
from sample_models.planned.dimensions import PLOT, SLAB, WALL, Dimensions

BASEMENT = 3.00
PARAPET = 1.00


class Planned:
    """One small house while it is made."""

    def __init__(self, size: Dimensions) -> None:
        self.size = size
        self.file = IfcFile(key="planned", coloured=False)
        self.spaces: dict[Entity, list[Entity]] = {}
        self._structure()
        self.levels: list[Entity] = []
        if size.basement:
            self._basement(self._storey("basement", -BASEMENT))
        for number in range(size.floors):
            self._floor(self._storey(str(number), number * size.storey), number)
        self._roof(self._storey("roof", size.floors * size.storey))

    def write(self, path: Path) -> None:
        """Write the file; equal bytes each time."""
        self.file.aggregate(self.building, self.levels)
        for level, spaces in self.spaces.items():
            self.file.aggregate(level, spaces)
        self.file.write(path)

    def _structure(self) -> None:
        file = self.file
        context = {"UnitsInContext": make_units(file), "RepresentationContexts": [file.context]}
        project = file.rooted("IfcProject", "project", Name="RUKHSA-PLANNED", LongName="بناء (وهمي)", **context)
        place = file.place(None, (0.0, 0.0, 0.0))
        self.site = file.product("IfcSite", "site", place, CompositionType="ELEMENT")
        self.building = file.product("IfcBuilding", "house", file.place(place, (0.0, 0.0, 0.0)))
        file.aggregate(project, [self.site])
        file.aggregate(self.site, [self.building])
        georeference(file, project, placement(self.size))

    def _storey(self, name: str, elevation: float) -> Entity:
        place = self.file.place(self.building.ObjectPlacement, (0.0, 0.0, elevation))
        level = {"Elevation": self.file.length(elevation), "CompositionType": "ELEMENT"}
        self.levels.append(self.file.product("IfcBuildingStorey", name, place, **level))
        return self.levels[-1]

    def space(self, storey: Entity, name: str, use: str, rect: Rect, height: float = 0.0) -> Entity:
        """A space of a storey, as high as a room where nothing else is said."""
        made = add_space(self.file, storey, Room(name, use, "فراغ", rect), height or self.size.clear)
        self.spaces.setdefault(storey, []).append(made)
        return made

    def wall(self, storey: Entity, name: str, rect: Rect, height: float, *holes: Hole) -> None:
        """A wall of a storey."""
        add_wall(self.file, storey, Wall(name, rect, external=True, holes=holes), height)

    def ring(self, storey: Entity, rect: Rect, height: float, *front: Hole) -> None:
        """Four walls inside an outline; holes are in the front one."""
        x0, y0, x1, y1 = rect
        self.wall(storey, "wall front", Rect(x0, y0, x1, y0 + WALL), height, *front)
        self.wall(storey, "wall rear", Rect(x0, y1 - WALL, x1, y1), height)
        self.wall(storey, "wall left", Rect(x0, y0 + WALL, x0 + WALL, y1 - WALL), height)
        self.wall(storey, "wall right", Rect(x1 - WALL, y0 + WALL, x1, y1 - WALL), height)

    def _basement(self, storey: Entity) -> None:
        x0, y0, x1, y1 = self.size.outline
        rect = Rect(x0 - self.size.basement_out, y0, x1, y1)
        add_slab(self.file, storey, "base slab", "BASESLAB", rect, SLAB)
        self.ring(storey, rect, BASEMENT - SLAB)

    def _floor(self, storey: Entity, number: int) -> None:
        size, (x0, y0, _, _) = self.size, self.size.outline
        holes = [size.light_well, size.stair_room] if number else [size.stair_room] if size.basement else []
        add_slab(self.file, storey, "floor slab", "FLOOR", size.outline, SLAB, holes)
        door = Hole("building entrance", "door", x0 + 6.2, 1.40, 2.20, use="building_entrance")
        self.ring(storey, size.outline, size.storey - SLAB, *([] if number else [door]))
        self.space(storey, "light well", "light_well", size.light_well, size.storey)
        if number == 1 and size.balcony:
            add_balcony(self.file, storey, "balcony slab", Rect(x0 + 1.0, y0 - size.balcony, x0 + 5.0, y0), SLAB)
        if number == 0 and size.floors > 1 and size.stair:  # one stair is enough for its rules
            add_stair(self.file, storey, size.stair_room, size.storey, size.risers, size.flight)
        if number == 0:
            self._dwelling(storey)

    def _dwelling(self, storey: Entity) -> None:
        """The ground floor's dwelling on the left of the lobby, and the common spaces."""
        size, (x0, y0, _, _), (_, _, _, back) = self.size, self.size.outline, self.size.inner
        height = size.storey - SLAB
        entrance = Hole("entrance", "door", y0 + 1.0, size.entrance, 2.10, use="entrance")
        core = Rect(x0 + 5.3, y0 + WALL, x0 + 5.6, y0 + 6.9)
        self.wall(storey, "core wall", core, height, entrance)
        rooms = [
            self.space(storey, "living", "living", Rect(x0 + WALL, y0 + WALL, x0 + 5.3, y0 + 4.8)),
            self.space(storey, "corridor", "corridor", Rect(x0 + WALL, y0 + 5.0, x0 + 5.3, y0 + 6.4)),
            self.space(storey, "bedroom", "bedroom", Rect(x0 + WALL, y0 + 6.6, x0 + WALL + size.bedroom, y0 + 10.6)),
            self.space(storey, "kitchen", "kitchen", Rect(x0 + WALL, back - 3.0, x0 + 3.3, back)),
            self.space(storey, "bathroom", "bathroom", Rect(x0 + 3.5, back - 2.5, x0 + 5.5, back)),
        ]
        self.space(storey, "lobby", "corridor", Rect(x0 + 5.6, y0 + WALL, x0 + 8.3, y0 + 3.0))
        if size.shop:
            self.space(storey, "shop", "shop", Rect(x0 + 9.0, y0 + WALL, x0 + 12.0, y0 + 5.0))
        for number in range(size.bays):
            bay = Rect(0.5, 0.5 + number * 2.5, 5.5, 3.0 + number * 2.5)
            self.space(storey, f"bay {number + 1}", "parking_bay", bay)
        if size.lift:
            add_lift(self.file, storey, Rect(x0 + 9.0, y0 + 1.0, x0 + 11.0, y0 + 3.0))
        zone = self.file.rooted("IfcZone", "dwelling 1", Name="dwelling 1", ObjectType="dwelling")
        self.file.properties(zone, "Pset_ZoneCommon", {"Reference": ("IfcIdentifier", "1")})
        self.file.rooted("IfcRelAssignsToGroup", "dwelling 1", RelatedObjects=rooms, RelatingGroup=zone)

    def _roof(self, storey: Entity) -> None:
        add_slab(self.file, storey, "roof slab", "ROOF", self.size.outline, SLAB, [self.size.light_well])
        self.ring(storey, self.size.outline, PARAPET)


def placement(size: Dimensions) -> Placement:
    """The plot's front left corner and the direction of its front."""
    (x0, y0), (x1, y1) = front_of(PLOT)
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    level = next(records.reference_level(plot) for plot in land.plots() if plot.number == PLOT) + size.rise
    return Placement(x0, y0, round(level, 4), round((x1 - x0) / length, 12), round((y1 - y0) / length, 12))
