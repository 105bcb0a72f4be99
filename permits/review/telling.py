"""A finding told to people: what was found, where, and how to put it right; for the page and every other form."""

from dataclasses import dataclass

from bim.findings import Finding, Outcome
from bim.report import WARNING, Report
from permits.i18n import translate
from permits.review import wording
from permits.review.wording import Clauses

OPEN = (Outcome.FAIL, Outcome.UNDECIDED)
"""The outcomes that ask something of the applicant."""
GRADES = ("error", "warning", "undecided", "pass", "not_applicable")
"""How heavily a finding weighs, the heaviest first."""


@dataclass(frozen=True)
class Element:
    """An element that a finding names."""

    guid: str
    kind: str
    name: str


@dataclass(frozen=True)
class Place:
    """Elements of a finding on one storey; `storey` is its GlobalId and both are "" where there is none."""

    storey: str
    name: str
    elements: tuple[Element, ...]


def grade(finding: Finding) -> str:
    """One of `GRADES`: a failure by its severity, anything else by its outcome."""
    if finding.outcome is Outcome.FAIL:
        return "warning" if finding.severity == WARNING else "error"
    return finding.outcome.value


def grades(report: Report) -> dict[str, int]:
    """How many findings there are of each grade."""
    counts = dict.fromkeys(GRADES, 0)
    for finding in report.findings:
        counts[grade(finding)] += 1
    return counts


def is_trial(report: Report) -> bool:
    """Whether the plot or a pack that judged is fictitious."""
    return bool(report.plot and report.plot.fictitious) or any(pack.status == "fictitious" for pack in report.packs)


def heaviest_first(report: Report) -> list[Finding]:
    """Errors, warnings, undecided, and the rest; each by rule, and then in the order of the report."""
    return sorted(report.findings, key=lambda finding: (GRADES.index(grade(finding)), finding.rule))


def title(finding: Finding, clauses: Clauses, language: str) -> str:
    """The clause's title, and what of the model it speaks of."""
    subject = wording.subject_text(finding.subject, language)
    name = clauses.title(finding.rule, language)
    return f"{name} ({subject})" if subject else name


DECLARED = ("declared", "drawing_and_declared")
"""Methods of values that somebody typed, wholly or in part."""


def found(finding: Finding, language: str) -> str:
    """The plain sentence: value and limit where something was measured, and the reason where there is one."""
    said = wording.reason_text(finding.reason, language)
    counted = finding.unit == "count" and finding.limit == 0 and bool(said)  # the reason counts already
    parts = [] if counted or finding.value is None else [_measured(finding, language)]
    if parts and finding.method in DECLARED:
        parts.append(translate(language, f"report-found-{finding.method.replace('_', '-')}"))
    if said:
        parts.append(said)
    if not parts and finding.outcome is Outcome.FAIL:
        parts.append(translate(language, "report-found-nothing"))
    return " ".join(parts)


def _measured(finding: Finding, language: str) -> str:
    value = wording.with_unit(finding.value, finding.unit, language)
    if finding.limit is None:
        return translate(language, "report-found-value", value=value)
    limit = wording.with_unit(finding.limit, finding.unit, language)
    if not finding.tolerance:
        return translate(language, "report-found-limit", value=value, limit=limit)
    within = f"±{wording.number(finding.tolerance, finding.unit)}"
    return translate(language, "report-found-limit-within", value=value, limit=limit, tolerance=within)


def places(finding: Finding, report: Report) -> tuple[Place, ...]:
    """The elements of a finding by their storeys from below; those of no storey come first.

    A finding without elements has one place, that of its own storey.
    """
    names = {storey.id: storey.name for storey in report.storeys}
    by_storey: dict[str, list[Element]] = {storey: [] for storey in ("", *names)}
    own = finding.storey if finding.storey in names else ""
    for guid in finding.elements:
        known = report.elements.get(guid, {})
        storey = guid if guid in names else own or known.get("storey") or ""
        element = Element(guid, str(known.get("class") or ""), str(known.get("name") or ""))
        by_storey[storey if storey in names else ""].append(element)
    if not finding.elements:
        return (Place(own, names.get(own, ""), ()),)
    return tuple(Place(key, names.get(key, ""), tuple(held)) for key, held in by_storey.items() if held)


def advice(finding: Finding, clauses: Clauses, language: str, tool: str) -> str:
    """How to put a failure right, in one text: in general, and in the program that wrote the model."""
    if finding.outcome is not Outcome.FAIL:
        return ""
    remedy = wording.remedy(finding, clauses, language, tool)
    if remedy is None:
        return translate(language, "review-advice-fail")
    if not wording.is_known_tool(tool):
        return remedy.text
    name, text = remedy.tools[0]
    return f"{remedy.text} {name}: {text}"
