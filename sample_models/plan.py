"""The plans of the sample building: two mirrored dwellings on either side of a core with stair, lift and light well."""

from dataclasses import replace

from sample_models.design import CORE, DEPTH, EXTERNAL, PARTITION, WIDTH, Design, Hole, Rect, Room, Wall

IN = EXTERNAL
BACK = DEPTH - EXTERNAL
CORE_LEFT, CORE_RIGHT = 6.20, 10.80
STAIR = Rect(CORE_LEFT, 3.00, 8.90, 6.90)
LIFT = Rect(9.05, 3.15, CORE_RIGHT, 5.55)
LOBBY = Rect(CORE_LEFT, IN, CORE_RIGHT, 3.00)
BALCONY = (1.00, 5.00)  # from, to along the front
BEDROOM = 3.20  # depth of the first bedroom
DOOR, DOOR_HEIGHT, ENTRANCE = 0.90, 2.10, 1.00
BAY = (2.50, 5.00)
RAMP = (WIDTH + 0.30, WIDTH + 3.80)  # from, to across the right side of the plot
RAMP_FOOT, RAMP_END = 7.20, 10.60  # where the ramp reaches the basement's level, and where it ends beside the gate


def dwelling_rooms(design: Design, storey: int) -> list[Room]:
    """The rooms of the left dwelling of a storey (0 = ground floor), its balcony included."""
    split = round(4.95 + design.bedroom_depth.get(storey, BEDROOM), 3)
    well_back = design.light_well.y1 + CORE
    rooms = [
        Room("living left", "living", "غرفة معيشة", Rect(IN, IN, 6.00, 4.80), "left"),
        Room("corridor left", "corridor", "ممر", Rect(4.60, 4.95, 6.00, 13.00), "left"),
        Room("bedroom 1 left", "bedroom", "غرفة نوم ١", Rect(IN, 4.95, 4.45, split), "left"),
        Room("bedroom 2 left", "bedroom", "غرفة نوم ٢", Rect(IN, split + PARTITION, 4.45, 11.80), "left"),
        Room("bedroom 3 left", "bedroom", "غرفة نوم ٣", Rect(IN, 11.95, 4.45, BACK), "left"),
        Room("bathroom left", "bathroom", "حمام", Rect(4.60, 13.15, 6.00, BACK), "left"),
        Room("kitchen left", "kitchen", "مطبخ", Rect(CORE_LEFT, well_back, 8.40, BACK), "left"),
    ]
    if storey > 0:
        depth = design.deep_balcony.get(storey, design.balcony_depth)
        rooms.append(Room("balcony left", "balcony", "شرفة", Rect(BALCONY[0], -depth, BALCONY[1], 0.0), "left"))
    return rooms


def core_rooms(design: Design) -> list[Room]:
    """The common spaces of a storey above ground."""
    return [
        Room("lobby", "corridor", "بهو", LOBBY),
        Room("stair", "stair", "درج", STAIR),
        Room("lift", "lift", "مصعد", LIFT),
        Room("light well", "light_well", "منور", design.light_well),
    ]


def rooms(design: Design, storey: int) -> list[Room]:
    """Every space of a storey above ground; what is planted in the left dwelling is not in the right one."""
    sound = Design(design.key, design.plot, 0.0, light_well_depth=design.light_well_depth)
    right = [room.mirrored() for room in dwelling_rooms(sound, storey)]
    found = dwelling_rooms(design, storey) + right + core_rooms(design)
    by = design.outline_of(storey).x1 - WIDTH
    return [replace(room, rect=room.rect.stretched(by)) if room.rect.x1 >= WIDTH - IN else room for room in found]


def outer_walls(storey: int) -> list[Wall]:
    """The external walls of a storey above ground with their windows and balcony doors."""
    front = [_window("living window left", 0.70, 1.40), _window("living window 2 left", 4.00, 1.40)]
    if storey > 0:
        front.append(Hole("balcony door left", "door", 2.50, 1.00, DOOR_HEIGHT, use="balcony"))
        middle = Hole("lobby window", "window", 7.80, 1.40, 1.40, 0.90)
    else:
        middle = Hole("building entrance", "door", 7.80, 1.40, 2.20, use="building_entrance")
    rear = [
        _window("bedroom 3 rear window left", 1.50, 1.20),
        Hole("bathroom window left", "window", 5.00, 0.60, 0.60, 1.50),
        _window("kitchen window left", 6.80, 1.00),
    ]
    side = [_window("bedroom 1 window left", 5.30, 1.20), _window("bedroom 2 window left", 9.20, 1.20)]
    side.append(_window("bedroom 3 window left", 13.00, 1.20))
    left = _outer("outer wall left", Rect(0.0, IN, IN, BACK), tuple(side))
    return [
        _outer("outer wall front", Rect(0.0, 0.0, WIDTH, IN), (*_both(front), middle)),
        _outer("outer wall rear", Rect(0.0, BACK, WIDTH, DEPTH), tuple(_both(rear))),
        left,
        left.mirrored(),
    ]


def core_walls(design: Design, storey: int) -> list[Wall]:
    """The walls of the core and between the dwellings on a storey above ground."""
    well = design.light_well
    return [
        _dwelling_wall(design, storey),
        _dwelling_wall(Design(design.key, design.plot, 0.0), storey).mirrored(),
        Wall("well wall front", Rect(CORE_LEFT, well.y0 - CORE, CORE_RIGHT, well.y0), load_bearing=True),
        Wall("well wall rear", Rect(CORE_LEFT, well.y1, CORE_RIGHT, well.y1 + CORE), load_bearing=True),
        Wall("party wall", Rect(8.40, well.y1 + CORE, 8.60, BACK), load_bearing=True),
        *lift_walls(),
    ]


def lift_walls() -> list[Wall]:
    """The walls of the lift shaft, on every storey."""
    door = Hole("lift door", "door", 9.40, 1.00, DOOR_HEIGHT, use="lift")
    return [
        Wall("lift wall side", Rect(8.90, 3.00, 9.05, 6.90), load_bearing=True),
        Wall("lift wall front", Rect(9.05, 3.00, CORE_RIGHT, 3.15), load_bearing=True, holes=(door,)),
        Wall("lift wall rear", Rect(9.05, LIFT.y1, CORE_RIGHT, LIFT.y1 + PARTITION), load_bearing=True),
    ]


def partitions(design: Design, storey: int) -> list[Wall]:
    """The partitions of the left dwelling."""
    split = round(4.95 + design.bedroom_depth.get(storey, BEDROOM), 3)
    corridor = [_door(f"bedroom {i} door left", start) for i, start in ((1, 5.50), (2, 9.50), (3, 12.00))]
    bath = Hole("bathroom door left", "door", 4.90, 0.80, DOOR_HEIGHT, use="bathroom")
    return [
        Wall("partition living left", Rect(IN, 4.80, 6.00, 4.95), holes=(_door("living door left", 4.85),)),
        Wall("partition corridor left", Rect(4.45, 4.95, 4.60, BACK), holes=tuple(corridor)),
        Wall("partition bedroom 1 left", Rect(IN, split, 4.45, split + PARTITION)),
        Wall("partition bedroom 2 left", Rect(IN, 11.80, 4.45, 11.95)),
        Wall("partition bathroom left", Rect(4.60, 13.00, 6.00, 13.15), holes=(bath,)),
    ]


def walls(design: Design, storey: int) -> list[Wall]:
    """Every wall of a storey above ground."""
    right = [wall.mirrored() for wall in partitions(Design(design.key, design.plot, 0.0), storey)]
    found = outer_walls(storey) + core_walls(design, storey) + partitions(design, storey) + right
    by = design.outline_of(storey).x1 - WIDTH
    return [_opened(_moved(wall, by), design.opened.get(storey, ())) for wall in found]


def _moved(wall: Wall, by: float) -> Wall:
    """The right outer wall farther out, and what ends at it longer."""
    if by == 0.0 or wall.rect.x1 < WIDTH - IN:
        return wall
    rect = wall.rect.stretched(by)
    return replace(wall, rect=rect._replace(x0=rect.x0 + by) if rect.x0 >= WIDTH - IN else rect)


def _opened(wall: Wall, holes: tuple[Hole, ...]) -> Wall:
    return replace(wall, holes=(*wall.holes, *holes)) if wall.name == "outer wall left" else wall


def basement_walls() -> list[Wall]:
    """The retaining walls and the stair and lift enclosure."""
    left = _outer("basement wall left", Rect(0.0, IN, IN, BACK))
    gate = Hole("car gate", "door", 7.40, 3.00, 2.30, use="garage")
    enclosure = Wall("basement core wall left", Rect(6.00, 3.00, CORE_LEFT, 6.90), load_bearing=True)
    return [
        _outer("basement wall front", Rect(0.0, 0.0, WIDTH, IN)),
        _outer("basement wall rear", Rect(0.0, BACK, WIDTH, DEPTH)),
        left,
        replace(left.mirrored(), holes=(gate,)),
        enclosure,
        enclosure.mirrored(),
        Wall("basement core wall rear", Rect(6.00, 6.90, 11.00, 7.10), load_bearing=True),
        *lift_walls(),
    ]


def basement_rooms(design: Design) -> list[Room]:
    """Parking bays along the rear wall first, then beside the core; the aisle between them."""
    width, length = BAY
    rear = [Rect(1.00 + i * width, BACK - length, 1.00 + (i + 1) * width, BACK) for i in range(6)]
    front = [Rect(x, IN, x + width, IN + length) for x in (0.50, 3.00, 11.50, 14.00)]
    bays = [Room(f"bay {i + 1}", "parking_bay", f"موقف {i + 1}", rect) for i, rect in enumerate(rear + front)]
    return [
        *bays[: design.bays],
        Room("aisle", "parking_aisle", "ممر سيارات", Rect(IN, 7.10, WIDTH - IN, BACK - length)),
        Room("basement stair", "stair", "درج", STAIR),
        Room("basement lift", "lift", "مصعد", LIFT),
    ]


def _dwelling_wall(design: Design, storey: int) -> Wall:
    """The wall between the left dwelling and the core, with the dwelling's entrance and its window on the well."""
    width = design.entrance_width.get(storey, ENTRANCE)
    holes = (
        Hole("entrance left", "door", 1.20, width, DOOR_HEIGHT, use="entrance"),
        Hole("well window left", "window", 7.50, 0.80, 1.00, 1.20),
        _door("kitchen door left", 11.00),
    )
    return Wall("core wall left", Rect(6.00, IN, CORE_LEFT, BACK), load_bearing=True, holes=holes)


def _outer(name: str, rect: Rect, holes: tuple[Hole, ...] = ()) -> Wall:
    return Wall(name, rect, external=True, load_bearing=True, holes=holes)


def _both(holes: list[Hole]) -> list[Hole]:
    return holes + [hole.mirrored() for hole in holes]


def _door(name: str, start: float) -> Hole:
    return Hole(name, "door", start, DOOR, DOOR_HEIGHT, use="room")


def _window(name: str, start: float, width: float) -> Hole:
    return Hole(name, "window", start, width, 1.40, 0.90)
