"""Shares of a property: exact fractions that sum to one, shown as people count them, over 2400 (سهم).

Inheritance gives fractions that are no whole number of 2400ths (1/7 is 342 6/7 shares), so the exact
fraction is what is kept and 2400 is only how it is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

WHOLE = 2400


class SharesError(ValueError):
    """Shares that are not positive or do not sum to exactly one; `total` is their sum."""

    def __init__(self, total: Fraction) -> None:
        super().__init__(f"shares sum to {total}, not to one")
        self.total = total


@dataclass(frozen=True)
class Counted:
    """A share over 2400: whole shares and the fraction of a share left over."""

    shares: int
    remainder: Fraction

    def __str__(self) -> str:
        if not self.remainder:
            return str(self.shares)
        rest = f"{self.remainder.numerator}/{self.remainder.denominator}"
        return f"{self.shares} {rest}" if self.shares else rest


def over_2400(share: Fraction) -> Counted:
    """A share as it is written on the sheet."""
    counted = share * WHOLE
    return Counted(int(counted), counted - int(counted))


def require_whole(shares: Iterable[Fraction]) -> None:
    """Raise SharesError unless every share is positive and together they are exactly the property."""
    held = list(shares)
    total = sum(held, Fraction(0))
    if total != 1 or any(share <= 0 for share in held):
        raise SharesError(total)
