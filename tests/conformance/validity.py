"""The normative rules against the published unit tests, whose verdict is in the file name."""

import os
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ifcopenshell

from bim.refusals import RefusedError
from bim.step import scan
from bim.validity.catalogue import RULES, run
from bim.validity.facts import Facts
from bim.validity.verdicts import Outcome, Verdict
from tests.conformance.validity_times import LARGE, rule_times, table
from tests.conftest import ROOT

SHARED = Path(os.environ.get("RUKHSA_SHARED", ROOT.parent / "shared"))
FOLDER = SHARED / "conformance" / "gherkin"
FAMILIES = ("SPS", "SPA", "GEM", "BRP", "OJT", "GRF", "PSE", "QTY", "POR", "PJS", "SWE", "BLT", "CLS", "VER", "ALB")
VERDICTS = {
    Outcome.PASS: "pass",
    Outcome.FAIL: "fail",
    Outcome.WARNING: "fail",
    Outcome.NOT_APPLICABLE: "na",
    Outcome.UNDECIDED: "undecided",
}
"""The tests name a warning a fail."""

_OTHER_WAY = (
    "the file scales metres to US feet by 0.3048; the schema asks for the scale from the model's unit to the grid's, "
    "1/0.3048, as we and the coordinate formula have it"
)
DISAGREED = {
    "pass-grf005-scaled_foot_to_metre": _OTHER_WAY,
}
"""Files on which our verdict is another one, and why."""


@dataclass(frozen=True)
class Case:
    """One published test: the rule, the verdict asked for, and the file."""

    rule: str
    verdict: str
    path: Path

    @property
    def name(self) -> str:
        """The rule and the file, which says the verdict."""
        return f"{self.rule}/{self.path.stem}"


def cases() -> list[Case]:
    """All published tests of our families; none where the data is absent."""
    paths = sorted(path for family in FAMILIES for path in (FOLDER / family).rglob("*.ifc"))
    return [Case(path.parent.name.upper(), path.name.split("-")[0], path) for path in paths]


@cache
def judged(case: Case) -> Verdict:
    """Our verdict; the file is read as it is, whatever `scan` says of it."""
    return next(run(Facts(ifcopenshell.open(str(case.path))), [case.rule]))


def verdict(case: Case) -> str:
    """Our verdict in the words of the file names."""
    return VERDICTS[judged(case).outcome]


@cache
def refusal(case: Case) -> str:
    """The code by which our program refuses the file before any rule sees it, or nothing."""
    try:
        scan(case.path)
    except RefusedError as refused:
        return refused.code
    return ""


def section(*, timed: bool = True) -> str:
    """The result as Markdown, from a run of all cases now; with the times of the real models, about two minutes."""
    started = time.perf_counter()
    found = cases()
    agreed = {case: verdict(case) == case.verdict for case in found}
    lines = [
        "## Normative rules of IFC",
        "",
        f"{len(found)} published unit tests of {len({case.rule for case in found})} rules in {len(FAMILIES)} families, "
        f"{sum(agreed.values())} agree. Fail, pass and not applicable are told apart; a warning counts as fail. "
        f"Run in {time.perf_counter() - started:.1f} s.",
        "",
        "| family | rules | files | agree | refused before the rules |",
        "|---|---|---|---|---|",
        *(_row(family, agreed) for family in FAMILIES),
        "",
        *_disagreements(agreed),
        *(["", "### Time of validation", "", *_times(SHARED / "ifc")] if timed else []),
    ]
    return "\n".join(lines) + "\n"


def _times(folder: Path) -> list[str]:
    lines, _ = rule_times(folder / LARGE)
    said = "Processor seconds of one run; violations are counted all. No verdict on these models is tested here."
    return [*lines, "", said, "", *table(folder)]


def _row(family: str, agreed: dict[Case, bool]) -> str:
    own = {case: agrees for case, agrees in agreed.items() if case.rule.startswith(family)}
    rules = ", ".join(code for code in sorted(RULES) if code.startswith(family))
    refused = Counter(refusal(case) for case in own) - Counter({"": len(own)})
    said = ", ".join(f"{code} {count}" for code, count in sorted(refused.items())) or "none"
    return f"| {family} | {rules} | {len(own)} | {sum(own.values())} | {said} |"


def _disagreements(agreed: dict[Case, bool]) -> list[str]:
    named = [case for case, agrees in agreed.items() if not agrees]
    if not named:
        return []
    why = {case: DISAGREED.get(case.path.stem, "unexplained") for case in named}
    rows = [f"| {case.path.stem} | {verdict(case)} | {why[case]} |" for case in named]
    return ["| file | our verdict | why |", "|---|---|---|", *rows]
