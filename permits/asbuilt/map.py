"""Where the built outlines differ from the permitted ones: on a map, and as drawings."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon

from bim.asbuilt.report import AsBuilt
from bim.refusals import RefusedError
from bim.report import Rings
from gis.crs import DATUM_OF
from gis.geojson import GeoJson, collection
from permits.i18n import translate

_WIDTH, _MARGIN = 760.0, 2.0
_LOOKS = {
    "permitted": 'fill="#dfe6ea" stroke="#23485f" stroke-width="1"',
    "outside": 'fill="#b3261e" fill-opacity=".75" stroke="#7a120c" stroke-width=".7"',
    "lacking": 'fill="#1f5fa8" fill-opacity=".45" stroke="#1f5fa8" stroke-width=".7"',
    "built": 'fill="none" stroke="#111" stroke-width="1.2" stroke-dasharray="5 3"',
}


def as_geojson(found: AsBuilt) -> GeoJson:
    """Outlines of both and each part of their differences with its square metres, WGS84 for display.

    Raise `RefusedError` where both do not stand in a grid of the country.
    """
    if found.grid not in DATUM_OF:
        raise RefusedError("no_grid_for_map", grid=found.grid or "–")
    return collection(_features(found), found.grid)


def _features(found: AsBuilt) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    if found.plot is not None:
        yield Polygon(found.plot.polygon), {"kind": "plot", "number": found.plot.number}
    for side, outlines in found.outlines.items():
        for name, rings in outlines.items():
            yield region(rings), {"kind": side, "outline": name}
    for name, differences in found.differences.items():
        for kind, rings in differences.items():
            for part in region(rings).geoms:
                yield part, {"kind": kind, "outline": name, "area": round(part.area, 2)}


def region(rings: Rings) -> MultiPolygon:
    """Rings of polygons, outer first, as a shape."""
    return MultiPolygon([Polygon(polygon[0], polygon[1:]) for polygon in rings])


def drawing(found: AsBuilt, name: str, language: str) -> str:
    """One outline of both as inline SVG: what is outside in red, what is lacking in blue, the built one dashed."""
    layers = {
        "permitted": found.outlines["permitted"].get(name, []),
        **{kind: found.differences.get(name, {}).get(kind, []) for kind in ("outside", "lacking")},
        "built": found.outlines["built"].get(name, []),
    }
    shapes = [region(rings) for rings in layers.values() if rings]
    if not shapes or name not in found.differences:
        return ""
    left, bottom, right, top = shapely.total_bounds(shapely.GeometryCollection(shapes))
    scale = _WIDTH / max(right - left + 2 * _MARGIN, 1e-6)
    height = (top - bottom + 2 * _MARGIN) * scale

    def path(rings: Rings) -> str:
        points = (" L".join(f"{(x - left + _MARGIN) * scale:.1f} {(top + _MARGIN - y) * scale:.1f}" for x, y in ring)
                  for polygon in rings for ring in polygon)  # fmt: skip
        return "".join(f"M{ring}Z" for ring in points)

    drawn = (f'<path d="{path(r)}" fill-rule="evenodd" {_LOOKS[kind]}/>' for kind, r in layers.items() if r)
    title = escape(translate(language, f"deviation-outline-{name}"))
    return f'<svg viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img" aria-label="{title}">{"".join(drawn)}</svg>'
