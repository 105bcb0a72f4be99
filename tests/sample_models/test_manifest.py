"""The manifest: hand-computed figures, and violations that name elements of the models."""

from pathlib import Path
from typing import Any

import ifcopenshell
import pytest
import yaml

from sample_models.generate import generate

HOME = Path(__file__).parents[2] / "sample_models"
MANIFEST = yaml.safe_load((HOME / "manifest.yaml").read_text(encoding="utf-8"))
MODELS: dict[str, dict[str, Any]] = {model["file"]: model for model in MANIFEST["models"]}


def measured(file: str) -> dict[tuple[str, str], float]:
    return {(m["name"], m["subject"]): m["value"] for m in MODELS[file]["measures"] if m["storey"] is None}


@pytest.mark.slow
def test_everything_is_generated_to_equal_bytes(tmp_path: Path) -> None:
    for path in generate(tmp_path):
        assert path.read_bytes() == (HOME / path.relative_to(tmp_path)).read_bytes(), path.name


@pytest.mark.parametrize("file", ["complies.ifc", "complies-ifc2x3-mm.ifc"])
def test_measures_of_the_building_that_complies(file: str) -> None:
    assert measured(file) == {
        ("footprint_area", ""): 272.0,  # 17 x 16
        ("envelope_area", ""): 272.0,
        ("storey_count", ""): 4,
        ("gross_floor_area", ""): 1043.84,  # 4 x (272 - 4.6 x 2.4)
        ("projection_depth", ""): 1.2,
        ("light_well_side", "light well"): 2.4,
        ("dwellings", ""): 8,
        ("balcony_area", ""): 28.8,  # 6 x 4 x 1.2, none on the ground floor
        ("parking_bays", ""): 10,
        ("height", ""): 13.7,  # 0.9 + 4 x 3.2
        ("basement_rise", ""): 0.9,
        ("setback", "front"): 5.5,
        ("setback", "side"): 4.5,  # (26 - 17) / 2
        ("setback", "rear"): 8.5,  # 30 - 5.5 - 16
        ("coverage", ""): 0.348718,  # 272 / 780
        ("floor_area_ratio", ""): 1.338256,
    }
    assert MODELS[file]["violations"] == []


def test_planted_violations_and_their_figures() -> None:
    planted = {v["rule"]: (v["value"], v["limit"]) for v in MODELS["planted-violations.ifc"]["violations"]}
    assert planted == {
        "SET-01": (4.6, 5.0),
        "BSM-01": (6.8, 0.0),  # what the front setback lacks, under the whole width: 17 x 0.4
        "FLR-01": (5, 4),
        "HGT-01": (17.5, 14.5),
        "FAR-01": (1.690513, 1.6),  # 5 x (272 - 4.6 x 1.8) / 780
        "BSM-02": (1.5, 1.2),
        "PRJ-01": (1.8, 1.5),
        "PRK-01": (7, 10),
        "LWL-01": (1.8, 2.0),
        "STR-01": (0.188235, 0.18),  # 3.2 / 17
        "ROM-01": (8.5075, 9.0),  # 4.15 x 2.05
        "DOR-01": (0.85, 0.9),
        "BIM-502": (None, None),
        "BIM-603": (None, None),
    }


def test_violations_name_elements_of_the_right_class() -> None:
    entry = MODELS["planted-violations.ifc"]
    model = ifcopenshell.open(HOME / "models" / entry["file"])
    classes = {v["rule"]: [model.by_guid(guid).is_a() for guid in v["elements"]] for v in entry["violations"]}
    assert classes == {
        "SET-01": ["IfcWall"],
        "BSM-01": ["IfcBuildingStorey"],
        "FLR-01": ["IfcBuildingStorey"] * 5,
        "HGT-01": ["IfcSlab"],
        "FAR-01": [],
        "BSM-02": ["IfcSlab"],
        "PRJ-01": ["IfcSlab"],
        "PRK-01": [],
        "LWL-01": ["IfcSpace"] * 5,
        "STR-01": ["IfcStairFlight"] * 2,
        "ROM-01": ["IfcSpace"],
        "DOR-01": ["IfcDoor"],
        "BIM-502": ["IfcSpace"] * 2,
        "BIM-603": ["IfcWall"],
    }


def test_storeys_are_storeys_of_the_model() -> None:
    for file, entry in MODELS.items():
        model = ifcopenshell.open(HOME / "models" / file)
        assert set(entry["storeys"].values()) == {storey.GlobalId for storey in model.by_type("IfcBuildingStorey")}
        assert {m["storey"] for m in entry["measures"]} - {None} <= set(entry["storeys"].values())


def test_the_model_that_cannot_be_judged_expects_no_verdict() -> None:
    entry = MODELS["cannot-be-judged.ifc"]
    assert entry["violations"] == []
    assert {m["name"] for m in entry["measures"]} == {
        "footprint_area",
        "envelope_area",
        "storey_count",
        "projection_depth",
    }
