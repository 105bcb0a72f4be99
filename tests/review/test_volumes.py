"""The volumes of a report as layers and scenes, in words on the page, and over the map."""

import io
import json
from functools import partial
from pathlib import Path

import pytest
import trimesh
from shapely import box
from shapely.geometry import shape

from api.cli import main
from bim.report import Report
from permits.land.zones import outlines_of
from permits.review.html import render
from permits.review.volumes import as_cityjson, as_geojson, as_glb, breakout_rows, breakouts, region_of
from tests.review.test_faces import ZONE, model
from tests.review.test_page import CLAUSES
from tests.review.test_samples import checked

PLANTED = partial(checked, "planted-violations.ifc")
COMPLIES = partial(checked, "complies.ifc")


def test_a_house_that_complies_breaks_out_nowhere() -> None:
    report = COMPLIES()
    assert {volume.kind for volume in report.volumes} == {
        "storey", "projection", "allowed", "allowed_projection", "allowed_basement"
    }  # fmt: skip
    assert not breakout_rows(report, "ar")


def test_what_was_planted_breaks_out_where_it_was_planted() -> None:
    found = {volume.kind: volume for volume in breakouts(PLANTED())}
    assert found["beyond_setback"].depth == pytest.approx(0.4, abs=0.01)
    assert found["beyond_height"].depth == pytest.approx(3.0, abs=0.02)
    assert "beyond_floors" in found
    assert "beyond_plot" not in found


def test_the_report_reads_back_with_its_volumes() -> None:
    report = PLANTED()
    again = Report.from_json(report.to_json())
    assert [v.kind for v in again.volumes] == [v.kind for v in report.volumes]
    assert region_of(again.volumes[0].rings).area == pytest.approx(report.volumes[0].area, abs=0.01)


def test_a_report_of_before_has_none() -> None:
    data = json.loads(COMPLIES().to_json())
    del data["volumes"]
    assert Report.from_json(json.dumps(data).encode()).volumes == ()


def test_the_layer_for_maps_is_in_syria_and_tells_levels() -> None:
    features = as_geojson(PLANTED())["features"]
    assert features[0]["properties"]["kind"] == "plot"
    assert all(box(35, 32, 43, 38).contains(shape(feature["geometry"])) for feature in features)
    worst = next(f["properties"] for f in features if f["properties"]["kind"] == "beyond_height")
    assert worst["top"] - worst["bottom"] == pytest.approx(worst["depth"], abs=0.01)


def test_the_layer_shows_the_shadows_of_each_day() -> None:
    shadows = [f["properties"] for f in as_geojson(COMPLIES())["features"] if f["properties"]["kind"] == "shadow"]
    assert {(s["day"], s["at"]) for s in shadows} == {
        (day, at) for day in ("winter_solstice", "equinox", "summer_solstice") for at in ("09:00", "12:30", "16:00")
    }


def test_the_scene_shows_building_limits_and_breakouts_apart() -> None:
    scene = trimesh.load_scene(io.BytesIO(as_glb(PLANTED())), file_type="glb")
    assert {"storey", "allowed", "beyond_setback", "beyond_height"} <= set(scene.geometry)


def test_the_city_model_has_the_building_with_its_parts() -> None:
    objects = json.loads(as_cityjson(PLANTED()))["CityObjects"]
    assert objects["410-storey"]["type"] == "Building"
    assert objects["410-beyond_setback"]["type"] == "OtherConstruction"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_tells_each_breakout_in_words(language: str) -> None:
    report = PLANTED()
    page = render(report, language=language, clauses=CLAUSES)
    rows = breakout_rows(report, language)
    assert rows
    assert all(row[0] in page and not row[0].startswith("volume-") for row in rows)


def test_the_map_gets_breakouts_to_the_side_and_nothing_of_a_building_without_a_place() -> None:
    drawn = outlines_of(PLANTED().to_json())
    assert drawn is not None
    kinds = [feature["properties"]["kind"] for feature in drawn["features"]]
    upwards = ("beyond_height", "beyond_floors")
    sideways = [volume for volume in breakouts(PLANTED()) if volume.kind not in upwards]
    assert kinds.count("breakout") == len(sideways) - 1  # the basement that rises too far is no breakout in plan
    lost = json.loads(PLANTED().to_json())
    lost["placement"] = None
    assert outlines_of(json.dumps(lost).encode()) is None


@pytest.mark.slow
def test_the_command_writes_all_three(tmp_path: Path) -> None:
    out = {kind: tmp_path / f"building.{kind}" for kind in ("geojson", "cityjson", "glb")}
    options = [f"--{kind}={path}" for kind, path in out.items()]
    plot = ["--layers", ZONE, "--plot", "410", "--on", "2026-11-01"]
    assert main(["check", model("planted-violations.ifc"), *plot, *options]) == 1
    assert all(path.stat().st_size > 1000 for path in out.values())
