"""Signals (إشارات) placed on a sheet and lifted from it; a mortgage has an amount and a rank."""

from dataclasses import replace

from permits.errors import Conflict, Invalid
from permits.register.state import ACTIVE, SheetState, Signal

MORTGAGE = "mortgage"


def place(state: SheetState, signal: Signal) -> SheetState:
    """Put a signal on the sheet, or on the share of an owner; a mortgage without rank takes the next one."""
    if state.status not in ACTIVE:
        raise Conflict("sheet-not-open", state=str(state.status))
    if signal.party is not None and not state.share_of(signal.party):
        raise Invalid("not-an-owner")
    if any((s.kind, s.detail, s.party) == (signal.kind, signal.detail, signal.party) for s in state.signals):
        raise Conflict("signal-known", detail=signal.detail)
    return replace(state, signals=(*state.signals, _ranked(state, signal)))


def _ranked(state: SheetState, signal: Signal) -> Signal:
    if signal.kind != MORTGAGE:
        return signal
    if signal.piastres is None or signal.piastres <= 0 or signal.epoch is None:
        raise Invalid("mortgage-amount-needed")
    ranks = {mark.rank for mark in state.signals if mark.kind == MORTGAGE and mark.rank is not None}
    rank = max(ranks, default=0) + 1 if signal.rank is None else signal.rank
    if rank < 1 or rank in ranks:
        raise Conflict("rank-taken", rank=rank)
    return replace(signal, rank=rank)


def lift(state: SheetState, signal_id: str) -> SheetState:
    """Take a signal off; the ranks of the other mortgages stay as they are."""
    if state.status not in ACTIVE:
        raise Conflict("sheet-not-open", state=str(state.status))
    kept = tuple(signal for signal in state.signals if signal.id != signal_id)
    if len(kept) == len(state.signals):
        raise Invalid("signal-unknown")
    return replace(state, signals=kept)
