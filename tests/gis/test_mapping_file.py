"""Mappings as data: the ones delivered are sound, and every fault of one is told with the way to it."""

from pathlib import Path

import pytest
import yaml

from gis.mapping_file import MAPPINGS, AxisOrder, FieldRule, parse_mapping, read_mapping
from gis.remarks import Code, LayerRefused
from gis.site import SheetStatus
from tests.gis.told import codes

SMALL = """
id: a
version: "1"
status: fictitious
source: invented
grid: EPSG:22770
fields:
  number: {columns: [رقم]}
  zone: {constant: Z}
"""


def refused(text: str) -> pytest.ExceptionInfo[LayerRefused]:
    with pytest.raises(LayerRefused) as info:
        parse_mapping(text.encode())
    return info


@pytest.mark.parametrize("path", sorted(MAPPINGS.glob("*.yaml")), ids=lambda path: path.stem)
def test_delivered_mappings_are_sound(path: Path) -> None:
    mapping = read_mapping(path)
    assert mapping.id == path.stem
    assert len(mapping.sha256) == 64


def test_what_is_left_out_has_a_plain_default() -> None:
    mapping = parse_mapping(SMALL.encode())
    assert (mapping.axis_order, mapping.coordinate_unit, mapping.multipart, mapping.holes) == (
        AxisOrder.XY,
        "m",
        False,
        False,
    )
    assert mapping.status is SheetStatus.FICTITIOUS
    assert mapping.fields == {"number": FieldRule(columns=("رقم",)), "zone": FieldRule(constant="Z")}
    assert mapping.plane == "EPSG:22770"


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"colour": 1}, Code.KEY_UNKNOWN, "colour"),
        ({"grid": None}, Code.KEY_WRONG, "grid"),
        ({"grid": "22770"}, Code.KEY_WRONG, "grid"),
        ({"grid": "EPSG:22700"}, Code.GRID_UNUSABLE, "grid"),
        ({"grid": "EPSG:4326"}, Code.KEY_MISSING, "to"),
        ({"grid": "EPSG:4326", "to": "EPSG:28992"}, Code.GRID_UNUSABLE, "to"),
        ({"to": "EPSG:22780"}, Code.KEY_WRONG, "to"),
        ({"status": "sure"}, Code.KEY_WRONG, "status"),
        ({"axis_order": "xz"}, Code.KEY_WRONG, "axis_order"),
        ({"coordinate_unit": "foot"}, Code.KEY_WRONG, "coordinate_unit"),
        ({"extent": [1, 2, 1, 3]}, Code.KEY_WRONG, "extent"),
        ({"extent": [1, 2, 3]}, Code.KEY_WRONG, "extent"),
        ({"holes": "yes"}, Code.KEY_WRONG, "holes"),
        ({"version": 1}, Code.KEY_WRONG, "version"),
        ({"only": {"a": []}}, Code.KEY_WRONG, "only"),
        ({"fields": {"number": {"columns": ["a"]}}}, Code.KEY_MISSING, "fields.zone"),
        ({"fields": {"number": {}, "zone": {"constant": "Z"}}}, Code.KEY_MISSING, "fields.number.columns"),
        (
            {"fields": {"number": {"columns": ["a"], "constant": "b"}, "zone": {"constant": "Z"}}},
            Code.KEY_MISSING,
            "fields.number.columns",
        ),
        (
            {"fields": {"number": {"columns": ["a"], "unit": "m"}, "zone": {"constant": "Z"}}},
            Code.KEY_UNKNOWN,
            "fields.number.unit",
        ),
    ],
)
def test_every_fault_has_its_code_and_place(change: dict[str, object], code: Code, where: str) -> None:
    info = refused(yaml.safe_dump({**yaml.safe_load(SMALL), **change}, allow_unicode=True))
    assert codes(info) == [code]
    assert info.value.faults[0].column == where


def test_planning_sheets_have_no_grid() -> None:
    text = (MAPPINGS / "demo-planning-sheets.yaml").read_text(encoding="utf-8")
    info = refused(text + "grid: EPSG:22770\nholes: true\n")
    assert codes(info) == [Code.KEY_UNKNOWN, Code.KEY_UNKNOWN]
    assert [fault.column for fault in info.value.faults] == ["grid", "holes"]


def test_an_area_needs_its_unit() -> None:
    text = SMALL + "  official_area: {columns: [a]}\n"
    assert codes(refused(text)) == [Code.KEY_MISSING]
    assert codes(refused(text.replace("[a]", "[a], unit: m"))) == [Code.KEY_WRONG]
    assert parse_mapping(text.replace("[a]", "[a], unit: dunum").encode()).fields["official_area"].unit == "dunum"


def test_all_faults_are_told_at_once() -> None:
    info = refused(SMALL.replace("id: a", "idd: a").replace("fictitious", "sure"))
    assert sorted(codes(info)) == [Code.KEY_MISSING, Code.KEY_UNKNOWN, Code.KEY_WRONG]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "a: [",
        "a: &x 1\nb: *x",
        "a: 1\na: 2",
        "[" * 5000,
        "? {a: 1}\n: 2",
        "!!python/object/apply:os.getcwd []",
        "a: 2026-13-45",
        "\0",
    ],
)
def test_what_is_no_plain_yaml_is_refused(text: str) -> None:
    assert codes(refused(text)) == [Code.MAPPING_BROKEN]


def test_too_much_yaml_is_refused() -> None:
    assert codes(refused(SMALL + "#" * (1 << 20))) == [Code.MAPPING_BROKEN]
