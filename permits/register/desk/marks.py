"""Signals on a sheet as the form writes them: mortgaged and released, placed and lifted."""

from sqlalchemy.orm import Session

from permits.errors import Invalid
from permits.money.money import Money
from permits.register.deed import Deed
from permits.register.desk.form import PLACED, Written, number_in
from permits.register.marking import lift_signal, mortgage, place_signal, release, signal_about
from permits.register.signals import SignalKind
from permits.register.tables import JournalEntry


def mortgaged(session: Session, deed: Deed, written: Written) -> JournalEntry:
    """The sheet or an owner's share is mortgaged for an amount."""
    amount = Money(number_in(written.amount, "amount-invalid"))
    if not written.name.strip():
        raise Invalid("name-needed")
    return mortgage(
        session, deed=deed, sheet_id=written.sheet_id, creditor=written.name.strip(), amount=amount,
        party=written.party or None,
    )  # fmt: skip


def released(session: Session, deed: Deed, written: Written) -> JournalEntry:
    """A mortgage ends."""
    return release(session, deed=deed, sheet_id=written.sheet_id, signal_id=written.signal)


def attached(session: Session, deed: Deed, written: Written) -> JournalEntry:
    """The most common signal, an attachment."""
    return _placed(session, deed, written, SignalKind.ATTACHMENT)


def signalled(session: Session, deed: Deed, written: Written) -> JournalEntry:
    """A signal of the kind that the form names."""
    return _placed(session, deed, written, kind_in(written.kind))


def kind_in(text: str) -> SignalKind:
    """A kind of signal that a registrar places; Invalid for another."""
    if text not in PLACED:
        raise Invalid("signal-kind-unknown")
    return SignalKind(text)


def _placed(session: Session, deed: Deed, written: Written, kind: SignalKind) -> JournalEntry:
    signal = signal_about(kind, written.document, party=written.party or None)
    return place_signal(session, deed=deed, sheet_id=written.sheet_id, signal=signal)


def lifted(session: Session, deed: Deed, written: Written) -> JournalEntry:
    """A signal ends."""
    return lift_signal(session, deed=deed, sheet_id=written.sheet_id, signal_id=written.signal)
