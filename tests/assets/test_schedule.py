"""Dues of a contract: worked examples, and that the periods make up the whole."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permits.assets.schedule import Let, periods, schedule

LET = Let("K-1", Decimal("10"), date(2026, 12, 1), date(2027, 1, 1), date(2028, 1, 1), 3, Fraction(0))


def test_a_year_by_quarters_with_its_guarantee() -> None:
    """The trial tariff: 5 pounds a month and square metre; a month's rent as guarantee."""
    dues = [(due.kind, due.due_day.isoformat(), due.piastres) for due in schedule(LET)]
    assert dues == [
        ("guarantee", "2026-12-01", 5_000), ("rent", "2027-01-01", 15_000), ("rent", "2027-04-01", 15_000),
        ("rent", "2027-07-01", 15_000), ("rent", "2027-10-01", 15_000),
    ]  # fmt: skip


def test_each_further_year_costs_more() -> None:
    let = replace(LET, end_day=date(2030, 1, 1), every_months=12, index_rate=Fraction(5, 100))
    rents = [(due.piastres, due.factor) for due in schedule(let) if due.kind == "rent"]
    assert rents == [(60_000, Fraction(1)), (63_000, Fraction(21, 20)), (66_150, Fraction(441, 400))]


def test_a_period_that_is_cut_short_pays_the_months_begun() -> None:
    dues = schedule(replace(LET, end_day=date(2027, 4, 20), every_months=3))
    assert [(due.piastres, due.end_day) for due in dues[1:]] == [(15_000, date(2027, 4, 1)), (5_000, date(2027, 4, 20))]


def test_a_contract_that_begins_on_the_last_of_a_month() -> None:
    dues = schedule(replace(LET, first_day=date(2027, 1, 31), end_day=date(2027, 7, 31), every_months=1))
    assert [due.piastres for due in dues[1:]] == [5_000] * 6
    assert [due.due_day.day for due in dues[1:]] == [31, 28, 31, 30, 31, 30]


days = st.dates(date(2026, 2, 1), date(2040, 1, 1))


@given(first=days, term=st.integers(1, 4000), every=st.sampled_from([1, 2, 3, 6, 12]))
def test_periods_cover_the_term_without_gap(first: date, term: int, every: int) -> None:
    end = first + timedelta(days=term)
    found = list(periods(first, end, every))
    assert (found[0][0], found[-1][1]) == (first, end)
    assert all(before[1] == after[0] for before, after in pairwise(found))
    assert all(start < stop for start, stop in found)


@settings(max_examples=25)
@given(first=days, term=st.integers(1, 1500), every=st.sampled_from([1, 3, 12]),
       area=st.decimals("0.25", "900", places=2))  # fmt: skip
def test_all_periods_together_are_the_rent_of_the_term(first: date, term: int, every: int, area: Decimal) -> None:
    let = replace(LET, area=area, first_day=first, end_day=first + timedelta(days=term), every_months=every)
    parts = sum(due.piastres for due in schedule(let) if due.kind == "rent")
    (whole,) = [due.piastres for due in schedule(replace(let, every_months=10_000)) if due.kind == "rent"]
    assert parts == whole


@pytest.mark.parametrize(("factor", "expected"), [(Fraction(1, 2), 2), (Fraction(1, 3), 1), (Fraction(1, 1), 3)])
def test_a_half_is_rounded_up(factor: Fraction, expected: int) -> None:
    from permits.assets.schedule import _half_up

    assert _half_up(3 * factor) == expected
