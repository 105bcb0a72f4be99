"""Acts that end sheets and open others: split, merge, and the transfer to the permanent register."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from permits.errors import Invalid
from permits.register.state import Holdings, SheetState, SheetStatus


@dataclass(frozen=True)
class Piece:
    """A parcel that a split makes, its official area, and its owners where the deed allots them."""

    parcel: str
    area: Decimal
    holdings: Holdings | None = None


def split(state: SheetState, pieces: Sequence[Piece]) -> tuple[SheetState, tuple[SheetState, ...]]:
    """The closed sheet and those of its pieces, which carry its owners and signals; the areas are the area."""
    state.need_open()
    if len(pieces) < 2 or any(piece.area <= 0 for piece in pieces):
        raise Invalid("pieces-needed")
    total = sum((piece.area for piece in pieces), Decimal(0))
    if total != state.area:
        raise Invalid("areas-unequal", parts=str(total), whole=str(state.area))
    children = (
        replace(state, area=piece.area).held_by(state.holdings if piece.holdings is None else piece.holdings)
        for piece in pieces
    )
    return replace(state, status=SheetStatus.CLOSED), tuple(children)


def merge(states: Sequence[SheetState], weights: Sequence[Fraction] | None = None) -> tuple[SheetState, ...]:
    """The merged sheet, then the closed ones; each parcel counts by its area, or by the `weights` of the deed.

    The tenure must be one; signals are carried over.
    """
    for state in states:
        state.need_open()
    if len(states) < 2 or len({state.tenure for state in states}) > 1:
        raise Invalid("parcels-do-not-merge")
    area = sum((state.area for state in states), Decimal(0))
    counted = [Fraction(state.area) / Fraction(area) for state in states] if weights is None else list(weights)
    if len(counted) != len(states) or sum(counted) != 1:
        raise Invalid("weights-not-whole")
    holdings: dict[str, Fraction] = {}
    for state, weight in zip(states, counted, strict=True):
        for party, share in state.holdings.items():
            holdings[party] = holdings.get(party, Fraction(0)) + share * weight
    merged = SheetState(
        tenure=states[0].tenure, area=area, signals=tuple(signal for state in states for signal in state.signals),
    ).held_by(holdings)  # fmt: skip
    return merged, *(replace(state, status=SheetStatus.CLOSED) for state in states)


def to_permanent(state: SheetState) -> tuple[SheetState, SheetState]:
    """The temporary sheet, read-only from now on, and the permanent one with all it held."""
    state.need_open()
    return replace(state, status=SheetStatus.TRANSFERRED), state
