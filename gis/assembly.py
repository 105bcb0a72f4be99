"""Put the layers of an office together to a zone: plots, their planning sheets, streets, and what the office states."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from gis.cadastre import CadastralPlot
from gis.crs import is_plane
from gis.remarks import Code, Faults, Remark, listed, shortened
from gis.site import PlanningSheet, ZoneState
from gis.zone import PlanningZone, Plot, Street, Zone

Sheets = Mapping[str, tuple[PlanningSheet, ...]]
_DENSE = 0.1
"""How closely an outline hugs plots that do not hang together: 0 as closely as it can, 1 their convex hull."""


@dataclass(frozen=True)
class Stated:
    """What no layer says of a planning zone: its names ("ar", "en") or empty, its state, the act that made it.

    `residual` is the one-sigma error of its survey in metres; `level` the reference level of plots that give none.
    """

    name: Mapping[str, str]
    legal_act: str
    residual: float
    state: ZoneState = ZoneState.IN_FORCE
    fictitious: bool = False
    level: float | None = None


def assemble(
    plots: Sequence[CadastralPlot], sheets: Sheets, streets: Sequence[Street], stated: Stated, *, grid: str
) -> tuple[Zone, tuple[Remark, ...]]:
    """The zone with one planning zone for each code of its plots, drawn around them, and what is told of it.

    Raises LayerRefused: grid_unusable, multi_part, number_in_zones, sheet_of_nobody, level_missing.
    """
    faults = Faults()
    faults.add(*_faults(plots, sheets, stated, grid))
    faults.refuse()
    made = tuple(_plot(plot, sheets.get(plot.number, ()), stated) for plot in plots)
    groups: defaultdict[str, list[Polygon]] = defaultdict(list)
    for plot in made:
        groups[plot.zone].append(plot.polygon)
    zones = tuple(_zone(code, shapes, streets, stated, alone=len(groups) == 1) for code, shapes in groups.items())
    return Zone(grid, zones, tuple(streets), made, (), (), ()), tuple(_notes(plots, sheets))


def _faults(plots: Sequence[CadastralPlot], sheets: Sheets, stated: Stated, grid: str) -> Iterator[Remark]:
    if not is_plane(grid):
        yield Remark(Code.GRID_UNUSABLE, value=grid, values={"known": "EPSG:22770, EPSG:22780, EPSG:32637"})
    first: dict[str, CadastralPlot] = {}
    for plot in plots:
        before = first.setdefault(plot.number, plot)
        if before is not plot:
            values = {"zone": plot.zone, "first": before.zone}
            yield Remark(Code.NUMBER_IN_ZONES, plot.row, "number", shortened(plot.number), values)
        if isinstance(plot.polygon, MultiPolygon):
            yield Remark(Code.MULTI_PART, plot.row, value=str(len(plot.polygon.geoms)))
    level = [plot for plot in plots if plot.reference_level is None]
    if level and stated.level is None:
        yield Remark(Code.LEVEL_MISSING, level[0].row, "reference_level", values={"count": len(level)})
    for number in sheets:
        if number not in first:
            yield Remark(Code.SHEET_OF_NOBODY, value=shortened(number))


def _notes(plots: Sequence[CadastralPlot], sheets: Sheets) -> Iterator[Remark]:
    bare = [plot.number for plot in plots if plot.number not in sheets]
    if bare:
        yield Remark(Code.SHEETS_MISSING, value=listed(bare), values={"count": len(bare)})
    unmeasured = [plot.number for plot in plots if plot.official_area is None]
    if unmeasured:
        yield Remark(Code.AREA_FROM_OUTLINE, value=listed(unmeasured), values={"count": len(unmeasured)})


def _plot(plot: CadastralPlot, sheets: tuple[PlanningSheet, ...], stated: Stated) -> Plot:
    area, level = plot.official_area, plot.reference_level
    return Plot(
        number=plot.number,
        zone=plot.zone,
        block=plot.block,
        official_area=round(float(plot.polygon.area), 2) if area is None else area,
        reference_level=float(stated.level or 0.0) if level is None else level,
        parcel=plot.parcel,
        polygon=plot.polygon,
        sheets=sheets,
    )


def _zone(
    code: str, shapes: Sequence[Polygon], streets: Sequence[Street], stated: Stated, *, alone: bool
) -> PlanningZone:
    ways = np.array([street.polygon for street in streets], dtype=object)
    around = shapely.convex_hull(shapely.geometrycollections(shapes))
    near = ways[shapely.intersects(around, shapely.point_on_surface(ways))] if len(ways) else ways
    name = {language: text if alone or not text else f"{text} {code}" for language, text in stated.name.items()}
    return PlanningZone(
        code=code,
        name={language: name.get(language) or code for language in ("ar", "en")},
        state=stated.state,
        legal_act=stated.legal_act,
        fictitious=stated.fictitious,
        residual=stated.residual,
        polygon=outline_of([*shapes, *near]),
    )


def outline_of(shapes: Sequence[Polygon]) -> Polygon:
    """One polygon without holes around all shapes: their union, or where it has several parts a close hull."""
    whole: Any = shapely.union_all(shapes)
    if isinstance(whole, MultiPolygon):
        whole = shapely.union(whole, shapely.concave_hull(whole, ratio=_DENSE))
    if not isinstance(whole, Polygon):
        whole = shapely.convex_hull(whole)
    return shapely.orient_polygons(Polygon(whole.exterior))
