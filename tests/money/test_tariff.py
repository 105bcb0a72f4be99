"""A tariff file is strict, and its own worked examples hold."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gis.site import SheetStatus
from permits.money.examples import amounts, uncovered, work_out
from permits.money.tariff import TARIFFS, Example, Tariff, TariffError, find_tariff, read_tariff, tariff_on

SHIPPED = sorted(TARIFFS.glob("*.yaml"))
LAW_37 = find_tariff("law-37-2021")


def _examples() -> list[tuple[Tariff, Example]]:
    return [(tariff, example) for tariff in map(read_tariff, SHIPPED) for example in tariff.examples]


@pytest.mark.parametrize(("tariff", "example"), _examples(), ids=lambda value: getattr(value, "name", None))
def test_a_worked_example_holds(tariff: Tariff, example: Example) -> None:
    assessment = work_out(tariff, example)
    assert amounts(assessment) == dict(example.expect)
    assert assessment.total == int(example.total_new * 100)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_fee_branch_band_bound_and_provision_has_a_worked_example(path: Path) -> None:
    assert uncovered(read_tariff(path)) == ()


@pytest.mark.parametrize(
    ("act", "lost", "missing"),
    [
        (
            "law-37-2021",
            ["a fraction of a pound", "the municipality sets"],
            ["PRM.PAVEMENT", "PRM.IMPROVEMENT", "PRM.KERB"],
        ),
        ("demo-registration", ["beyond the last"], ["REG.INSPECTION: row 3 of inspection"]),
        (
            "demo-registration",
            ["a shop of the second"],
            ["REG.TRAVEL: if is True", "REG.INSPECTION: row 2 of inspection"],
        ),
        ("demo-occupancy", ["works of a public"], ["EX.PUBLIC_WORKS"]),
        ("demo-occupancy", ["paid within"], ["AM.TRIAL"]),
        ("demo-occupancy", ["one day of a lane"], ["OCC.AREA: minimum"]),
        ("demo-settlement", ["the same of a shop"], ["VIO.SETTLEMENT: row 2 of weighting"]),
        ("demo-rents", ["the same, paid"], ["RNT.LATE"]),
    ],
)
def test_what_no_example_shows_is_told(act: str, lost: list[str], missing: list[str]) -> None:
    tariff = read_tariff(find_tariff(act))
    left = tuple(e for e in tariff.examples if not e.name.startswith(tuple(lost)))
    assert len(left) == len(tariff.examples) - len(lost)
    assert set(uncovered(tariff.model_copy(update={"examples": left}))) == set(missing)


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
        ("formula: planning_costs", "formula: registration", "no formula names .*planning_costs"),
        ("    ar: مبلغ رسم التحسين كما قررته اللجنة", "", "name in both languages"),
    ],
)
def test_a_fault_in_the_file_refuses_it(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    _refused(tmp_path, LAW_37, old, new, complaint)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('applies: ["OCC.*"]', 'applies: ["PRM.*"]', "applies to nothing"),
        ("applies: [OCC.LATE]", "applies: [OCC.AREA]", "applies to nothing"),
        ('part: "1"', 'part: "1.5"', "less than or equal to 1"),
        ("    evidence: {ar", "    proof: {ar", "proof"),
        ('      "3": {ar: حارة, en: Lane}\n', "", "not the classes of an input"),
        ("band(street_class, street_rates) * area", "band(area, street_rates)", "units do not fit"),
        ('minimum: "50"', 'minimum: "200000"', "above the maximum"),
        ("valid_to: 2027-04-01\n    ", "", "has an end"),
        ("decided_on: decision", "decided_on: whenever", "decided_on"),
        ("per: month", "per: year", "per"),
        ("max: 4", "max: 1", "max"),
        ("code: EX.RESTORATION", "code: OCC.AREA", "two versions"),
        ("no_refund: true", "no_refund: false", "no_refund"),
        ("penalties:", "fines:", "fines"),
    ],
)
def test_a_fault_in_what_an_act_provides_refuses_it(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    _refused(tmp_path, find_tariff("demo-occupancy"), old, new, complaint)


def _refused(tmp_path: Path, source: Path, old: str, new: str, complaint: str) -> None:
    text = source.read_text(encoding="utf-8")
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


def test_a_fee_decided_on_another_day_is_chosen_by_that_day(tmp_path: Path) -> None:
    text = find_tariff("demo-settlement").read_text(encoding="utf-8")
    path = tmp_path / "act.yaml"
    path.write_text(text.replace("valid_from: 2026-01-01", "valid_from: 2026-06-01"), encoding="utf-8")
    tariff = read_tariff(path)
    applied = date(2026, 3, 1)
    assert tariff.items_on(applied) == ()
    assert [item.code for item in tariff.items_on(applied, {"decision": date(2026, 6, 1)})] == ["VIO.SETTLEMENT"]


def test_building_permits_are_billed_by_the_act_about_them() -> None:
    assert tariff_on(date(2026, 11, 1)).act.id == "law-37-2021"
    with pytest.raises(TariffError):
        tariff_on(date(2021, 12, 31))


def test_every_invented_tariff_says_so() -> None:
    invented = [tariff for tariff in map(read_tariff, SHIPPED) if tariff.act.id.startswith("demo-")]
    assert len(invented) >= 5
    for tariff in invented:
        numbers = [*tariff.params.values(), *tariff.tables.values(), *tariff.provisions]
        assert {tariff.act.status, *(number.status for number in numbers)} == {SheetStatus.FICTITIOUS}
