"""`rukhsa validate`: its exit codes, what it writes, and that no model can hurt the parent."""

import json
import time
from pathlib import Path

import psutil
import pytest

from api.cli import main
from bim.orders import Limits
from bim.refusals import CancelledError, RefusedError
from bim.validity import check as checking
from bim.validity.catalogue import RULES
from bim.validity.check import check
from bim.validity.report import ValidityReport
from bim.validity.verdicts import Outcome
from permits.i18n import LANGUAGES
from tests.bim.files import step

PROJECT = (
    "#1=IFCPROJECT('2ZcYtzLnLCrRn_00g093yf',$,'P',$,$,$,$,(#2),#5);",
    "#2=IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-05,#3,$);",
    "#3=IFCAXIS2PLACEMENT3D(#4,$,$);",
    "#4=IFCCARTESIANPOINT((0.,0.,0.));",
    "#5=IFCUNITASSIGNMENT((#6));",
    "#6=IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.);",
    "#7=IFCGEOMETRICREPRESENTATIONSUBCONTEXT('Body',$,*,*,*,*,#2,$,.MODEL_VIEW.,$);",
)
WALL = "#8=IFCWALL('2ZcYtzLnLCrRn_00g093yg',$,$,$,$,$,$,$,$);"
SETS = (
    "#8=IFCPROPERTYSINGLEVALUE('x',$,$,$);",
    "#9=IFCPROPERTYSET('2ZcYtzLnLCrRn_00g093yg',$,'A',$,(#8));",
    "#10=IFCPROPERTYSET('2ZcYtzLnLCrRn_00g093yg',$,'B',$,(#8));",
)


def _written(folder: Path, name: str, *more: str) -> Path:
    path = folder / name
    path.write_bytes(step(*PROJECT, *more))
    return path


@pytest.fixture
def valid(tmp_path: Path) -> Path:
    """A project and nothing in it."""
    return _written(tmp_path, "valid.ifc")


@pytest.fixture
def loose(tmp_path: Path) -> Path:
    """A wall without a place."""
    return _written(tmp_path, "loose.ifc", WALL)


def test_valid_is_exit_0(valid: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(valid), "--express", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("valid.ifc: Valid\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_valid_is_exit_1_and_a_json(
    loose: Path, tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    assert main(["validate", str(loose), "--lang", language, "--json", str(out)]) == 1
    body = json.loads(out.read_bytes())
    assert body["verdict"] == "not_valid"
    assert [verdict["rule"] for verdict in body["verdicts"]] == ["SCHEMA", *sorted(RULES)]
    loose = next(verdict for verdict in body["verdicts"] if verdict["rule"] == "SPS005")
    assert loose["counts"] == {"no_place": 1}
    assert loose["violations"][0]["owner"] in capsys.readouterr().out


def test_schema_alone_decides_too(tmp_path: Path) -> None:
    """A GlobalId that is used twice breaks the schema and no normative rule."""
    report = check(_written(tmp_path, "twice.ifc", *SETS))
    assert {v.rule for v in report.verdicts if v.outcome is Outcome.FAIL} == {"SCHEMA"}
    assert report.verdicts[0].counts == {"double_id": 1}
    assert report.verdict == "not_valid"


def test_report_is_read_back(loose: Path) -> None:
    """The JSON says all that the report holds."""
    report = check(loose, express=True)
    assert ValidityReport.from_json(report.to_json()) == report
    assert [verdict.rule for verdict in report.verdicts][:2] == ["SCHEMA", "EXPRESS"]
    with pytest.raises(ValueError, match="rukhsa-validity-report"):
        ValidityReport.from_json(b'{"format": "rukhsa-report", "version": 1}')


def test_undecided_is_not_valid(valid: Path) -> None:
    """What could not be judged is told as that, and makes no model valid."""
    report = check(valid)
    first = report.verdicts[0]
    unclear = type(first)(first.rule, Outcome.UNDECIDED)
    assert ValidityReport(report.model, (unclear, *report.verdicts[1:])).verdict == "undecided"


@pytest.mark.parametrize("language", LANGUAGES)
def test_refused_is_exit_2(valid: Path, tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    half = tmp_path / "half.ifc"
    half.write_bytes(valid.read_bytes()[:-40])
    assert main(["validate", str(half), "--lang", language]) == 2
    assert main(["validate", str(tmp_path / "none.ifc"), "--lang", language]) == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_our_failure_is_exit_3(
    valid: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A child that cannot even begin is our fault and not the model's."""
    monkeypatch.setattr(checking, "WORK", "bim.validity.no_such_module")
    assert main(["validate", str(valid), "--lang", "en"]) == 3
    assert capsys.readouterr().err


@pytest.mark.slow
def test_cancelled_leaves_no_child(shared: Path) -> None:
    """A check that is stopped ends as stopped, and its child is gone."""
    before = set(psutil.Process().children())
    asked = time.monotonic() + 1.5
    with pytest.raises(CancelledError):
        check(shared / "ifc" / "Office_A_20110811.ifc", express=True, cancelled=lambda: time.monotonic() > asked)
    assert set(psutil.Process().children()) == before


def test_too_little_memory_is_told_as_that(shared: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        check(shared / "ifc" / "Schep_ROOT-houten_kozijnen.ifc", limits=Limits(memory=200 << 20))
    assert refused.value.code == "memory_limit"
