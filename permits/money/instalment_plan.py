"""A sum in instalments as an act allows it: parts that sum to the whole to the piastre, and the day each is due."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from permits.money.act import InstalmentTerms
from permits.money.evaluation import add_months
from permits.money.money import MoneyError, split


@dataclass(frozen=True)
class Instalment:
    """One part: its number from 1, the day on which it is due, new piastres."""

    number: int
    due: date
    piastres: int


def instalment_plan(terms: InstalmentTerms, piastres: int, *, count: int, first_due: date) -> tuple[Instalment, ...]:
    """The first part as the act says, the others equal; MoneyError where the act does not allow so many."""
    if not 1 <= count <= terms.max:
        raise MoneyError(f"{count} instalments: the act allows 1 to {terms.max}")
    rest = [(1 - terms.first) / (count - 1)] * (count - 1) if count > 1 else []
    shares = [terms.first if rest else Fraction(1), *rest]
    days = (add_months(first_due, terms.every_months * i) for i in range(count))
    parts = zip(days, split(piastres, shares), strict=True)
    return tuple(Instalment(i, due, amount) for i, (due, amount) in enumerate(parts, 1))
