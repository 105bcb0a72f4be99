"""Shares of the land by largest remainder: whole shares that sum to exactly what there is to share."""

from collections.abc import Sequence
from fractions import Fraction

WHOLE = 2400


def largest_remainder(basis: Sequence[Fraction], whole: int = WHOLE) -> tuple[int, ...]:
    """Whole shares in proportion to `basis`, which sum to exactly `whole`.

    Each gets its quota rounded down; what is left goes one by one to the greatest remainders, of equal ones to the
    first. Raise ValueError where a basis is negative or all are nothing.
    """
    total = sum(basis, Fraction(0))
    if total <= 0 or any(part < 0 for part in basis):
        raise ValueError(f"no shares by a basis of {total}")
    quotas = [part * whole / total for part in basis]
    shares = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(basis)), key=lambda index: (shares[index] - quotas[index], index))
    for index in by_remainder[: whole - sum(shares)]:
        shares[index] += 1
    return tuple(shares)
