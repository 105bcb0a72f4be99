"""A house and a plot of literals: every dimension the rules judge is an argument."""

from datetime import date

from shapely import LineString, Polygon, box

from bim.building import (
    Building,
    Door,
    Dwelling,
    Geometry3D,
    Outline,
    Placement,
    Plate,
    Space,
    StairFlight,
    Storey,
    Wall,
)
from bim.building import StoreyKind as Kind
from gis.site import BasementRule, Edge, EdgeRole, PlanningSheet, SheetStatus, Site, ZoneState

GRID = "EPSG:22770"


def site(
    residual: float = 0.01, basement: BasementRule = BasementRule.WITHIN_BUILDING_LINE, use: str = "residential"
) -> Site:
    """A plot of 20 by 40 m with its front in the south; reference level 100 m."""
    polygon = Polygon([(0, 0), (20, 0), (20, 40), (0, 40)])
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
) -> Building:
    """A house that keeps every rule of the plot above and of the demonstration code."""
    outline = Outline(box(west, south, east, north), "section")
    storeys = [
        Storey(f"S{i}", str(i), ground_level + 3.0 * i, Kind.TYPICAL if i else Kind.GROUND, outline)
        for i in range(floors)
    ]
    if basement is not None:
        storeys.insert(0, Storey("B", "B", ground_level - 3, Kind.BASEMENT, Outline(basement, "section")))
    upper = box(west, south - balcony, east, north)
    spaces = [
        Space("room", "1", "", use, "S0", None, box(6, 8, 6 + bedroom / 4, 12), 100.5, 100.5 + clear),
        Space("well", "2", "", "light_well", "S0", None, box(10, 15, 10 + well, 19), 100.0, 120.0),
        *(Space(f"bay{i}", "P", "", "parking_bay", "S0") for i in range(bays)),
    ]
    return Building(
        storeys=tuple(storeys),
        spaces=tuple(spaces),
        dwellings=(Dwelling("d1", "1", "1", ("room",)), Dwelling("d2", "2", "2", ())),
        doors=(Door("door", "D", "entrance", "S0", entrance),),
        flights=(StairFlight("flight", "F", "S0", riser, riser, flight),),
        lifts=tuple(f"lift{i}" for i in range(lifts)),
        plates=(
            Plate("slab", "FLOOR", outline.region, ground_level - 0.3, ground_level),
            Plate("balcony", "FLOOR", box(west, south - balcony, east, south), 103.3, 103.5),
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
