"""The 291 pass and fail pairs of buildingSMART's IDS repository (2026), each judged as its file name says."""

from pathlib import Path

import ifcopenshell
import pytest

from bim.ids.judge import judge
from bim.ids.read import read
from tests.ids.samples import pairs


def verdict(path: Path) -> str:
    """Ours on a pair."""
    model = ifcopenshell.open(str(path.with_suffix(".ifc")))
    results = list(judge(model, read(path)))
    return "fail" if any(result.status == "fail" for result in results) else "pass"


@pytest.mark.parametrize("path", pairs("pass", "fail"), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_pair_is_judged_as_its_name_says(path: Path) -> None:
    assert verdict(path) == path.name.split("-")[0]
