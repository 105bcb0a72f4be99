"""A report's codes and numbers in words, for the page, the command line and BCF topics."""

from collections.abc import Mapping
from dataclasses import dataclass

from bim.findings import Finding, Outcome, Reason
from bim.guide.pack import Clause, GuidePack
from bim.ids.errors import IdsError
from bim.packs import CodePack, Entry, PackError, Problem
from permits.i18n import known, translate

TOOLS = {
    "revit": ("revit",), "archicad": ("archicad",), "tekla": ("tekla",), "allplan": ("allplan",),
    "bonsai": ("bonsai", "blender", "freecad", "ifcopenshell"),
}  # fmt: skip
"""The authoring tools that remedies are told for, and the words by which a header names them."""
_DECIMALS = {"m": 3, "m2": 2, "ratio": 3, "count": 0, "deg": 1, "ppm": 0}


def number(value: float | None, unit: str) -> str:
    """A value in its unit's usual decimals, Western digits; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value + 0.0:.{_DECIMALS.get(unit, 3)}f}"


def with_unit(value: float | None, unit: str, language: str) -> str:
    """The number and its unit."""
    name = translate(language, f"review-unit-{unit}") if unit and value is not None else ""
    shown = number(value, unit)
    if name and shown.startswith("-"):
        shown = f"\u2066{shown}\u2069"  # isolated, since beside Arabic letters the sign goes behind the number
    return f"{shown} {name}".strip()


def reason_text(reason: Reason | None, language: str) -> str:
    """Why the finding is what it is; an unknown code is shown as it is rather than hidden."""
    if reason is None:
        return ""
    return coded(f"review-reason-{reason.code}", reason.values, language)


def refusal_text(code: str, values: Mapping[str, str | float | int], language: str) -> str:
    """Why the input is refused and what to do; of a companion, its name first."""
    said = {name: value for name, value in values.items() if name != "companion"}
    text = coded(f"review-refusal-{code}", said, language)
    return f"\u2068{values['companion']}\u2069: {text}" if "companion" in values else text


def coded(key: str, values: Mapping[str, str | float | int], language: str) -> str:
    """The text of `key`; values go in as text, so that their digits are those of the report."""
    if not known(language, key):
        return f"{key.rsplit('-', 1)[-1]} {dict(values) or ''}".strip()
    return translate(language, key, **{name: str(value) for name, value in values.items()})


def subject_text(subject: str, language: str) -> str:
    """An edge role in words, a measured edge with its number, a kind of storey; anything else as in the model."""
    role, _, index = subject.partition(":")
    if role in ("front", "side", "rear"):
        word = translate(language, f"review-role-{role}")
        return f"{word} {int(index) + 1}" if index else word
    coded_subjects = (f"review-basement-{subject}", f"review-storey-{subject}")
    return next((translate(language, key) for key in coded_subjects if known(language, key)), subject)


def measure_name(name: str, language: str) -> str:
    """What a measure is called; a code that this version does not know is shown as it is."""
    key = f"review-measure-{name}"
    return translate(language, key) if known(language, key) else name


def problem_lines(error: PackError, language: str) -> list[str]:
    """Each fault of a pack in words: where it stands, and what is the matter."""
    return [_problem_line(error.name, problem, language) for problem in error.problems]


def _problem_line(name: str, problem: Problem, language: str) -> str:
    values = {key: f"\u2068{value}\u2069" for key, value in problem.values.items()}
    text = coded(f"guide-problem-{problem.code.replace('_', '-')}", values, language)
    match problem.where:
        case (str(sheet), int(row), *column):
            where = {"sheet": sheet, "row": str(row), "column": str(column[0]) if column else "–"}
            place = translate(language, "guide-place-cell", **where)
        case ():
            place = ""
        case where:
            place = translate(language, "guide-place-key", key=".".join(map(str, where)))
    return " ".join(part for part in (name and f"{name}:", place, text) if part)


def ids_problem(error: IdsError, language: str) -> str:
    """Why a document is no IDS: line, path and what is the matter."""
    reason = coded(f"ids-error-{error.code}", error.values, language)
    if not error.path:
        return reason
    return translate(language, "ids-refused", line=str(error.line), path=error.path, reason=reason)


class Clauses:
    """Titles and texts of the rules of both packs."""

    def __init__(self, guide: GuidePack, code: CodePack) -> None:
        self.entries: dict[str, Entry] = {**guide.entries, **code.entries}

    def title(self, rule: str, language: str) -> str:
        """The clause's title, or its code where the pack of the report is not the one at hand."""
        entry = self.entries.get(rule)
        return entry.title[language] if entry else rule

    def text(self, rule: str, language: str) -> str:
        """The clause itself."""
        entry = self.entries.get(rule)
        return entry.text[language] if entry else ""

    def severity(self, rule: str) -> str:
        """ "error" or "warning"."""
        entry = self.entries.get(rule)
        return entry.severity.value if isinstance(entry, Clause) else "error"

    def discipline(self, rule: str) -> str:
        """Whose model a clause of the guide speaks of; "planning" for a rule of the building code."""
        entry = self.entries.get(rule)
        return entry.discipline.value if isinstance(entry, Clause) else "planning"


@dataclass(frozen=True)
class Remedy:
    """How a designer puts a failure right: in general, and by (name of the tool, text), the tool at hand first."""

    text: str
    tools: tuple[tuple[str, str], ...]


def remedy(finding: Finding, clauses: Clauses, language: str, tool: str = "") -> Remedy | None:
    """Of a failure of the guide; None for a planning rule, which the design itself must meet.

    `tool` is the authoring system that the model's header names.
    """
    entry = clauses.entries.get(finding.rule)
    if finding.outcome is not Outcome.FAIL or not isinstance(entry, Clause):
        return None
    key = f"remedy-{entry.remedy.replace('_', '-')}"
    ordered = sorted(TOOLS, key=lambda name: not _is_of(name, tool))
    tools = ((translate(language, f"remedy-tool-{name}"), translate(language, f"{key}-{name}")) for name in ordered)
    return Remedy(translate(language, key), tuple(tools))


def is_known_tool(tool: str) -> bool:
    """Whether remedies tell what to do in the authoring system of that header."""
    return any(_is_of(name, tool) for name in TOOLS)


def _is_of(name: str, tool: str) -> bool:
    return any(word in tool.lower() for word in TOOLS[name])


def todo(finding: Finding, language: str) -> str:
    """What the applicant should do about a failed or undecided finding."""
    said = reason_text(finding.reason, language)
    return said or translate(language, "review-advice-fail")
