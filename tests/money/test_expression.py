"""Formulas: parsed, unit-checked and worked out exactly."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.money.bands import Row, Table
from permits.money.evaluation import EvaluationError, Trace, evaluate, months_between, substituted
from permits.money.expression import FormulaError, parse
from permits.money.units import parse_unit, unit_of

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


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "1 +",
        "(1",
        "1 2",
        "a / b",
        "eval(1)",
        "min(1)",
        "1e5",
        "__import__",
        "a.b",
        "if(a, 1, 2)",
        "if(a < 1, 2)",
        "band(a)",
        "band(a, 3)",
        "divide(a, b)",
        "divide(a, b, c)",
        "divide(a, b, 0)",
        "2026-02-30",
        "a < b",
        "(" * 60 + "a" + ")" * 60,
    ],
)
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


FLAT = Table.model_validate(
    {"kind": "flat", "of": "m2", "gives": "SYP", "status": "fictitious",
     "rows": [{"to": "100", "value": "10"}, {"to": "500", "value": "30"}, {"value": "90"}]}
)  # fmt: skip
MARGINAL = FLAT.model_copy(update={"kind": "marginal", "gives": "SYP/m2"})
CHOICE = Table(
    kind="choice", of="1", gives="SYP", status=FLAT.status,
    rows=(Row(at="1", value="5"), Row(at="2", value="7")),  # type: ignore[arg-type]  # numbers of a file are quoted
)  # fmt: skip
TABLES = {"flat": FLAT, "marginal": MARGINAL, "choice": CHOICE}
DATED = UNITS | {"first": parse_unit("date"), "last": parse_unit("date"), "daily": parse_unit("SYP/day"),
                 "monthly": parse_unit("SYP/month"), "class": parse_unit("1"), "most": parse_unit("m2")}  # fmt: skip
DAYS = VALUES | {"first": date(2026, 1, 31), "last": date(2026, 3, 1), "daily": Decimal(2), "monthly": Decimal(10),
                 "class": Decimal(2), "most": Decimal(480)}  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "result", "steps"),
    [
        ("if(area > most, sum, sum * 2)", "6000", "if(480 > 480, 0, 3000 * 2)"),
        ("if(area >= most, sum, sum * 2)", "3000", "if(480 >= 480, 3000, 0)"),
        ("if(area == 0, divide(sum, rate - rate, 1), sum) * rate", "30.00", "if(480 == 0, 0, 3000) * 0.01"),
        ("max(0, sum - value_m2 * area)", "0", "max(0, 3000 - 1500000 * 480)"),
        ("band(area, flat)", "30", "30"),
        ("band(area, marginal)", "12400", "100 * 10 + 380 * 30"),
        ("sum - band(area, marginal)", "-9400", "3000 - (100 * 10 + 380 * 30)"),
        ("rate * band(area, marginal)", "124.00", "0.01 * (100 * 10 + 380 * 30)"),
        ("band(class, choice)", "7", "7"),
        ("divide(sum, 7, 0.01)", "428.57", "divide(3000, 7, 0.01)"),
        ("divide_up(sum, 7, 1)", "429", "divide_up(3000, 7, 1)"),
        ("divide_down(sum * 2, 7, 0.5)", "857.0", "divide_down(3000 * 2, 7, 0.5)"),
        ("days(first, last) * daily", "58", "days(2026-01-31, 2026-03-01) * 2"),
        ("months(first, last) * monthly", "10", "months(2026-01-31, 2026-03-01) * 10"),
        ("begun_months(first, last) * monthly", "20", "begun_months(2026-01-31, 2026-03-01) * 10"),
        ("days(max(first, 2026-02-27), last) * daily", "4", "days(max(2026-01-31, 2026-02-27), 2026-03-01) * 2"),
        ("if(first < last, sum, 0)", "3000", "if(2026-01-31 < 2026-03-01, 3000, 0)"),
    ],
)
def test_a_formula_of_an_act_is_worked_out_and_its_steps_are_one(formula: str, result: str, steps: str) -> None:
    node = parse(formula)
    assert unit_of(node, DATED, TABLES) == parse_unit("SYP")
    assert evaluate(node, DAYS, TABLES) == Decimal(result)
    assert substituted(node, DAYS, TABLES) == steps
    assert evaluate(parse(steps), {}) == Decimal(result)


@pytest.mark.parametrize(
    "formula",
    [
        "if(area > sum, sum, sum)", "if(area > most, sum, area)", "if(sum > 1, sum, sum)", "band(sum, flat)",
        "band(area, other)", "band(area, marginal) + area", "first + last", "first * 2", "days(first, area)",
        "ceil(first)", "divide(first, last, 1)", "if(first > 0, sum, first)", "max(first, sum)",
    ],
)  # fmt: skip
def test_units_of_an_act_are_checked_before_any_number(formula: str) -> None:
    with pytest.raises(FormulaError):
        unit_of(parse(formula), DATED, TABLES)


@pytest.mark.parametrize(
    ("formula", "code"),
    [("days(last, first)", "dates"), ("divide(sum, area - most, 1)", "zero"), ("band(class + 1, choice)", "choice")],
)
def test_numbers_that_a_formula_cannot_take_are_refused(formula: str, code: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        evaluate(parse(formula), DAYS, TABLES)
    assert caught.value.code == code


def test_the_trace_tells_the_branch_and_the_rows() -> None:
    trace, node = Trace(), parse("if(area > most, band(area, flat), band(area, marginal))")
    evaluate(node, DAYS, TABLES, trace)
    assert trace.branches == {(node, False)}
    assert [(use.table, use.row, use.part) for use in trace.bands] == [("marginal", 0, 100), ("marginal", 1, 380)]


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 20_000))
def test_begun_months_are_the_complete_ones_or_one_more(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    complete, begun = months_between(first, last), months_between(first, last, begun=True)
    assert complete <= begun <= complete + 1
    assert complete * 28 <= days <= begun * 31
