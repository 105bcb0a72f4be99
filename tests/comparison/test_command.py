"""`rukhsa compare` on two submissions of one building."""

import json
from pathlib import Path

import pytest

from api.cli import main
from bim.comparison.report import Comparison
from tests.bim.files import ROOT

MODELS = ROOT / "sample_models" / "models"
BEFORE, AFTER = MODELS / "planted-violations.ifc", MODELS / "complies.ifc"


def run(old: Path, new: Path, *more: str) -> int:
    return main(["compare", str(old), str(new), "--no-geometry", "--on", "2026-06-01", "--lang", "ar", *more])


@pytest.mark.slow
def test_what_was_mended_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "comparison.json"
    assert run(BEFORE, AFTER, "--json", str(out)) == 0
    said = capsys.readouterr().out
    assert "BIM-502" in said.split("ملاحظات جديدة")[0]
    found = Comparison.from_json(out.read_bytes())
    assert {"BIM-502", "BIM-603"} <= {c.rule for c in found.findings if c.course == "mended"}
    assert found.to_json() == out.read_bytes()
    assert found.elements.rekeyed > 100  # the two samples have their ids from different names


@pytest.mark.slow
def test_what_is_new_is_exit_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(AFTER, BEFORE) == 1
    assert "BIM-603" in capsys.readouterr().out.split("ملاحظات جديدة")[1]


@pytest.mark.slow
def test_a_model_beside_itself_has_changed_in_nothing(tmp_path: Path) -> None:
    out = tmp_path / "comparison.json"
    assert run(AFTER, AFTER, "--json", str(out)) == 0
    body = json.loads(out.read_bytes())
    assert (body["elements"]["changes"], body["elements"]["rekeyed"]) == ([], 0)
    assert {finding["course"] for finding in body["findings"]} == {"stays"}  # without a plot some stay undecided


@pytest.mark.slow
def test_a_refused_model_is_exit_2_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half = tmp_path / "half.ifc"
    half.write_bytes(AFTER.read_bytes()[:5000])
    assert run(BEFORE, half) == 2
    assert "half.ifc" in capsys.readouterr().err
