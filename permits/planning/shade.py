"""The shadow that a building of the whole allowed envelope would cast at an hour that the planner chooses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from gis.crs import sky_at
from gis.envelope import Envelope
from gis.site import Site
from gis.sun import LEAST_ELEVATION, Sun, shadow, sun_at
from permits.calendar import DAMASCUS

_LEAST_AREA = 0.05
"""Square metres: less of a shadow on a neighbour is rounding."""


@dataclass(frozen=True)
class Shade:
    """`ground` in shadow, a region of the grid, None where the sun is too low or nothing may be built.

    `on_neighbours` are square metres in shadow by the number of the plot, the most first.
    """

    sun: Sun
    ground: Any
    on_neighbours: Mapping[str, float]

    @property
    def low(self) -> bool:
        """Whether the sun is under the horizon, or so low that shadows have no end."""
        return self.sun.elevation < LEAST_ELEVATION


def shade_of(site: Site, allowed: Envelope, *, day: date, hour: time) -> Shade:
    """The shadow at an hour of Damascus; ground is flat at the reference level, and nothing else casts any."""
    middle = site.polygon.centroid
    sun = sun_at(sky_at(middle.x, middle.y, site.grid), datetime.combine(day, hour, DAMASCUS))
    if sun.elevation < LEAST_ELEVATION or not allowed.stack:
        return Shade(sun, None, {})
    ground = shadow(allowed.stack, sun, site.reference_level)
    areas = {other.number: float(other.polygon.intersection(ground).area) for other in site.neighbours}
    most = sorted(areas.items(), key=lambda one: -one[1])
    return Shade(sun, ground, {number: area for number, area in most if area > _LEAST_AREA})
