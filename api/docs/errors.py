"""docs/errors.md: every code a caller can meet, its status and its texts."""

import inspect
from ast import parse
from collections.abc import Iterator

from api.docs.codes import PROBLEMS, REASONS, REFUSALS, calls, returned
from api.docs.markdown import code, heading, table
from api.docs.texts import patterns
from api.errors import STATUS
from gis.errors import LandError
from permits import errors
from permits.cases import guards

INTRODUCTION = """A refusal is a code and the numbers its text needs; the text is chosen where it is shown. Programs
get `application/problem+json` with `type` = `urn:rukhsa:<code>`, people get a page with the text."""


def page() -> str:
    """Refusals of the application, refused models, and the reasons of findings."""
    parts = [
        heading("Errors, refusals and reasons", INTRODUCTION),
        "## Errors\n\nThe status is that of the error's class (`api/errors.py`).\n",
        _table(("code", "status", "English", "العربية"), application(), "error-"),
        "## Refused models\n\nA model that cannot be judged; exit code 2 of `rukhsa check`.\n",
        _table(("code", "English", "العربية"), dict.fromkeys(sorted(refusals()), ()), "review-refusal-"),
        "## Faults of packs\n\nA guide or code that cannot be used; each is told with its place.\n",
        _table(("code", "English", "العربية"), dict.fromkeys(sorted(problems()), ()), "guide-problem-"),
        "## Wrong IDS documents\n\nEach is told with its path and line; exit code 2 of `rukhsa ids`.\n",
        _table(("code", "English", "العربية"), dict.fromkeys(sorted(_told("ids-error-")), ()), "ids-error-"),
        "## Reasons\n\nWhy a finding is undecided or a rule does not apply.\n",
        _table(("code", "English", "العربية"), dict.fromkeys(sorted(reasons()), ()), "review-reason-"),
    ]
    return "\n".join(parts)


def application() -> dict[str, tuple[str]]:
    """Code: status, of everything a use case raises, a guard answers or the land refuses."""
    found: dict[str, set[int]] = {}
    for name, text in _raised():
        found.setdefault(text.replace("_", "-"), set()).add(int(STATUS[_classes()[name]]))
    return {text: (", ".join(map(str, sorted(statuses))),) for text, statuses in sorted(found.items())}


def refusals() -> set[str]:
    """The codes of models that are refused."""
    return {text for _, text in calls(REFUSALS)} | _told("review-refusal-")


def problems() -> set[str]:
    """The codes of what can be wrong with a pack."""
    return {text.replace("_", "-") for _, text in calls(PROBLEMS)} | _told("guide-problem-")


def reasons() -> set[str]:
    """The codes of reasons."""
    return {text for _, text in calls(REASONS)} | _told("review-reason-")


def _classes() -> dict[str, type[Exception]]:
    return {kind.__name__: kind for kind in STATUS}


def _raised() -> Iterator[tuple[str, str]]:
    yield from calls(frozenset(_classes()))
    yield from ((errors.Conflict.__name__, text) for text in returned(parse(inspect.getsource(guards))))
    inputs = calls(frozenset({"AssessmentError", "EvaluationError"}))  # billing names them by what the case lacks
    yield from ((errors.Conflict.__name__, f"fee-input-{text}") for _, text in inputs)
    yield from ((LandError.__name__, kind.code) for kind in LandError.__subclasses__())


def _told(prefix: str) -> set[str]:
    """Codes that are put together at run time are known by their text alone."""
    return {key.removeprefix(prefix) for key in patterns("en") if key.startswith(prefix)}


def _table(head: tuple[str, ...], codes: dict[str, tuple[str]] | dict[str, tuple[()]], prefix: str) -> str:
    english, arabic = patterns("en"), patterns("ar")
    rows = ((code(c), *more, english.get(prefix + c, ""), arabic.get(prefix + c, "")) for c, more in codes.items())
    return table(head, rows)
