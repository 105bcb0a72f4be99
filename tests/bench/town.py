"""An invented town of any size, the same for the same seed: plots that share their crooked corners, lanes between."""

from datetime import date
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from gis.site import BasementRule, EdgeRole, PlanningSheet, SheetStatus, ZoneState
from gis.zone import PlanningZone, Plot, Street, Zone

GRID = "EPSG:22770"
ORIGIN = (190_000.0, 165_000.0)
WIDE, DEEP, CROOKED, ALONG, LANE = 22.0, 30.0, 1.5, 20, 12.0
"""Metres of a plot, by how much its corners are off, plots along a block of two rows, and width of a lane."""


def town(count: int, seed: int = 7) -> Zone:
    """A zone of about `count` plots (whole blocks of forty), each of eight corners with one of a dozen sheets."""
    blocks = -(-count // (2 * ALONG))
    side = int(np.ceil(np.sqrt(blocks)))
    rings = _rings(blocks, side, np.random.default_rng(seed))
    shapes = shapely.orient_polygons(shapely.polygons(rings))
    kinds = [_sheet(floors) for floors in range(1, 13)]
    plots = tuple(
        Plot(
            number=f"{at + 1:07d}", zone="T", block=f"{at // (2 * ALONG) + 1}", official_area=area,
            reference_level=690.0, parcel=f"P{at // 4 + 1}", polygon=shape, sheets=(kinds[at % 12],),
        )
        for at, (shape, area) in enumerate(zip(shapes, np.round(shapely.area(shapes), 1).tolist(), strict=True))
    )  # fmt: skip
    left, low, right, high = (float(edge) for edge in shapely.total_bounds(shapes))
    ground = shapely.box(left - LANE, low - LANE, right + LANE, high + LANE)
    name = {"ar": "مدينة مولّدة", "en": "Generated town"}
    zone = PlanningZone("T", name, ZoneState.IN_FORCE, "invented", fictitious=True, residual=0.02, polygon=ground)
    lane = Street("L", {"ar": "شارع", "en": "lane"}, LANE, shapely.box(left - LANE, low - LANE, right + LANE, low))
    return Zone(GRID, (zone,), (lane,), plots, (), (), ())


def _rings(blocks: int, side: int, dice: np.random.Generator) -> NDArray[np.float64]:
    """Closed rings (plot, corner, xy): quads whose corners are those of a crooked lattice, with their middles."""
    at = np.arange(blocks)
    base = np.column_stack([at % side * (ALONG * WIDE + LANE), at // side * (2 * DEEP + LANE)]) + ORIGIN
    lattice = np.stack(np.meshgrid(np.arange(ALONG + 1) * WIDE, np.arange(3) * DEEP), axis=-1)
    corners = base[:, None, None, :] + lattice[None] + dice.uniform(-CROOKED, CROOKED, (blocks, 3, ALONG + 1, 2))
    quads = np.stack(
        [corners[:, :-1, :-1], corners[:, :-1, 1:], corners[:, 1:, 1:], corners[:, 1:, :-1]], axis=3
    ).reshape(-1, 4, 2)
    following = np.roll(quads, -1, axis=1)
    ring = np.stack([quads, (quads + following) / 2], axis=2).reshape(-1, 8, 2)
    return np.concatenate([ring, ring[:, :1]], axis=1).round(3)


def _sheet(floors: int) -> PlanningSheet:
    return PlanningSheet(
        use="residential" if floors % 3 else "commercial",
        setbacks={EdgeRole.FRONT: 4.0, EdgeRole.SIDE: 3.0, EdgeRole.REAR: 5.0}, coverage=0.5,
        floor_area_ratio=0.5 * floors, max_floors=floors, max_height=3.5 * floors + 1.0, projection_depth=1.0,
        parking_per_dwelling=1.0, basement=BasementRule.WHOLE_PLOT, basement_rise=1.0, legal_act="invented",
        clause=str(floors), status=SheetStatus.FICTITIOUS, valid_from=date(2020, 1, 1),
    )  # fmt: skip


def asked(zone: Zone, count: int, seed: int = 11) -> tuple[Any, Any]:
    """Points in plots drawn by chance, and footprints of 80 by 80 m around them."""
    dice = np.random.default_rng(seed)
    chosen = dice.choice(len(zone.plots), count)
    points = shapely.point_on_surface([zone.plots[at].polygon for at in chosen])
    x, y = shapely.get_x(points), shapely.get_y(points)
    return points, shapely.box(x - 40, y - 40, x + 40, y + 40)
