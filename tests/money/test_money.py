"""Amounts are exact through epochs, digits, notes and shares."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.money.exact import rounded
from permits.money.money import (
    Epoch,
    Money,
    MoneyError,
    format_amount,
    format_piastres,
    parse_amount,
    parse_piastres,
    round_to_note,
    split,
)  # fmt: skip

amounts = st.decimals(min_value=Decimal("-1e13"), max_value=Decimal("1e13"), places=2)


def test_one_hundred_old_pounds_are_one_new_pound_since_2026() -> None:
    assert Money(Decimal(9_365_000), Epoch.OLD).to(Epoch.NEW) == Money(Decimal("93650.00"))
    assert Money(Decimal(1), Epoch.OLD).piastres == 1


def test_what_the_new_pound_cannot_hold_is_an_error_not_a_rounding() -> None:
    with pytest.raises(MoneyError, match="finer"):
        _ = Money(Decimal("0.50"), Epoch.OLD).piastres


def test_epochs_do_not_mix() -> None:
    with pytest.raises(MoneyError, match="mix"):
        _ = Money(Decimal(1)) + Money(Decimal(1), Epoch.OLD)


@given(amounts)
def test_an_epoch_and_back_is_the_same_money(amount: Decimal) -> None:
    money = Money(amount)
    assert money.to(Epoch.OLD).to(Epoch.NEW) == money
    assert Money.of_piastres(money.piastres) == money


@pytest.mark.parametrize(
    ("exact", "note", "payable", "difference"),
    [("93652.49", "5", "93650", "-2.49"), ("93652.50", "5", "93655", "2.50"), ("0", "5", "0", "0")],
)
def test_cash_is_rounded_to_a_note_with_a_visible_difference(
    exact: str, note: str, payable: str, difference: str
) -> None:
    rounding = round_to_note(Money(Decimal(exact)), Decimal(note))
    assert rounding.payable.amount == Decimal(payable)
    assert rounding.difference.amount == Decimal(difference)


@given(amounts, st.sampled_from(["5", "10", "25", "50", "100", "500"]))
def test_rounding_never_moves_more_than_half_a_note(amount: Decimal, note: str) -> None:
    rounding = round_to_note(Money(amount), Decimal(note))
    assert rounding.payable == Money(amount) + rounding.difference
    assert abs(rounding.difference.amount) * 2 <= Decimal(note)
    assert rounding.payable.amount % Decimal(note) == 0


@given(
    st.integers(min_value=-(10**15), max_value=10**15),
    st.lists(st.integers(min_value=0, max_value=2400), min_size=1, max_size=12).filter(any),
)
def test_parts_sum_to_the_whole_to_the_piastre(piastres: int, weights: list[int]) -> None:
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    parts = split(piastres, shares)
    assert sum(parts) == piastres
    assert all(abs(part - piastres * share) < 1 for part, share in zip(parts, shares, strict=True))


def test_shares_that_are_not_a_whole_are_refused() -> None:
    with pytest.raises(MoneyError):
        split(100, [Fraction(1, 2), Fraction(1, 3)])


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("١٢٣٫٥", "123.5"),
        ("\u200f٩٣٬٦٥٠٫٠٠\u200f", "93650.00"),
        ("\u2068-1,234.50\u2069", "-1234.50"),
        ("۱۲۳", "123"),
        ("1 234", "1234"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: str) -> None:
    assert parse_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "1,23", "1.2.3", "١٢٣ل.س", "1e5", "NaN", "--1", "12,3456"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(MoneyError):
        parse_amount(text)


@given(amounts, st.booleans())
def test_what_is_written_reads_back(amount: Decimal, arabic: bool) -> None:
    assert parse_amount(format_amount(amount, arabic=arabic)) == amount


def test_formatting_shows_every_digit() -> None:
    assert format_amount(Decimal("1234567.50"), arabic=False) == "1,234,567.50"
    assert format_amount(Decimal("1234567.5"), arabic=True) == "١٬٢٣٤٬٥٦٧٫٥٠"
    assert format_amount(Decimal("0.125"), arabic=False) == "0.125"


@given(st.integers(-(10**17), 10**17), st.booleans())
def test_piastres_are_written_and_read_back(piastres: int, arabic: bool) -> None:
    text = format_piastres(piastres, arabic=arabic)
    assert parse_piastres(text) == piastres
    assert parse_piastres(f"\u2068{text}\u2069\u00a0") == piastres


def test_piastres_are_shown_with_their_thousands() -> None:
    assert format_piastres(9_365_050, arabic=True) == "٩٣٬٦٥٠٫٥٠"
    assert format_piastres(-5, arabic=False) == "-0.05"
    assert parse_piastres("٩٣٦٥٠٫٥") == 9_365_050
    with pytest.raises(MoneyError, match="finer"):
        parse_piastres("0.005")


@given(st.decimals(-(10**40), 10**40, places=9), st.booleans())
def test_the_longest_amount_loses_no_digit(amount: Decimal, arabic: bool) -> None:
    assert parse_amount(format_amount(amount, arabic=arabic)) == amount
    assert Money(amount).to(Epoch.OLD).to(Epoch.NEW) == Money(amount)


@given(
    st.decimals(min_value=0, max_value=10**9, places=3), st.sampled_from(["0.01", "0.25", "1", "3", "5", "7.5"]),
)  # fmt: skip
def test_rounding_is_to_the_nearest_step_and_up_and_down_enclose_it(value: Decimal, step: str) -> None:
    low, near, high = (rounded(value, Decimal(step), how) for how in ("down", "half_up", "up"))
    assert low <= value <= high
    assert near in {low, high}
    assert abs(near - value) * 2 <= Decimal(step)
    assert rounded(-value, Decimal(step)) == -near
