"""The section on the guide is made from a run, and counts every model for every clause."""

from pathlib import Path

import pytest

from tests.conformance import guide
from tests.oracles.compare import PACK
from tests.oracles.known import MODELS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    return guide.section()


def test_every_clause_has_its_row_and_every_model_is_counted(text: str) -> None:
    rows = [row for line in text.splitlines() if len(row := line.strip("| ").split(" | ")) == 9]
    told = [row for row in rows if row[0] in PACK.entries]
    assert [row[0] for row in told] == list(PACK.entries)
    assert {sum(map(int, row[3:7])) for row in told} == {len(list(guide.MODELS_OF_OTHERS.glob("*.ifc")))}
    assert {row[8] for row in told} == {"utilities", "meshes", "ifctester", "-"}


def test_the_differences_are_told(text: str) -> None:
    for name, codes in MODELS.items():
        for code, known in codes.items():
            assert f"| {name} | {code} | {known.count} | {known.reason} |" in text
