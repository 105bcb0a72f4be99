"""Models of several disciplines handed in together, through the front door."""

from datetime import date
from pathlib import Path

import pytest

from bim.findings import Outcome
from bim.guide.pack import guide_in_force
from bim.packs import code_in_force
from bim.report import Report
from bim.review import review
from tests.bim.files import ROOT

DAY = date(2026, 6, 1)
CASES = ROOT / "sample_models" / "rules" / "BIM-953"


def judged(name: str, companion: Path | None) -> Report:
    companions = [("structure", companion)] if companion else []
    packs = {"guide": guide_in_force(DAY), "code": code_in_force(DAY)}
    return review(CASES / f"{name}.ifc", site=None, on=DAY, geometry=False, companions=companions, **packs)


def outcome(report: Report) -> Outcome:
    (found,) = (finding for finding in report.findings if finding.rule == "BIM-953")
    return found.outcome


def test_a_companion_is_compared_and_named_in_the_report() -> None:
    report = judged("fail-other-name", CASES / "fail-other-name.structure.ifc")
    assert outcome(report) is Outcome.FAIL
    (companion,) = report.companions
    assert (companion.discipline, companion.model.name) == ("structure", "fail-other-name.structure.ifc")
    assert Report.from_json(report.to_json()).companions == report.companions


@pytest.mark.slow
def test_aligned_companions_pass_and_a_model_alone_has_nothing_to_compare() -> None:
    assert outcome(judged("pass-aligned", CASES / "pass-aligned.structure.ifc")) is Outcome.PASS
    assert outcome(judged("na-alone", None)) is Outcome.NOT_APPLICABLE


def test_a_companion_that_cannot_be_read_refuses_all_by_its_name(tmp_path: Path) -> None:
    broken = tmp_path / "structure.ifc"
    broken.write_bytes((CASES / "pass-aligned.structure.ifc").read_bytes()[:2000])
    report = judged("pass-aligned", broken)
    assert report.refusal is not None
    assert (report.refusal.code, report.refusal.values["companion"]) == ("half_file", "structure.ifc")
