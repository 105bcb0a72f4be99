"""The plan of a report as inline SVG: plot, edges by role, what is allowed, outlines, breakouts, measured setbacks."""

from collections.abc import Iterator

import shapely
from shapely import LineString, MultiPolygon, Polygon

from bim.report import PlotInfo, Report
from permits.drawings import Sheet
from permits.i18n import translate
from permits.review.volumes import breakouts, region_of

_FILL = {
    "projection": 'fill="#e9d9b8" stroke="#9a7b3f" stroke-dasharray="4 3"',
    "envelope": 'fill="none" stroke="#777" stroke-dasharray="2 3"',
    "ground": 'fill="#9fb7c9" fill-opacity=".75" stroke="#23485f" stroke-width="1.5"',
}
_ALLOWED = 'fill="none" stroke="#2e7d4f" stroke-width="1.5" stroke-dasharray="8 3"'
_BEYOND = 'fill="#c2261b" fill-opacity=".55" stroke="#8c1a12" stroke-width="1"'
_WHOLE_STOREYS = ("beyond_height", "beyond_floors")
"""Breakouts upwards: in plan they would hide all others."""


def plan(report: Report, language: str) -> str:
    """The drawing, or an empty text where there is no plot to draw."""
    plot = report.plot
    if plot is None:
        return ""
    placed = report.placement is not None
    shown = [region_of(rings) for rings in report.outlines.values()] if placed else []
    sheet = Sheet.around([Polygon(plot.polygon), *shown])
    parts = [sheet.area([plot.polygon], 'fill="#f7f5ef" stroke="none"')]
    parts += _areas(sheet, report) if placed else ()
    parts += (
        sheet.edge(e["line"], e["role"], e["street"], language, corrected=e.get("corrected", False)) for e in plot.edges
    )
    if placed and "ground" in report.outlines:
        parts += _setbacks(sheet, plot, region_of(report.outlines["ground"]))
    return sheet.drawing([*parts, sheet.scale_bar()], translate(language, "review-label-plan"))


def _areas(sheet: Sheet, report: Report) -> Iterator[str]:
    """What is allowed, the outlines, and what is beyond."""
    drawn = [(volume.rings, _ALLOWED) for volume in report.volumes if volume.kind == "allowed"]
    drawn += [(report.outlines[name], style) for name, style in _FILL.items() if name in report.outlines]
    drawn += [(volume.rings, _BEYOND) for volume in breakouts(report) if volume.kind not in _WHOLE_STOREYS]
    for rings, style in drawn:
        yield sheet.area([ring for polygon in rings for ring in polygon], style)


def _setbacks(sheet: Sheet, plot: PlotInfo, ground: MultiPolygon) -> Iterator[str]:
    """A line with its length from the ground outline to every edge."""
    for edge in plot.edges:
        near = shapely.shortest_line(ground, LineString(edge["line"]))
        if near.length >= 0.01:
            start, end = near.coords
            yield sheet.dimension(start, end, f"{near.length:.2f}")
