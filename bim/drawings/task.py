"""The work of the confined child: read a drawing, place it, judge it with the quantities that were declared."""

from collections.abc import Callable
from dataclasses import replace

from shapely.errors import ShapelyError

from bim import overlay
from bim.building import Building
from bim.drawings import judge
from bim.drawings.assemble import assemble
from bim.drawings.placing import place
from bim.drawings.read import Drawing, read
from bim.ground import on_ground
from bim.orders import DrawingJob, Go
from bim.refusals import RefusedError
from bim.report import Report
from bim.reporting import described, pack_info

Progress = Callable[[str, float], None]


def prepare(_job: DrawingJob) -> None:
    """Nothing but this module's libraries is needed beforehand."""


def inspect(job: DrawingJob, go: Go, _prepared: Callable[[], None], progress: Progress) -> Report:
    """The whole report; raise `RefusedError` for a drawing that cannot be judged."""
    progress("open", 0.0)
    job = replace(job, site=on_ground(job.site))
    drawing = read(job.model, job.quantities.unit)
    progress("rules", 0.0)
    zero = 0.0 if job.site is None else job.site.reference_level
    try:
        plot = overlay.union([drawn.region for drawn in drawing.of("plot")])
        placed = place(plot, job.quantities.ties, drawing.metre, job.site)
        building = assemble(drawing, job.quantities, placed, zero)
        return _report(job, go, drawing, building)
    except (ShapelyError, ArithmeticError) as error:
        raise RefusedError("drawing_broken", error=type(error).__name__) from error


def _report(job: DrawingJob, go: Go, drawing: Drawing, building: Building) -> Report:
    kinds = {drawn.meaning.kind for drawn in drawing.drawn}
    handles = {drawn.layer: ", ".join(drawn.handles[:20]) for drawn in drawing.drawn}
    return Report(
        model=go.info,
        on=job.on,
        **described(building, job.site, job.on),
        measures=judge.measured(building, job.quantities, job.site),
        findings=tuple(judge.judge(building, job.quantities, job.site, drawn=kinds, packs=(job.guide, job.code))),
        elements={
            storey.id: {"class": "LAYER", "name": handles.get(storey.id, storey.name), "storey": storey.id}
            for storey in building.storeys
        },
        packs=(pack_info(job.guide), pack_info(job.code)),
    )  # fmt: skip
