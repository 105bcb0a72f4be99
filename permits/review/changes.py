"""What a resubmission changed, told to people: on the command line and on the case's page."""

from collections.abc import Iterator

from bim.comparison.elements import ElementChange
from bim.comparison.findings import FindingChange
from bim.comparison.report import Comparison
from permits.i18n import translate
from permits.review.wording import Clauses, subject_text


def finding_line(change: FindingChange, clauses: Clauses, language: str) -> str:
    """A finding's clause, what it speaks of, and how many of its elements were mended or are new."""
    finding = change.new or change.old
    subject = f" ({subject_text(finding.subject, language)})" if finding and finding.subject else ""
    counts = ""
    if change.mended or change.newly:
        values = {"mended": str(len(change.mended)), "newly": str(len(change.newly))}
        counts = " " + translate(language, "compare-counts", **values)
    return f"{change.rule} {clauses.title(change.rule, language)}{subject}{counts}"


def element_line(element: ElementChange, language: str) -> str:
    """An element and all that changed of it."""
    side = element.new or element.old
    if side is None:
        return ""
    changes = "، ".join(translate(language, f"compare-change-{change}") for change in element.changes)
    return f"{side.class_name} {side.name} [{side.id}] {side.storey}: {changes}"


def elements_line(found: Comparison, language: str) -> str:
    """How many elements changed, and how many are known again under other GlobalIds."""
    values = {"count": str(len(found.elements.changes)), "rekeyed": str(found.elements.rekeyed)}
    return translate(language, "compare-elements", **values)


def finding_lines(found: Comparison, course: str, clauses: Clauses, language: str) -> Iterator[str]:
    """The findings that took this course."""
    return (finding_line(c, clauses, language) for c in found.findings if c.course == course)
