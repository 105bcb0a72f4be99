"""A house and a plot of literals: every dimension the rules judge is an argument."""

from dataclasses import replace
from datetime import date

from shapely import LineString, Polygon, box

from bim.building import (
    Barrier,
    Building,
    Door,
    Dwelling,
    Geometry3D,
    Outline,
    Placement,
    Plate,
    Ramp,
    Space,
    StairFlight,
    Storey,
    Wall,
    Window,
)
from bim.building import StoreyKind as Kind
from gis.site import Attachment, BasementRule, Edge, EdgeRole, PlanningSheet, SetbackBand, SheetStatus, Site, ZoneState

GRID = "EPSG:22770"


def site(
    residual: float = 0.01,
    basement: BasementRule = BasementRule.WITHIN_BUILDING_LINE,
    use: str = "residential",
    attachment: Attachment = Attachment.DETACHED,
    width: float = 20.0,
    depth: float = 40.0,
) -> Site:
    """A plot of 20 by 40 m with its front in the south; reference level 100 m."""
    polygon = Polygon([(0, 0), (width, 0), (width, depth), (0, depth)])
    corners = list(polygon.exterior.coords)
    roles = [EdgeRole.FRONT, EdgeRole.SIDE, EdgeRole.REAR, EdgeRole.SIDE]
    edges = tuple(Edge(LineString(corners[i : i + 2]), role) for i, role in enumerate(roles))
    sheet = PlanningSheet(
        use=use,
        setbacks={EdgeRole.FRONT: 5.0, EdgeRole.SIDE: 4.0, EdgeRole.REAR: 6.0},
        coverage=0.4,
        floor_area_ratio=0.8,
        max_floors=2,
        max_height=8.0,
        projection_depth=1.5,
        parking_per_dwelling=1.0,
        basement=basement,
        basement_rise=1.2,
        legal_act="act",
        clause="A/1",
        status=SheetStatus.FICTITIOUS,
        valid_from=date(2026, 1, 1),
        attachment=attachment,
        band=SetbackBand(2, {EdgeRole.SIDE: 4.5}),
        fence_height=2.0,
        projection_clearance=2.5,
    )
    return Site("1", "Z", {"en": "Z"}, ZoneState.IN_FORCE, True, GRID, polygon, 800.0, edges, sheet, 100.0, residual)


def house(
    west: float = 5.0,
    south: float = 7.0,
    east: float = 15.0,
    north: float = 27.0,
    floors: int = 2,
    roof: float = 107.0,
    ground_level: float = 100.5,
    basement: Polygon | None = None,
    balcony: float = 1.0,
    bays: int = 2,
    clear: float = 3.0,
    bedroom: float = 12.0,
    well: float = 2.5,
    riser: float = 0.17,
    flight: float = 1.2,
    entrance: float = 1.0,
    lifts: int = 0,
    use: str = "bedroom",
    upper_west: float | None = None,
    second: Polygon | None = None,
    annex: Polygon | None = None,
    storey: float = 3.0,
    cover: float = 0.0,
    basement_clear: float = 2.6,
    living: float = 30.0,
    kitchen_clear: float = 3.0,
    corridor: float = 1.4,
    without: str = "nothing",
    bay_width: float = 2.5,
    bay_length: float = 5.0,
    wide: int = 0,
    aisle: float = 4.0,
    shaft: float = 0.0,
    shop: float = 0.0,
    balcony_level: float = 103.3,
    balcony_width: float = 5.0,
    glass: float = 1.5,
    bedroom_windows: int = 1,
    kitchen_glass: float = 1.0,
    tread: float = 0.28,
    landing: float = 1.3,
    headroom: float = 2.4,
    stairs: int = 1,
    ramp_slope: float = 0.15,
    ramp_width: float = 3.5,
    parapet: float = 1.0,
    rail: float = 1.0,
    fence: float = 1.8,
    door_height: float = 2.1,
    gate: float = 1.4,
    doors: int = 1,
    gates: int = 1,
    gate_apart: float = 6.0,
    gate_away: float = 0.0,
) -> Building:
    """A house that keeps every rule of the plot above and of the demonstration code."""
    whole = box(west, south, east, north)
    outline = Outline(whole if second is None else whole.union(second), "section")
    raised = Outline(box(upper_west or west, south, east, north), "section")
    storeys = [
        Storey(f"S{i}", str(i), ground_level + storey * i, Kind.TYPICAL if i else Kind.GROUND, raised if i else outline)
        for i in range(floors)
    ]
    if basement is not None:
        storeys.insert(0, Storey("B", "B", ground_level - 3, Kind.BASEMENT, Outline(basement, "section")))
    if annex is not None:
        storeys.append(Storey("A", "A", roof, Kind.ANNEX, Outline(annex, "section")))
    upper = box(west, south - balcony, east, north)
    inside = [
        Space("room", "1", "", use, "S0", None, box(6, 8, 6 + bedroom / 4, 12), 100.5, 100.5 + clear),
        Space("living", "3", "", "living", "S0", None, box(6, 20, 6 + living / 5, 25), 100.5, 100.5 + clear),
        Space("kitchen", "4", "", "kitchen", "S0", None, box(6, 12, 8, 16), 100.5, 100.5 + kitchen_clear),
        Space("bath", "5", "", "bathroom", "S0", None, box(6, 16, 8, 18), 100.5, 103.5),
        Space("hall", "6", "", "corridor", "S0", None, box(9, 8, 9 + corridor, 14), 100.5, 103.5),
    ]
    spaces = [
        *(space for space in inside if space.use != without),
        Space("well", "2", "", "light_well", "S0", None, box(10, 15, 10 + well, 19), 100.0, 120.0),
        *(
            Space(f"bay{i}", "P", "", "parking_bay", "S0", None, box(0, 5 * i, bay_length, 5 * i + width))
            for i, width in enumerate([3.6] * wide + [bay_width] * (bays - wide))
        ),
        Space("aisle", "7", "", "parking_aisle", "S0", None, box(30, 0, 30 + aisle, 30)),
    ]
    if basement is not None:
        cellar = box(6, 8, 10, 12)
        spaces.append(
            Space("cellar", "8", "", "store", "B", None, cellar, ground_level - 3, ground_level - 3 + basement_clear)
        )
    if shaft:
        spaces.append(Space("shaft", "9", "", "lift", "S0", None, box(12, 8, 12 + shaft, 10), 100.5, 107.0))
    if shop:
        spaces.append(Space("shop", "10", "", "shop", "S0", None, box(0, 0, 1, shop), 100.5, 103.5))
    windows = [
        *(Window(f"window{i}", "W", "S0", glass, 1.0, (west, 9.0 + i), ("room",)) for i in range(bedroom_windows)),
        Window("window of living", "W", "S0", 3.0, 1.0, (west, 22.0), ("living",)),
        Window("window of kitchen", "W", "S0", kitchen_glass, 1.0, (west, 14.0), ("kitchen",)),
        Window("window of bath", "W", "S0", 0.4, 0.5, (west, 17.0), ("bath",)),
    ]
    climb = (riser, riser, flight, tread, tread, headroom)
    flights = [
        StairFlight(f"flight{n or ''}{i or ''}", "F", f"S{i}", *climb, f"stair{n}")
        for i in range(max(floors - 1, 1))
        for n in range(stairs)
    ]
    entrances = [Door("door", "D", "entrance", "S0", entrance, height=door_height, beside=("living",) if doors else ())]
    entrances += [replace(entrances[0], id=f"door{i}") for i in range(1, doors)]
    inner = {"hall": ("room", (9.0, 10.0)), "bath": ("living", (7.0, 19.0))}
    entrances += [
        Door(f"door of {a}", "D", "room", "S0", 0.8, at, height=2.1, beside=(a, b)) for a, (b, at) in inner.items()
    ]
    gateways = [
        Door(f"gate{i or ''}", "G", "building_entrance", "S0", gate, (10.0 + i * gate_apart, 8.0 - gate_away),
             height=2.2, beside=("hall",)) for i in range(gates)
    ]  # fmt: skip
    dwelling = tuple(space.id for space in inside if space.use != without)
    return Building(
        storeys=tuple(storeys),
        spaces=tuple(spaces),
        dwellings=(Dwelling("d1", "1", "1", dwelling), Dwelling("d2", "2", "2", dwelling)),
        doors=(*entrances, *gateways),
        windows=tuple(windows),
        flights=tuple(flights),
        ramps=(Ramp("ramp", "R", "car", "S0", ramp_slope, ramp_width),),
        parapets=(Barrier("parapet", outline.region.boundary.buffer(0.1), roof, roof + parapet),),
        railings=(Barrier("railing", box(west, south - balcony, west + balcony_width, south), 103.5, 103.5 + rail),),
        fences=(Barrier("fence", box(0, 0, 20, 0.2), 100.0, 100.0 + fence),),
        lifts=tuple(f"lift{i}" for i in range(lifts)),
        plates=(
            Plate("slab", "FLOOR", outline.region, ground_level - 0.3, ground_level),
            Plate("balcony", "FLOOR", box(west, south - balcony, west + balcony_width, south), balcony_level, 103.5),
            *([Plate("cover", "FLOOR", box(10, 15, 10 + well * cover, 19), 121.0, 121.2)] if cover else []),
            Plate("landing", "LANDING", box(12, 8, 12 + landing, 11), 101.5, 101.7),
            Plate("roof", "ROOF", outline.region.difference(box(10, 15, 10 + well, 19)), roof - 0.3, roof),
        ),
        walls=(Wall("wall", outline.region),),
        ground=outline,
        envelope=outline,
        projection=Outline(outline.region.union(upper), "shadow"),
        upper=Outline(upper, "shadow"),
        placement=Placement("IfcMapConversion", GRID, 0, 0, 0),
        geometry=Geometry3D(None, 1, 1),
    )
