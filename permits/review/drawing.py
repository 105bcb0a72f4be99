"""The plan of a report as inline SVG: plot, edges by role, outlines and the measured setbacks."""

from dataclasses import dataclass
from html import escape

import shapely
from shapely import LineString, MultiPolygon, Polygon

from bim.report import Report, Rings
from permits.i18n import translate
from permits.review.volumes import breakouts

_WIDTH = 760.0
_MARGIN = 4.0
_EDGE = {"front": "#b3261e", "side": "#1f5fa8", "rear": "#4c7a34"}
_FILL = {
    "projection": 'fill="#e9d9b8" stroke="#9a7b3f" stroke-dasharray="4 3"',
    "envelope": 'fill="none" stroke="#777" stroke-dasharray="2 3"',
    "ground": 'fill="#9fb7c9" fill-opacity=".75" stroke="#23485f" stroke-width="1.5"',
}

_ALLOWED = 'fill="none" stroke="#2e7d4f" stroke-width="1.5" stroke-dasharray="8 3"'
_BEYOND = 'fill="#c2261b" fill-opacity=".55" stroke="#8c1a12" stroke-width="1"'
_WHOLE_STOREYS = ("beyond_height", "beyond_floors")
"""Breakouts upwards: in plan they would hide all others."""


@dataclass(frozen=True)
class _Page:
    """Grid metres to drawing units: north up, the plot filling the width."""

    left: float
    top: float
    scale: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Drawing position of a grid point."""
        return ((x - self.left) * self.scale, (self.top - y) * self.scale)

    def path(self, ring: list[tuple[float, float]]) -> str:
        """A closed path."""
        points = " L".join("{:.1f} {:.1f}".format(*self.point(x, y)) for x, y in ring)
        return f"M{points}Z"


def plan(report: Report, language: str) -> str:
    """The drawing, or an empty text where there is no plot to draw."""
    if report.plot is None:
        return ""
    polygon = Polygon(report.plot.polygon)
    shapes = [polygon, *(_region(rings) for rings in report.outlines.values() if report.placement)]
    left, bottom, right, top = shapely.total_bounds(shapely.union_all([s for s in shapes if not s.is_empty]))
    page = _Page(left - _MARGIN, top + _MARGIN, _WIDTH / (right - left + 2 * _MARGIN))
    height = (top - bottom + 2 * _MARGIN) * page.scale
    parts = [f'<path d="{page.path(list(report.plot.polygon))}" fill="#f7f5ef" stroke="none"/>']
    if report.placement is not None:
        parts += [_outline(page, v.rings, _ALLOWED) for v in report.volumes if v.kind == "allowed"]
        parts += [
            _outline(page, report.outlines[name], style) for name, style in _FILL.items() if name in report.outlines
        ]
        parts += [_outline(page, v.rings, _BEYOND) for v in breakouts(report) if v.kind not in _WHOLE_STOREYS]
    parts += _edges(page, report, language)
    if report.placement is not None and "ground" in report.outlines:
        parts += _dimensions(page, report, _region(report.outlines["ground"]))
    parts.append(_scale_bar(page, height))
    title = escape(translate(language, "review-label-plan"))
    body = "".join(parts)
    return f'<svg viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img" aria-label="{title}" direction="ltr">{body}</svg>'


def _region(rings: Rings) -> MultiPolygon:
    return MultiPolygon([Polygon(polygon[0], polygon[1:]) for polygon in rings])


def _outline(page: _Page, rings: Rings, style: str) -> str:
    path = "".join(page.path(ring) for polygon in rings for ring in polygon)
    return f'<path d="{path}" fill-rule="evenodd" {style}/>'


def _edges(page: _Page, report: Report, language: str) -> list[str]:
    """Each edge in the colour of its role, named by role and street."""
    parts = []
    for edge in report.plot.edges if report.plot else ():
        points = [page.point(x, y) for x, y in edge["line"]]
        colour = _EDGE.get(edge["role"], "#333")
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="3"/>')
        middle = LineString(points).interpolate(0.5, normalized=True)
        street = f" · \u2068{edge['street']}\u2069" if edge["street"] else ""
        name = translate(language, f"review-role-{edge['role']}") + street
        parts.append(_label(middle.x, middle.y, name, colour))
    return parts


def _dimensions(page: _Page, report: Report, ground: MultiPolygon) -> list[str]:
    """A line with its length from the ground outline to every edge."""
    parts = []
    for edge in report.plot.edges if report.plot else ():
        near = shapely.shortest_line(ground, LineString(edge["line"]))
        (x1, y1), (x2, y2) = (page.point(x, y) for x, y in near.coords)
        if near.length < 0.01:
            continue
        parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#000" marker-end="none"/>')
        parts.append(_label((x1 + x2) / 2, (y1 + y2) / 2, f"{near.length:.2f}", "#000"))
    return parts


def _scale_bar(page: _Page, height: float) -> str:
    y = height - 10
    return (
        f'<line x1="10" y1="{y:.1f}" x2="{10 + 10 * page.scale:.1f}" y2="{y:.1f}" stroke="#000" stroke-width="2"/>'
        + _label(10 + 5 * page.scale, y - 6, "10 m", "#000")
    )


def _label(x: float, y: float, text: str, colour: str) -> str:
    halo = 'paint-order="stroke" stroke="#fff" stroke-width="3"'
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="{colour}" {halo}>{escape(text)}</text>'
