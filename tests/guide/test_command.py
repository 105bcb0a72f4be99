"""A stranger changes the guide in Excel and sees what it does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from api.cli import main
from bim.guide.pack import guide_in_force
from bim.guide.workbook import COLUMNS
from bim.guide.writing import yaml_of
from permits.review.check import check_model
from permits.review.guides import guide_of
from permits.review.kept import clauses_of
from tests.bim.files import ROOT

MODEL = ROOT / "sample_models" / "models" / "planted-violations.ifc"
DAY = date(2026, 6, 1)


def edited(path: Path, clause: str, column: str, value: str) -> Path:
    book = load_workbook(path)
    sheet = book["clauses"]
    row = next(row for row in sheet.iter_rows(min_row=3) if row[0].value == clause)
    row[COLUMNS["clauses"].index(column)].value = value
    target = path.with_name("changed.xlsx")
    book.save(target)
    return target


@pytest.fixture
def workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "guide.xlsx"
    assert main(["guide", "export", str(path), "--lang", "ar"]) == 0
    assert "168" in capsys.readouterr().out
    return path


@pytest.mark.slow
def test_a_changed_workbook_is_imported_compared_and_tried(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed, pack = edited(workbook, "BIM-503", "severity", "error"), tmp_path / "own.yaml"
    assert main(["guide", "import", str(changed), str(pack), "--lang", "ar"]) == 0
    assert main(["guide", "diff", "provisional-2026", str(pack), "--lang", "ar"]) == 1
    assert "BIM-503 الشدة\n  - warning" in capsys.readouterr().out
    lighter = edited(workbook, "BIM-502", "stages", "as_built")
    assert main(["guide", "try", str(lighter), str(MODEL), "--on", "2026-06-01", "--lang", "ar"]) == 1
    assert "BIM-502 مساحة الفراغات: مخالف ← غير مطلوب" in capsys.readouterr().out


@pytest.mark.slow
def test_what_changes_nothing_is_exit_0(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["guide", "diff", "provisional-2026", str(workbook), "--lang", "ar"]) == 0
    assert main(["guide", "try", str(workbook), str(MODEL), "--on", "2026-06-01", "--lang", "ar"]) == 0
    assert "لا يتغير الحكم على أي بند." in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize(
    ("clause", "column", "value", "said"),
    [
        ("BIM-503", "severity", "fatal", "الورقة \u2068clauses\u2069، السطر"),
        ("BIM-401", "params", "most: much", "العمود \u2068params\u2069"),
        ("BIM-401", "check", "no such", "لا تحقق بهذا الاسم"),
    ],
)
def test_a_fault_is_told_in_arabic_by_its_cell(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], clause: str, column: str, value: str, said: str
) -> None:
    changed = edited(workbook, clause, column, value)
    assert main(["guide", "import", str(changed), str(tmp_path / "own.yaml"), "--lang", "ar"]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.slow
def test_a_specification_goes_out_as_ids_and_comes_in_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids, pack = tmp_path / "guide.ids", tmp_path / "own.yaml"
    assert main(["guide", "export", str(ids), "--lang", "en"]) == 0
    assert main(["guide", "import", str(ids), str(pack), "--lang", "en"]) == 0
    capsys.readouterr()
    assert main(["guide", "diff", "provisional-2026", str(pack), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "The guides are the same.\n"


def municipal(folder: Path) -> None:
    guide = guide_in_force(DAY)
    own = replace(guide, id="municipal", valid_from=date(2026, 3, 1), entries={"BIM-502": guide.entries["BIM-502"]})
    (folder / "municipal.yaml").write_bytes(yaml_of(own))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    monkeypatch.setenv("RUKHSA_GUIDES_DIR", str(tmp_path))
    return lambda: municipal(tmp_path)


@pytest.mark.slow
def test_the_municipalitys_guide_judges_from_its_day_on(folder: Callable[[], None]) -> None:
    folder()
    assert guide_of(date(2026, 2, 1)).id == "provisional-2026"
    assert guide_of(DAY).id == "municipal"
    report = check_model(MODEL, layers=None, plot=None, on=DAY, geometry=False)
    assert {f.rule for f in report.findings if f.rule.startswith("BIM")} == {"BIM-502"}
    assert report.packs[0].id == "municipal"
    assert clauses_of(report).title("BIM-502", "ar") == "مساحة الفراغات"
