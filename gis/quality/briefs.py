"""Defects of the planning sheets of a zone: none, one that contradicts itself, or one that leaves nothing to build."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from gis.edges import CONTACT, named_edges
from gis.envelope import envelope
from gis.quality.defects import Defect, DefectKind, Shapes
from gis.sheets import contradictions, overlapping
from gis.site import EdgeRole, PlanningSheet, Site, ZoneState
from gis.zone import Plot, Street


def sheet_defects(plots: Sequence[Plot], streets: Sequence[Street], grid: str) -> Iterator[Defect]:
    """By kind, in the order of the plots; sheets of the past count too. Areas in square metres of the grid."""
    shapes = np.array([plot.polygon for plot in plots], dtype=object)
    yield from (_defect(DefectKind.SHEET_MISSING, plots, at, 0) for at, plot in enumerate(plots) if not plot.sheets)
    for at, plot in enumerate(plots):
        wrong = sum(1 for sheet in plot.sheets for _ in contradictions(sheet, plot.number))
        wrong += sum(1 for _ in overlapping(plot.sheets, plot.number))
        if wrong:
            yield _defect(DefectKind.SHEET_CONTRADICTORY, plots, at, wrong)
    tight = _tight(plots, shapes)
    ways = shapely.STRtree([street.polygon for street in streets])
    for at in tight:
        near = [streets[way] for way in ways.query(shapes[at], predicate="dwithin", distance=CONTACT)]
        if any(_is_used_up(plots[at], sheet, near, grid) for sheet in plots[at].sheets):
            yield _defect(DefectKind.NOTHING_BUILDABLE, plots, at, 0)


def _defect(kind: DefectKind, plots: Sequence[Plot], at: int, measure: float) -> Defect:
    return Defect(kind, (plots[at].number,), (at,), plots[at].polygon, float(measure), "", 0.0)


def _tight(plots: Sequence[Plot], shapes: Shapes) -> list[int]:
    """Plots of which the greatest setback all around would leave nothing: the others surely keep something."""
    if not len(plots):
        return []
    widest = [max((m for sheet in plot.sheets for m in sheet.setbacks.values()), default=0.0) for plot in plots]
    inner = shapely.buffer(shapes, -np.array(widest), join_style="mitre")
    return [int(at) for at in np.flatnonzero(shapely.is_empty(inner)) if plots[int(at)].sheets]


def _is_used_up(plot: Plot, sheet: PlanningSheet, streets: Sequence[Street], grid: str) -> bool:
    """Whether setbacks leave nothing of a plot where the sheet lets build at all."""
    edges = named_edges(plot.polygon, streets)
    if not any(edge.role is EdgeRole.FRONT for edge in edges) or sheet.max_floors < 1 or sheet.coverage <= 0:
        return False
    site = Site(
        plot=plot.number, zone=plot.zone, zone_name={}, zone_state=ZoneState.IN_FORCE, fictitious=False, grid=grid,
        polygon=plot.polygon, official_area=plot.official_area, edges=edges, sheet=sheet,
        reference_level=plot.reference_level, residual=0.0,
    )  # fmt: skip
    return not envelope(site).stack
