"""The scene of a model: all that can be seen, at the place where the review put it, together with its envelope."""

import io
from datetime import date
from functools import cache, partial
from pathlib import Path

import numpy as np
import pytest
import trimesh

from bim.refusals import RefusedError
from bim.report import Report
from bim.scene.check import scene
from bim.scene.gltf import read_json
from permits.review.check import site_on
from permits.review.scene import Scene, elements_of, make_scene, metadata
from permits.review.volumes import region_of
from tests.review.test_samples import checked

SAMPLES = Path(__file__).parents[2] / "sample_models"
LAYERS = SAMPLES / "zone" / "zone.gpkg"
PLANTED = SAMPLES / "models" / "planted-violations.ifc"
DAY = date(2026, 6, 1)
REPORT = partial(checked, "planted-violations.ifc")


@cache
def made() -> Scene:
    return make_scene(PLANTED, REPORT(), layers=LAYERS, plot="410", on=DAY)


def building() -> bytes:
    found = made().building
    assert found is not None
    return found


def opened(raw: bytes | None) -> trimesh.Scene:
    assert raw is not None
    return trimesh.load_scene(io.BytesIO(raw), file_type="glb")


def test_every_element_that_a_finding_names_and_that_has_a_shape_is_there() -> None:
    shown, report = elements_of(building()), REPORT()
    assert {key for key in report.boxes if report.elements[key]["class"] != "IfcBuildingStorey"} <= set(shown)
    for guid, told in report.elements.items():
        if guid in shown:
            one = shown[guid]
            assert (one.kind, one.name, one.storey or None) == (told["class"], told["name"], told["storey"])
    assert {"IfcWall", "IfcSlab", "IfcDoor", "IfcWindow", "IfcSpace"} <= {one.kind for one in shown.values()}


def test_building_and_envelope_are_in_one_place() -> None:
    report, scenes = REPORT(), (opened(building()), opened(made().around))
    origins = [scene.metadata["origin"] for scene in scenes]
    assert origins[0] == origins[1]
    assert scenes[0].metadata["grid"] == "EPSG:22770"
    east, north, level = origins[0]
    storeys = [region_of(v.rings).bounds for v in report.volumes if v.kind == "storey"]
    low, high = np.min(storeys, axis=0)[:2], np.max(storeys, axis=0)[2:]
    wall = np.array(report.outlines["envelope"][0][0])
    (left, bottom, near), (right, top, far) = scenes[0].bounds
    assert left + east <= min(wall[:, 0].min(), low[0]) + 0.02
    assert right + east >= max(wall[:, 0].max(), high[0]) - 0.02
    assert -near + north >= wall[:, 1].max() - 0.02
    assert -far + north <= wall[:, 1].min() + 0.02
    highest = max(v.top for v in report.volumes if v.kind == "storey")
    assert bottom + level < highest <= top + level + 0.02
    assert {"plot", "allowed", "beyond_setback", "beyond_height"} <= set(scenes[1].geometry)
    assert "storey" not in scenes[1].geometry
    plot = scenes[1].geometry["plot"].bounds
    assert plot[1][1] + level == pytest.approx(report.plot.reference_level if report.plot else None, abs=0.01)


@pytest.mark.slow
def test_a_second_run_gives_the_same_bytes() -> None:
    again = make_scene(PLANTED, REPORT(), layers=LAYERS, plot="410", on=DAY)
    assert again == made()


def test_storeys_are_told_from_below_in_metres_of_the_scene() -> None:
    told = metadata(building())
    levels = [storey["level"] for storey in told["storeys"]]
    assert levels == sorted(levels)
    report = REPORT()
    assert [s["id"] for s in told["storeys"]] == [s.id for s in report.storeys]
    assert [round(level + told["origin"][2], 2) for level in levels] == [round(s.elevation, 2) for s in report.storeys]
    assert told["lost"] == []
    assert len(told["elements"]) == len(read_json(building())["nodes"])


@pytest.mark.slow
def test_without_a_plot_it_stands_in_its_own_metres() -> None:
    raw = scene(PLANTED)
    assert opened(raw).metadata["grid"] == ""
    placed, own = opened(building()), opened(raw)
    assert set(elements_of(raw)) == set(elements_of(building()))
    assert placed.extents[1] == pytest.approx(own.extents[1], abs=0.01)
    assert placed.area == pytest.approx(own.area, rel=1e-3)  # turned, not stretched


def test_a_broken_model_is_refused(tmp_path: Path) -> None:
    half = tmp_path / "half.ifc"
    half.write_bytes(PLANTED.read_bytes()[:100_000])
    with pytest.raises(RefusedError):
        scene(half)


@pytest.mark.slow
def test_a_real_model_has_all_its_products(shared: Path) -> None:
    raw = scene(shared / "ifc" / "Office_A_20110811.ifc")
    body = read_json(raw)
    kinds = [one.kind for one in elements_of(raw).values()]
    assert len([kind for kind in kinds if kind != "IfcSpace"]) == 803
    assert body["scenes"][0]["extras"]["lost"] == []
    assert len(body["meshes"]) < len(body["nodes"])
    assert len(raw) < 1_300_000


def test_the_land_is_the_one_of_the_review() -> None:
    assert site_on(None, "410", DAY) is None
    report = REPORT()
    assert isinstance(report, Report)
    assert site_on(LAYERS, "410", DAY) is not None
