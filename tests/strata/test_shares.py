"""Shares of the land by largest remainder."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bim.strata.shares import WHOLE, largest_remainder
from permits.register.shares import require_whole

AREAS = st.lists(st.integers(1, 10**6).map(lambda cents: Fraction(cents, 100)), min_size=1, max_size=80)


@pytest.mark.parametrize(
    ("basis", "shares"),
    [
        ([1, 1, 1], (800, 800, 800)),
        ([1] * 7, (343, 343, 343, 343, 343, 343, 342)),
        ([2, 1], (1600, 800)),
        ([100, 0], (2400, 0)),
        ([Fraction(11345, 100)] * 3 + [Fraction(11375, 100)], (600, 600, 599, 601)),  # quotas 599.60 and 601.19
    ],
)
def test_examples(basis: list[Fraction], shares: tuple[int, ...]) -> None:
    assert largest_remainder([Fraction(part) for part in basis]) == shares


@given(AREAS)
def test_the_sum_is_exact_and_nobody_is_a_share_away_from_the_quota(basis: list[Fraction]) -> None:
    shares = largest_remainder(basis)
    assert sum(shares) == WHOLE
    total = sum(basis)
    assert all(abs(share - part * WHOLE / total) < 1 for share, part in zip(shares, basis, strict=True))


@given(AREAS, st.integers(1, 10**4))
def test_the_unit_of_the_basis_does_not_matter(basis: list[Fraction], factor: int) -> None:
    assert largest_remainder(basis) == largest_remainder([part * factor for part in basis])


@given(AREAS)
def test_more_never_gets_less(basis: list[Fraction]) -> None:
    shares = largest_remainder(basis)
    for one, part in zip(shares, basis, strict=True):
        assert all(one >= other for other, less in zip(shares, basis, strict=True) if less < part)


@given(AREAS)
def test_the_register_takes_them(basis: list[Fraction]) -> None:
    require_whole(Fraction(share, WHOLE) for share in largest_remainder(basis) if share)


@pytest.mark.parametrize("basis", [[], [0, 0], [1, -1], [3, -1]])
def test_without_a_basis_there_are_no_shares(basis: list[int]) -> None:
    with pytest.raises(ValueError, match="no shares"):
        largest_remainder([Fraction(part) for part in basis])
