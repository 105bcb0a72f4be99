"""`rukhsa strata`: what it prints, writes and refuses."""

import io
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from api.cli import main
from tests.bim.files import ROOT

SAMPLES = ROOT / "sample_models"
MODEL = SAMPLES / "models" / "complies.ifc"
ON_PLOT = ("--layers", str(SAMPLES / "zone" / "zone.gpkg"), "--plot", "103")


def run(model: Path, *more: str, language: str = "ar") -> int:
    return main(["strata", str(model), "--on", "2026-11-01", "--lang", language, *more])


@pytest.mark.slow
def test_the_table_is_printed_and_written_in_every_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = {kind: tmp_path / f"out.{kind}" for kind in ("json", "html", "xlsx", "cityjson")}
    assert run(MODEL, *ON_PLOT, *(part for kind, path in out.items() for part in (f"--{kind}", str(path)))) == 0
    assert "8 | مسكن | 3 | 97.06" in capsys.readouterr().out
    page = out["html"].read_text(encoding="utf-8")
    assert 'dir="rtl"' in page
    assert page.count("مسكن") == 8
    assert "2400" in page
    assert "افتراضية" in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    book = load_workbook(io.BytesIO(out["xlsx"].read_bytes()))
    sheet = book.worksheets[0]
    assert sheet.sheet_view.rightToLeft
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 10
    assert (rows[1][0], rows[1][3], rows[-1][-1]) == ("1", pytest.approx(97.0575), 2400)
    city = json.loads(out["cityjson"].read_bytes())
    units = [one for one in city["CityObjects"].values() if one["type"] == "BuildingUnit"]
    kinds = [unit["attributes"]["type"] for unit in units]
    assert (kinds.count("individual"), kinds.count("shared")) == (8, 29)  # the roof has no volume
    assert len(city["CityObjects"]["building"]["children"]) == 37
    assert {unit["attributes"]["class"] for unit in units} == {"LA_LegalSpaceBuildingUnit"}
    assert sum(unit["attributes"].get("shares_of_2400", 0) for unit in units) == 2400
    assert all(unit["parents"] == ["building"] and len(unit["geometry"]) == 1 for unit in units)


@pytest.mark.slow
def test_the_volume_of_a_section_is_its_gross_area_times_its_height(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert run(MODEL, *ON_PLOT, "--cityjson", str(out), language="en") == 0
    city = json.loads(out.read_bytes())
    points = [[step * 0.001 for step in vertex] for vertex in city["vertices"]]
    sections = [unit for unit in city["CityObjects"].values() if unit["attributes"].get("type") == "individual"]
    assert len(sections) == 8
    for unit in sections:
        for solid in unit["geometry"]:
            volume = sum(_signed([points[i] for i in ring]) for (ring,) in solid["boundaries"][0])
            assert volume == pytest.approx(unit["attributes"]["gross_area"] * 3.0, rel=2e-3)


def _signed(ring: list[list[float]]) -> float:
    """The signed volume of the fan from the origin to a face (divergence theorem)."""
    (x0, y0, z0), *rest = ring
    total = 0.0
    for (x1, y1, z1), (x2, y2, z2) in pairwise(rest):
        total += x0 * (y1 * z2 - z1 * y2) - y0 * (x1 * z2 - z1 * x2) + z0 * (x1 * y2 - y1 * x2)
    return total / 6


def test_without_zones_nothing_is_decided(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(SAMPLES / "models" / "cannot-be-judged.ifc", language="en") == 0
    assert "IfcZone" in capsys.readouterr().out


def test_a_model_that_stands_nowhere_has_no_legal_volumes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    assert run(SAMPLES / "models" / "cannot-be-judged.ifc", "--cityjson", str(out)) == 2
    assert not out.exists()
    assert "مجسمات" in capsys.readouterr().err


def test_a_refused_model_is_exit_2(tmp_path: Path) -> None:
    half = tmp_path / "half.ifc"
    half.write_bytes(MODEL.read_bytes()[:5000])
    assert run(half) == 2
    assert run(tmp_path / "absent.ifc") == 2
