"""The quality of a cadastre: every defect with its plots, place, measure and the tolerance it exceeds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import SupportsInt

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis.crs import DATUM_OF, ground_scale
from gis.quality import topology
from gis.quality.defects import Defect, DefectKind, PlotLike, Shapes, Tolerances
from gis.zone import PlanningZone, Street

_CELL = 100.0  # metres within which the scale of areas is taken as one: it changes by less than 1e-6 over them


def defects_of(
    plots: Sequence[PlotLike],
    *,
    grid: str,
    zones: Sequence[PlanningZone] = (),
    streets: Sequence[Street] = (),
    tolerances: Tolerances | None = None,
) -> tuple[Defect, ...]:
    """Every defect of the plots, by kind and then in their order.

    Where zones are given, gaps are what neither plots nor streets cover of them, and plots must lie in theirs;
    else gaps are what plots wholly enclose. Frontage is asked for where streets are given. Areas are compared on the
    ground in the grids of Syria, in other grids as drawn.
    """
    allowed = tolerances or Tolerances()
    shapes = np.array([plot.polygon for plot in plots], dtype=object)
    valid = np.flatnonzero(shapely.is_valid(shapes)) if len(plots) else np.empty(0, dtype=int)
    found = [
        *_invalid(plots, shapes),
        *_overlaps(plots, shapes, valid, allowed),
        *_gaps(plots, shapes, valid, zones, streets, allowed),
        *_slivers(plots, shapes, valid, allowed),
        *_vertices(plots, shapes, valid, allowed),
        *_numbers(plots),
        *_outside(plots, shapes, valid, zones, allowed),
        *(_frontage(plots, shapes, valid, streets, allowed) if streets else ()),
        *_areas(plots, shapes, valid, grid, allowed),
    ]
    order = {kind: at for at, kind in enumerate(DefectKind)}
    return tuple(sorted(found, key=lambda defect: (order[defect.kind], defect.at)))


def _defect(
    kind: DefectKind, plots: Sequence[PlotLike], at: Iterable[SupportsInt], geometry: BaseGeometry | None,
    measure: float, unit: str, tolerance: float,
) -> Defect:  # fmt: skip
    places = tuple(int(place) for place in at)
    return Defect(kind, tuple(plots[p].number for p in places), places, geometry, float(measure), unit, tolerance)


def _invalid(plots: Sequence[PlotLike], shapes: Shapes) -> Iterator[Defect]:
    for at in np.flatnonzero(~shapely.is_valid(shapes)) if len(plots) else ():
        place = str(shapely.is_valid_reason(shapes[at])).partition("[")[2].rstrip("]").split()
        point = shapely.Point(*map(float, place)) if len(place) == 2 else None
        yield _defect(DefectKind.INVALID_RING, plots, [at], point, 1, "", 0)


def _overlaps(plots: Sequence[PlotLike], shapes: Shapes, valid: Shapes, allowed: Tolerances) -> Iterator[Defect]:
    for first, second, common in topology.overlaps(shapes[valid], allowed.overlap):
        pair = [valid[first], valid[second]]
        if topology.width(np.array([common]))[0] < allowed.hair:
            continue
        yield _defect(DefectKind.OVERLAP, plots, pair, common, common.area, "m2", allowed.overlap)


def _gaps(
    plots: Sequence[PlotLike], shapes: Shapes, valid: Shapes, zones: Sequence[PlanningZone],
    streets: Sequence[Street], allowed: Tolerances,
) -> Iterator[Defect]:  # fmt: skip
    sound = shapes[valid]
    ways = np.array([street.polygon for street in streets], dtype=object)
    within = shapely.union_all([zone.polygon for zone in zones]) if zones else None
    pieces = topology.gaps(np.concatenate([sound, ways]), within, allowed.gap)
    wide = topology.width(np.array(pieces, dtype=object)) if pieces else ()
    for piece, across, around in zip(pieces, wide, topology.neighbours_of(pieces, sound), strict=True):
        if across < allowed.hair:
            continue
        kind = DefectKind.GAP if across >= allowed.width else DefectKind.SLIVER_GAP
        yield _defect(kind, plots, [valid[at] for at in around], piece, piece.area, "m2", allowed.gap)


def _slivers(plots: Sequence[PlotLike], shapes: Shapes, valid: Shapes, allowed: Tolerances) -> Iterator[Defect]:
    across = topology.width(shapes[valid])
    for at in np.flatnonzero(across < allowed.width):
        place = valid[at]
        yield _defect(DefectKind.SLIVER_PLOT, plots, [place], shapes[place], across[at], "m", allowed.width)


def _vertices(plots: Sequence[PlotLike], shapes: Shapes, valid: Shapes, allowed: Tolerances) -> Iterator[Defect]:
    sound = shapes[valid]
    points = topology.corner_points(sound)
    pairs, off = topology.missing_vertices(sound, points, allowed.vertex)
    for (shape, point), distance in zip(pairs, off, strict=True):
        yield _defect(DefectKind.VERTEX_MISSING, plots, [valid[shape]], points[point], distance, "m", allowed.vertex)


def _numbers(plots: Sequence[PlotLike]) -> Iterator[Defect]:
    bearers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, plot in enumerate(plots):
        if plot.number:
            bearers[plot.zone, plot.number].append(at)
        else:
            yield _defect(DefectKind.NUMBER_MISSING, plots, [at], plot.polygon, 1, "", 0)
    for several in bearers.values():
        if len(several) > 1:
            shapes = shapely.geometrycollections([plots[at].polygon for at in several])
            yield _defect(DefectKind.NUMBER_TWICE, plots, several, shapes, len(several), "", 1)


def _outside(
    plots: Sequence[PlotLike], shapes: Shapes, valid: Shapes, zones: Sequence[PlanningZone], allowed: Tolerances
) -> Iterator[Defect]:
    known = {zone.code: zone.polygon for zone in zones}
    sound = set(map(int, valid))
    members: dict[str, list[int]] = defaultdict(list)
    for at, plot in enumerate(plots if zones else ()):
        if plot.zone not in known:
            yield _defect(DefectKind.ZONE_UNKNOWN, plots, [at], plot.polygon, 1, "", 0)
        elif at in sound:
            members[plot.zone].append(at)
    for code, places in members.items():
        shapely.prepare(known[code])
        beyond = [at for at in places if not known[code].covers(shapes[at])]
        for at, rest in zip(beyond, shapely.difference(shapes[beyond], known[code]), strict=True):
            if rest.area > allowed.outside:
                yield _defect(DefectKind.OUTSIDE_ZONE, plots, [at], rest, rest.area, "m2", allowed.outside)


def _frontage(
    plots: Sequence[PlotLike], shapes: Shapes, valid: Shapes, streets: Sequence[Street], allowed: Tolerances
) -> Iterator[Defect]:
    """Plots whose boundary lies on streets for less than the least length."""
    ways = np.array([street.polygon for street in streets], dtype=object)
    reach, _ = topology.divided(shapely.get_parts(shapely.union_all(shapely.buffer(ways, allowed.contact))))
    edges = shapely.boundary(shapes[valid])
    way, edge = shapely.STRtree(edges).query(reach, predicate="intersects")
    on_street = np.zeros(len(valid))
    np.add.at(on_street, edge, shapely.length(shapely.intersection(edges[edge], reach[way])))
    for at in np.flatnonzero(on_street < allowed.frontage):
        place = valid[at]
        yield _defect(DefectKind.NO_FRONTAGE, plots, [place], shapes[place], on_street[at], "m", allowed.frontage)


def _areas(
    plots: Sequence[PlotLike], shapes: Shapes, valid: Shapes, grid: str, allowed: Tolerances
) -> Iterator[Defect]:
    """The area of record against the computed one; `measure` is computed minus official, square metres."""
    for at in valid:
        official = plots[at].official_area
        if official is None:
            continue
        shape = shapes[at]
        differs = shape.area / _areal_scale(shape, grid) - official
        limit = max(allowed.area, allowed.area_part * official)
        if abs(differs) > limit:
            yield _defect(DefectKind.AREA_DIFFERS, plots, [at], shape, differs, "m2", limit)


def _areal_scale(shape: BaseGeometry, grid: str) -> float:
    """Grid area over ground area; 1 in a grid that is not one of Syria's."""
    if grid not in DATUM_OF:
        return 1.0
    left, low, right, high = shape.bounds
    return _scale_of_cell((left + right) / 2 // _CELL, (low + high) / 2 // _CELL, grid)


@lru_cache(maxsize=65536)
def _scale_of_cell(column: float, line: float, grid: str) -> float:
    return ground_scale((column + 0.5) * _CELL, (line + 0.5) * _CELL, grid) ** 2
