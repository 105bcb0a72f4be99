"""Failed and undecided findings as BCF topics."""

from bim.bcf import Project, Topic, Version, write
from bim.findings import Finding
from bim.report import Box, Report
from permits.i18n import translate
from permits.review.telling import OPEN, advice, found, grade, heaviest_first, places, title
from permits.review.wording import Clauses


def bcf_of(report: Report, *, language: str, clauses: Clauses, version: Version = "2.1") -> bytes:
    """A BCF file with a topic for each finding that asks something of the applicant, errors first."""
    open_findings = [finding for finding in heaviest_first(report) if finding.outcome in OPEN]
    topics = [_topic(finding, report, language, clauses) for finding in open_findings]
    project = Project(report.model.name or "IFC", translate(language, "review-title"), report.on)
    return write(topics, project=project, version=version)


def _topic(finding: Finding, report: Report, language: str, clauses: Clauses) -> Topic:
    """Its key leaves the elements out, so that a topic stays the same while some of them are put right."""
    outcome = translate(language, f"report-severity-{grade(finding)}")
    lines = [
        f"{translate(language, 'report-label-asked')}: {clauses.text(finding.rule, language)} [{finding.clause}]",
        found(finding, language),
        advice(finding, clauses, language, report.model.tool),
    ]
    return Topic(
        key=f"{finding.rule} {finding.storey or ''} {finding.subject}",
        title=f"{finding.rule} {title(finding, clauses, language)}: {outcome}",
        description="\n".join(line for line in lines if line),
        elements=finding.elements,
        severity=grade(finding),
        box=_around([report.boxes[key] for key in finding.elements if key in report.boxes]),
        labels=_labels(finding, report, language, clauses),
        snapshot=next((report.pictures[key] for key in finding.elements if key in report.pictures), b""),
        spaces=any(report.elements.get(key, {}).get("class") == "IfcSpace" for key in finding.elements),
    )


def _labels(finding: Finding, report: Report, language: str, clauses: Clauses) -> tuple[str, ...]:
    """Discipline and storeys, by which tools filter."""
    discipline = translate(language, f"report-discipline-{clauses.discipline(finding.rule)}")
    names = (place.name.strip() for place in places(finding, report))
    return tuple(dict.fromkeys(name for name in (discipline, *names) if name))


def _around(boxes: list[Box]) -> Box | None:
    """The box around them all."""
    if not boxes:
        return None
    low, high = zip(*((box[:3], box[3:]) for box in boxes), strict=True)
    return (*map(min, zip(*low, strict=True)), *map(max, zip(*high, strict=True)))
