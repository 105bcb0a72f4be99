"""The clauses that IDS says, judged by ifctester too: the same elements apply and fail."""

from dataclasses import replace
from pathlib import Path

import ifcopenshell
import pytest

from bim.ids.document import Document
from bim.ids.judge import judge
from tests.bim.golden import cases
from tests.conftest import ROOT
from tests.ids.peers import Verdict, ifctester
from tests.oracles.compare import PACK
from tests.oracles.known import TESTER
from tests.oracles.test_named import LARGE, SAMPLES, SMALL

DOCUMENT = PACK.document()
SAID = {str(s.identifier): s for s in DOCUMENT.specifications}
PATHS = [path for path in cases() if path.parent.name in SAID]


def differences(path: Path, document: Document) -> dict[str, int]:
    """Clauses on which ifctester and we differ, with the number of elements on which we do."""
    model = ifcopenshell.open(str(path))
    ours = [(frozenset(result.applicable), frozenset(result.failed)) for result in judge(model, document)]
    pairs = zip(document.specifications, ours, ifctester(model, document), strict=True)
    return {str(s.identifier): _count(one, other) for s, one, other in pairs if one != other}


def _count(ours: Verdict, theirs: Verdict) -> int:
    return len((ours[0] ^ theirs[0]) | (ours[1] ^ theirs[1]))


def listed(path: Path, document: Document) -> dict[str, int]:
    """The differences that are known, of the clauses at hand."""
    asked = {str(s.identifier) for s in document.specifications}
    return {
        code: known.count for code, known in TESTER.get(path.stem, TESTER.get(path.name, {})).items() if code in asked
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SMALL, *LARGE])
def test_on_a_real_model_ifctester_names_the_same_elements(shared: Path, name: str) -> None:
    path = shared / "ifc" / name
    assert differences(path, DOCUMENT) == listed(path, DOCUMENT)


@pytest.mark.parametrize("name", SAMPLES)
def test_on_a_sample_ifctester_names_the_same_elements(name: str) -> None:
    assert differences(ROOT / "sample_models" / "models" / name, DOCUMENT) == {}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_on_a_golden_case_ifctester_names_the_same_elements(path: Path) -> None:
    document = replace(DOCUMENT, specifications=(SAID[path.parent.name],))
    assert differences(path, document) == listed(path, document)


def test_every_clause_that_ids_says_is_compared() -> None:
    assert {code for code, clause in PACK.entries.items() if clause.specification} == set(SAID)
    assert {path.parent.name for path in PATHS} == set(SAID)
