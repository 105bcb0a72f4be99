"""The sections of a building with their areas, and what is common; metres and square metres of the building's grid.

Net is inside the inner faces of the rooms. Mid-wall reaches to the middle of walls shared with another section or a
common part, and at façades to the middle of the wall or its outer face, as the pack says. Gross takes every wall once:
shared ones by half, façades to the outer face. Open parts such as balconies are in none of the three.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from shapely import Polygon

from bim import measure, overlay
from bim.building import Building, Region, Space, Storey, StoreyKind
from bim.packs import CodePack
from bim.strata.walls import Divided, divided
from bim.strata.zones import Zone

COMMON, UNASSIGNED = "common", "unassigned"


@dataclass(frozen=True)
class Part:
    """A section on one storey; `mid_wall` and `gross` are None where the walls of the storey leave its outline open."""

    storey: str
    net: float
    open: float
    mid_wall: float | None
    gross: float | None
    region: Region
    bottom: float
    top: float


@dataclass(frozen=True)
class Section:
    """A section (قسم): a dwelling, a shop or whatever the pack counts among them; `shares` of 2400 in the land."""

    zone: Zone
    parts: tuple[Part, ...]
    shares: int | None = None

    def area(self, of: str) -> float | None:
        """The sum of "net", "open", "mid_wall" or "gross" over its storeys; None where one of them is not known."""
        found = [getattr(part, of) for part in self.parts]
        return None if None in found or not found else float(sum(found))


@dataclass(frozen=True)
class CommonPart:
    """A common part: a space, or the roof; its use, its own net area, and its region between two levels.

    The roof and a space without a shape have no levels.
    """

    id: str
    label: str
    use: str
    storey: str | None
    area: float
    region: Region = field(default_factory=Polygon)
    bottom: float | None = None
    top: float | None = None


@dataclass(frozen=True)
class Closure:
    """The areas of a storey: its gross area, and how much of it sections, common parts and neither of them take.

    `void` is neither wall nor space. A storey without sections is common, all but spaces that nobody has.
    """

    storey: str
    gross: float
    sections: float
    common: float
    unassigned: float
    void: float


@dataclass(frozen=True)
class Division:
    """All of it; `owners` gives the sections (ids of zones), `COMMON` or nothing of every space."""

    sections: tuple[Section, ...]
    common: tuple[CommonPart, ...]
    storeys: tuple[Closure, ...]
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def divide(building: Building, zones: tuple[Zone, ...], walls: Mapping[str, Region], pack: CodePack) -> Division:
    """Divide every storey by the plan of its walls; raise LookupError where the pack lacks a parameter."""
    kinds, middle = pack.entries["SEC-01"].params, pack.entries["SEC-04"].params["facade"] == "middle"
    chosen = [zone for zone in zones if zone.kind in kinds["sections"]]
    owners = dict(_owners(building, zones, chosen, kinds["common_uses"]))
    open_uses, outside = set(kinds["open_uses"]), set(kinds["outside_uses"])
    parts: dict[str, list[Part]] = {zone.id: [] for zone in chosen}
    closures = []
    for storey in building.storeys:
        spaces = [s for s in building.spaces if s.storey == storey.id and s.region is not None]
        if not spaces:
            continue
        enclosed = [s for s in spaces if s.use not in open_uses | outside]
        rooms = _rooms(enclosed, owners)
        cut = _cut(building, storey, rooms, walls.get(storey.id, Polygon()), middle=middle)
        for zone in chosen:
            of_it = [space for space in spaces if zone.id in owners[space.id][:1]]
            if of_it:
                parts[zone.id].append(_part(zone, storey, of_it, open_uses, cut))
        if cut is not None:
            closures.append(_closure(storey, cut))
    sections = tuple(Section(zone, tuple(parts[zone.id])) for zone in chosen)
    return Division(sections, tuple(_common(building, owners)), tuple(closures), owners)


@dataclass(frozen=True)
class _Cut:
    """A storey divided to the outer face of its façades, and with the façades as the pack says."""

    gross: Divided
    mid: Divided
    area: float


def _owners(
    building: Building, zones: tuple[Zone, ...], chosen: list[Zone], uses: list[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    shared = {key for zone in zones if zone.kind == COMMON for key in zone.spaces}
    for space in building.spaces:
        of = tuple(zone.id for zone in chosen if space.id in zone.spaces)
        common = space.id in shared or (not of and space.use in uses)
        yield space.id, (*of, COMMON) if common else of


def _rooms(spaces: list[Space], owners: Mapping[str, tuple[str, ...]]) -> dict[str, Region]:
    """The rooms by owner; one of several owners counts for the first, which the checks tell."""
    found: dict[str, list[Region]] = {}
    for space in spaces:
        found.setdefault((*owners[space.id], UNASSIGNED)[0], []).append(space.region)
    return {owner: overlay.union(regions) for owner, regions in found.items()}


def _cut(
    building: Building, storey: Storey, rooms: Mapping[str, Region], walls: Region, *, middle: bool
) -> _Cut | None:
    if storey.outline is None or not storey.outline.closed or not rooms:
        return None
    within = overlay.minus(storey.outline.region, measure.open_wells(building, storey))
    gross = divided(rooms, walls, within, facade_middle=False)
    mid = divided(rooms, walls, within, facade_middle=True) if middle else gross
    return _Cut(gross, mid, float(within.area))


def _part(zone: Zone, storey: Storey, spaces: list[Space], open_uses: set[str], cut: _Cut | None) -> Part:
    inside = [space for space in spaces if space.use not in open_uses]
    regions: list[Region] = [space.region for space in inside]
    opened: list[Region] = [space.region for space in spaces if space.use in open_uses]
    gross = None if cut is None else cut.gross.regions.get(zone.id)
    mid = None if cut is None else cut.mid.regions.get(zone.id)
    return Part(
        storey=storey.id,
        net=float(sum(region.area for region in regions)),
        open=float(sum(region.area for region in opened)),
        mid_wall=None if mid is None else float(mid.area),
        gross=None if gross is None else float(gross.area),
        region=overlay.union(regions) if gross is None else gross,
        bottom=min((s.bottom for s in inside if s.bottom is not None), default=storey.elevation),
        top=max((s.top for s in inside if s.top is not None), default=storey.elevation),
    )


def _closure(storey: Storey, cut: _Cut) -> Closure:
    areas = {owner: float(region.area) for owner, region in cut.gross.regions.items()}
    common, unassigned = areas.pop(COMMON, 0.0), areas.pop(UNASSIGNED, 0.0)
    void = float(cut.gross.void.area)
    if not areas:
        common, void = cut.area - unassigned, 0.0
    return Closure(storey.id, cut.area, float(sum(areas.values())), common, unassigned, void)


def _common(building: Building, owners: Mapping[str, tuple[str, ...]]) -> Iterator[CommonPart]:
    """The common spaces, and the roof where no space stands for it."""
    for space in building.spaces:
        if owners[space.id] == (COMMON,) and space.area is not None:
            shape = {} if space.region is None else {"region": space.region, "bottom": space.bottom, "top": space.top}
            yield CommonPart(space.id, space.label, space.use, space.storey, space.area, **shape)
    roof = measure.roof(building)
    if roof is not None and not building.spaces_of("roof"):
        top = max(building.storeys, key=lambda storey: storey.elevation)
        counted = top.kind is not StoreyKind.NOT_COUNTED
        yield CommonPart(roof.id, "", "roof", None if counted else top.id, float(roof.region.area))
