"""`rukhsa plot` says what may be built, in both languages, and writes it for maps and city models."""

import json
from datetime import date
from pathlib import Path

import pytest
import shapely
import trimesh

from api.cli import main
from gis.envelope import envelope
from gis.planning import load_zone, site_for
from permits.i18n import LANGUAGES
from permits.land.allowed import lines

ZONE = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
DAY = date(2026, 11, 1)
ASKED = ("plot", "103", "--layers", str(ZONE), "--on", DAY.isoformat())


def test_a_person_reads_what_may_be_built(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*ASKED, "--lang", "ar"]) == 0
    said = capsys.readouterr().out
    assert "الطوابق المسموحة: 4" in said
    assert "أكبر مساحة طابقية: 1247.99 م²" in said
    assert "افتراضي" in said  # the figures are fictitious, and say so


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plot_is_told_in_words(language: str) -> None:
    for plot in load_zone(ZONE).plots:
        if any(s.valid_from <= DAY and (s.valid_to is None or s.valid_to > DAY) for s in plot.sheets):
            site = site_for(ZONE, plot.number, on=DAY)
            told = lines(site, envelope(site), language)
            assert not [text for line in told for text in line if not text or "plot-" in text or "use-" in text]


def test_the_layers_are_of_the_plot(tmp_path: Path) -> None:
    figures, layer, city = (tmp_path / name for name in ("f.json", "e.geojson", "e.city.json"))
    assert main([*ASKED, "--json", str(figures), "--geojson", str(layer), "--cityjson", str(city)]) == 0
    told = json.loads(figures.read_bytes())
    assert told["allowed"] == {"floors": 4, "height": 14.5, "footprint": 311.9967, "floor_area": 1247.9867}
    features = json.loads(layer.read_bytes())["features"]
    shapes = {f["properties"]["kind"]: shapely.geometry.shape(f["geometry"]) for f in features}
    assert shapes["plot"].buffer(1e-6).covers(shapes["building"])
    assert 35.0 < shapes["plot"].centroid.x < 43.0
    assert set(json.loads(city.read_bytes())["CityObjects"]) == {
        "plot-103-building", "plot-103-projections", "plot-103-basement",
    }  # fmt: skip


def test_the_statement_and_the_scene_are_written(tmp_path: Path) -> None:
    paper, scene = tmp_path / "s.pdf", tmp_path / "s.glb"
    assert main([*ASKED, "--pdf", str(paper), "--glb", str(scene)]) == 0
    assert paper.read_bytes()[:5] == b"%PDF-"
    assert set(trimesh.load_scene(scene).geometry) == {"plot", "building", "projections", "basement"}


def test_an_unknown_plot_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plot", "9999", "--layers", str(ZONE), "--on", "2026-11-01", "--lang", "en"]) == 2
    assert "9999" in capsys.readouterr().err
