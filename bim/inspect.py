"""The review itself, inside the child: open, judge by the guide, measure, judge by the rules."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import ifcopenshell
from shapely.errors import ShapelyError

from bim import boxes
from bim.assemble import assemble, box_of
from bim.building import Building, Geometry3D
from bim.extract import Structure, by_guid, extent, extract
from bim.findings import Finding, Outcome, Reason
from bim.ground import on_ground, scale_unknown
from bim.guide.checks import Subject
from bim.guide.pack import GuidePack
from bim.measures import measures
from bim.orders import Go, Job, ShapeJob
from bim.packs import PackError
from bim.placement import place
from bim.refusals import RefusedError
from bim.report import (
    CompanionInfo,
    Report,
)
from bim.reporting import described, pack_info
from bim.rooms import storey_plans
from bim.rules import catalogue
from bim.shapes import Mesh, tessellate
from bim.sightings import confused_north, contradictions, sightings
from bim.ties import Ties

Progress = Callable[[str, float], None]
_DROPPED = re.compile(r"^\[error\].*?((?:Entity with name|Inconsistent aggregate).{0,100})", re.MULTILINE)
"""What the parser says of values that it leaves out: a word that is no number, a list of several kinds."""
BROKEN = (AttributeError, TypeError, ValueError, LookupError, RuntimeError, ArithmeticError, ShapelyError)
"""What is raised where references lead to entities of the wrong class, or numbers are no numbers of the schema."""


def prepare(job: Job) -> Any:
    """What can be loaded while the model is scanned and parsed: the guide's specifications."""
    import bim.pictures.report  # noqa: F401 - loaded here, beside the parser
    from bim.guide import judge

    return judge.specifications(job.guide)


def inspect(job: Job, go: Go, prepared: Callable[[], Any], progress: Progress) -> Report:
    """The whole report but its elapsed time; raise `RefusedError` where the model cannot be parsed."""
    progress("open", 0.0)
    job = replace(job, site=on_ground(job.site))
    model = open_model(job.model, go)
    companions = [(name, open_model(path, g), g) for (name, path), g in zip(job.companions, go.companions, strict=True)]
    specifications = prepared()
    try:
        structure = Structure(model)
        progress("guide", 0.0)
        others = tuple(_subject(other, Structure(other), g, name) for name, other, g in companions)
        subject = _subject(model, structure, go, "architecture", others)
        findings = list(_by_guide(subject, job.guide, specifications))
        building, meshes = build(model, structure, job, progress, job.ties)
        progress("rules", 0.0)
        judged = list(catalogue.judge(building, job.site, job.code))
        plans = storey_plans(building, judged)
        return replace(_report(model, structure, job, go, (building, meshes, [*findings, *judged])), plans=plans)
    except PackError:
        raise
    except BROKEN as error:
        raise RefusedError("invalid_model", error=f"{type(error).__name__}: {error}"[:300]) from error


def _report(
    model: ifcopenshell.file,
    structure: Structure,
    job: Job,
    go: Go,
    found: tuple[Building, list[Mesh], list[Finding]],
) -> Report:
    """What was found, as it is written."""
    building, meshes, findings = found
    companions = zip(job.companions, go.companions, strict=True)
    return Report(
        model=go.info,
        on=job.on,
        **described(building, job.site, job.on),
        measures=measures(building, job.site, job.code),
        findings=tuple(findings),
        elements=_elements(model, structure, findings),
        boxes=boxes.of_elements(model, _mentioned(findings, Outcome.FAIL, Outcome.UNDECIDED), meshes),
        pictures=_pictures(findings, meshes),
        companions=tuple(CompanionInfo(name, g.info) for (name, _), g in companions),
        packs=(pack_info(job.guide), pack_info(job.code)),
    )


def _by_guide(subject: Subject, pack: GuidePack, prepared: Any) -> Iterable[Finding]:
    from bim.guide import judge  # loaded by `prepare` beside the parser

    return judge.judge(subject, pack, prepared)


def _pictures(findings: Iterable[Finding], meshes: list[Mesh]) -> dict[str, bytes]:
    from bim.pictures.report import of_findings  # loaded by `prepare` beside the parser

    return of_findings(findings, meshes)


def _subject(
    model: ifcopenshell.file, structure: Structure, go: Go, discipline: str, others: tuple[Subject, ...] = ()
) -> Subject:
    return Subject(model, structure, go.header, go.info.size, discipline, others)


def open_model(path: Path, go: Go) -> ifcopenshell.file:
    """Parse; refuse what the parser refuses, and what it takes only in part."""
    try:
        ifcopenshell.get_log()  # type: ignore[no-untyped-call]  # the library publishes no types
        model = ifcopenshell.open(str(path))
        dropped = _DROPPED.search(ifcopenshell.get_log())  # type: ignore[no-untyped-call]  # the same
    except MemoryError:
        raise
    except ifcopenshell.SchemaError as error:
        raise RefusedError("schema_unsupported", schema=go.header.schema) from error
    except Exception as error:
        raise RefusedError("unreadable", error=type(error).__name__) from error
    if dropped is not None:
        raise RefusedError("unreadable", error=dropped[1])
    parsed = len(model.entity_names())
    if parsed != go.entities:
        raise RefusedError("entities_lost", scanned=go.entities, parsed=parsed)
    return model


def build(
    model: ifcopenshell.file, structure: Structure, job: Job | ShapeJob, progress: Progress, ties: Ties | None = None
) -> tuple[Building, list[Mesh]]:
    """Facts, meshes and outlines of the building, placed on the plot where that is possible; and the meshes."""
    facts = extract(model, structure)
    meshes: list[Mesh] = []
    geometry = Geometry3D(Reason(job.without))
    if job.kernel is not None:
        progress("geometry", 0.0)
        meshes, geometry = tessellate(
            model, structure, kernel=job.kernel, progress=lambda share: progress("geometry", share)
        )
        if not meshes:
            problem = geometry.problem or Reason("no_shapes")
            geometry = Geometry3D(problem, geometry.requested, 0, geometry.lost)
    box = box_of(meshes) or extent(model)
    placed = place(model, job.site, box, ties)
    progress("measure", 0.0)
    building = assemble(
        facts, meshes, geometry, placed=placed, site=job.site, progress=lambda share: progress("measure", share)
    )
    said = sightings(model, job.site, box, placed[0])
    remarks = (
        *building.remarks,
        *contradictions(said),
        *confused_north(model, job.site, placed[0]),
        *scale_unknown(job.site),
    )
    return replace(building, sightings=said, remarks=remarks), meshes


def _elements(
    model: ifcopenshell.file, structure: Structure, findings: Iterable[Finding]
) -> dict[str, dict[str, str | None]]:
    """Class, name and storey of every element that a finding mentions."""
    found: dict[str, dict[str, str | None]] = {}
    for key in _mentioned(findings, *Outcome):
        element = by_guid(model, key)
        if element is not None:
            found[key] = {"class": element.is_a(), "name": element.Name or "", "storey": structure.storey(element)}
    return found


def _mentioned(findings: Iterable[Finding], *outcomes: Outcome) -> list[str]:
    return sorted({key for finding in findings if finding.outcome in outcomes for key in finding.elements})
