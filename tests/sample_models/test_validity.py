"""The samples are valid: by their schema, its EXPRESS rules and every normative rule."""

from pathlib import Path

import pytest

from bim.validity.check import check
from tests.bim.files import ROOT

MODELS = sorted((ROOT / "sample_models" / "models").glob("*.ifc"))


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_a_sample_is_valid(model: Path) -> None:
    report = check(model, express=True)
    assert report.verdict == "valid", [v.rule for v in report.verdicts if v.violations]
