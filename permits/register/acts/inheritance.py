"""Inheritance (انتقال): shares of shares, as the deed of inheritance gives them.

Who inherits how much is decided by the deed (حصر إرث) alone; here its fractions are multiplied and nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from permits.errors import Invalid
from permits.register.state import Holdings, SheetState


@dataclass(frozen=True)
class Heir:
    """A person of the deed and the part of what the person before left; who died too has heirs of his own."""

    party: str
    part: Fraction
    heirs: tuple["Heir", ...] = ()


def parts_of(heirs: tuple[Heir, ...]) -> Holdings:
    """What each living heir gets of the whole estate; one who inherits twice gets the sum.

    Raises Invalid unless the heirs of every deceased divide exactly what he left.
    """
    found: dict[str, Fraction] = {}
    for party, part in _leaves(heirs, Fraction(1)):
        found[party] = found.get(party, Fraction(0)) + part
    return found


def inherit(state: SheetState, *, deceased: str, heirs: tuple[Heir, ...]) -> SheetState:
    """The share of a deceased owner passes to the living heirs."""
    state.need_open()
    left = state.share_of(deceased)
    if not left:
        raise Invalid("share-not-held", held="0", share="0")
    holdings = {party: share for party, share in state.holdings.items() if party != deceased}
    for party, part in parts_of(heirs).items():
        holdings[party] = holdings.get(party, Fraction(0)) + left * part
    return state.held_by(holdings)


def _leaves(heirs: tuple[Heir, ...], estate: Fraction) -> Iterator[tuple[str, Fraction]]:
    total = sum((heir.part for heir in heirs), Fraction(0))
    if total != 1 or any(heir.part <= 0 for heir in heirs):
        raise Invalid("heirs-not-whole", total=str(total))
    for heir in heirs:
        if heir.heirs:
            yield from _leaves(heir.heirs, estate * heir.part)
        else:
            yield heir.party, estate * heir.part
