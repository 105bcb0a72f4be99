"""Sun and shadow (الشمس والظل) of solids on flat ground, at the solstices and an equinox.

Simplified on purpose, and said so wherever it is shown: ground is flat at the reference level, what stands on other
plots casts no shadow, the sun is a point, and refraction is left out. Where it stands is computed by astral.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import shapely
from astral import Observer
from astral.sun import azimuth, elevation

from gis.envelope import Prism
from gis.site import Sky

DAYS = {"winter_solstice": (12, 21), "equinox": (3, 20), "summer_solstice": (6, 21)}
"""Month and day."""

STEP = timedelta(minutes=30)
LEAST_ELEVATION = 3.0
"""Degrees: below them the sun is behind hills and houses, and shadows have no end."""

_CLOCK = timedelta(hours=3)  # of Syria all the year, since 2022-10-28
_OFF_FACE = 0.02
_GRID = 1e-4
"""Metres to which shadows are rounded: sides that nearly coincide are one."""


@dataclass(frozen=True)
class Sun:
    """The sun at a clock time of Syria: degrees clockwise from grid north, and above the horizon."""

    at: datetime
    bearing: float
    elevation: float

    @property
    def clock(self) -> str:
        """Hours and minutes in Syria."""
        return f"{self.at + _CLOCK:%H:%M}"

    @property
    def towards(self) -> tuple[float, float]:
        """Unit vector in plan, east and north of the grid, from the ground to the sun."""
        angle = math.radians(self.bearing)
        return math.sin(angle), math.cos(angle)

    @property
    def slope(self) -> float:
        """Metres that a ray to the sun rises on one metre in plan."""
        return math.tan(math.radians(self.elevation))


@dataclass(frozen=True)
class Opening:
    """A window's middle, and the direction in plan that it looks in."""

    id: str
    x: float
    y: float
    z: float
    facing: tuple[float, float]


def sun_at(sky: Sky, when: datetime) -> Sun:
    """Where the sun stands at a moment with its time zone."""
    observer = Observer(sky.latitude, sky.longitude)
    bearing = (azimuth(observer, when) + sky.true_north) % 360
    return Sun(when.astimezone(UTC), bearing, elevation(observer, when, with_refraction=False))


def course(sky: Sky, day: date) -> Iterator[Sun]:
    """The sun at every full and half hour of a day at which it is high enough."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - _CLOCK
    for number in range(round(timedelta(days=1) / STEP)):
        sun = sun_at(sky, midnight + number * STEP)
        if sun.elevation >= LEAST_ELEVATION:
            yield sun


def shadow(solids: Sequence[Prism], sun: Sun, ground: float) -> Any:
    """What solids shade of the ground at a level, with the ground they stand on; only what is above it casts any."""
    east, north = sun.towards
    parts = []
    for solid in solids:
        low, high = ((max(level - ground, 0.0) / sun.slope) for level in (solid.bottom, solid.top))
        if high > 0:
            parts.append(_swept(solid.region, (-east * low, -north * low), (-east * high, -north * high)))
    return shapely.union_all(parts, grid_size=_GRID)


def _swept(region: Any, start: tuple[float, float], end: tuple[float, float]) -> Any:
    """Everything that a region passes over on its way between two shifts."""
    edges = [
        np.asarray(ring.coords)[:, :2]
        for polygon in getattr(region, "geoms", (region,))
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    first, last = np.asarray(start), np.asarray(end)
    sides = np.concatenate(
        [np.stack([r[:-1] + first, r[1:] + first, r[1:] + last, r[:-1] + last], axis=1) for r in edges]
    )
    quads = shapely.polygons(sides)
    ends = [shapely.affinity.translate(region, *shift) for shift in (start, end)]
    return shapely.union_all([*(quad for quad in quads if quad.area > 0), *ends], grid_size=_GRID)


def sunlit(openings: Sequence[Opening], solids: Sequence[Prism], sun: Sun) -> list[bool]:
    """Whether the sun shines on each opening: it is before its face, and no solid stands between."""
    east, north = sun.towards
    reach = max((solid.top for solid in solids), default=0.0)
    return [
        o.facing[0] * east + o.facing[1] * north > 0 and not _hidden(o, solids, (east, north), sun.slope, reach)
        for o in openings
    ]


def _hidden(o: Opening, solids: Sequence[Prism], towards: tuple[float, float], slope: float, reach: float) -> bool:
    """Whether the ray to the sun meets a solid before it is above all of them."""
    length = (reach - o.z) / slope
    if length <= 0:
        return False
    x, y = o.x + _OFF_FACE * o.facing[0], o.y + _OFF_FACE * o.facing[1]
    ray = shapely.LineString([(x, y), (x + towards[0] * length, y + towards[1] * length)])
    return any(_meets(ray, solid, o.z, slope) for solid in solids if solid.top > o.z)


def _meets(ray: shapely.LineString, solid: Prism, z: float, slope: float) -> bool:
    start = shapely.Point(ray.coords[0])
    for part in shapely.get_parts(ray.intersection(solid.region)):
        if part.is_empty:
            continue
        ends = sorted(z + slope * start.distance(shapely.Point(at)) for at in (part.coords[0], part.coords[-1]))
        if ends[0] < solid.top and ends[1] > solid.bottom:
            return True
    return False
