"""What the building takes of its neighbours' sun, and what its own windows get (التشميس والظلال).

Only the building itself casts a shadow, on flat ground at the reference level: see `gis/sun.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import shapely

from bim import overlay
from bim.building import Building, Region, StoreyKind
from bim.massing import Volume, VolumeKind
from gis.crs import sky_at
from gis.envelope import Prism
from gis.errors import UnusableGrid
from gis.site import Site
from gis.sun import DAYS, STEP, Opening, Sun, course, shadow, sunlit

DRAWN = ("09:00", "12:30", "16:00")
"""Clock times of Syria at which shadows are drawn: the sun culminates at about half past twelve."""

WINDOW_MIDDLE = 1.5
"""Metres of a window's middle above its floor, since models seldom tell the sill."""

_AT_FACE = 0.7
_LEAST_AREA = 0.5


@dataclass(frozen=True)
class Shaded:
    """A neighbour's plot: square metres of it in the shadow."""

    plot: str
    area: float


@dataclass(frozen=True)
class Shadow:
    """The building's shadow at a clock time of one of the days, and the neighbours it falls on."""

    day: str
    at: str
    bearing: float
    elevation: float
    region: Region
    shaded: tuple[Shaded, ...]


@dataclass(frozen=True)
class WindowSun:
    """Hours of sun that a window gets, by the name of the day."""

    window: str
    hours: dict[str, float]


@dataclass(frozen=True)
class Sunlight:
    """Shadows in the order of days and times; windows in that of the model, those of outer faces alone."""

    shadows: tuple[Shadow, ...] = ()
    windows: tuple[WindowSun, ...] = ()


def sunlight(building: Building, site: Site | None, volumes: Sequence[Volume], year: int) -> Sunlight:
    """Nothing where the building has no place or no volume, or stands in a grid of its own under no known sky."""
    solids = [Prism(v.region, v.bottom, v.top) for v in volumes if v.kind in (VolumeKind.STOREY, VolumeKind.PROJECTION)]
    if site is None or building.placement is None or not solids:
        return Sunlight()
    try:
        sky = sky_at(site.polygon.centroid.x, site.polygon.centroid.y, site.grid)
    except UnusableGrid:
        return Sunlight()
    suns = {name: list(course(sky, date(year, *day))) for name, day in DAYS.items()}
    drawn = [_shadow(name, sun, solids, site) for name, of in suns.items() for sun in of if sun.clock in DRAWN]
    return Sunlight(tuple(drawn), tuple(_windows(building, solids, suns)))


def _shadow(day: str, sun: Sun, solids: Sequence[Prism], site: Site) -> Shadow:
    region = shadow(solids, sun, site.reference_level)
    areas = [(n.number, overlay.common(region, n.polygon).area) for n in site.neighbours]
    shaded = tuple(Shaded(number, area) for number, area in areas if area > _LEAST_AREA)
    return Shadow(day, sun.clock, sun.bearing, sun.elevation, region, shaded)


def _windows(building: Building, solids: Sequence[Prism], suns: dict[str, list[Sun]]) -> list[WindowSun]:
    openings = _openings(building)
    hours = STEP.total_seconds() / 3600
    counted = {
        name: [sum(lit) * hours for lit in zip(*(sunlit(openings, solids, sun) for sun in of), strict=True)]
        for name, of in suns.items()
    }
    return [WindowSun(o.id, {name: counted[name][at] for name in suns}) for at, o in enumerate(openings)]


def _openings(building: Building) -> list[Opening]:
    """Windows in the outer face of their storey above ground; they look square to it."""
    storeys = {s.id: s for s in building.storeys if s.kind is not StoreyKind.BASEMENT and s.outline}
    found = []
    for window in building.windows:
        storey = storeys.get(window.storey or "")
        if storey is None or storey.outline is None or window.centre is None:
            continue
        facing = _facing(storey.outline.region, window.centre)
        if facing is not None:
            (x, y), towards = facing
            found.append(Opening(window.id, x, y, storey.elevation + WINDOW_MIDDLE, towards))
    return found


def _facing(outline: Region, centre: tuple[float, float]) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The nearest point of the outer face and its outward normal; None where the window is not in it."""
    ring = shapely.union_all([p.exterior for p in getattr(outline, "geoms", (outline,))])
    here = shapely.Point(centre)
    if ring.distance(here) > _AT_FACE:
        return None
    sides = [s for line in getattr(ring, "geoms", (ring,)) for s in _sides(line)]
    side = min(sides, key=lambda s: float(s.distance(here)))
    at = side.interpolate(side.project(here))
    (x0, y0), (x1, y1) = side.coords
    normal = ((y1 - y0) / side.length, -(x1 - x0) / side.length)
    inside = outline.covers(shapely.Point(at.x + 0.01 * normal[0], at.y + 0.01 * normal[1]))
    return (float(at.x), float(at.y)), (-normal[0], -normal[1]) if inside else normal


def _sides(line: shapely.LineString) -> list[shapely.LineString]:
    points = list(line.coords)
    return [shapely.LineString(points[at : at + 2]) for at in range(len(points) - 1) if points[at] != points[at + 1]]
