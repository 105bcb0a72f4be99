"""Shares are exact whatever inheritance does to them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.register.shares import WHOLE, SharesError, over_2400, read_share, require_whole


@pytest.mark.parametrize(
    ("share", "text"),
    [("1", "2400"), ("1/2", "1200"), ("1/7", "342 6/7"), ("1/3", "800"), ("1/4800", "1/2"), ("5/11", "1090 10/11")],
)
def test_a_share_is_written_over_2400(share: str, text: str) -> None:
    assert str(over_2400(Fraction(share))) == text


@given(st.fractions(min_value=0, max_value=1, max_denominator=10**9))
def test_what_is_written_is_the_share(share: Fraction) -> None:
    counted = over_2400(share)
    assert (counted.shares + counted.remainder) / WHOLE == share
    assert 0 <= counted.remainder < 1


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=30))
def test_heirs_of_heirs_still_hold_the_whole(weights: list[int]) -> None:
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    require_whole(shares)
    first, *others = shares
    require_whole([*others, first / 3, first / 3, first / 3])


@pytest.mark.parametrize("shares", [[], ["1/2"], ["1/2", "1/2", "1/7"], ["3/2", "-1/2"], ["1", "0"]])
def test_what_is_no_whole_is_refused(shares: list[str]) -> None:
    with pytest.raises(SharesError):
        require_whole(map(Fraction, shares))


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("٣٠٠", "1/8"), (" 2400 ", "1"), ("1/7", "1/7"), ("٣٠٠ / ٢٤٠٠", "1/8"), ("342 6/7", "1/7"), ("۱/۳", "1/3"),
        ("12.5%", "1/8"), ("١٢٫٥٪", "1/8"), ("1200.5", "2401/4800"), ("½", "1/2"), ("100 %", "1"), ("0", "0"),
    ],
)  # fmt: skip
def test_shares_are_read_as_people_write_them(text: str, share: str) -> None:
    assert read_share(text) == Fraction(share)


def test_a_bare_number_counts_what_the_source_counts() -> None:
    assert [read_share("6", whole=whole) for whole in (24, 100, 2400)] == [Fraction(6, n) for n in (24, 100, 2400)]
    assert read_share("0.125", whole=1) == Fraction(1, 8)


@pytest.mark.parametrize(
    "text", ["ثلث", "", "-1/2", "1/0", "1_0", "1e3", "1/2/3", "1/2%", "1 2", "3 7/6", "1.5 1/2", "/2", "%", "9" * 401]
)
def test_nonsense_is_no_share(text: str) -> None:
    with pytest.raises(ValueError, match="no share"):
        read_share(text)


@given(st.fractions(min_value=0, max_value=1, max_denominator=10**9))
def test_what_is_written_as_a_fraction_is_read(share: Fraction) -> None:
    assert read_share(f"{share.numerator}/{share.denominator}") == share
    counted = over_2400(share)
    assert not counted.shares or read_share(str(counted)) == share
