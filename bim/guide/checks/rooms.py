"""Checks of spaces and of the dwellings they make up."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from bim.findings import Reason
from bim.guide.checks.registry import Checked, Params, check, ids
from bim.guide.checks.subject import Entity, Subject

if TYPE_CHECKING:  # loaded where an outline is made
    from shapely import Polygon

_AREAS = ("GrossFloorArea", "NetFloorArea")
"""Quantities of the whole outline first; a net area may leave out columns."""


@check("spaces_on_storeys")
def spaces_on_storeys(subject: Subject, _: Params) -> Checked:
    """Every storey that has doors has spaces."""
    used = {s.id(): s for s in map(subject.storey, subject.of("IfcDoor")) if s is not None}
    roomy = {s.id() for s in map(subject.storey, subject.of("IfcSpace")) if s is not None}
    return Checked(len(used), ids(storey for key, storey in used.items() if key not in roomy))


@check("space_numbers")
def space_numbers(subject: Subject, _: Params) -> Checked:
    """Every space has a number of its own on its storey."""
    return unique(subject, subject.of("IfcSpace"))


def unique(subject: Subject, things: list[Entity]) -> Checked:
    """Things have names, each one of its own on its storey."""
    keys = {t.id(): (subject.storey(t), (t.Name or "").strip()) for t in things}
    count = Counter(keys.values())
    return Checked(len(things), ids(t for t in things if not keys[t.id()][1] or count[keys[t.id()]] > 1))


@check("space_shapes")
def space_shapes(subject: Subject, _: Params) -> Checked:
    """Every space has a body."""
    from bim.shapes import has_body

    spaces = subject.of("IfcSpace")
    return Checked(len(spaces), ids(space for space in spaces if not has_body(space)))


@check("space_overlaps", unit="m2", tolerance=float)
def space_overlaps(subject: Subject, params: Params) -> Checked:
    """Two spaces of one storey have at most `tolerance` square metres of the plan in common."""
    by_storey: dict[Entity, list[tuple[Entity, Polygon]]] = defaultdict(list)
    for space, outline in subject.footprints:
        if outline is not None:
            by_storey[subject.storey(space)].append((space, outline))
    common = [pair for rooms in by_storey.values() for pair in _overlaps(rooms)]
    unread = sum(outline is None for _, outline in subject.footprints)
    wrong = [space for area, *pair in common if area > params["tolerance"] for space in pair]
    most = max((area for area, *_ in common), default=0.0)
    open_ = Reason("shapes_unread", {"count": unread}) if unread else None
    return Checked(len(subject.footprints), ids(wrong), most, params["tolerance"], undecided=open_)


def _overlaps(rooms: list[tuple[Entity, Polygon]]) -> list[tuple[float, Entity, Entity]]:
    """Area in common of every pair that touches at all."""
    import shapely

    from bim import overlay

    shapes = [outline for _, outline in rooms]
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T.tolist()
    return [(overlay.common(shapes[a], shapes[b]).area, rooms[a][0], rooms[b][0]) for a, b in pairs if a < b]


def _dwellings(subject: Subject, params: Params) -> list[tuple[Entity, list[Entity]]]:
    """Zones of the object types `zones`, with their spaces."""
    zones = [zone for zone in subject.of("IfcZone") if zone.ObjectType in params["zones"]]
    return [(zone, [s for s in subject.members.get(zone.id(), ()) if s.is_a("IfcSpace")]) for zone in zones]


@check("rooms_in_dwelling", uses=list, zones=list)
def rooms_in_dwelling(subject: Subject, params: Params) -> Checked:
    """Every space whose object type is one of `uses` is in exactly one dwelling."""
    rooms = [space for space in subject.of("IfcSpace") if space.ObjectType in params["uses"]]
    count = Counter(space.id() for _, spaces in _dwellings(subject, params) for space in spaces)
    return Checked(len(rooms), ids(room for room in rooms if count[room.id()] != 1))


@check("dwellings_with_rooms", zones=list)
def dwellings_with_rooms(subject: Subject, params: Params) -> Checked:
    """Every dwelling has a space."""
    dwellings = _dwellings(subject, params)
    return Checked(len(dwellings), ids(zone for zone, spaces in dwellings if not spaces))


@check("dwelling_entrance", zones=list, doors=list, reach=float)
def dwelling_entrance(subject: Subject, params: Params) -> Checked:
    """Of every dwelling some space lies within `reach` metres of a door whose object type is one of `doors`."""
    dwellings = [(zone, spaces) for zone, spaces in _dwellings(subject, params) if spaces]
    outlines = {space.id(): outline for space, outline in subject.footprints}
    entrances = [door for door in subject.of("IfcDoor") if door.ObjectType in params["doors"]]
    wrong, unread = [], 0
    for zone, spaces in dwellings:
        if any(_at(subject, door, space, outlines, params["reach"]) for door in entrances for space in spaces):
            continue
        if entrances and any(outlines.get(space.id()) is None for space in spaces):
            unread += 1
        else:
            wrong.append(zone)
    open_ = Reason("shapes_unread", {"count": unread}) if unread else None
    return Checked(len(dwellings), ids(wrong), undecided=open_)


def _at(subject: Subject, door: Entity, space: Entity, outlines: dict[int, Polygon | None], reach: float) -> bool:
    """Whether the middle of a door stands at a space of its storey."""
    import shapely

    middle = subject.positions.origin(door, along=(door.OverallWidth or 0.0) / 2)
    outline = outlines.get(space.id())
    if middle is None or outline is None or subject.storey(door) != subject.storey(space):
        return False
    return bool(outline.distance(shapely.Point(middle[0] * subject.metre, middle[1] * subject.metre)) <= reach)


@check("declared_areas", unit="ratio", tolerance=float)
def declared_areas(subject: Subject, params: Params) -> Checked:
    """A declared floor area is that of the outline but for the share `tolerance`."""
    said = [(space, outline, _area(subject, space)) for space, outline in subject.footprints]
    declared = [(space, outline, area) for space, outline, area in said if area is not None]
    away = [(space, abs(area / outline.area - 1.0)) for space, outline, area in declared if outline is not None]
    unread = len(declared) - len(away)
    wrong = ids(space for space, share in away if share > params["tolerance"])
    open_ = Reason("shapes_unread", {"count": unread}) if unread else None
    most = max((share for _, share in away), default=0.0)
    return Checked(len(declared), wrong, most, params["tolerance"], undecided=open_)


def _area(subject: Subject, space: Entity) -> float | None:
    """The declared floor area in square metres."""
    rows = [q for s in subject.sets(space) if s.is_a("IfcElementQuantity") for q in s.Quantities or ()]
    areas = {q.Name: q.AreaValue for q in rows if q.is_a("IfcQuantityArea")}
    return next((areas[name] * subject.square for name in _AREAS if areas.get(name) is not None), None)
