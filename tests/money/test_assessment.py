"""An assessment is exact, explained, and the same for the same inputs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.money.assessment import Assessment, AssessmentError, Input, assess
from permits.money.tariff import find_tariff, read_tariff

LAW_37 = read_tariff(find_tariff("law-37-2021"))
ON = date(2026, 3, 1)
areas = st.decimals(min_value=0, max_value=100_000, places=3)
values = st.integers(min_value=0, max_value=10**9)


def _assess(floor: Decimal, balcony: Decimal, value: Decimal, unit: str = "SYP-old/m2") -> Assessment:
    return assess(
        LAW_37,
        on=ON,
        inputs=[
            Input("floor_area", floor, "m2", "measure", "gross_floor_area of model sha256:ab"),
            Input("balcony_area", balcony, "m2", "measure", "balcony_area of model sha256:ab"),
            Input("value_m2", value, unit, "value_zone", "zone 7", "fictitious"),
        ],
    )


def test_a_line_keeps_how_it_came_to_be() -> None:
    line = _assess(Decimal(480), Decimal(36), Decimal(1_500_000)).lines[1]
    assert (line.code, line.steps, line.piastres) == ("PRM.FLOOR", "0.01 * 1500000 * 480", 7_200_000)
    assert {(used.name, used.source, used.reference) for used in line.inputs} >= {
        ("floor_area", "measure", "gross_floor_area of model sha256:ab"),
        ("floor_rate", "tariff", "law-37-2021"),
    }


def test_the_rounding_of_a_line_is_visible() -> None:
    line = _assess(Decimal("100.125"), Decimal(0), Decimal(1_333_333)).lines[1]
    assert (line.exact, line.rounded, line.rounding) == (
        Decimal("1334999.66625"),
        Decimal(1_335_000),
        Decimal("0.33375"),
    )


def test_new_pounds_of_a_value_zone_are_converted_exactly() -> None:
    old = _assess(Decimal(480), Decimal(36), Decimal(1_500_000))
    new = _assess(Decimal(480), Decimal(36), Decimal(15_000), "SYP/m2")
    assert new.total == old.total == 9_365_000


def test_the_weakest_number_is_told() -> None:
    assert _assess(Decimal(1), Decimal(0), Decimal(1)).statuses >= {"provisional", "fictitious"}


def test_cash_differs_by_a_visible_rounding() -> None:
    rounding = _assess(Decimal("100.125"), Decimal(0), Decimal(1_333_333)).in_cash(Decimal(5))
    assert (rounding.payable.amount, rounding.difference.amount) == (Decimal(13400), Decimal("0.00"))
    rounding = _assess(Decimal("101.125"), Decimal(0), Decimal(1_333_333)).in_cash(Decimal(25))
    assert (rounding.payable.amount, rounding.difference.amount) == (Decimal(13525), Decimal("-8.33"))


def _given(name: str, value: str, unit: str) -> Input:
    return Input(name, Decimal(value), unit, "declared")


@pytest.mark.parametrize(
    ("changed", "code", "name"),
    [
        ([], "missing", "balcony_area"),
        ([_given("floor_area", "1", "ft2")], "unit", "floor_area"),
        ([_given("value_m2", "1", "SYP/day")], "unit", "value_m2"),
        ([_given("floor_area", "-1", "m2")], "negative", "floor_area"),
        ([_given("floor_rate", "0", "1")], "unknown", "floor_rate"),
        ([_given("discount", "1", "1")], "unknown", "discount"),
    ],
)
def test_what_cannot_be_assessed_says_why(changed: list[Input], code: str, name: str) -> None:
    with pytest.raises(AssessmentError) as caught:
        assess(LAW_37, on=ON, inputs=changed)
    assert (caught.value.code, caught.value.name) == (code, name)


def test_before_the_act_nothing_is_owed_under_it() -> None:
    with pytest.raises(AssessmentError, match="not_in_force"):
        assess(LAW_37, on=date(2021, 1, 1), inputs=[])


@given(areas, areas, values)
def test_the_same_inputs_give_the_same_hash(floor: Decimal, balcony: Decimal, value: int) -> None:
    first, second = (_assess(floor, balcony, Decimal(value)) for _ in range(2))
    assert first.canonical == second.canonical
    assert first.sha256 == second.sha256
    assert replace(first, on=date(2026, 3, 2)).sha256 != first.sha256


def test_a_number_written_otherwise_is_the_same_number() -> None:
    assert (
        _assess(Decimal(480), Decimal(0), Decimal(5)).sha256
        == _assess(Decimal("480.00"), Decimal(0), Decimal(5)).sha256
    )


@given(areas, areas, areas, values)
def test_more_area_never_costs_less(floor: Decimal, more: Decimal, balcony: Decimal, value: int) -> None:
    smaller, larger = (_assess(area, balcony, Decimal(value)) for area in (floor, floor + more))
    assert smaller.total <= larger.total


@given(areas, areas, values)
def test_parts_of_the_lines_sum_to_the_total(floor: Decimal, balcony: Decimal, value: int) -> None:
    assessment = _assess(floor, balcony, Decimal(value))
    parts = [part.piastres for line in assessment.lines for part in line.parts]
    assert sum(parts) == assessment.total == sum(line.piastres for line in assessment.lines)
