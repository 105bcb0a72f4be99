"""Shares are exact whatever inheritance does to them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.register.shares import WHOLE, SharesError, over_2400, require_whole


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
