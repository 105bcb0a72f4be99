"""A tariff file is strict, and its own worked examples hold."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gis.site import SheetStatus
from permits.money.assessment import Input, assess
from permits.money.tariff import TARIFFS, Example, Tariff, TariffError, find_tariff, read_tariff

SHIPPED = sorted(TARIFFS.glob("*.yaml"))
LAW_37 = find_tariff("law-37-2021")


def _examples() -> list[tuple[Tariff, Example]]:
    return [(tariff, example) for tariff in map(read_tariff, SHIPPED) for example in tariff.examples]


@pytest.mark.parametrize(("tariff", "example"), _examples(), ids=lambda value: getattr(value, "name", None))
def test_a_worked_example_holds(tariff: Tariff, example: Example) -> None:
    inputs = [Input(name, value, tariff.units[name], "declared") for name, value in example.inputs.items()]
    assessment = assess(tariff, on=example.day, inputs=inputs)
    assert {line.code: line.rounded for line in assessment.lines} == dict(example.expect)
    assert assessment.total == int(example.total_new * 100)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_item_has_a_worked_example_in_which_it_is_not_nought(path: Path) -> None:
    tariff = read_tariff(path)
    shown = {code for example in tariff.examples for code, amount in example.expect.items() if amount}
    assert {item.code for item in tariff.items} <= shown


def test_the_press_is_not_the_gazette() -> None:
    tariff = read_tariff(LAW_37)
    assert tariff.act.status is SheetStatus.PROVISIONAL
    assert SheetStatus.CONFIRMED not in {item.status for item in tariff.items}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("    round_to:", "    rounding: up\n    round_to:", "rounding"),
        ("currency: SYP-old", "currency: SYP-old\ncurrency: SYP", "written twice"),
        ("floor_rate * value_m2 * floor_area", "value_m2 * floor_rate", "does not give SYP-old"),
        ("floor_rate * value_m2 * floor_area", "floor_rate / value_m2", "unreadable"),
        ('value: "0.01"', "value: 0.01", "quoted"),
        ('share: "1"', 'share: "2/3"', "not a whole"),
        ("code: PRM.PLANNING", "code: PRM.BALCONY", "two versions"),
        ("dated: 2021-12-27", "dated: last winter", "dated"),
    ],
)
def test_a_fault_in_the_file_refuses_it(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    text = LAW_37.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "faulty.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(TariffError, match=complaint):
        read_tariff(path)


def test_a_changed_fee_is_chosen_by_the_day(tmp_path: Path) -> None:
    text = LAW_37.read_text(encoding="utf-8")
    changed = text.replace("valid_from: 2022-01-01", "valid_from: 2022-01-01\n    valid_to: 2024-01-01", 1)
    path = tmp_path / "law.yaml"
    path.write_text(changed, encoding="utf-8")
    tariff = read_tariff(path)
    assert "PRM.REGISTRATION" in {item.code for item in tariff.items_on(date(2023, 12, 31))}
    assert "PRM.REGISTRATION" not in {item.code for item in tariff.items_on(date(2024, 1, 1))}
    assert tariff.items_on(date(2021, 12, 31)) == ()
    assert tariff.needed_inputs(date(2023, 1, 1)) == {"floor_area", "balcony_area", "value_m2"}
    assert tariff.params["floor_rate"].value == Decimal("0.01")
