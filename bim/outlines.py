"""Plan outlines from triangles: sections, shadows, and closing what walls leave open."""

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from bim import overlay
from bim.building import Region, region_of
from bim.shapes import Mesh

SECTION_HEIGHT = 1.2
SMALL_GAP = 0.02
WIDE_GAPS = (0.8, 1.6)
_BEVEL = 0.1
"""Metres inwards at which the bevels that bridging leaves at corners, a few centimetres long, are gone."""
_HAIR = 1e-5
_PASSED = 0.9
"""Share of a passage that must be as wide as it is said to be."""
_OFF_VERTEX = 0.00037  # a cut through a vertex has no clear side, so it is made a hair above round levels


def section(mesh: Mesh, level: float) -> Region:
    """The solid cut at `level`; the shadow of the mesh where its surface is not closed there."""
    level += _OFF_VERTEX
    if not mesh.low < level < mesh.high:
        return Polygon()
    segments = _segments(mesh, level)
    rings = shapely.polygonize(segments) if len(segments) else None
    faces = [] if rings is None else [p for p in rings.geoms if p.area > 1e-6]
    return _even_odd(faces) if faces else shadow(mesh)


def _segments(mesh: Mesh, level: float) -> list[shapely.LineString]:
    """Where triangles cross the level. Edge ends are ordered, so that neighbours meet in equal points."""
    triangles = mesh.vertices[mesh.faces]
    above = triangles[:, :, 2] > level
    crossing = triangles[above.any(axis=1) & ~above.all(axis=1)]
    if not len(crossing):
        return []
    points = []
    for first, second in ((0, 1), (1, 2), (2, 0)):
        a, b = crossing[:, first], crossing[:, second]
        swap = (a[:, 2] > b[:, 2])[:, None]
        low, high = np.where(swap, b, a), np.where(swap, a, b)
        cut = (low[:, 2] <= level) & (high[:, 2] > level)
        rise = np.where(cut, high[:, 2] - low[:, 2], 1.0)
        share = (level - low[:, 2]) / rise
        at = low[:, :2] + (high - low)[:, :2] * share[:, None]
        points.append(np.where(cut[:, None], at, np.nan))
    stacked = np.stack(points, axis=1)
    ends = stacked[~np.isnan(stacked[:, :, 0])].reshape(-1, 2, 2)
    ends = np.round(ends, 5)
    ends = ends[(ends[:, 0] != ends[:, 1]).any(axis=1)]
    merged = shapely.union_all(shapely.linestrings(ends)) if len(ends) else shapely.GeometryCollection()
    return list(getattr(merged, "geoms", (merged,)))


def _even_odd(faces: list[Polygon]) -> Region:
    """Faces of the section without the voids of hollow solids: polygonize gives a void as a face of its own."""
    whole = [Polygon(face.exterior) for face in faces]
    inside = [sum(o.contains(f.representative_point()) for o in whole) for f in faces]
    return region_of(shapely.union_all([f for f, depth in zip(faces, inside, strict=True) if depth % 2 == 1]))


def shadow(mesh: Mesh) -> Region:
    """The projection of all triangles on the plan.

    The corners of a face and of the face below it differ by what computing leaves. An exact overlay of edges that
    nearly coincide can lose whole triangles without a word, so corners are rounded first, and the result is held
    against the triangles.
    """
    triangles = np.round(mesh.vertices[mesh.faces][:, :, :2], 6)
    polygons = shapely.polygons(triangles)
    polygons = polygons[shapely.area(polygons) > 1e-8]
    whole = overlay.union(list(polygons))
    shapely.prepare(whole)
    if shapely.covers(whole, shapely.centroid(polygons)).all():
        return whole
    return region_of(shapely.union_all(polygons, grid_size=1e-4))


def filled(region: Region, gap: float = SMALL_GAP) -> Region:
    """Bridge gaps up to twice `gap` and fill every hole, which leaves the outer face of what encloses."""
    bridged = region.buffer(gap, join_style="mitre").buffer(-gap, join_style="mitre") if gap else region
    parts = getattr(bridged, "geoms", (bridged,))
    return overlay.union([Polygon(part.exterior) for part in parts if not part.is_empty])


def largest_reach(beyond: Region, base: Region, most: float = 20.0) -> float:
    """How far `beyond` reaches out of `base`, square to its sides: metres, to half a millimetre.

    A corner balcony of depth d is d deep, though its corner is d times the root of two away.
    """
    outside = overlay.minus(beyond, base)
    if outside.area < 1e-4:
        return 0.0
    # Corners a hair apart have no direction, and a mitre of them no end.
    base = region_of(shapely.set_precision(overlay.union([base, _sharpened(base)]), _HAIR))
    low, high = 0.0, most
    while high - low > 5e-4:
        middle = (low + high) / 2
        reach = base.buffer(middle, join_style="mitre")
        low, high = (low, middle) if overlay.minus(outside, reach).area < 1e-4 else (middle, high)
    return high


def _sharpened(region: Region) -> Region:
    """Without the small bevels at its corners: such a corner reaches out farther than the sides beside it."""
    return region_of(region.buffer(-_BEVEL, join_style="mitre").buffer(_BEVEL, join_style="mitre"))


def sides(region: Region) -> tuple[float, float]:
    """The shorter and the longer side of the smallest enclosing rectangle."""
    box = region.minimum_rotated_rectangle
    if not isinstance(box, Polygon) or box.is_empty:
        return 0.0, 0.0
    corners = np.asarray(box.exterior.coords)
    lengths = np.hypot(*(corners[1:3] - corners[0:2]).T)
    return float(lengths.min()), float(lengths.max())


def least_side(region: Region) -> float:
    """The shorter side of the smallest enclosing rectangle."""
    return sides(region)[0]


def inscribed_width(region: Region) -> float:
    """Diameter of the largest circle that fits into the region, to a millimetre in a room; more coarsely in a field."""
    if region.area < 1e-6:
        return 0.0
    near = max(5e-4, 1e-4 * float(region.area) ** 0.5)
    return 2 * float(shapely.maximum_inscribed_circle(region, tolerance=near).length)


def passage_width(region: Region, most: float = 10.0) -> float:
    """The widest square that gets through nearly all of the region: what a tenth of its area narrows does not count."""

    passed = _PASSED * float(region.area)

    def passes(width: float) -> bool:
        shrunk = region.buffer(-width / 2, join_style="mitre")
        whole = isinstance(shrunk, Polygon) and not shrunk.is_empty
        # The kernel may turn a square inside out that is a little narrower than what it is shrunk by.
        whole = whole and float(shrunk.representative_point().distance(region.boundary)) > width / 2 - 2e-4
        # A sliver without area, of a leg just as wide as the square, may grow far beyond the region.
        return whole and overlay.common(shrunk.buffer(width / 2, join_style="mitre"), region).area > passed

    low, high = 0.0, most
    while high - low > 5e-4:
        middle = (low + high) / 2
        low, high = (middle, high) if passes(middle) else (low, middle)
    return low


def along(regions: list[Region], line: shapely.LineString) -> float:
    """The length of a straight line that regions lie before, seen square to it; overlaps count once."""
    (x0, y0), (x1, y1) = line.coords[0], line.coords[-1]
    size = float(np.hypot(x1 - x0, y1 - y0))
    spans = []
    for region in regions:
        places = shapely.get_coordinates(region) @ np.array([x1 - x0, y1 - y0]) / size
        spans.append(shapely.LineString([(places.min(), 0.0), (places.max(), 0.0)]))
    return float(shapely.union_all(spans).length)


def coordinates(region: Region) -> list[list[list[tuple[float, float]]]]:
    """Rings of each polygon, outer first, as GeoJSON's MultiPolygon orders them."""
    parts = region.geoms if isinstance(region, MultiPolygon) else [region]
    return [
        [[(x, y) for x, y in ring.coords] for ring in (part.exterior, *part.interiors)]
        for part in parts
        if not part.is_empty
    ]
