"""What a planning sheet may say beside its limits: upper setbacks, attachment, fence, clearance."""

from typing import Any

import pytest

from gis.errors import BrokenRow
from gis.records import planning_sheet
from gis.site import Attachment, EdgeRole, SetbackBand

OLD: dict[str, Any] = {
    "use": "residential", "setback_front": 5.0, "setback_side": 4.0, "setback_rear": 6.0, "coverage": 0.4,
    "floor_area_ratio": 1.6, "max_floors": 4, "max_height_m": 14.5, "projection_depth_m": 1.5,
    "parking_per_dwelling": 1.0, "basement": "none", "basement_rise_m": 1.2, "legal_act": "FICT", "clause": "1",
    "status": "fictitious", "valid_from": "2024-01-01", "valid_to": None,
}  # fmt: skip
NEW = {
    "attachment": "attached", "fence_height_m": 2.0, "projection_clearance_m": 3.0,
    "band_from_floor": 3, "band_setback_front": None, "band_setback_side": 4.2, "band_setback_rear": 7.0,
}  # fmt: skip


def test_an_older_zone_file_says_none_of_it() -> None:
    sheet = planning_sheet(OLD)
    assert (sheet.attachment, sheet.band, sheet.fence_height, sheet.projection_clearance) == (
        Attachment.DETACHED,
        None,
        None,
        None,
    )


def test_a_newer_one_says_it_by_columns() -> None:
    sheet = planning_sheet(OLD | NEW)
    assert sheet.attachment is Attachment.ATTACHED
    assert sheet.band == SetbackBand(3, {EdgeRole.SIDE: 4.2, EdgeRole.REAR: 7.0})
    assert (sheet.fence_height, sheet.projection_clearance) == (2.0, 3.0)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("attachment", "glued"),
        ("fence_height_m", float("nan")),
        ("projection_clearance_m", "high"),
        ("band_from_floor", 0),
        ("band_from_floor", None),
    ],
)
def test_a_value_that_is_none_of_the_subject_is_refused(column: str, value: object) -> None:
    with pytest.raises(BrokenRow):
        planning_sheet(OLD | NEW | {column: value})


def test_a_floor_without_its_setbacks_is_refused() -> None:
    with pytest.raises(BrokenRow):
        planning_sheet(OLD | {"band_from_floor": 3})
