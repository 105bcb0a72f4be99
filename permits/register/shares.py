"""Shares of a property: exact fractions that sum to one, shown as people count them, over 2400 (سهم).

Inheritance gives fractions that are no whole number of 2400ths (1/7 is 342 6/7 shares), so the exact
fraction is what is kept and 2400 is only how it is written.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from permits.text import fold

WHOLE = 2400
_NUMBER = re.compile(r"(?P<whole>[0-9]+(?:\.[0-9]+)?)?(?: ?\b(?P<top>[0-9]+)/(?P<bottom>[0-9]+))?(?P<percent>%)?")
_SIGNS = str.maketrans({"٪": "%", "⁄": "/", "∕": "/", "÷": "/"})
_LONGEST = 400


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


def read_share(text: str, *, whole: int = WHOLE) -> Fraction:
    """A share as people write it, in digits of any script; raises ValueError.

    A bare number counts parts of `whole` (300), also with a rest (342 6/7); a fraction (1/8, 300/2400) and a
    percentage (12.5%) are of the sheet.
    """
    plain = re.sub(r" ?([/%]) ?", r"\1", fold(text.translate(_SIGNS)).translate(_SIGNS))
    found = _NUMBER.fullmatch(plain)
    if found is None or not plain or len(plain) > _LONGEST:
        raise ValueError("no share")
    counted, top, bottom, percent = found.group("whole", "top", "bottom", "percent")
    rest = Fraction(int(top), int(bottom)) if top and int(bottom) else None
    if (top and rest is None) or (counted is None and rest is None) or (percent and rest is not None):
        raise ValueError("no share")
    if counted is None:
        return rest or Fraction(0)
    if rest is not None and ("." in counted or rest >= 1):
        raise ValueError("no share")
    return (Fraction(counted) + (rest or 0)) / (100 if percent else whole)
