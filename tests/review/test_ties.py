"""A model on its plot by surveyed points: the whole way, from the command to the words."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import ifcopenshell
import pytest
from shapely import Point

from api.cli import main
from bim.findings import Outcome
from bim.placement import apply, place
from bim.report import Report
from bim.tie_points import TiePoint
from permits.review.check import check_model
from permits.review.placing import placing
from tests.review.test_samples import MANIFEST, MODELS, SAMPLES, checked

COMPLIES, SILENT = "complies.ifc", "cannot-be-judged.ifc"
LAYERS, DAY = SAMPLES / MANIFEST["zone"], date.fromisoformat(str(MANIFEST["on"]))


def corners(unit: float = 1.0) -> list[TiePoint]:
    """Four points of the model and where its own map conversion has them, as a surveyor would."""
    placed, _ = place(ifcopenshell.open(str(SAMPLES / "models" / COMPLIES)), None, None)
    assert placed is not None
    made = []
    for x, y in [(0.0, 0.0), (20.0, 0.0), (20.0, 25.0), (0.0, 25.0)]:
        at = apply(placed, Point(x, y))
        made.append(TiePoint(x / unit, y / unit, round(at.x, 4), round(at.y, 4), 0.0, placed.height))
    return made


def judged(file: str, *ties: TiePoint) -> Report:
    return check_model(SAMPLES / "models" / file, layers=LAYERS, plot=MODELS[file]["plot"], on=DAY, ties=ties)


@pytest.mark.slow
@pytest.mark.parametrize("unit", [1.0, 0.001])
def test_tie_points_measure_what_a_right_declaration_measures(unit: float) -> None:
    found, declared = judged(COMPLIES, *corners(unit)), checked(COMPLIES)
    assert found.placement is not None
    assert (found.placement.method, found.placement.points, found.placement.hypothesis) == ("tie_points", 4, unit)
    assert found.placement.rms < 1e-3
    assert found.placement.band == pytest.approx(declared.placement.band if declared.placement else 0, abs=1e-3)
    (said,) = found.declarations
    assert (said.method, said.apart) == ("IfcMapConversion", pytest.approx(0.0, abs=1e-3))
    ours, theirs = ({(m.name, m.storey, m.subject): m.value for m in r.measures} for r in (found, declared))
    assert ours == pytest.approx(theirs, abs=2e-3)
    assert {(f.rule, f.outcome) for f in found.findings} == {(f.rule, f.outcome) for f in declared.findings}


@pytest.mark.slow
def test_a_model_that_says_nothing_is_placed() -> None:
    before, after = checked(SILENT), judged(SILENT, *corners())
    assert before.placement is None
    assert after.placement is not None
    setbacks = {f.rule: f.outcome for f in after.findings if f.rule.startswith("SET-0")}
    assert Outcome.UNDECIDED not in {setbacks[rule] for rule in ("SET-01", "SET-02", "SET-03")}


def test_wrong_points_refuse_the_model_before_it_is_opened() -> None:
    found = judged(COMPLIES, *corners()[:1])
    assert found.refusal is not None
    assert found.refusal.code == "tie_few"
    assert found.model.sha256


@pytest.mark.slow
def test_the_command_takes_points_and_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, *others = corners()
    file, out = tmp_path / "points.csv", tmp_path / "report.json"
    rows = [f"{p.x};{p.y};{p.east};{p.north};{p.z};{p.height}" for p in others]
    file.write_text("\n".join(["x;y;east;north;z;height", *rows]), encoding="utf-8")
    tie = f"{first.x},{first.y},{first.z}={first.east},{first.north},{first.height}"
    model = str(SAMPLES / "models" / COMPLIES)
    code = main(["check", model, "--layers", str(LAYERS), "--plot", MODELS[COMPLIES]["plot"], "--on", DAY.isoformat(),
                 "--tie", tie, "--tie-points", str(file), "--json", str(out), "--lang", "ar"])  # fmt: skip
    assert code == 0
    assert json.loads(out.read_bytes())["placement"]["points"] == 4
    assert "نقاط الربط" in capsys.readouterr().out


def test_the_command_refuses_what_is_no_point(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(SAMPLES / "models" / COMPLIES), "--tie", "1,2", "--lang", "ar"]) == 2
    assert "لا تُقرأ نقطة ربط" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("count", [3, 4])
def test_a_contradicted_point_is_told_and_widens_the_band(count: int) -> None:
    first, *others = corners()[:count]
    found = judged(COMPLIES, replace(first, east=first.east + 0.6, name="A"), *others)
    assert found.placement is not None
    assert len(found.placement.outliers) == 1
    assert found.placement.band > 0.1
    (line,) = [line for line in placing(found, "en") if "contradict" in line]
    assert ("three" in line) == (count == 3)
    setbacks = [f for f in found.findings if f.rule.startswith("SET-0")]
    bands = [f.tolerance for f in setbacks if f.tolerance]
    assert bands == pytest.approx([0.02 + found.placement.band] * len(bands), abs=1e-3)
    assert [f for f in setbacks if f.outcome is Outcome.UNDECIDED and f.reason and f.reason.code == "near_limit"]


def test_the_declaration_that_was_used_is_not_told_twice() -> None:
    lines = placing(checked(COMPLIES), "en")
    assert [line for line in lines if "IfcMapConversion" in line] == lines[:1]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_position_is_told_in_words(language: str) -> None:
    lines = placing(judged(COMPLIES, *corners()[:2]), language)
    assert len(lines) == 4  # by what, how well, that two points check nothing, and what the model says
    assert all("{" not in line for line in lines)
