"""Planning sheets from a spreadsheet with Arabic columns, by a mapping."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook

from gis.mapping import apply, apply_sheets
from gis.mapping_file import MAPPINGS, read_mapping
from gis.mapping_targets import TARGETS, Table
from gis.planning import load_zone
from gis.remarks import Code, LayerRefused
from gis.site import BasementRule, EdgeRole, SheetStatus
from gis.sources import read_layer
from tests.gis.told import codes

ZONE = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
MAPPING = read_mapping(MAPPINGS / "demo-planning-sheets.yaml")
HEAD = [rule.columns[0] for rule in MAPPING.fields.values() if rule.columns]
OLD = [
    "101",
    "سكني",
    5,
    "٤",
    6.0,
    45,
    1.3,
    3,
    11.5,
    120,
    1,
    "ضمن البناء",
    120,
    "م-1",
    date(2020, 1, 1),
    date(2024, 1, 1),
]
NEW = ["101", "سكني", 5, 4, 6, "٤٥٫٥", 1.8, 4, 14.5, 120, 1.5, "كامل المقسم", 120, "م-2", date(2024, 1, 1), None]


def workbook(folder: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in [HEAD, *rows]:
        book.worksheets[0].append(row)
    book.save(folder / "وجائب.xlsx")
    return folder / "وجائب.xlsx"


def changed(column: str, value: object) -> list[object]:
    return [value if name == column else said for name, said in zip(HEAD, NEW, strict=True)]


def test_sheets_of_a_plot_come_oldest_first(tmp_path: Path) -> None:
    sheets = apply_sheets(read_layer(workbook(tmp_path, NEW, OLD)), MAPPING)
    assert list(sheets) == ["101"]
    old, new = sheets["101"]
    assert (old.valid_from, old.valid_to, new.valid_to) == (date(2020, 1, 1), date(2024, 1, 1), None)
    assert old.setbacks == {EdgeRole.FRONT: 5.0, EdgeRole.SIDE: 4.0, EdgeRole.REAR: 6.0}
    assert (new.coverage, new.floor_area_ratio, new.max_floors) == (pytest.approx(0.455), 1.8, 4)
    assert (new.projection_depth, new.basement_rise) == (pytest.approx(1.2), pytest.approx(1.2))
    assert (new.basement, new.status, new.use) == (BasementRule.WHOLE_PLOT, SheetStatus.FICTITIOUS, "residential")
    assert new.parking_per_dwelling == 1.5


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("المقسم", None, Code.VALUE_MISSING),
        ("الاستعمال", "ملعب", Code.CODE_UNKNOWN),
        ("وجيبة أمامية", "خمسة", Code.NO_NUMBER),
        ("وجيبة أمامية", None, Code.VALUE_MISSING),
        ("عدد الطوابق", 4.5, Code.NO_NUMBER),
        ("نافذ من", "1/1/2024", Code.NOT_UNDERSTOOD),
    ],
)
def test_a_wrong_cell_is_told_by_row_and_column(tmp_path: Path, column: str, value: object, code: Code) -> None:
    with pytest.raises(LayerRefused) as refused:
        apply_sheets(read_layer(workbook(tmp_path, OLD, changed(column, value))), MAPPING)
    assert codes(refused) == [code]
    assert refused.value.faults[0].row == 2


def test_every_wrong_cell_is_told(tmp_path: Path) -> None:
    wrong = ["", "ملعب", "x", *NEW[3:]]
    with pytest.raises(LayerRefused) as refused:
        apply_sheets(read_layer(workbook(tmp_path, wrong, wrong)), MAPPING)
    assert refused.value.total == 6


def test_a_mapping_serves_its_own_table_alone(tmp_path: Path) -> None:
    with pytest.raises(LayerRefused) as refused:
        apply(read_layer(workbook(tmp_path, NEW)), MAPPING)
    assert codes(refused) == [Code.KEY_WRONG]
    with pytest.raises(LayerRefused) as other:
        apply_sheets(read_layer(ZONE, "plots"), read_mapping(MAPPINGS / "demo-zone.yaml"))
    assert codes(other) == [Code.KEY_WRONG]


def test_a_zone_file_mapped_by_its_own_columns_gives_its_own_sheets(tmp_path: Path) -> None:
    with closing(sqlite3.connect(ZONE)) as connection:
        columns = [row[1] for row in connection.execute("pragma table_info(planning_sheets)") if row[1] != "fid"]
    targets = TARGETS[Table.PLANNING_SHEETS]
    assert {*targets.required} <= {*columns} <= {*targets.texts, *targets.numbers}
    fields = {name: {"columns": [name]} for name in columns}
    fields |= {
        name: {"columns": [name], "unit": targets.numbers[name][0]} for name in columns if name in targets.numbers
    }
    head = {"id": "own", "version": "1", "status": "fictitious", "source": "own", "table": "planning_sheets"}
    path = tmp_path / "own.yaml"
    path.write_text(yaml.safe_dump(head | {"fields": fields}), encoding="utf-8")
    sheets = apply_sheets(read_layer(ZONE, "planning_sheets"), read_mapping(path))
    assert sheets == {plot.number: plot.sheets for plot in load_zone(ZONE).plots}
