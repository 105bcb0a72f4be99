"""The one function that the command line, the server and the tests call to review a model."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bim.guide.pack import GuidePack, Stage
from bim.launch import Child
from bim.orders import Limits
from bim.packs import code_in_force
from bim.report import Report
from bim.review import review
from bim.tie_points import TiePoint
from gis.roles import CorrectedRole
from gis.site import Site
from permits.review.guides import judging


def check_model(
    model: Path,
    *,
    layers: Path | None,
    plot: str | None,
    guide: str | GuidePack | None = None,
    stage: Stage = Stage.LICENCE,
    on: date,
    geometry: bool = True,
    limits: Limits | None = None,
    on_progress: Callable[[str, float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    name: str | None = None,
    child: Child | None = None,
    companions: Sequence[tuple[str, Path]] = (),
    ties: Sequence[TiePoint] = (),
    roles: Sequence[CorrectedRole] = (),
) -> Report:
    """Judge `model` on plot `plot` of the zone `layers` by the packs in force on that day.

    `guide` is an id, a file or a guide, judged by its clauses of `stage`; None asks for the one in force.
    Without layers or plot only the guide and the building's own rules can be judged. Raises the land's
    coded errors for an unusable zone or an unknown plot; a refused model is a report with `refusal`.
    `name` is what the report calls the model where the file itself is named otherwise, as in a store;
    `companions` are models of other disciplines, each with its discipline; `ties` are surveyed points that place
    the building, over what the model declares; `roles` are the plot's edges as the office corrected them; `child`
    is one the caller has started before, to save the time of its start.
    """
    report = review(
        model,
        site=_site(layers, plot, on, roles),
        guide=judging(on, guide, stage),
        code=code_in_force(on),
        on=on,
        geometry=geometry,
        limits=limits,
        on_progress=on_progress,
        cancelled=cancelled,
        child=child,
        companions=companions,
        ties=ties,
    )
    return replace(report, model=replace(report.model, name=name)) if name else report


def _site(layers: Path | None, plot: str | None, on: date, roles: Sequence[CorrectedRole]) -> Site | None:
    if layers is None or plot is None:
        return None
    from gis.planning import site_for  # reading layers is heavy, and a check without a plot does not need it

    return site_for(layers, plot, on=on, roles=roles)
