"""The one function that the command line, the server and the tests call to review a model."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from bim import archive
from bim.confined import silent
from bim.guide.pack import GuidePack, Stage
from bim.launch import Child
from bim.orders import Limits
from bim.packs import PackError, code_in_force
from bim.refusals import RefusedError
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
        site=site_on(layers, plot, on, roles),
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


def site_on(layers: Path | None, plot: str | None, on: date, roles: Sequence[CorrectedRole] = ()) -> Site | None:
    """The plot as it stands on that day; None without a zone or a plot."""
    if layers is None or plot is None:
        return None
    from gis.planning import site_for  # reading layers is heavy, and a check without a plot does not need it

    return site_for(layers, plot, on=on, roles=roles)


def check_drawing(
    drawing: Path,
    quantities: Path,
    *,
    layers: Path | None,
    plot: str | None,
    guide: str | GuidePack | None = None,
    stage: Stage = Stage.LICENCE,
    on: date,
    limits: Limits | None = None,
    on_progress: Callable[[str, float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    name: str | None = None,
    roles: Sequence[CorrectedRole] = (),
) -> Report:
    """Judge a DXF with the quantities declared beside it, where there is no model; the report is of the same form.

    Raises `PackError` for wrong quantities, the land's coded errors, and reports a refused drawing as `check_model`.
    """
    from bim.drawings.check import review_drawing
    from bim.drawings.quantities import read_quantities

    report = review_drawing(
        drawing,
        read_quantities(quantities),
        site=site_on(layers, plot, on, roles),
        guide=judging(on, guide, stage),
        code=code_in_force(on),
        on=on,
        limits=limits,
        progress=on_progress or silent,
        cancelled=cancelled or (lambda: False),
    )
    return replace(report, model=replace(report.model, name=name)) if name else report


def check_submission(
    submitted: Path,
    *,
    layers: Path | None,
    plot: str | None,
    on: date,
    name: str,
    limits: Limits | None = None,
    on_progress: Callable[[str, float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    ties: Sequence[TiePoint] = (),
    roles: Sequence[CorrectedRole] = (),
) -> Report:
    """Judge what an engineer handed in: a model, or an archive of a drawing with its quantities.

    Wrong quantities of such an archive are a refusal too, since nobody is there to be told otherwise. `ties` are of a
    model; those of a drawing stand among its quantities.
    """
    given: dict[str, Any] = {
        "layers": layers, "plot": plot, "on": on, "name": name, "limits": limits, "on_progress": on_progress,
        "cancelled": cancelled, "roles": roles,
    }  # fmt: skip
    if not (submitted.is_file() and archive.is_zip(submitted) and archive.holds_drawing(submitted)):
        return check_model(submitted, ties=ties, **given)
    from bim.drawings.check import MAX_BYTES, refused_drawing
    from bim.drawings.quantities import read_quantities

    try:
        with tempfile.TemporaryDirectory(prefix="rukhsa-") as folder:
            drawing, quantities = archive.unpack_drawing(submitted, Path(folder), max_bytes=MAX_BYTES)
            try:
                read_quantities(quantities)
            except PackError as error:
                raise RefusedError("quantities_wrong", detail=str(error)[:300]) from error
            return check_drawing(drawing, quantities, **given)
    except RefusedError as refused:
        report = refused_drawing(submitted, on, refused, (judging(on), code_in_force(on)))
        return replace(report, model=replace(report.model, name=name))
