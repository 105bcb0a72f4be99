"""The guide on real models: what each clause says of them, and whether a second way of knowing says the same."""

import os
import time
from collections import Counter
from pathlib import Path

import ifcopenshell

from bim import step
from bim.extract import Structure
from bim.findings import Finding, Outcome
from bim.guide import judge as guide
from bim.guide.checks import Subject
from bim.guide.pack import Clause
from tests.conftest import ROOT
from tests.oracles.compare import PACK
from tests.oracles.known import CASES, MODELS, TESTER, Known
from tests.oracles.registry import MESHED, ORACLES

MODELS_OF_OTHERS = Path(os.environ.get("RUKHSA_SHARED", ROOT.parent / "shared")) / "ifc"
ORDER = (Outcome.PASS, Outcome.FAIL, Outcome.UNDECIDED, Outcome.NOT_APPLICABLE)


def judged(path: Path) -> list[Finding]:
    """Every clause on one model that came alone, as architecture."""
    scan, model = step.scan(path), ifcopenshell.open(str(path))
    subject = Subject(model, Structure(model), scan.header, scan.size)
    return list(guide.judge(subject, PACK, guide.specifications(PACK)))


def second(clause: Clause) -> str:
    """How else the clause's answer is known."""
    if clause.specification is not None:
        return "ifctester"
    if clause.check not in ORACLES:
        return "-"
    return "meshes" if clause.check in MESHED else "utilities"


def section() -> str:
    """Markdown, from a run of the whole guide on all models now; raise where the models are not at hand."""
    paths = sorted(MODELS_OF_OTHERS.glob("*.ifc"))
    if not paths:
        raise FileNotFoundError(MODELS_OF_OTHERS.name)
    started = time.perf_counter()
    found = [finding for path in paths for finding in judged(path)]
    took = time.perf_counter() - started
    checked = Counter(map(second, PACK.entries.values()))
    lines = [
        f"## Modelling guide ({PACK.id}) on {len(paths)} real models",
        "",
        f"Every clause on each model, handed in alone as architecture, in {took:.1f} s. The elements that fail were "
        f"found a second time for {checked['utilities']} clauses by the utilities of IfcOpenShell, for "
        f"{checked['meshes']} by its kernel's meshes, for {checked['ifctester']} by ifctester; {checked['-']} has no "
        "second way. The same elements fail, but for the differences below.",
        "",
        "| clause | | severity | pass | fail | undecided | not applicable | elements that fail | known twice by |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_row(code, clause, [f for f in found if f.rule == code]) for code, clause in PACK.entries.items()),
        "",
        "| model or golden case | clause | elements | reason for the difference |",
        "|---|---|---|---|",
        *_differences(),
    ]
    return "\n".join(lines) + "\n"


def _row(code: str, clause: Clause, findings: list[Finding]) -> str:
    count = Counter(finding.outcome for finding in findings)
    elements = sum(len(finding.elements) for finding in findings)
    cells = (code, clause.title_en, clause.severity, *(count[o] for o in ORDER), elements, second(clause))
    return f"| {' | '.join(map(str, cells))} |"


def _differences() -> list[str]:
    cases = {name: {name.split("/")[0]: known} for name, known in CASES.items()}
    tables: list[dict[str, dict[str, Known]]] = [MODELS, cases, TESTER]
    rows = [(name, code, known) for table in tables for name, codes in table.items() for code, known in codes.items()]
    return [f"| {name} | {code} | {known.count} | {known.reason} |" for name, code, known in rows]
