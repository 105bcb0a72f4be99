"""Formulas: parsed, unit-checked and worked out exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.money.expression import FormulaError, evaluate, parse, parse_unit, substituted, unit_of

UNITS = {"rate": parse_unit("1"), "value_m2": parse_unit("SYP/m2"), "area": parse_unit("m2"), "sum": parse_unit("SYP")}
VALUES = {"rate": Decimal("0.01"), "value_m2": Decimal(1500000), "area": Decimal(480), "sum": Decimal(3000)}


@pytest.mark.parametrize(
    ("formula", "result", "steps"),
    [
        ("rate * value_m2 * area", "7200000.00", "0.01 * 1500000 * 480"),
        ("sum + rate * value_m2 * area", "7203000.00", "3000 + 0.01 * 1500000 * 480"),
        ("(sum + sum) * rate", "60.00", "(3000 + 3000) * 0.01"),
        ("sum - (sum - sum)", "3000", "3000 - (3000 - 3000)"),
        ("max(sum, value_m2 * area)", "720000000", "max(3000, 1500000 * 480)"),
        ("clamp(sum, sum + sum, sum * 3)", "6000", "clamp(3000, 3000 + 3000, 3000 * 3)"),
        ("ceil(sum * rate * 0.01)", "1", "ceil(3000 * 0.01 * 0.01)"),
        ("floor(sum * rate * 0.01)", "0", "floor(3000 * 0.01 * 0.01)"),
        ("min(sum, sum * 2)", "3000", "min(3000, 3000 * 2)"),
    ],
)
def test_a_formula_gives_pounds_and_shows_its_steps(formula: str, result: str, steps: str) -> None:
    node = parse(formula)
    assert unit_of(node, UNITS) == parse_unit("SYP")
    assert evaluate(node, VALUES) == Decimal(result)
    assert substituted(node, VALUES) == steps


@pytest.mark.parametrize("formula", ["rate + area", "max(sum, area)", "unknown * area"])
def test_units_that_do_not_fit_are_refused_before_any_number(formula: str) -> None:
    with pytest.raises(FormulaError):
        unit_of(parse(formula), UNITS)


@pytest.mark.parametrize("formula", ["", "1 +", "(1", "1 2", "a / b", "eval(1)", "min(1)", "1e5", "__import__", "a.b"])
def test_what_is_no_formula_is_refused(formula: str) -> None:
    with pytest.raises(FormulaError):
        parse(formula)


def test_units_multiply_and_cancel() -> None:
    units = UNITS | {"days": parse_unit("day"), "daily": parse_unit("SYP/m2/day")}
    assert unit_of(parse("daily * area * days"), units) == parse_unit("SYP")


@pytest.mark.parametrize("unit", ["", "/m2", "SYP/"])
def test_what_is_no_unit_is_refused(unit: str) -> None:
    with pytest.raises(FormulaError):
        parse_unit(unit)


_numbers = st.decimals(min_value=0, max_value=10**6, places=3)


@given(_numbers, _numbers, _numbers)
def test_the_steps_are_a_formula_with_the_same_result(a: Decimal, b: Decimal, c: Decimal) -> None:
    values = {"a": a, "b": b, "c": c}
    for formula in ("a * (b + c)", "a - (b - c)", "a - b + c", "max(a, b) * c", "(a + b) * (a - c)"):
        node = parse(formula)
        assert evaluate(parse(substituted(node, values)), {}) == evaluate(node, values)
