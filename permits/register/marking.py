"""Use cases of signals on sheets: placed, lifted, mortgaged, released; lifting is an entry of its own."""

from sqlalchemy.orm import Session

from permits.db import new_id
from permits.errors import Invalid
from permits.money.money import Money, MoneyError
from permits.register.acts import Act, marks
from permits.register.deed import Deed
from permits.register.entering import change
from permits.register.signals import SignalKind
from permits.register.state import Signal
from permits.register.tables import JournalEntry


def signal_about(
    kind: SignalKind, detail: str, *, party: str | None = None, beneficiary: str = "", expires: str | None = None
) -> Signal:
    """A new signal; `detail` names its document or number."""
    if not detail.strip():
        raise Invalid("signal-detail-needed")
    return Signal(
        id=new_id(), kind=str(kind), detail=detail.strip(), party=party, beneficiary=beneficiary, expires=expires
    )


def place_signal(session: Session, *, deed: Deed, sheet_id: str, signal: Signal) -> JournalEntry:
    """Put a signal on a sheet, or on the share of the owner it names; mortgages have an act of their own."""
    if signal.kind == SignalKind.MORTGAGE:
        raise Invalid("mortgage-amount-needed")
    return change(
        session, deed, Act.ANNOTATED, sheet_id, apply=lambda state: marks.place(state, signal),
        kind=signal.kind, detail=signal.detail,
    )  # fmt: skip


def lift_signal(session: Session, *, deed: Deed, sheet_id: str, signal_id: str) -> JournalEntry:
    """Take a signal off a sheet."""
    return change(
        session, deed, Act.LIFTED, sheet_id, apply=lambda state: marks.lift(state, signal_id), signal=signal_id
    )


def mortgage(
    session: Session, *, deed: Deed, sheet_id: str, creditor: str, amount: Money, party: str | None = None,
    rank: int | None = None,
) -> JournalEntry:  # fmt: skip
    """Mortgage a sheet or an owner's share for an amount, kept in new piastres with the epoch it was written in."""
    try:
        piastres = amount.piastres
    except MoneyError as error:
        raise Invalid("amount-invalid") from error
    detail = deed.document.number if deed.document else ""
    signal = Signal(
        id=new_id(), kind=str(SignalKind.MORTGAGE), detail=detail, party=party, beneficiary=creditor,
        piastres=piastres, epoch=str(amount.epoch), rank=rank,
    )  # fmt: skip
    return change(
        session, deed, Act.MORTGAGE, sheet_id, apply=lambda state: marks.place(state, signal), creditor=creditor,
        piastres=piastres, epoch=str(amount.epoch),
    )  # fmt: skip


def release(session: Session, *, deed: Deed, sheet_id: str, signal_id: str) -> JournalEntry:
    """Release a mortgage."""
    return change(
        session, deed, Act.RELEASE, sheet_id, apply=lambda state: marks.lift(state, signal_id), signal=signal_id
    )
