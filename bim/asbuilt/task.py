"""The work of the confined child: read both models with their shapes, pair them, hold one against the other."""

from collections.abc import Callable, Iterable, Mapping

import ifcopenshell

from bim import outlines
from bim.asbuilt.judge import judge
from bim.asbuilt.pair import Pair, pair
from bim.asbuilt.report import AsBuilt, Row, Side
from bim.asbuilt.rules import difference, outlines_of
from bim.building import Building, Storey
from bim.extract import Structure, by_guid
from bim.inspect import BROKEN, build, open_model
from bim.measure import storey_area
from bim.orders import AsBuiltJob, Go
from bim.refusals import RefusedError
from bim.report import Rings
from bim.reporting import pack_info, plot_info

Progress = Callable[[str, float], None]


def prepare(_job: AsBuiltJob) -> None:
    """Nothing but this module's libraries is needed beforehand."""


def inspect(job: AsBuiltJob, go: Go, _prepared: Callable[[], None], progress: Progress) -> AsBuilt:
    """Compare; the permitted model is the companion of the built one."""
    progress("open", 0.0)
    models = open_model(job.permitted, go.companions[0]), open_model(job.model, go)
    try:
        permitted, built = (build(model, Structure(model), job, progress)[0] for model in models)
        progress("compare", 0.0)
        return _report(pair(permitted, built, job.site), models, job, go)
    except BROKEN as error:
        raise RefusedError("invalid_model", error=f"{type(error).__name__}: {error}"[:300]) from error


def _report(found: Pair, models: tuple[ifcopenshell.file, ifcopenshell.file], job: AsBuiltJob, go: Go) -> AsBuilt:
    deviations = tuple(judge(found, job.tolerances))
    named = {key for deviation in deviations for key in deviation.finding.elements}
    place = found.built.placement if found.frame else None
    return AsBuilt(
        permitted=go.companions[0].info,
        built=go.info,
        on=job.on,
        frame="" if found.frame is None else found.frame.value,
        grid="" if place is None else place.grid,
        pack=pack_info(job.tolerances),
        plot=None if job.site is None else plot_info(job.site),
        storeys=tuple(_rows(found)),
        deviations=deviations,
        outlines={"permitted": _outlines(found.permitted), "built": _outlines(found.built)},
        differences=_differences(found),
        elements=_elements(models, named),
    )


def _rows(found: Pair) -> Iterable[Row]:
    for level in found.levels:
        yield Row(level.kind.value, _side(found.permitted, level.permitted), _side(found.built, level.built))


def _side(building: Building, storey: Storey | None) -> Side | None:
    if storey is None:
        return None
    closed = storey.outline is not None and storey.outline.closed
    return Side(storey.id, storey.name, storey.elevation, storey_area(building, storey) if closed else None)


def _outlines(building: Building) -> Mapping[str, Rings]:
    named = {name: getattr(building, name) for name in ("ground", "envelope", "projection")}
    return {name: outlines.coordinates(outline.region) for name, outline in named.items() if outline is not None}


def _differences(found: Pair) -> Mapping[str, Mapping[str, Rings]]:
    if found.frame is None:
        return {}
    return {
        name: {
            "outside": outlines.coordinates(difference(after.region, before.region)),
            "lacking": outlines.coordinates(difference(before.region, after.region)),
        }
        for name, (before, after) in outlines_of(found).items()
        if before is not None and after is not None
    }


def _elements(models: Iterable[ifcopenshell.file], keys: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
    """Class and name of what deviations name, of the built model where both have the GlobalId."""
    found: dict[str, Mapping[str, str]] = {}
    for model in models:
        for key in sorted(keys):
            element = by_guid(model, key)
            if element is not None:
                found[key] = {"class": element.is_a(), "name": str(element.Name or "")}
    return {key: found[key] for key in sorted(found)}
