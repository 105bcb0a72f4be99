"""The map of a case: the building over what its sheet allows, the setbacks with their widths, what breaks out."""

from collections.abc import Iterator
from typing import Any

import shapely
from shapely import LineString, Polygon

from bim.report import PlotInfo, Report
from gis.geojson import GeoJson, collection
from permits.i18n import translate
from permits.land.zones import outlines_of
from permits.review.volumes import region_of
from permits.review.wording import with_unit

_RULES = ("SET-01", "SET-02", "SET-03")
"""The setbacks that hold from the ground on; their findings say what is required at the edges of a role."""
_ISOLATES = dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069))
"""Marks of direction, which the map would draw as boxes."""
KINDS = ("allowed", "setback", "ground", "envelope", "projection", "breakout", "marked")
"""What the map draws over the plots, as its legend names it."""


def case_map(raw: bytes, language: str) -> GeoJson | None:
    """What is drawn over the zone's plots for a kept report, in WGS84; None where the building has no place."""
    drawn, report = outlines_of(raw), Report.from_json(raw)
    if drawn is None or report.plot is None:
        return drawn
    allowed = [(region_of(v.rings), {"kind": "allowed"}) for v in report.volumes if v.kind == "allowed"][:1]
    more = collection([*allowed, *_setbacks(report, report.plot, language)], report.plot.grid)
    return {**drawn, "features": more["features"] + drawn["features"]}


def _setbacks(report: Report, plot: PlotInfo, language: str) -> Iterator[tuple[Any, dict[str, str]]]:
    """For each edge with a required setback the line at that distance inside the plot, and its name."""
    required = {f.subject: f.limit for f in report.findings if f.rule in _RULES and f.storey is None and f.limit}
    polygon = Polygon(plot.polygon)
    for edge in plot.edges:
        width = required.get(edge["role"])
        if width is None:
            continue
        line = _inside(LineString(edge["line"]), polygon, width)
        if line is not None:
            role = translate(language, f"review-role-{edge['role']}")
            label: str = translate(language, "viewer-map-setback", role=role, width=with_unit(width, "m", language))
            yield line, {"kind": "setback", "label": label.translate(_ISOLATES)}


def _inside(edge: LineString, polygon: Polygon, width: float) -> LineString | None:
    """The part inside the plot of the parallel to an edge; None where the plot is not so deep."""
    sides = [edge.parallel_offset(width, side).intersection(polygon) for side in ("left", "right")]
    parts = [part for side in sides for part in getattr(side, "geoms", (side,)) if isinstance(part, LineString)]
    longest = max(parts, key=lambda part: float(part.length), default=None)
    return longest if longest is not None and not shapely.is_empty(longest) else None
