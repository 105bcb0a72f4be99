"""Syrian pounds with their currency epoch, kept exactly.

On 2026-01-01 one hundred old pounds became one new pound (decree 293/2025, central bank decision 705).
The new pound has one hundred piastres, so one old pound is exactly one new piastre. Databases and
ledgers hold integers of new piastres; laws written before 2026 speak of old pounds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from permits.money.exact import EXACT, rounded

OLD_PER_NEW = 100
PIASTRES_PER_POUND = 100


class MoneyError(ValueError):
    """An amount that cannot be read, mixed or held exactly."""


class Epoch(StrEnum):
    """Which Syrian pound: before or since 2026-01-01."""

    OLD = "SYP-old"
    NEW = "SYP"


@dataclass(frozen=True)
class Money:
    """An exact amount of pounds of one epoch."""

    amount: Decimal
    epoch: Epoch = Epoch.NEW

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise MoneyError(f"not an amount: {self.amount}")

    @classmethod
    def of_piastres(cls, piastres: int) -> "Money":
        """New pounds from the integer the database holds."""
        return cls(Decimal(piastres).scaleb(-2, EXACT), Epoch.NEW)

    @property
    def piastres(self) -> int:
        """New piastres; MoneyError when the amount is finer than one piastre."""
        scaled = self.to(Epoch.NEW).amount.scaleb(2, EXACT)
        if scaled != scaled.to_integral_value():
            raise MoneyError(f"{self.amount} {self.epoch} is finer than a new piastre")
        return int(scaled)

    def to(self, epoch: Epoch) -> "Money":
        """The same money in another epoch, exactly."""
        if epoch is self.epoch:
            return self
        return Money(self.amount.scaleb(2 if epoch is Epoch.OLD else -2, EXACT), epoch)

    def __add__(self, other: "Money") -> "Money":
        return Money(EXACT.add(self.amount, self._same(other)), self.epoch)

    def __sub__(self, other: "Money") -> "Money":
        return Money(EXACT.subtract(self.amount, self._same(other)), self.epoch)

    def _same(self, other: "Money") -> Decimal:
        if other.epoch is not self.epoch:
            raise MoneyError(f"{self.epoch} and {other.epoch} do not mix: convert one of them first")
        return other.amount


@dataclass(frozen=True)
class CashRounding:
    """What is paid in notes, and the difference that is shown as a line of its own: payable = exact + difference."""

    payable: Money
    difference: Money


def round_to_note(money: Money, note: Decimal) -> CashRounding:
    """Round to the nearest multiple of `note` (same epoch as `money`), half away from zero."""
    if note <= 0:
        raise MoneyError(f"a note has a positive value, not {note}")
    payable = Money(rounded(money.amount, note), money.epoch)
    return CashRounding(payable, payable - money)


def split(piastres: int, shares: Sequence[Fraction]) -> tuple[int, ...]:
    """Divide piastres by exact shares that sum to one; the parts sum to the whole.

    Piastres left over by rounding down go to the largest remainders, the first of equal ones before the others.
    """
    if sum(shares) != 1 or any(share < 0 for share in shares):
        raise MoneyError("shares are not negative and sum to one")
    exact = [piastres * share for share in shares]
    parts = [part.numerator // part.denominator for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for i in by_remainder[: piastres - sum(parts)]:
        parts[i] += 1
    return tuple(parts)


# Arabic-Indic and Persian digits, their separators, and the marks that copying out of a page brings along.
_FOLD = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬−", "01234567890123456789.,-")
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u00a0\u202f\u2009 ]")
_GROUPED = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_TO_ARABIC = str.maketrans("0123456789.,-", "٠١٢٣٤٥٦٧٨٩٫٬−")


def parse_amount(text: str) -> Decimal:
    """Read an amount in Arabic or Latin digits; groups of three may be separated, MoneyError otherwise."""
    folded = _MARKS.sub("", text.translate(_FOLD))
    if not _GROUPED.fullmatch(folded):
        raise MoneyError(f"not an amount: {text!r}")
    return Decimal(folded.replace(",", ""))


def format_amount(amount: Decimal, *, arabic: bool, places: int = 2) -> str:
    """Write an amount with grouped thousands; digits are never rounded away: finer amounts show all of them."""
    shown = max(places, -int(amount.normalize(EXACT).as_tuple().exponent))
    text = f"{amount:,.{shown}f}"
    return text.translate(_TO_ARABIC) if arabic else text


def parse_piastres(text: str) -> int:
    """New pounds as people write them, as the integer the database holds; MoneyError where they are finer."""
    return Money(parse_amount(text)).piastres


def format_piastres(piastres: int, *, arabic: bool) -> str:
    """New pounds with their piastres, thousands grouped: 9365050 is 93,650.50 or ٩٣٬٦٥٠٫٥٠."""
    return format_amount(Money.of_piastres(piastres).amount, arabic=arabic)
