"""Median and 90th percentile of whole numbers; shares that say of how many."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Spread:
    """Of `count` numbers: the median (of an even count the mean of the middle two), the 90th percentile, the greatest.

    The percentile is the nearest rank: the least of the numbers that at least nine tenths do not exceed.
    """

    count: int
    median: Fraction
    p90: int
    most: int


@dataclass(frozen=True)
class Share:
    """`part` of `whole`; there is no fraction of nothing."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Rounded half up to a whole percent, None of nothing."""
        return math.floor(Fraction(100 * self.part, self.whole) + Fraction(1, 2)) if self.whole > 0 else None


def spread(numbers: Collection[int]) -> Spread | None:
    """The spread of numbers, None of none."""
    if not numbers:
        return None
    ordered, count = sorted(numbers), len(numbers)
    middle = Fraction(ordered[(count - 1) // 2] + ordered[count // 2], 2)
    return Spread(count, middle, ordered[math.ceil(Fraction(9 * count, 10)) - 1], ordered[-1])
