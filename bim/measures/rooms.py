"""Rooms and dwellings: area, least width, clear height, windows, open air, and the share of shops."""

from collections.abc import Iterator, Sequence

from bim import light, measure, outlines
from bim.building import Building, Dwelling, Space, Window
from bim.measures.registry import AREA, CLEAR, EXACT, LENGTH, RATIO, Group, Row, Seen, measured, on_plot
from gis.site import EdgeRole, Site

_SHAFTS = ("light_well", "lift", "stair", "balcony")
_NO_ROOMS = (*_SHAFTS, "parking_bay", "parking_aisle")


def width(space: Space) -> float | None:
    """The diameter of the largest circle in a space, metres."""
    return None if space.region is None else outlines.inscribed_width(space.region)


def glass(windows: Sequence[Window]) -> float | None:
    """The area of windows, square metres; None where the size of one is not known."""
    areas = [window.area for window in windows]
    return None if None in areas else sum(area for area in areas if area is not None)


def window_share(room: Space, windows: Sequence[Window]) -> float | None:
    """The windows of a room over its floor."""
    area = glass(windows)
    return None if area is None or not room.area else area / room.area


def spaces_of(building: Building, dwelling: Dwelling) -> list[Space]:
    """The rooms of a dwelling."""
    return [space for space in building.spaces if space.id in dwelling.spaces]


def dwelling_area(spaces: Sequence[Space]) -> float | None:
    """The areas of rooms together, square metres; None where one is not known."""
    known = [space.area for space in spaces if space.area is not None]
    return sum(known) if known and len(known) == len(spaces) else None


def shop_share(building: Building, spaces: Sequence[Space]) -> float | None:
    """Spaces over the gross floor area."""
    total = measure.gross_floor_area(building)
    return None if total is None else sum(space.area or 0.0 for space in spaces) / total


def to_neighbours(building: Building, site: Site) -> Iterator[tuple[Window, float | None]]:
    """The way straight out of each window to a side or rear edge; None where the window is outside of the plot."""
    for view in light.views(building).values():
        if view.sight is not None:
            met = light.to_edge(view.sight, site)
            if met is None:
                yield view.window, None
            elif met[1].role is not EdgeRole.FRONT:
                yield view.window, met[0]


def _rooms(building: Building) -> list[Space]:
    return [space for space in building.spaces if space.use not in _NO_ROOMS]


def _of(space: Space, value: float | None) -> Row:
    return Row(value, space.storey, space.label, space.id, space.name)


def _lit(seen: Seen) -> Iterator[tuple[Space, list[Window]]]:
    """The rooms with their windows to open air, where the model has windows at all and outlines."""
    if seen.building.windows and seen.building.ground is not None:
        views = light.views(seen.building)
        for room in _rooms(seen.building):
            windows = light.windows_of(seen.building, room, views)
            if windows:
                yield room, windows


@measured("room_area", Group.ROOMS, "m2", AREA, "space_area", "ROM-01", "USE-01")
def room_area(seen: Seen) -> Iterator[Row]:
    """Area of a room in plan; the declared quantity where it has no shape."""
    yield from (_of(room, room.area) for room in _rooms(seen.building))


@measured("room_width", Group.ROOMS, "m", CLEAR, "inscribed_circle", "ROM-02")
def room_width(seen: Seen) -> Iterator[Row]:
    """Least width of a room: the diameter of the largest circle that it holds."""
    yield from (_of(room, width(room)) for room in _rooms(seen.building))


@measured("room_height", Group.ROOMS, "m", CLEAR, "space_height", "HGT-02", "HGT-03", "BSM-03")
def room_height(seen: Seen) -> Iterator[Row]:
    """Clear height of a room, a bay or an aisle, from its floor to its highest point; none of shafts and stairs."""
    yield from (_of(space, space.height) for space in seen.building.spaces if space.use not in _SHAFTS)


@measured("window_share", Group.WINDOWS, "ratio", RATIO, "windows_to_open_air", "WIN-01")
def share_of_windows(seen: Seen) -> Iterator[Row]:
    """Whole windows of a room to open air over its floor; a room without such a window has no row."""
    yield from (_of(room, window_share(room, windows)) for room, windows in _lit(seen))


@measured("open_windows", Group.WINDOWS, "count", EXACT, "windows_to_open_air", "WIN-02")
def open_windows(seen: Seen) -> Iterator[Row]:
    """Windows of a room to the open plot or to a light well open above; a room with none has no row."""
    yield from (_of(room, float(len(windows))) for room, windows in _lit(seen))


@measured("window_area", Group.WINDOWS, "m2", EXACT, "windows_to_open_air", "VNT-01")
def window_area(seen: Seen) -> Iterator[Row]:
    """Area of a room's windows to open air, by their declared sizes."""
    yield from (_of(room, glass(windows)) for room, windows in _lit(seen))


@on_plot("window_to_neighbour", Group.WINDOWS, "m", LENGTH, "sight_to_edge", "WIN-03")
def window_to_neighbour(building: Building, site: Site) -> Iterator[Row]:
    """Least way on a storey, straight out of a window, to a side or rear edge of the plot."""
    nearest: dict[str | None, float] = {}
    for window, way in to_neighbours(building, site):
        if way is not None:
            nearest[window.storey] = min(way, nearest.get(window.storey, way))
    yield from (Row(way, storey) for storey, way in nearest.items())


@measured("dwellings", Group.DWELLINGS, "count", EXACT, "zones", "LFT-03", "PRK-01")
def dwellings(seen: Seen) -> Iterator[Row]:
    """Dwellings: zones of ObjectType dwelling."""
    yield Row(float(len(seen.building.dwellings)))


@measured("dwelling_area", Group.DWELLINGS, "m2", AREA, "sum_of_spaces", "DWL-01")
def area_of_dwelling(seen: Seen) -> Iterator[Row]:
    """The rooms of a dwelling together, without the uses that the code leaves out (balconies)."""
    if "DWL-01" in seen.params:
        other = seen.params["DWL-01"]["other"]
        for one in seen.building.dwellings:
            rooms = [space for space in spaces_of(seen.building, one) if space.use not in other]
            yield Row(dwelling_area(rooms), subject=one.name, element=one.id)


@measured("dwelling_uses", Group.DWELLINGS, "count", EXACT, "uses_of_spaces", "DWL-02")
def dwelling_uses(seen: Seen) -> Iterator[Row]:
    """How many of the uses that the code asks of a dwelling (living, kitchen, bathroom) its rooms have."""
    if "DWL-02" in seen.params:
        needed = set(seen.params["DWL-02"]["uses"])
        for one in seen.building.dwellings:
            uses = {space.use for space in spaces_of(seen.building, one)}
            yield Row(float(len(needed & uses)), subject=one.name, element=one.id)


@measured("shop_share", Group.DWELLINGS, "ratio", RATIO, "spaces_over_gross_floor_area", "USE-02")
def share_of_shops(seen: Seen) -> Iterator[Row]:
    """Spaces of commerce over the gross floor area."""
    shops = seen.building.spaces_of(*seen.params["USE-02"]["uses"]) if "USE-02" in seen.params else ()
    yield Row(shop_share(seen.building, shops) if shops else None)
