"""Turn the pieces of a plan into IFC: walls with doors and windows, spaces, slabs, stairs, balconies, the lift."""

import math
from collections.abc import Sequence

from sample_models.design import Hole, Rect, Room, Wall
from sample_models.ifc_file import Entity, IfcFile

LEAF, FRAME_MARGIN = 0.05, 0.02  # thickness of a door leaf; how far an opening passes through its wall
CONCRETE, BLOCK = "Reinforced concrete", "Concrete block"
OUTSIDE = {"balcony", "light_well"}
TREAD, WAIST, FLIGHT_WIDTH = 0.28, 0.15, 1.20
RAIL_HEIGHT, RAIL = 1.00, 0.05


def add_wall(
    file: IfcFile, storey: Entity, wall: Wall, height: float, *, material: bool = True, parapet: bool = False
) -> Entity:
    """A wall with its openings; x of its placement runs along it."""
    rect, prefix = wall.rect, storey.Name
    along_y = rect.y1 - rect.y0 > rect.x1 - rect.x0
    start = (rect.x1, rect.y0, 0.0) if along_y else (rect.x0, rect.y0, 0.0)
    length, thickness = (rect.y1 - rect.y0, rect.x1 - rect.x0) if along_y else (rect.x1 - rect.x0, rect.y1 - rect.y0)
    place = file.place(storey.ObjectPlacement, start, along_y=along_y)
    kind = file.either({"PredefinedType": "PARAPET" if parapet else "SOLIDWALL"}, {})
    entity = file.product(
        "IfcWall", f"{prefix}/{wall.name}", place, file.shape(file.box(length, thickness, height)), **kind
    )
    flags = {"IsExternal": ("IfcBoolean", wall.external), "LoadBearing": ("IfcBoolean", wall.load_bearing)}
    file.properties(entity, "Pset_WallCommon", flags)
    substance = CONCRETE if wall.load_bearing else BLOCK
    file.contain(storey, entity, substance if material else "")
    for hole in wall.holes:
        _fill(file, storey, entity, hole, hole.start - (rect.y0 if along_y else rect.x0), thickness)
    return entity


def _fill(file: IfcFile, storey: Entity, wall: Entity, hole: Hole, offset: float, thickness: float) -> None:
    name = f"{storey.Name}/{hole.name}"
    place = file.place(wall.ObjectPlacement, (offset, 0.0, hole.sill))
    body = file.box(hole.width, thickness + 2 * FRAME_MARGIN, hole.height, at=(0.0, -FRAME_MARGIN, 0.0))
    kind = file.either({"PredefinedType": "OPENING"}, {})
    opening = file.product("IfcOpeningElement", name, place, file.shape(body), **kind)
    file.rooted("IfcRelVoidsElement", name, RelatingBuildingElement=wall, RelatedOpeningElement=opening)
    leaf = file.shape(file.box(hole.width, LEAF, hole.height, at=(0.0, (thickness - LEAF) / 2, 0.0)))
    sizes = {"OverallWidth": file.length(hole.width), "OverallHeight": file.length(hole.height)}
    entity_class = "IfcDoor" if hole.kind == "door" else "IfcWindow"
    use = {"ObjectType": hole.use} if hole.use else {}
    at = file.place(opening.ObjectPlacement, (0.0, 0.0, 0.0))
    filling = file.product(entity_class, name, at, leaf, **sizes, **use)
    file.rooted("IfcRelFillsElement", name, RelatingOpeningElement=opening, RelatedBuildingElement=filling)
    _type(file, filling, hole)
    if hole.use == "entrance":
        file.properties(filling, "Pset_DoorCommon", {"FireRating": ("IfcLabel", "EI30")})
    file.contain(storey, filling)


def _type(file: IfcFile, filling: Entity, hole: Hole) -> None:
    """The type of a door or window, one to a size."""
    name = f"{hole.kind} {hole.width:.2f} x {hole.height:.2f}"
    if file.ifc4:
        shape = {"OperationType": "SINGLE_SWING_LEFT"} if hole.kind == "door" else {"PartitioningType": "SINGLE_PANEL"}
        file.define(filling, f"{filling.is_a()}Type", name, PredefinedType=hole.kind.upper(), **shape)
        return
    flags = {"ParameterTakesPrecedence": False, "Sizeable": False}
    shape = {"OperationType": "SINGLE_SWING_LEFT" if hole.kind == "door" else "SINGLE_PANEL"}
    file.define(filling, f"{filling.is_a()}Style", name, ConstructionType="NOTDEFINED", **shape, **flags)


def add_space(file: IfcFile, storey: Entity, room: Room, height: float, *, net_area: bool = True) -> Entity:
    """A space with its areas; the caller aggregates it into its storey."""
    rect = room.rect
    place = file.place(storey.ObjectPlacement, (rect.x0, rect.y0, 0.0))
    body = file.shape(file.box(rect.x1 - rect.x0, rect.y1 - rect.y0, height))
    outside = room.use in OUTSIDE
    purpose = "EXTERNAL" if outside else "PARKING" if room.use == "parking_bay" else "INTERNAL"
    side = "EXTERNAL" if outside else "INTERNAL"
    kind = file.either({"PredefinedType": purpose}, {"InteriorOrExteriorSpace": side})
    names = {"LongName": room.long_name, "ObjectType": room.use, "CompositionType": "ELEMENT"}
    space = file.product("IfcSpace", f"{storey.Name}/{room.name}", place, body, **names, **kind)
    if file.ifc4:  # IFC2X3 says it by an attribute, and has no such property
        file.properties(space, "Pset_SpaceCommon", {"IsExternal": ("IfcBoolean", outside)})
    areas = {"NetFloorArea": rect.area} if net_area else {}
    file.quantities(space, "Qto_SpaceBaseQuantities", {"GrossFloorArea": rect.area, **areas}, {"Height": height})
    return space


def add_slab(
    file: IfcFile, storey: Entity, name: str, kind: str, rect: Rect, thickness: float, holes: Sequence[Rect] = ()
) -> Entity:
    """A slab whose top is the storey's level, with openings through it."""
    place = file.place(storey.ObjectPlacement, (rect.x0, rect.y0, -thickness))
    body = file.shape(file.box(rect.x1 - rect.x0, rect.y1 - rect.y0, thickness))
    slab = file.product("IfcSlab", f"{storey.Name}/{name}", place, body, PredefinedType=kind)
    for number, hole in enumerate(holes):
        label = f"{storey.Name}/{name} opening {number + 1}"
        at = file.place(place, (hole.x0 - rect.x0, hole.y0 - rect.y0, -FRAME_MARGIN))
        void = file.shape(file.box(hole.x1 - hole.x0, hole.y1 - hole.y0, thickness + 2 * FRAME_MARGIN))
        opening = file.product("IfcOpeningElement", label, at, void, **file.either({"PredefinedType": "OPENING"}, {}))
        file.rooted("IfcRelVoidsElement", label, RelatingBuildingElement=slab, RelatedOpeningElement=opening)
    file.contain(storey, slab, CONCRETE)
    return slab


def add_stair(
    file: IfcFile,
    storey: Entity,
    room: Rect,
    height: float,
    risers: int,
    width: float = FLIGHT_WIDTH,
    going: float = TREAD,
) -> list[Entity]:
    """Two stepped flights with a landing between, from the storey's level to the next; the flights."""
    first = (risers + 1) // 2
    run = (10 - 1) * going
    rise = height / risers
    prefix, level = storey.Name, storey.ObjectPlacement
    place = file.place(level, (room.x0, room.y0, 0.0))
    shape_type = {"ShapeType" if not file.ifc4 else "PredefinedType": "HALF_TURN_STAIR"}
    stair = file.product("IfcStair", f"{prefix}/stair", place, **shape_type)
    lower_place = file.place(place, (0.0, 0.0, 0.0))
    lower = _flight(file, lower_place, f"{prefix}/flight 1", first, rise, run, width)
    second_place = file.create(
        "IfcLocalPlacement", place, file.axes((room.x1 - room.x0, run, first * rise), x=(-1, 0, 0))
    )
    upper = _flight(file, second_place, f"{prefix}/flight 2", risers - first, rise, run, width)
    landing_place = file.place(place, (0.0, run, first * rise - WAIST))
    body = file.shape(file.box(room.x1 - room.x0, room.y1 - room.y0 - run, WAIST))
    landing = file.product("IfcSlab", f"{prefix}/stair landing", landing_place, body, PredefinedType="LANDING")
    file.aggregate(stair, [lower, upper, landing, _railing(file, place, f"{prefix}/stair railing", run)])
    file.contain(storey, stair)
    return [lower, upper]


def _railing(file: IfcFile, place: Entity, name: str, run: float) -> Entity:
    """The railing at the well between two flights, on its lower part."""
    at = file.place(place, (FLIGHT_WIDTH, 0.0, 0.0))
    body = file.shape(file.box(RAIL, run, RAIL_HEIGHT))
    return file.product("IfcRailing", name, at, body, PredefinedType="HANDRAIL")


def _flight(
    file: IfcFile, place: Entity, name: str, risers: int, rise: float, run: float, width: float = FLIGHT_WIDTH
) -> Entity:
    """A flight that rises along y from the origin of its placement; its last riser is the landing's edge."""
    tread = run / (risers - 1)
    outline = [(0.0, 0.0)]
    for step in range(1, risers):
        outline += [((step - 1) * tread, step * rise), (step * tread, step * rise)]
    outline += [(run, (risers - 1) * rise - WAIST), (tread, 0.0)]
    # The profile's x is the plan's y and its y is the height, so the extrusion runs along the plan's x.
    frame = file.axes((0.0, 0.0, 0.0), z=(1, 0, 0), x=(0, 1, 0))
    body = file.shape(file.prism(outline, frame, width))
    count = {"NumberOfRisers" if file.ifc4 else "NumberOfRiser": risers, "NumberOfTreads": risers - 1}
    sizes = {"RiserHeight": file.length(rise), "TreadLength": file.length(tread)}
    kind = file.either({"PredefinedType": "STRAIGHT"}, {})
    flight = file.product("IfcStairFlight", name, place, body, **count, **sizes, **kind)
    values = {
        "NumberOfRiser": ("IfcCountMeasure", risers),
        "RiserHeight": ("IfcPositiveLengthMeasure", rise),
        "TreadLength": ("IfcPositiveLengthMeasure", tread),
    }
    file.properties(flight, "Pset_StairFlightCommon", values)
    return flight


def add_balcony(
    file: IfcFile, storey: Entity, name: str, rect: Rect, thickness: float, rail: float = RAIL_HEIGHT
) -> Entity:
    """A balcony slab and the railing on its three free sides, inside the slab's outline."""
    slab = add_slab(file, storey, name, "FLOOR", rect, thickness)
    place = file.place(storey.ObjectPlacement, (rect.x0, rect.y0, 0.0))
    width, depth = rect.x1 - rect.x0, rect.y1 - rect.y0
    bars = [
        file.box(width, RAIL, rail),
        file.box(RAIL, depth - RAIL, rail, at=(0.0, RAIL, 0.0)),
        file.box(RAIL, depth - RAIL, rail, at=(width - RAIL, RAIL, 0.0)),
    ]
    kind = {"PredefinedType": "BALUSTRADE"}
    railing = file.product("IfcRailing", f"{storey.Name}/{name} railing", place, file.shape(*bars), **kind)
    file.contain(storey, railing, "Steel")
    return slab


def add_lift(file: IfcFile, storey: Entity, shaft: Rect) -> Entity:
    """The lift's car, standing in its shaft on a storey."""
    place = file.place(storey.ObjectPlacement, (shaft.x0 + 0.2, shaft.y0 + 0.2, 0.0))
    car = file.shape(file.box(shaft.x1 - shaft.x0 - 0.4, shaft.y1 - shaft.y0 - 0.4, 2.20))
    kind = {"PredefinedType" if file.ifc4 else "OperationType": "ELEVATOR"}
    lift = file.product("IfcTransportElement", f"{storey.Name}/lift car", place, car, **kind)
    file.contain(storey, lift)
    return lift


def add_ramp(file: IfcFile, storey: Entity, rect: Rect, start: float, level_from: float) -> Entity:
    """A car ramp along y: from height `start` at its street end down to the storey's level at y = `level_from`."""
    place = file.place(storey.ObjectPlacement, (rect.x0, 0.0, 0.0))
    top = [(rect.y0, start), (level_from, 0.0), (rect.y1, 0.0)]
    outline = [*top, *[(along, height - WAIST) for along, height in reversed(top)]]
    frame = file.axes((0.0, 0.0, 0.0), z=(1, 0, 0), x=(0, 1, 0))
    body = file.shape(file.prism(outline, frame, rect.x1 - rect.x0))
    kind = {"PredefinedType" if file.ifc4 else "ShapeType": "STRAIGHT_RUN_RAMP"}
    ramp = file.product("IfcRamp", f"{storey.Name}/car ramp", place, body, **kind)
    slope = math.atan(abs(start) / (level_from - rect.y0))
    file.properties(ramp, "Pset_RampCommon", {"RequiredSlope": ("IfcPlaneAngleMeasure", round(slope, 6))})
    file.contain(storey, ramp, CONCRETE)
    return ramp
