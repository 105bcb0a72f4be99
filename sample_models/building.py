"""Assemble a sample building on its plot and write it as IFC."""

from dataclasses import dataclass
from pathlib import Path

from sample_models import plan
from sample_models.design import (
    BASE_SLAB,
    BASEMENT_HEIGHT,
    DEPTH,
    EXTERNAL,
    GROUND_SLAB,
    PARAPET,
    SLAB,
    STOREY_HEIGHT,
    WIDTH,
    Design,
    Rect,
    Room,
    Wall,
)
from sample_models.ifc_file import Entity, IfcFile, Schema
from sample_models.information import complete
from sample_models.land import GRID
from sample_models.parts import add_balcony, add_lift, add_ramp, add_slab, add_space, add_stair, add_wall
from sample_models.placement import Placement, placement_of

ARABIC_STOREYS = ("طابق أرضي", "طابق أول", "طابق ثانٍ", "طابق ثالث", "طابق رابع", "طابق خامس")
STAIR_RISERS = 20


@dataclass(frozen=True)
class Written:
    """GlobalIds by the name an element has in the plan: "2/bedroom 1 left", "basement/bay 3"."""

    storeys: dict[str, str]
    elements: dict[str, str]


class Building:
    """One building while it is being written."""

    def __init__(self, design: Design, file: IfcFile) -> None:
        self.design = design
        self.file = file
        self.storeys: dict[str, Entity] = {}
        self.spaces: dict[str, list[Entity]] = {}
        self.dwellings: dict[str, list[Entity]] = {}
        self.top = self._structure()

    def storey(self, name: str, long_name: str, elevation: float) -> Entity:
        """A storey; its elevation is counted from the ground floor."""
        place = self.file.place(self.top.ObjectPlacement, (0.0, 0.0, elevation))
        height = {"Elevation": self.file.length(elevation)}
        names = {"LongName": long_name, "CompositionType": "ELEMENT"}
        self.storeys[name] = self.file.product("IfcBuildingStorey", name, place, **names, **height)
        return self.storeys[name]

    def basement(self) -> None:
        """Parking under the whole building."""
        storey = self.storey("basement", "قبو", -BASEMENT_HEIGHT)
        add_slab(self.file, storey, "base slab", "BASESLAB", self.design.outline, BASE_SLAB)
        for wall in plan.basement_walls():
            add_wall(self.file, storey, wall, BASEMENT_HEIGHT - GROUND_SLAB)
        add_stair(self.file, storey, plan.STAIR, BASEMENT_HEIGHT, STAIR_RISERS)
        ramp = Rect(plan.RAMP[0], -self.design.front_setback, plan.RAMP[1], plan.RAMP_END)
        kerb = BASEMENT_HEIGHT - self.design.ground_rise
        add_ramp(self.file, storey, ramp, kerb, plan.RAMP_FOOT)
        self._spaces(storey, plan.basement_rooms(self.design), BASEMENT_HEIGHT - GROUND_SLAB)

    def floor(self, number: int) -> None:
        """A storey above ground: 0 is the ground floor."""
        design, file = self.design, self.file
        storey = self.storey(str(number), ARABIC_STOREYS[number], design.level(number))
        height = STOREY_HEIGHT + design.tall.get(number, 0.0)
        holes = [plan.STAIR, plan.LIFT] + ([design.light_well] if number else [])
        add_slab(file, storey, "floor slab", "FLOOR", design.outline_of(number), SLAB if number else GROUND_SLAB, holes)
        for wall in plan.walls(design, number):
            add_wall(file, storey, wall, height - SLAB, material=f"{number}/{wall.name}" not in design.no_material)
        rooms = plan.rooms(design, number)
        for room in rooms:
            if room.use == "balcony":
                add_balcony(file, storey, f"{room.name} slab", room.rect, SLAB)
        if number < design.floors - 1:
            add_stair(file, storey, plan.STAIR, height, design.risers.get(number, STAIR_RISERS))
        if number == 0:
            add_lift(file, storey, plan.LIFT)
        self._spaces(storey, rooms, height - SLAB)

    def roof(self) -> None:
        """The roof slab, open over the light well, and its parapet."""
        storey = self.storey("roof", "السطح", self.design.roof_level)
        add_slab(self.file, storey, "roof slab", "ROOF", self.design.outline, SLAB, [self.design.light_well])
        left = Wall("parapet left", Rect(0.0, EXTERNAL, EXTERNAL, DEPTH - EXTERNAL), external=True)
        front = Wall("parapet front", Rect(0.0, 0.0, WIDTH, EXTERNAL), external=True)
        rear = Wall("parapet rear", Rect(0.0, DEPTH - EXTERNAL, WIDTH, DEPTH), external=True)
        for wall in (front, rear, left, left.mirrored()):
            add_wall(self.file, storey, wall, PARAPET, parapet=True)

    def finish(self) -> None:
        """Aggregate the storeys and their spaces, and group the dwellings."""
        self.file.aggregate(self.top, list(self.storeys.values()))
        for name, spaces in self.spaces.items():
            self.file.aggregate(self.storeys[name], spaces)
        for number, spaces in self.dwellings.items():
            zone = self.file.rooted("IfcZone", f"dwelling {number}", Name=f"dwelling {number}", ObjectType="dwelling")
            self.file.properties(zone, "Pset_ZoneCommon", {"Reference": ("IfcIdentifier", number)})
            ends = {"RelatedObjects": spaces, "RelatingGroup": zone}
            self.file.rooted("IfcRelAssignsToGroup", f"dwelling {number}", **ends)

    def _spaces(self, storey: Entity, rooms: list[Room], height: float) -> None:
        if not self.design.spaces:
            return
        for room in rooms:
            named = f"{storey.Name}/{room.name}" not in self.design.no_area
            space = add_space(self.file, storey, room, height, net_area=named)
            self.spaces.setdefault(storey.Name, []).append(space)
            if room.dwelling:
                number = str(2 * int(storey.Name) + (1 if room.dwelling == "left" else 2))
                self.dwellings.setdefault(number, []).append(space)

    def _structure(self) -> Entity:
        file, design = self.file, self.design
        units = make_units(file)
        names = {"Name": f"RUKHSA-{design.key}", "LongName": "بناء سكني (وهمي)"}
        project = file.rooted(
            "IfcProject", "project", **names, UnitsInContext=units, RepresentationContexts=[file.context]
        )
        level = {"RefElevation": file.length(design.reference_level), "CompositionType": "ELEMENT"}
        site = file.product("IfcSite", "site", file.place(None, (0.0, 0.0, 0.0)), **level)
        file.properties(site, "Rukhsa_Plot", {"PlotNumber": ("IfcIdentifier", design.plot)})
        place = file.place(site.ObjectPlacement, (0.0, 0.0, 0.0))
        building = file.product("IfcBuilding", "residential building", place, CompositionType="ELEMENT")
        file.properties(building, "Pset_BuildingCommon", {"OccupancyType": ("IfcLabel", "residential")})
        file.aggregate(project, [site])
        file.aggregate(site, [building])
        if design.georeferenced:
            georeference(file, project, placement_of(design))
        return building


def build(design: Design, path: Path, *, schema: Schema = "IFC4", millimetres: bool = False) -> Written:
    """Write a design to `path`; the GlobalIds it was given."""
    file = IfcFile(key=design.key, schema=schema, millimetres=millimetres)
    building = Building(design, file)
    building.basement()
    for number in range(design.floors):
        building.floor(number)
    building.roof()
    building.finish()
    complete(file)
    file.write(path)
    storeys = {name: storey.GlobalId for name, storey in building.storeys.items()}
    return Written(storeys, _elements(file))


def _elements(file: IfcFile) -> dict[str, str]:
    found = {}
    for name in ("IfcSpace", "IfcDoor", "IfcWindow", "IfcWall", "IfcSlab", "IfcStairFlight"):
        for element in file.model.by_type(name):
            found[_full_name(element)] = element.GlobalId
    return found


def _full_name(element: Entity) -> str:
    """The storey's name and the element's own; parts of a stair lie under their stair."""
    whole = element.Decomposes[0].RelatingObject if element.Decomposes else None
    if whole is not None and whole.is_a("IfcStair"):
        return f"{_full_name(whole).split('/')[0]}/{element.Name}"
    storey = whole or element.ContainedInStructure[0].RelatingStructure
    return f"{storey.Name}/{element.Name}"


def make_units(file: IfcFile) -> Entity:
    """Metres or millimetres, square and cubic metres, radians."""
    prefix = "MILLI" if file.unit != 1.0 else None
    length = file.create("IfcSIUnit", None, "LENGTHUNIT", prefix, "METRE")
    area = file.create("IfcSIUnit", None, "AREAUNIT", None, "SQUARE_METRE")
    volume = file.create("IfcSIUnit", None, "VOLUMEUNIT", None, "CUBIC_METRE")
    angle = file.create("IfcSIUnit", None, "PLANEANGLEUNIT", None, "RADIAN")
    return file.create("IfcUnitAssignment", [length, area, volume, angle])


def georeference(file: IfcFile, project: Entity, place: Placement) -> None:
    """IfcMapConversion, or in IFC2X3 the property sets that stand for it; map units are metres."""
    if file.ifc4:
        metre = file.create("IfcSIUnit", None, "LENGTHUNIT", None, "METRE")
        grid = file.create("IfcProjectedCRS", Name=GRID, Description="Deir ez Zor / Syria Lambert", MapUnit=metre)
        position = (place.easting, place.northing, place.height, place.cosine, place.sine, 1.0 / file.unit)
        file.create("IfcMapConversion", file.context, grid, *position)
        return
    conversion = {
        "Eastings": ("IfcLengthMeasure", place.easting),
        "Northings": ("IfcLengthMeasure", place.northing),
        "OrthogonalHeight": ("IfcLengthMeasure", place.height),
        "XAxisAbscissa": ("IfcReal", place.cosine),
        "XAxisOrdinate": ("IfcReal", place.sine),
        "Scale": ("IfcReal", 1.0 / file.unit),
    }
    file.properties(project, "ePSet_MapConversion", conversion, raw=True)
    names = {"Name": ("IfcLabel", GRID), "MapUnit": ("IfcLabel", "METRE")}
    file.properties(project, "ePSet_ProjectedCRS", names)
