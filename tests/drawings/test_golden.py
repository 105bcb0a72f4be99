"""The drawing of the sample that complies gives the measures of its model, and the same verdict where it can judge."""

from datetime import date
from functools import cache
from typing import Any

import pytest
import yaml

from bim.drawings.judge import JUDGED
from bim.findings import Outcome
from bim.report import Report
from permits.review.check import check_drawing, check_model
from sample_models import drawing
from tests.bim.files import ROOT

SAMPLES = ROOT / "sample_models"
MANIFEST: dict[str, Any] = yaml.safe_load((SAMPLES / "manifest.yaml").read_text(encoding="utf-8"))
MODEL = MANIFEST["models"][0]
ON = {"layers": SAMPLES / MANIFEST["zone"], "plot": MODEL["plot"], "on": date.fromisoformat(str(MANIFEST["on"]))}


@cache
def drawn() -> Report:
    folder = SAMPLES / "drawings"
    return check_drawing(folder / drawing.DRAWING, folder / drawing.QUANTITIES, **ON)


def test_the_generator_writes_the_committed_bytes(tmp_path: Any) -> None:
    for path in drawing.generate(tmp_path):
        assert path.read_bytes() == (SAMPLES / "drawings" / path.name).read_bytes()


def test_measures_are_those_of_the_manifest_and_say_where_they_are_from() -> None:
    ours = {(m.name, m.subject): m for m in drawn().measures if m.storey is None}
    expected = [row for row in MODEL["measures"] if row["storey"] is None]
    assert {row["name"] for row in expected} - {name for name, _ in ours} == {"balcony_area", "light_well_side"}
    for row in expected:
        if (row["name"], row["subject"]) in ours:
            assert ours[row["name"], row["subject"]].value == pytest.approx(row["value"], rel=1e-4, abs=1e-3)
    methods = {name: measure.method for (name, _), measure in ours.items()}
    assert {name for name, method in methods.items() if method == "declared"} == {
        "storey_count", "height", "basement_rise", "dwellings", "parking_bays",
    }  # fmt: skip
    assert methods["setback"] == methods["coverage"] == "drawing"


def test_areas_of_storeys_are_those_of_the_manifest() -> None:
    areas = [m.value for m in drawn().measures if m.name == "storey_area"]
    expected = [row["value"] for row in MODEL["measures"] if row["name"] == "storey_area"]
    assert sorted(areas) == pytest.approx(sorted(expected), abs=0.01)


@pytest.mark.slow
def test_what_can_be_judged_is_judged_as_the_model_is() -> None:
    model = check_model(SAMPLES / "models" / MODEL["file"], **ON)
    theirs = {(f.rule, f.subject): f for f in model.findings if f.rule in JUDGED}
    for finding in drawn().findings:
        if finding.rule in JUDGED:
            key = finding.rule, "" if finding.rule in ("PRJ-04", "BSM-01") else finding.subject
            of_model = theirs.get(key) or next(f for (rule, _), f in theirs.items() if rule == finding.rule)
            assert finding.outcome is of_model.outcome, finding.rule
            if finding.value is not None and finding.rule != "SET-04":
                assert finding.value == pytest.approx(of_model.value, rel=2e-3, abs=2e-3), finding.rule
    assert drawn().of(Outcome.FAIL) == []


def test_all_other_rules_are_undecided_and_the_guide_does_not_apply() -> None:
    reasons = {f.rule: f.reason.code for f in drawn().findings if f.reason is not None and f.rule not in JUDGED}
    guide = {rule for rule in reasons if rule.startswith("BIM-")}
    assert len(guide) > 50
    assert {reasons[rule] for rule in guide} == {"no_model"}
    assert {code for rule, code in reasons.items() if rule not in guide} == {"needs_model"}
    assert {f.rule for f in drawn().of(Outcome.UNDECIDED)} == set(reasons) - guide
    assert drawn().verdict == "undecided"


def test_the_report_survives_its_own_json() -> None:
    assert Report.from_json(drawn().to_json()).to_json() == drawn().to_json()
