"""Where windows look: out of the outer face of their storey to the open plot, or into a light well that is open above.

Units: metres, in the building's own grid. A window counts whole; glass in doors counts nothing.
"""

from dataclasses import dataclass

from shapely import LineString, Point

from bim import measure
from bim.building import Building, Region, Space, Storey, Window
from gis.site import Edge, Site

_THICKEST = 0.6
"""Metres from the middle of a window to the face of its wall, at most."""
_FAR = 500.0


@dataclass(frozen=True)
class View:
    """What a window looks at: `sight` is the first metre from the outer face, square to it; None in a light well."""

    window: Window
    sight: LineString | None


def views(building: Building) -> dict[str, View]:
    """The views of the windows that look at open air, by GlobalId."""
    found: dict[str, View] = {}
    for storey in building.storeys:
        wells = measure.open_wells(building, storey)
        for window in building.windows:
            if window.storey == storey.id and window.centre is not None:
                view = _view(window, storey, wells)
                if view is not None:
                    found[window.id] = view
    return found


def _view(window: Window, storey: Storey, wells: Region) -> View | None:
    point = Point(window.centre)
    if not wells.is_empty and wells.distance(point) < _THICKEST:
        return View(window, None)
    sight = None if storey.outline is None else _outward(storey.outline.region, point)
    return None if sight is None else View(window, sight)


def _outward(region: Region, point: Point) -> LineString | None:
    """A metre out of the region, from the face that is nearest to the point and square to it."""
    face = min((part.exterior for part in getattr(region, "geoms", (region,))), key=point.distance, default=None)
    if face is None or face.distance(point) > _THICKEST:
        return None
    along = face.project(point)
    a, b = (face.interpolate(max(0.0, min(along + step, face.length))) for step in (-0.05, 0.05))
    size = a.distance(b)
    foot = face.interpolate(along)
    for side in (1.0, -1.0):
        x, y = side * (b.y - a.y) / size, -side * (b.x - a.x) / size
        if not region.covers(Point(foot.x + 0.1 * x, foot.y + 0.1 * y)):
            return LineString([(foot.x, foot.y), (foot.x + x, foot.y + y)])
    return None


def windows_of(building: Building, room: Space, seen: dict[str, View]) -> list[Window]:
    """The windows of a room that look at open air."""
    return [w for w in building.windows if w.id in seen and room.id in w.beside]


def to_edge(sight: LineString, site: Site) -> tuple[float, Edge] | None:
    """How far a straight look goes until it meets an edge of the plot, and which; None where it starts outside."""
    (x0, y0), (x1, y1) = sight.coords
    start = Point(x0, y0)
    if not site.polygon.covers(start):
        return None
    ray = LineString([(x0, y0), (x0 + _FAR * (x1 - x0), y0 + _FAR * (y1 - y0))])
    crossed = [edge for edge in site.edges if ray.intersects(edge.line)]
    met = [(float(start.distance(ray.intersection(edge.line))), edge) for edge in crossed]
    return min(met, key=lambda found: found[0], default=None)
