"""Golden cases: the outcome is in the file's name; every clause has one that passes and one that fails."""

from pathlib import Path

import pytest

from bim.guide.checks import CHECKS
from bim.guide.pack import Clause
from sample_models.cases import catalogue
from tests.bim.golden import HOME, OUTCOMES, PACK, RULES, cases, judged


def _compares(clause: Clause) -> bool:
    """Whether the clause's check has a number among its parameters."""
    return clause.check is not None and bool({int, float} & set(CHECKS[clause.check].params.values()))


@pytest.mark.parametrize("path", cases(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_outcome_is_the_one_in_the_name(path: Path) -> None:
    finding = judged(path)
    assert finding.reason is None or finding.reason.code != "rule_error", finding
    assert finding.outcome.value == OUTCOMES[path.stem.split("-")[0]], finding


@pytest.mark.parametrize("code", PACK.entries)
def test_every_clause_passes_somewhere_and_fails_somewhere(code: str) -> None:
    assert {path.stem.split("-")[0] for path in (RULES / code).glob("*.ifc")} >= {"pass", "fail"}


@pytest.mark.parametrize("code", [code for code, clause in PACK.entries.items() if _compares(clause)])
def test_a_clause_with_a_number_has_cases_on_both_sides_of_its_limit(code: str) -> None:
    at_limit = {path.stem.split("-")[0] for path in (RULES / code).glob("*limit*.ifc")}
    assert at_limit >= {"pass", "fail"}


@pytest.mark.slow
def test_the_committed_cases_are_the_generated_ones(tmp_path: Path) -> None:
    written = {path.relative_to(tmp_path): path.read_bytes() for path in catalogue.write(tmp_path)}
    guided = [path for path in RULES.glob("*/*.ifc") if path.parent.name in PACK.entries]
    committed = {path.relative_to(HOME): path.read_bytes() for path in guided}
    assert sorted(committed) == sorted(written)
    assert [path for path, raw in written.items() if committed[path] != raw] == []
