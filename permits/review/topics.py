"""Failed and undecided findings as BCF topics."""

from bim.bcf import Topic, write
from bim.findings import Finding, Outcome
from bim.report import Box, Report
from permits.i18n import translate
from permits.review.wording import Clauses, number, subject_text, todo, with_unit


def bcf_of(report: Report, *, language: str, clauses: Clauses) -> bytes:
    """A BCF 2.1 file with a topic for each finding that asks something of the applicant."""
    open_findings = report.of(Outcome.FAIL, Outcome.UNDECIDED)
    topics = [_topic(finding, index, report, language, clauses) for index, finding in enumerate(open_findings)]
    return write(topics, project=report.model.name, author=translate(language, "review-title"), on=report.on)


def _topic(finding: Finding, index: int, report: Report, language: str, clauses: Clauses) -> Topic:
    outcome = translate(language, f"review-outcome-{finding.outcome}")
    subject = f" ({subject_text(finding.subject, language)})" if finding.subject else ""
    lines = [clauses.text(finding.rule, language)]
    if finding.value is not None:
        value, limit = with_unit(finding.value, finding.unit, language), number(finding.limit, finding.unit)
        names = [translate(language, f"review-label-{name}") for name in ("value", "limit")]
        lines.append(f"{names[0]} {value}, {names[1]} {limit}")
    lines.append(todo(finding, language))
    return Topic(
        key=f"{index} {finding.rule} {finding.subject} {' '.join(finding.elements)}",
        title=f"{finding.rule} {clauses.title(finding.rule, language)}{subject}: {outcome}",
        description="\n".join(lines),
        elements=finding.elements,
        severity=clauses.severity(finding.rule),
        box=_around([report.boxes[key] for key in finding.elements if key in report.boxes]),
    )


def _around(boxes: list[Box]) -> Box | None:
    """The box around them all."""
    if not boxes:
        return None
    low, high = zip(*((box[:3], box[3:]) for box in boxes), strict=True)
    return (*map(min, zip(*low, strict=True)), *map(max, zip(*high, strict=True)))
