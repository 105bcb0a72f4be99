"""Write the small house as IFC: the ground storey with one dwelling, the others with walls, slab and light well."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sample_models import land, records
from sample_models.building import georeference, make_units
from sample_models.design import Hole, Rect, Room, Wall
from sample_models.ifc_file import Entity, IfcFile
from sample_models.parts import add_balcony, add_lift, add_ramp, add_slab, add_space, add_stair, add_wall
from sample_models.placement import Placement, front_of
from sample_models.planned.dimensions import PLOT, PLOT_DEPTH, PLOT_WIDTH, SLAB, WALL, Dimensions

BASEMENT = 3.00
Holes = Sequence[Hole]


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

    def ring(
        self, storey: Entity, rect: Rect, height: float, front: Holes = (), rear: Holes = (), left: Holes = ()
    ) -> None:
        """Four walls inside an outline, with their holes."""
        x0, y0, x1, y1 = rect
        self.wall(storey, "wall front", Rect(x0, y0, x1, y0 + WALL), height, *front)
        self.wall(storey, "wall rear", Rect(x0, y1 - WALL, x1, y1), height, *rear)
        self.wall(storey, "wall left", Rect(x0, y0 + WALL, x0 + WALL, y1 - WALL), height, *left)
        self.wall(storey, "wall right", Rect(x1 - WALL, y0 + WALL, x1, y1 - WALL), height)

    def _basement(self, storey: Entity) -> None:
        x0, y0, x1, y1 = self.size.outline
        rect = Rect(x0 - self.size.basement_out, y0, x1, y1)
        add_slab(self.file, storey, "base slab", "BASESLAB", rect, SLAB)
        self.ring(storey, rect, BASEMENT - SLAB)
        store = Rect(x0 + 1.0, y0 + 1.0, x0 + 5.0, y0 + 5.0)
        self.space(storey, "store", "store", store, self.size.basement_clear)

    def _floor(self, storey: Entity, number: int) -> None:
        size, (x0, y0, _, _) = self.size, self.size.outline
        holes = [size.light_well, *self._hatches()] if number else [size.stair_room] if size.basement else []
        add_slab(self.file, storey, "floor slab", "FLOOR", size.outline, SLAB, holes)
        sides: tuple[Holes, Holes, Holes] = ((), (), ()) if number else self._holes()
        self.ring(storey, size.outline, size.storey - SLAB, *sides)
        self.space(storey, "light well", "light_well", size.light_well, size.storey)
        if number == 1 and size.balcony:
            add_balcony(
                self.file,
                storey,
                "balcony slab",
                Rect(x0 + 1.0, y0 - size.balcony, x0 + 1.0 + size.balcony_length, y0),
                SLAB,
                size.rail,
            )
        if number == 0 and size.floors > 1 and size.stair:  # one stair is enough for its rules
            add_stair(self.file, storey, size.stair_room, size.storey, size.risers, size.flight, size.tread)
        if number == 0:
            self._dwelling(storey)
            self._common(storey)
            self._second(storey)

    def _hatches(self) -> list[Rect]:
        """The opening over the stair; the slab may go on over the first part of its lower flight."""
        x0, y0, x1, y1 = self.size.stair_room
        middle, reach = x0 + self.size.flight + 0.15, self.size.hatch
        return [Rect(x0, y0 + reach, middle, y1), Rect(middle, y0, x1, y1)] if reach else [self.size.stair_room]

    def _holes(self) -> tuple[Holes, Holes, Holes]:
        """Doors and windows of the ground floor: in its front, its rear and its left wall."""
        size, (x0, y0, _, _), (_, _, _, back) = self.size, self.size.outline, self.size.inner
        gate = Hole("building entrance", "door", x0 + 6.2, size.gate, 2.20, use="building_entrance")
        front = [gate]
        if size.second_gate:
            front.append(replace(gate, name="second entrance", start=gate.start + size.second_gate))
        if size.entrance_to_lobby:
            front.append(Hole("entrance", "door", x0 + 7.7, 0.50, 2.10, use="entrance"))
        if not size.windows:
            return front, (), ()
        front.append(Hole("living window", "window", x0 + 1.0, 2.00, 1.40, 0.90))
        left = [Hole("kitchen window", "window", back - 2.0, size.kitchen_window, 1.00, 0.90)]
        if size.bedroom_window:
            left.append(Hole("bedroom window", "window", y0 + 7.5, size.bedroom_window, 1.40, 0.90))
        return front, (Hole("bathroom window", "window", x0 + 4.0, 0.60, 0.60, 1.50),), left

    def _dwelling(self, storey: Entity) -> None:
        """The ground floor's dwelling on the left of the lobby."""
        size, (x0, y0, _, _), (_, _, _, back) = self.size, self.size.outline, self.size.inner
        entrance = Hole("entrance", "door", y0 + 1.0, size.entrance, size.entrance_height, use="entrance")
        core = Rect(x0 + 5.3, y0 + WALL, x0 + 5.6, y0 + 6.9)
        self.wall(storey, "core wall", core, size.storey - SLAB, *([] if size.entrance_to_lobby else [entrance]))
        plans = {
            "living": Rect(x0 + WALL, y0 + WALL, x0 + 5.3, y0 + 4.8),
            "corridor": Rect(x0 + WALL, y0 + 5.0, x0 + 5.3, y0 + 5.0 + size.corridor),
            "bedroom": Rect(x0 + WALL, y0 + 6.6, x0 + WALL + size.bedroom, y0 + 10.6),
            "kitchen": Rect(x0 + WALL, back - 3.0, x0 + 3.3, back),
            "bathroom": Rect(x0 + 3.5, back - 2.5, x0 + 5.5, back),
        }
        high = {"kitchen": size.kitchen_clear}
        rooms = [self.space(storey, use, use, r, high.get(use, 0)) for use, r in plans.items() if use != size.without]
        zone = self.file.rooted("IfcZone", "dwelling 1", Name="dwelling 1", ObjectType="dwelling")
        self.file.properties(zone, "Pset_ZoneCommon", {"Reference": ("IfcIdentifier", "1")})
        self.file.rooted("IfcRelAssignsToGroup", "dwelling 1", RelatedObjects=rooms, RelatingGroup=zone)

    def _common(self, storey: Entity) -> None:
        """The common spaces of the ground floor, a shop, the lift, and the bays in front of the house."""
        size, (x0, y0, x1, _) = self.size, self.size.outline
        self.space(storey, "lobby", "corridor", Rect(x0 + 5.6, y0 + WALL, x0 + 8.3, y0 + 3.0))
        if size.shop:
            self.space(storey, "shop", "shop", Rect(x0 + WALL, y0 + WALL, x1 - WALL, y0 + WALL + size.shop))
        for number in range(size.bays):
            width = 3.60 if number < size.wide_bays else size.bay_width
            bay = Rect(0.5 + number, 0.5, 0.5 + number + width, 0.5 + size.bay_length)
            self.space(storey, f"bay {number + 1}", "parking_bay", bay)
        if size.aisle:
            self.space(storey, "aisle", "parking_aisle", Rect(0.5, 0.5, 0.5 + size.aisle, 12.5))
        if size.ramp_length:
            add_ramp(
                self.file, storey, Rect(1.0, 0.0, 1.0 + size.ramp_width, size.ramp_length + 1.0), 1.0, size.ramp_length
            )
        if size.fence:
            rect = Rect(0.0, PLOT_DEPTH - 0.2, PLOT_WIDTH, PLOT_DEPTH)
            add_wall(self.file, self.site, Wall("fence", rect), size.fence - size.rise)
        if size.lift:
            shaft = Rect(x0 + 9.0, y0 + 1.0, x0 + 9.0 + size.shaft, y0 + 4.0)
            self.space(storey, "lift", "lift", shaft)
            add_lift(self.file, storey, shaft)

    def _second(self, storey: Entity) -> None:
        """Another building behind the house."""
        x0, _, _, y1 = self.size.outline
        if self.size.second:
            rect = Rect(x0, y1 + self.size.second, x0 + 6.0, y1 + self.size.second + 1.8)
            self.ring(storey, rect, 2.50)

    def _roof(self, storey: Entity) -> None:
        """The roof slab, open over the light well, with a parapet or an annex on it."""
        size, well = self.size, self.size.light_well
        hole = Rect(well.x0, well.y0 + size.cover * (well.y1 - well.y0), well.x1, well.y1)
        add_slab(self.file, storey, "roof slab", "ROOF", size.outline, SLAB, [hole])
        self.ring(storey, size.outline, size.parapet)
        if size.annex:
            x, y = size.outline.x0 + size.annex_back, size.outline.y0 + 2.5
            rect = Rect(x, y, x + 8.0, y + size.annex)
            self.ring(storey, rect, 2.60)


def placement(size: Dimensions) -> Placement:
    """The plot's front left corner and the direction of its front."""
    (x0, y0), (x1, y1) = front_of(PLOT)
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    level = next(records.reference_level(plot) for plot in land.plots() if plot.number == PLOT) + size.rise
    return Placement(x0, y0, round(level, 4), round((x1 - x0) / length, 12), round((y1 - y0) / length, 12))
