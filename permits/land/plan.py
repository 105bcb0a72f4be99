"""The plan of a plot: its edges by role with their lengths, and where its sheet allows to build."""

from collections.abc import Iterable, Sequence
from typing import Any

import shapely

from gis.envelope import Envelope
from gis.site import Edge, Site
from permits.drawings import Sheet, along, label
from permits.i18n import translate

_BUILDABLE = (
    'fill="#cfe3d3" stroke="#2e7d4f" stroke-width="1.5" stroke-dasharray="8 3"',
    'fill="#a9cdb1" stroke="#2e7d4f" stroke-width="1" stroke-dasharray="4 3"',
)
"""The lower floors, and those above which the sheet asks more of."""

_INWARD = 2.2
"""Metres between an edge and its length."""


def plan(site: Site, allowed: Envelope, language: str, *, font: str = "", shade: Any = None) -> str:
    """The drawing as SVG; `font` is the family of its texts where nothing around it says so.

    `shade` is ground of the grid that lies in shadow, drawn over the plots and under what may be built.
    """
    dark = shade if shade is not None and not shade.is_empty else shapely.Polygon()
    around = (other.polygon.intersection(_near(site)) for other in site.neighbours)
    sheet = Sheet.around([site.polygon, *around, *([] if dark.is_empty else [dark])])
    parts = [sheet.area(_rings(other.polygon), 'fill="#f3f3f0" stroke="#bbb"') for other in site.neighbours]
    parts += [sheet.area(_rings(site.polygon), 'fill="#f7f0dd" stroke="none"')]
    parts += [] if dark.is_empty else [sheet.area(_rings(dark), 'fill="#3d4657" fill-opacity=".35"')]
    for prism, style in zip(allowed.stack, _BUILDABLE, strict=False):
        parts += [sheet.area(_rings(prism.region), style)]
    parts += [sheet.edge(e.line.coords, e.role.value, e.street, language, corrected=e.corrected) for e in site.edges]
    parts += [_length(sheet, site, edge.line) for edge in site.edges]
    parts += [label(*sheet.point(*_inside(other.polygon.intersection(_near(site)))), other.number, "#888")
              for other in site.neighbours]  # fmt: skip
    parts += [label(*sheet.point(*_inside(site.polygon)), site.plot, "#16324a")]
    return sheet.drawing([*parts, sheet.scale_bar()], translate(language, "statement-plan"), font=font)


def edges_plan(edges: Sequence[Edge], language: str) -> str:
    """The boundary alone, its edges numbered from 1 and named by role, as SVG."""
    sheet = Sheet.around([edge.line for edge in edges])
    parts = [
        sheet.edge(e.line.coords, e.role.value, e.street, language, corrected=e.corrected, number=number)
        for number, e in enumerate(edges, 1)
    ]
    return sheet.drawing([*parts, sheet.scale_bar()], translate(language, "edge-role-title"), font="inherit")


def _near(site: Site) -> shapely.Polygon:
    """Neighbours are shown as far as 6 m from the plot."""
    return shapely.box(*site.polygon.buffer(6.0).bounds)


def _rings(region: Any) -> Iterable[Iterable[tuple[float, float]]]:
    for polygon in getattr(region, "geoms", (region,)):
        yield polygon.exterior.coords
        yield from (ring.coords for ring in polygon.interiors)


def _inside(region: Any) -> tuple[float, float]:
    point = shapely.point_on_surface(region)
    return (float(point.x), float(point.y))


def _length(sheet: Sheet, site: Site, line: shapely.LineString) -> str:
    """The edge's length beside it, on the inside."""
    middle = line.interpolate(0.5, normalized=True)
    inward = site.polygon.centroid
    shift = _INWARD / max(float(middle.distance(inward)), _INWARD)
    at = sheet.point(middle.x + (inward.x - middle.x) * shift, middle.y + (inward.y - middle.y) * shift)
    turned = along(sheet.point(*line.coords[0]), sheet.point(*line.coords[-1]))
    return label(*at, f"{line.length:.2f}", "#333", turned)
