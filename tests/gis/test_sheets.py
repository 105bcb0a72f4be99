"""Planning sheets that contradict themselves: each contradiction alone, with its words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.mapping import apply_sheets
from gis.mapping_file import parse_mapping
from gis.planning import load_zone
from gis.remarks import Code, LayerRefused
from gis.sheets import contradictions, overlapping
from gis.site import BasementRule, EdgeRole, PlanningSheet, SetbackBand, SheetStatus
from gis.sources import read_layer
from tests.gis.told import codes, words
from tests.land.offices import MAPPING, write_sheets

ZONE = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
SOUND = PlanningSheet(
    use="residential", setbacks={EdgeRole.FRONT: 5.0, EdgeRole.SIDE: 4.0, EdgeRole.REAR: 6.0}, coverage=0.4,
    floor_area_ratio=1.6, max_floors=4, max_height=14.5, projection_depth=1.2, parking_per_dwelling=1.0,
    basement=BasementRule.NONE, basement_rise=1.2, legal_act="invented", clause="1", status=SheetStatus.FICTITIOUS,
    valid_from=date(2020, 1, 1),
)  # fmt: skip


def told(sheet: PlanningSheet) -> list[Code]:
    found = list(contradictions(sheet, "7"))
    assert all("7" in said for remark in found for said in words(remark).values())
    return [remark.code for remark in found]


def test_a_sound_sheet_and_those_of_the_sample_zone_have_none() -> None:
    assert told(SOUND) == []
    assert [told(sheet) for plot in load_zone(ZONE).plots for sheet in plot.sheets if told(sheet)] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"coverage": 1.01}, Code.SHEET_COVERAGE),
        ({"coverage": 40.0}, Code.SHEET_COVERAGE),
        ({"max_height": 7.99}, Code.SHEET_HEIGHT),
        ({"max_floors": 8}, Code.SHEET_HEIGHT),
        ({"floor_area_ratio": 1.61}, Code.SHEET_FLOOR_AREA),
        ({"coverage": 0.0}, Code.SHEET_FLOORS),
        ({"max_floors": 0}, Code.SHEET_FLOORS),
        ({"basement_rise": -0.1}, Code.SHEET_NEGATIVE),
        ({"setbacks": {**SOUND.setbacks, EdgeRole.SIDE: -4.0}}, Code.SHEET_NEGATIVE),
        ({"valid_to": date(2019, 12, 31)}, Code.SHEET_DAYS),
        ({"valid_to": date(2020, 1, 1)}, Code.SHEET_DAYS),
        ({"band": SetbackBand(5, {EdgeRole.FRONT: 6.0})}, Code.SHEET_BAND),
        ({"band": SetbackBand(1, {EdgeRole.FRONT: 6.0})}, Code.SHEET_BAND),
        ({"band": SetbackBand(3, {EdgeRole.FRONT: 4.0})}, Code.SHEET_BAND),
    ],
)
def test_a_contradiction_is_told(change: dict[str, object], code: Code) -> None:
    assert told(replace(SOUND, **change)) == [code]  # type: ignore[arg-type] # fields by name


@pytest.mark.parametrize(
    "change",
    [
        {"coverage": 1.0, "floor_area_ratio": 4.0},
        {"max_height": 8.0},
        {"valid_to": date(2020, 1, 2)},
        {"band": SetbackBand(4, {EdgeRole.FRONT: 5.0})},
        {"max_floors": 0, "coverage": 0.0, "floor_area_ratio": 0.0, "max_height": 0.0},  # a garden
    ],
)
def test_what_just_holds_is_no_contradiction(change: dict[str, object]) -> None:
    assert told(replace(SOUND, **change)) == []  # type: ignore[arg-type] # fields by name


@pytest.mark.parametrize(("end", "count"), [(None, 1), (date(2024, 1, 2), 1), (date(2024, 1, 1), 0)])
def test_two_sheets_may_not_hold_at_once(end: date | None, count: int) -> None:
    found = list(overlapping([replace(SOUND, valid_to=end), replace(SOUND, valid_from=date(2024, 1, 1))], "7"))
    assert [remark.code for remark in found] == [Code.SHEETS_OVERLAP] * count
    assert all(words(remark) for remark in found)


def test_a_table_with_contradictions_is_refused_with_each(tmp_path: Path) -> None:
    sheets, _ = write_sheets(tmp_path, ["7", "8", "7"], coverage="45")
    with pytest.raises(LayerRefused) as refused:
        apply_sheets(read_layer(sheets), parse_mapping(MAPPING.encode()))
    assert codes(refused) == [Code.SHEET_COVERAGE] * 3 + [Code.SHEETS_OVERLAP]
    assert [fault.row for fault in refused.value.faults] == [1, 2, 3, None]
