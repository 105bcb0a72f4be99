"""`rukhsa land read`: a real cadastre becomes a zone file that plots are asked of, wholly or not at all."""

import json
from datetime import date
from pathlib import Path

import pytest
import shapely

from api.cli import main
from gis.errors import NoFront
from gis.planning import load_zone, site_for
from gis.site import EdgeRole
from tests.gis.sources.drawing import outline, square, text, write
from tests.land.offices import DUTCH, STATED, dutch, plots_of, read, write_sheets


def test_a_real_cadastre_becomes_a_zone(rotterdam: Path) -> None:
    zone = load_zone(rotterdam)
    assert (zone.grid, len(zone.plots), len(zone.streets)) == ("EPSG:28992", 716, 255)
    assert {planned.code for planned in zone.zones} == {"RTD04", "RTD05", "RTD06", "RTD08", "KLG00"} & {
        plot.zone for plot in zone.plots
    }
    assert all(planned.fictitious for planned in zone.zones)  # since the sheets are
    outlines = {planned.code: planned.polygon.buffer(0.01) for planned in zone.zones}
    assert all(outlines[plot.zone].covers(plot.polygon) for plot in zone.plots)


@pytest.mark.slow
def test_a_plot_of_the_real_cadastre_is_asked_what_may_be_built(
    rotterdam: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fronts, figures = [], tmp_path / "f.json"
    asked = load_zone(rotterdam).plots[::6]
    for plot in asked:
        try:
            fronts.append(site_for(rotterdam, plot.number, on=date(2026, 11, 1)))
        except NoFront:
            continue  # of some plots the data says no more
    assert len(fronts) > 0.85 * len(asked)
    plain = next(s for s in fronts if 100 < s.polygon.area < 300 and s.edges_of(EdgeRole.REAR))
    assert main(["plot", plain.plot, "--layers", str(rotterdam), "--lang", "ar", "--json", str(figures)]) == 0
    assert "روتردام" in capsys.readouterr().out
    assert json.loads(figures.read_bytes())["allowed"]["footprint"] > 0


@pytest.mark.slow
def test_the_same_layers_give_the_same_bytes(shared: Path, rotterdam: Path, tmp_path: Path) -> None:
    sheets, mapping = write_sheets(tmp_path, plots_of(shared))
    assert read(dutch(shared), tmp_path / "a.gpkg", *DUTCH, "--sheets", sheets, "--sheets-mapping", mapping) == 0
    assert (tmp_path / "a.gpkg").read_bytes() == rotterdam.read_bytes()


def test_what_was_measured_or_lacks_is_said(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read(dutch(shared), tmp_path / "a.gpkg", *DUTCH) == 0
    said = capsys.readouterr().out
    assert "\u2068716\u2069 من المقاسم بلا منهاج وجائب" in said
    assert "\u2068255\u2069 من الشوارع بلا عرض مخطط" in said


def test_a_refusal_tells_every_fault_and_leaves_the_file_before(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.gpkg"
    out.write_bytes(b"before")
    sheets, mapping = write_sheets(tmp_path, plots_of(shared)[:3], coverage="45", max_height_m="3")
    assert read(dutch(shared), out, *DUTCH, "--sheets", sheets, "--sheets-mapping", mapping) == 2
    said = capsys.readouterr().err.splitlines()
    assert "6" in said[0]
    assert len(said) == 1 + 6
    assert sum("نسبة البناء" in line for line in said) == 3
    assert out.read_bytes() == b"before"
    assert not list(tmp_path.glob(".zone*"))


@pytest.mark.parametrize(("lang", "word"), [("ar", "منسوب"), ("en", "reference level")])
def test_a_level_is_not_invented(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, word: str
) -> None:
    bare = ("--mapping", "nl-brk-parcels", *STATED)
    assert read(dutch(shared), tmp_path / "a.gpkg", *bare, lang=lang) == 2
    assert word in capsys.readouterr().err
    assert not (tmp_path / "a.gpkg").exists()


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert read(tmp_path / "a.shp", tmp_path / "a.gpkg", "--mapping", "absent", *STATED, lang="en") == 2
    assert "absent" in capsys.readouterr().err


LOCAL = """
id: local
version: "1"
status: fictitious
source: invented
grid: LOCAL:T
fields:
  number: {columns: [text]}
  zone: {constant: T}
"""
CORNERS = ((0.0, 0.0), (100.0, 0.0), (100.0, 80.0), (0.0, 80.0))


def test_a_local_grid_comes_in_by_its_control_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Turned by a quarter and shifted; the fourth point was written down wrong by 2 m."""
    drawing = write(tmp_path / "a.dxf", [outline("P", square(10, 10)), text("P", (15, 15), "7")])
    (tmp_path / "local.yaml").write_text(LOCAL)
    lines = [
        f"P{at},{u},{v},{200000 - v},{174500 + u + (2.0 if at == 3 else 0.0)}" for at, (u, v) in enumerate(CORNERS)
    ]
    (tmp_path / "points.csv").write_text("\n".join(["name,local_x,local_y,x,y", *lines]))
    out = tmp_path / "a.gpkg"
    known = ("--mapping", tmp_path / "local.yaml", *STATED, "--zone-level", "690")
    assert read(drawing, out, *known, "--control-points", tmp_path / "points.csv") == 0
    said = capsys.readouterr().out.splitlines()
    assert [line for line in said if "تناقضها" in line] == [line for line in said if "\u2068P3\u2069" in line]
    good = [lines[0], lines[1], lines[2]]
    (tmp_path / "points.csv").write_text("\n".join(["name,local_x,local_y,x,y", *good]))
    assert read(drawing, out, *known, "--control-points", tmp_path / "points.csv") == 0
    zone = load_zone(out)
    assert zone.grid == "EPSG:22770"
    expected = shapely.box(199970, 174510, 199990, 174530)
    assert zone.plots[0].polygon.symmetric_difference(expected).area < 1e-3
    assert zone.zones[0].residual == pytest.approx(0.3, abs=1e-6)


def test_a_local_grid_without_control_points_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawing = write(tmp_path / "a.dxf", [outline("P", square(10, 10)), text("P", (15, 15), "7")])
    (tmp_path / "local.yaml").write_text(LOCAL)
    known = ("--mapping", tmp_path / "local.yaml", *STATED, "--zone-level", "690")
    assert read(drawing, tmp_path / "a.gpkg", *known, lang="en") == 2
    assert "LOCAL:T" in capsys.readouterr().err


@pytest.mark.parametrize(("line", "code"), [("P1,a,0,1,2", "P1"), ("P1,nan,0,1,2", "P1")])
def test_a_control_point_without_coordinates_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, code: str
) -> None:
    drawing = write(tmp_path / "a.dxf", [outline("P", square(10, 10)), text("P", (15, 15), "7")])
    (tmp_path / "local.yaml").write_text(LOCAL)
    (tmp_path / "points.csv").write_text(f"name,local_x,local_y,x,y\n{line}\nP2,5,5,1,2\n")
    known = ("--mapping", tmp_path / "local.yaml", *STATED, "--zone-level", "690")
    assert read(drawing, tmp_path / "a.gpkg", *known, "--control-points", tmp_path / "points.csv", lang="en") == 2
    assert code in capsys.readouterr().err
