"""The quality of a zone file told in words, as a table, a layer and a page; and of a real cadastre."""

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import shapely
from openpyxl import load_workbook
from shapely.affinity import translate

from api.cli import main
from gis.planning import load_zone
from gis.quality.defects import DefectKind
from gis.quality.zone import defects_of_zone
from gis.zone import Zone
from gis.zone_file import write_zone
from permits.i18n import LANGUAGES
from permits.land import quality
from tests.land.offices import DUTCH, dutch, plots_of, read, write_sheets

LAYERS = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
FOUND = {
    DefectKind.OVERLAP, DefectKind.GAP, DefectKind.VERTEX_MISSING, DefectKind.AREA_DIFFERS, DefectKind.SHEET_MISSING,
}  # fmt: skip


def spoilt() -> Zone:
    """103 moved by a metre, 104 with another area of record, 105 without a sheet; a number that is a formula."""
    whole = load_zone(LAYERS)
    by = {plot.number: plot for plot in whole.plots}
    by["103"] = replace(by["103"], polygon=translate(by["103"].polygon, 1.0, 0.0))
    by["104"] = replace(by["104"], official_area=1.0, number="=1+1<b>")
    by["105"] = replace(by["105"], sheets=())
    return replace(whole, plots=tuple(by.values()))


@pytest.fixture
def zone(tmp_path: Path) -> Path:
    write_zone(spoilt(), tmp_path / "zone.gpkg")
    return tmp_path / "zone.gpkg"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_defect_is_told_and_written(
    zone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    out = {form: tmp_path / f"q.{form}" for form in ("xlsx", "geojson", "html")}
    options = [text for form, path in out.items() for text in (f"--{form}", str(path))]
    assert main(["land", "quality", str(zone), *options, "--lang", language]) == 1
    said = capsys.readouterr().out
    defects = defects_of_zone(load_zone(zone))
    assert {defect.kind for defect in defects} == FOUND
    assert said.count("\n") == len(FOUND) + len(defects)

    sheet = load_workbook(BytesIO(out["xlsx"].read_bytes())).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == len(defects)
    assert sheet.sheet_view.rightToLeft is (language == "ar")
    assert "f" not in {cell.data_type for row in rows for cell in row}  # no formula

    features = json.loads(out["geojson"].read_bytes())["features"]
    assert [feature["properties"]["kind"] for feature in features] == [str(defect.kind) for defect in defects]
    assert all(35.0 < shapely.geometry.shape(f["geometry"]).centroid.x < 43.0 for f in features)

    page = out["html"].read_text(encoding="utf-8")
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert "<b>" not in page.split("<h2>", 1)[1]  # the number of a plot is no markup
    assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", page)  # nothing is asked for from outside


def test_the_map_draws_every_plot_and_marks_every_defect() -> None:
    land = spoilt()
    defects = defects_of_zone(land)
    page = quality.page_of(defects, land, "ar", name="zone.gpkg")
    drawn = ET.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])  # noqa: S314 - written by us just now
    kinds = Counter(element.tag.rpartition("}")[2] for element in drawn.iter())
    assert kinds["circle"] == len(defects)
    assert kinds["path"] >= len(land.plots) + len(land.streets) + len(land.zones)
    width, height = map(float, drawn.attrib["viewBox"].split()[2:])
    marks = [(float(e.attrib["cx"]), float(e.attrib["cy"])) for e in drawn.iter() if e.tag.endswith("circle")]
    assert all(0 <= x <= width and 0 <= y <= height for x, y in marks)


def test_a_sound_zone_has_no_defects_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = load_zone(LAYERS)
    alone = next(plot for plot in whole.plots if plot.number == "103")
    zones = tuple(replace(zone, polygon=alone.polygon) for zone in whole.zones if zone.code == alone.zone)
    write_zone(replace(whole, plots=(alone,), zones=zones, parcels=()), tmp_path / "a.gpkg")
    page = tmp_path / "a.html"
    assert main(["land", "quality", str(tmp_path / "a.gpkg"), "--html", str(page), "--lang", "ar"]) == 0
    assert "لا عيوب" in capsys.readouterr().out
    assert "لا عيوب" in page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_quality_of_a_real_cadastre(shared: Path, tmp_path: Path) -> None:
    """Its register keeps overlaps out; a third of the areas of record differ from what is drawn."""
    sheets, mapping = write_sheets(tmp_path, plots_of(shared))
    out = tmp_path / "a.gpkg"
    assert read(dutch(shared), out, *DUTCH, "--sheets", sheets, "--sheets-mapping", mapping) == 0
    land = load_zone(out)
    found = quality.counted(defects_of_zone(land))
    assert DefectKind.OVERLAP not in found
    assert DefectKind.SHEET_MISSING not in found
    assert found[DefectKind.AREA_DIFFERS] > 100
    assert found[DefectKind.NO_FRONTAGE] > 10
    assert found[DefectKind.NOTHING_BUILDABLE] >= 1  # strips of land narrower than the invented setbacks
    page = quality.page_of(defects_of_zone(land), land, "ar", name=out.name)
    assert page.count("<circle") == sum(found.values())
    assert "بين الشوارع أو عند حدّ المنطقة" in page  # a gap at which no plot lies
    assert "\u2068\u2069" not in page
