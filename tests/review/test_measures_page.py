"""The page shows measures by group: short groups open, long ones folded, very long ones cut."""

from datetime import date

import pytest

from bim.findings import Measure
from bim.report import ModelInfo, Report
from permits.review.measures import by_group
from permits.review.wording import measure_name, subject_text


def report(*counts: tuple[str, int]) -> Report:
    taken = [Measure(name, 1.0, "m", 0.0, "", None, str(n)) for name, count in counts for n in range(count)]
    return Report(ModelInfo("m.ifc", "0", 1), date(2026, 1, 1), measures=taken)


@pytest.mark.parametrize(
    ("rows", "shown", "more", "folded"), [(11, 11, 0, False), (12, 12, 0, True), (61, 60, 1, True)]
)
def test_a_long_group_is_folded_and_a_very_long_one_cut(rows: int, shown: int, more: int, folded: bool) -> None:
    (section,) = by_group(report(("door_width", rows)))
    assert (section.group, len(section.measures), section.more, section.folded) == ("doors", shown, more, folded)


def test_groups_stand_in_their_order_and_the_unknown_first() -> None:
    found = by_group(report(("door_width", 1), ("setback", 2), ("of_a_later_version", 1)))
    assert [section.group for section in found] == ["", "setbacks", "doors"]


def test_names_and_kinds_in_words() -> None:
    assert measure_name("setback", "en") == "Setback"
    assert measure_name("of_a_later_version", "en") == "of_a_later_version"
    assert subject_text("annex", "en") == "roof annex"
    assert subject_text("front:1", "en") == "front 2"
