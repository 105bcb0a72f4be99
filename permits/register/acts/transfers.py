"""Shares that pass from owners to others: sale, gift, judgment, expropriation, and the correction of a sheet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from permits.errors import Invalid
from permits.register.state import Holdings, SheetState


@dataclass(frozen=True)
class Correction:
    """What a correction sets; None leaves a field as it is."""

    tenure: str | None = None
    area: Decimal | None = None
    description: str | None = None
    holdings: Holdings | None = None


def transfer(state: SheetState, *, taken: Mapping[str, Fraction], given: Mapping[str, Fraction]) -> SheetState:
    """Take shares of the whole sheet from some and give exactly as much to others: any number on either side."""
    state.need_open()
    if not taken or any(share <= 0 for share in [*taken.values(), *given.values()]):
        raise Invalid("share-not-positive")
    if sum(taken.values()) != sum(given.values()):
        raise Invalid("shares-unequal", taken=str(sum(taken.values())), given=str(sum(given.values())))
    holdings = dict(state.holdings)
    for party, share in taken.items():
        held = holdings.get(party, Fraction(0))
        if held < share:
            raise Invalid("share-not-held", held=str(held), share=str(share))
        holdings[party] = held - share
        if held == share:
            del holdings[party]
    for party, share in given.items():
        holdings[party] = holdings.get(party, Fraction(0)) + share
    return state.held_by(holdings)


def expropriate(state: SheetState, *, authority: str, part: Fraction = Fraction(1)) -> SheetState:
    """Take `part` of every owner's share for an authority (استملاك); what it holds itself stays."""
    if not 0 < part <= 1:
        raise Invalid("share-not-positive")
    taken = {party: share * part for party, share in state.holdings.items() if party != authority}
    return transfer(state, taken=taken, given={authority: sum(taken.values(), Fraction(0))})


def correct(state: SheetState, change: Correction) -> SheetState:
    """Set right what was wrong from the beginning of the sheet as the document says."""
    state.need_open()
    if change.area is not None and change.area <= 0:
        raise Invalid("area-not-positive")
    changed = replace(
        state,
        tenure=state.tenure if change.tenure is None else change.tenure,
        area=state.area if change.area is None else change.area,
        description=state.description if change.description is None else change.description,
    )
    return changed if change.holdings is None else changed.held_by(change.holdings)


def parties_of(*holdings: Iterable[str]) -> frozenset[str]:
    """Everybody named in some holdings."""
    return frozenset(party for held in holdings for party in held)
