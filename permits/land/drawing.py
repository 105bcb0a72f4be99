"""Defects of a zone on a drawn map (SVG): streets and plots beneath, each defect in the colour of its kind."""

from collections.abc import Iterator, Sequence
from html import escape
from math import floor, log10
from typing import Any

import shapely

from gis.quality.defects import Defect, DefectKind
from gis.versions import ChangeKind
from gis.zone import Zone
from permits.i18n import translate
from permits.land.versions import SHEETS

COLOURS = dict(
    zip(
        DefectKind,
        (
            "#5d1049", "#b3261e", "#d9730d", "#e3a008", "#7a5c00", "#1f5fa8", "#0f766e", "#3b7a2a", "#6b21a8",
            "#be185d", "#4b5563", "#0369a1", "#a16207", "#9f1239", "#166534",
        ),
        strict=True,
    )
)  # fmt: skip
CHANGE_COLOURS = {
    ChangeKind.ADDED: "#2e7d4f", ChangeKind.GONE: "#b3261e", ChangeKind.RENUMBERED: "#6b21a8",
    ChangeKind.MOVED: "#d9730d", ChangeKind.RESHAPED: "#1f5fa8", ChangeKind.ATTRIBUTES: "#7a5c00", SHEETS: "#0f766e",
}  # fmt: skip
_WIDTH, _MARGIN = 1000.0, 20.0
_MOST_PLOTS = 20_000
"""More outlines than this are ink, and a file that no browser opens: the zones alone are drawn then."""
_MOST_NUMBERS = 150


def defect_map(defects: Sequence[Defect], zone: Zone, language: str) -> str:
    """The drawing, north up; empty where there is nothing to draw. Numbers are those of the table."""
    plots = [plot.polygon for plot in zone.plots]
    ground = [area.polygon for area in zone.zones] or plots
    if not ground:
        return ""
    left, low, right, high = map(float, shapely.total_bounds(ground))
    scale = (_WIDTH - 2 * _MARGIN) / max(right - left, (high - low) / 1.4, 1.0)
    height = (high - low) * scale + 2 * _MARGIN + 20

    def page(shape: Any) -> Any:
        return shapely.transform(shape, lambda xy: (xy - (left, high)) * (scale, -scale) + _MARGIN)

    parts = [_path(page(area.polygon), 'fill="#fbfaf5" stroke="#999" stroke-dasharray="6 4"') for area in zone.zones]
    parts += [_path(page(street.polygon), 'fill="#e4e2da"') for street in zone.streets]
    if len(plots) <= _MOST_PLOTS:
        parts += [_path(page(plot), 'fill="#fff" stroke="#8a8a84" stroke-width=".5"') for plot in plots]
    parts += [mark for at, defect in enumerate(defects, 1) for mark in _mark(at, defect, zone, page)]
    parts.append(_scale_bar(scale, height))
    title = escape(translate(language, "layers-map"))
    body = "".join(parts)
    return f'<svg viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img" aria-label="{title}" direction="ltr">{body}</svg>'


def _mark(at: int, defect: Defect, zone: Zone, page: Any) -> Iterator[str]:
    """The shape of a defect, a dot that is seen however small it is, and its number."""
    colour = COLOURS[defect.kind]
    shape = page(defect.geometry if defect.geometry is not None else zone.plots[defect.at[0]].polygon)
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon):
            yield _path(part, f'fill="{colour}" fill-opacity=".45" stroke="{colour}"')
    dot = shape.representative_point()
    yield f'<circle cx="{dot.x:.1f}" cy="{dot.y:.1f}" r="2.5" fill="{colour}" stroke="#fff" stroke-width=".5"/>'
    if at <= _MOST_NUMBERS:
        halo = 'paint-order="stroke" stroke="#fff" stroke-width="2.5" style="font-size:10px"'
        yield f'<text x="{dot.x + 4:.1f}" y="{dot.y - 3:.1f}" fill="{colour}" {halo}>{at}</text>'


def _path(shape: Any, style: str) -> str:
    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    lines = (" L".join(f"{x:.1f} {y:.1f}" for x, y in ring.coords[:-1]) for ring in rings)
    return f'<path d="{"".join(f"M{line}Z" for line in lines)}" fill-rule="evenodd" {style}/>'


def _scale_bar(scale: float, height: float) -> str:
    """One, two or five times a power of ten of metres, about a sixth of the width."""
    most = _WIDTH / 6 / scale
    power = 10.0 ** floor(log10(most))
    metres = max(step * power for step in (1, 2, 5) if step * power <= most)
    y, end = height - 8, 10 + metres * scale
    label = f"{metres:g} m" if metres < 1000 else f"{metres / 1000:g} km"
    return (
        f'<line x1="10" y1="{y:.1f}" x2="{end:.1f}" y2="{y:.1f}" stroke="#000" stroke-width="2"/>'
        f'<text x="{end + 6:.1f}" y="{y + 4:.1f}" fill="#000">{label}</text>'
    )
