"""The sample models give what their manifest says: measures, violations, and no verdict without a place."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bim.findings import Outcome
from bim.report import Report
from permits.review.check import check_model

SAMPLES = Path(__file__).parents[2] / "sample_models"
MANIFEST: dict[str, Any] = yaml.safe_load((SAMPLES / "manifest.yaml").read_text(encoding="utf-8"))
MODELS: dict[str, dict[str, Any]] = {sample["file"]: sample for sample in MANIFEST["models"]}
PLOT_RULES = {"PLOT-01", "SET-01", "SET-02", "SET-03", "COV-01", "FAR-01", "HGT-01", "FLR-01", "PRJ-01", "PRJ-02"} | {
    "BSM-01",
    "BSM-02",
}


@cache
def checked(file: str) -> Report:
    return check_model(
        SAMPLES / "models" / file,
        layers=SAMPLES / MANIFEST["zone"],
        plot=MODELS[file]["plot"],
        on=date.fromisoformat(str(MANIFEST["on"])),
    )


@pytest.mark.parametrize("file", MODELS)
def test_the_measures_are_those_of_the_manifest(file: str) -> None:
    ours = {(m.name, m.storey, m.subject): m for m in checked(file).measures}
    for expected in MODELS[file].get("measures") or []:
        measure = ours[expected["name"], expected["storey"], expected["subject"]]
        exact = max(measure.tolerance / 4, 1e-9)
        assert measure.value == pytest.approx(expected["value"], abs=exact), expected
        assert measure.unit == expected["unit"]


@pytest.mark.parametrize("file", MODELS)
def test_exactly_the_planted_violations_fail(file: str) -> None:
    report = checked(file)
    planted = {violation["rule"]: violation for violation in MODELS[file].get("violations") or []}
    failed = report.of(Outcome.FAIL)
    if file == "cannot-be-judged.ifc":
        # it does not say where it stands, and has no spaces
        assert {finding.rule for finding in failed} == {"BIM-210", "BIM-214", "BIM-504", "BIM-720"}
        return
    assert {finding.rule for finding in failed} == set(planted)
    for rule, violation in planted.items():
        ours = [finding for finding in failed if finding.rule == rule]
        assert {e for f in ours for e in f.elements} == set(violation["elements"]), rule
        for finding in ours:
            if violation["value"] is not None:
                assert finding.value == pytest.approx(violation["value"], rel=2e-3, abs=1e-3), rule
                assert finding.limit == pytest.approx(violation["limit"])
                assert finding.unit == violation["unit"]


@pytest.mark.parametrize("file", ["complies.ifc", "complies-ifc2x3-mm.ifc", "planted-violations.ifc"])
def test_what_can_be_judged_is_decided(file: str) -> None:
    assert checked(file).of(Outcome.UNDECIDED) == []


def test_a_model_without_a_place_leaves_every_plot_rule_undecided() -> None:
    report = checked("cannot-be-judged.ifc")
    answers = {f.rule: f for f in report.findings if f.rule in PLOT_RULES}
    assert set(answers) == PLOT_RULES
    assert {f.outcome for f in answers.values()} == {Outcome.UNDECIDED}
    assert {f.reason.code for f in answers.values() if f.reason} == {"no_georeference"}


def test_both_schemas_of_one_design_give_the_same_measures() -> None:
    new, old = checked("complies.ifc"), checked("complies-ifc2x3-mm.ifc")
    values = [(m.name, m.subject, round(m.value, 3)) for m in new.measures]
    assert values == [(m.name, m.subject, round(m.value, 3)) for m in old.measures]


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes() -> None:
    first = checked("planted-violations.ifc")
    again = checked.__wrapped__("planted-violations.ifc")
    assert first.timed(0).to_json() == again.timed(0).to_json()


def test_a_report_survives_its_own_json() -> None:
    report = checked("planted-violations.ifc")
    assert Report.from_json(report.to_json()).to_json() == report.to_json()
