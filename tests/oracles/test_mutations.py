"""Our sample that keeps every clause of severity error, changed as people change models: the clauses that turn.

Each change turns those it names; of all others no clause of severity error may turn.
"""

from functools import cache
from pathlib import Path
from random import Random

import ifcopenshell
import pytest

from bim import step
from bim.extract import Structure
from bim.findings import Outcome
from bim.guide import judge as guide
from bim.guide.checks import Subject
from tests.conftest import ROOT
from tests.oracles import changes, omissions
from tests.oracles.authoring import CHANGES, Change
from tests.oracles.compare import PACK

SAMPLE = ROOT / "sample_models" / "models" / "complies.ifc"
SPECIFICATIONS = guide.specifications(PACK)
ERRORS = {code for code, clause in PACK.entries.items() if clause.severity == "error"}
SEEDS = (0, 1, 2)


def outcomes(file: ifcopenshell.file) -> dict[str, Outcome]:
    """The outcome of every clause."""
    scan = step.scan(SAMPLE)
    found = list(guide.judge(Subject(file, Structure(file), scan.header, scan.size), PACK, SPECIFICATIONS))
    assert [f.rule for f in found if f.reason is not None and f.reason.code == "rule_error"] == []
    return {finding.rule: finding.outcome for finding in found}


@cache
def before() -> dict[str, Outcome]:
    return outcomes(ifcopenshell.open(str(SAMPLE)))


def turned(change: Change, seed: int, tmp_path: Path) -> set[str]:
    """The clauses whose outcome is another one after the change, in a file written and read again."""
    file = ifcopenshell.open(str(SAMPLE))
    change.act(file, Random(f"{change.name} {seed}"))  # noqa: S311 - a seed, no secret
    file.write(str(tmp_path / "changed.ifc"))
    after = outcomes(ifcopenshell.open(str(tmp_path / "changed.ifc")))
    return {code for code, outcome in after.items() if outcome is not before()[code]}


RUNS = [
    pytest.param(made, seed, id=f"{made.name}-{seed}", marks=[] if seed == number % 12 else [pytest.mark.slow])
    for number, made in enumerate(CHANGES)
    for seed in SEEDS
]
"""A quarter of them, each with another seed, are quick."""


@pytest.mark.parametrize(("change", "seed"), RUNS)
def test_a_change_turns_its_clauses_and_no_others(change: Change, seed: int, tmp_path: Path) -> None:
    found = turned(change, seed, tmp_path)
    assert found >= change.turns
    assert (found & ERRORS) - change.turns == set()


def test_the_sample_keeps_every_clause_before() -> None:
    assert [code for code in ERRORS if before()[code] in (Outcome.FAIL, Outcome.UNDECIDED)] == []


def test_there_are_enough_changes_and_clauses() -> None:
    assert len(CHANGES) * len(SEEDS) >= 200
    assert len(set(changes.expected())) >= 80
    assert len({change.name for change in CHANGES}) == len(CHANGES)
    assert len(omissions.PROPERTIES) + len(omissions.ATTRIBUTES) < len(CHANGES)
