"""The messages of this dialect as calls of the same use cases that every provider's messages come to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from sqlalchemy.orm import Session

from permits.db import utcnow
from permits.errors import Invalid, Unauthenticated
from permits.money.channels.mfep.answers import Standing, answered, bill_body, refused
from permits.money.channels.mfep.codes import CODES
from permits.money.channels.mfep.messages import (
    AcctInfo,
    BillPull,
    Heard,
    Message,
    Paid,
    TakenBack,
    payload,
    read_transaction,
)
from permits.money.channels.mfep.tree import METHODS, is_signed
from permits.money.channels.registry import Agreement, Channels
from permits.money.channels.ways import is_overpaid, shares, was_replaced
from permits.money.credits import bill_by_reference, least_of
from permits.money.payments import acknowledge, inquire, notify, payment_of
from permits.money.providers import active_key, actor_of_key
from permits.money.reversals import reverse
from permits.money.signature import WINDOW_SECONDS
from permits.people.actor import Actor

ADAPTER = "mfep"


@dataclass(frozen=True)
class Agreed:
    """The channel of this dialect, and the office whose receipts are numbered."""

    channel: Agreement
    office: str


def authenticate(session: Session, *, message: Message, root: Element) -> tuple[Actor, bytes]:
    """The provider behind a message and the key to answer with; Unauthenticated with the code of its fault."""
    key = active_key(session, key_id=message.header.routing.sender)
    secret, security = bytes.fromhex(key.secret), message.footer.security
    if security.method not in METHODS or not is_signed(
        secret, root, method=security.method, signature=security.signature
    ):
        raise Unauthenticated("signature-wrong")
    if abs((utcnow() - message.header.at).total_seconds()) > WINDOW_SECONDS:
        raise Unauthenticated("signature-stale")
    return actor_of_key(key), secret


def pull(session: Session, *, actor: Actor, channels: Channels, asked: BillPull) -> dict[str, Any]:
    """BILPULRQ: what is owed under a number, by beneficiary where the channel splits."""
    _ours(channels, asked.account)
    view = inquire(session, actor=actor, reference=asked.account.billing)
    bill = bill_by_reference(session, view.reference)
    channel = channels.speaking(ADAPTER)
    standing = Standing(
        view=view, shares=tuple(shares(session, channel=channel, bill=bill, piastres=view.left)),
        parts=channel.capabilities.parts and least_of(session, bill) is not None, replaced=was_replaced(session, bill),
        overpaid=is_overpaid(session, bill), service=bill.demand.service, closed_at=bill.settled_at,
    )  # fmt: skip
    return bill_body(standing, biller=channels.biller)


def _ours(channels: Channels, account: AcctInfo) -> None:
    if account.biller != channels.biller:
        raise Invalid("biller-other", biller=account.biller)


def _told(session: Session, actor: Actor, agreed: Agreed, trx: Element) -> dict[str, Any]:
    """A payment. The biller code is not asked: whoever's money it is, it was taken and is kept."""
    paid = read_transaction(Paid, trx)
    answer = notify(session, actor=actor, office=agreed.office, notice=paid.notice(), payload=payload(trx))
    if answer.state == "conflict":
        return refused(paid.transaction, CODES[answer.code])  # no refusal is raised: its audit entry is to be kept
    return answered(paid.transaction, answer)


def _acknowledged(session: Session, actor: Actor, _: Agreed, trx: Element) -> dict[str, Any]:
    heard = read_transaction(Heard, trx)
    found = payment_of(session, actor=actor, transaction=heard.transaction)
    return answered(heard.transaction, acknowledge(session, actor=actor, payment_id=found))


def _taken_back(session: Session, actor: Actor, agreed: Agreed, trx: Element) -> dict[str, Any]:
    told = read_transaction(TakenBack, trx)
    agreed.channel.capabilities.need("reversal")
    found = payment_of(session, actor=actor, transaction=told.transaction)
    answer = reverse(
        session, actor=actor, payment_id=found, source=told.source, reason=told.reason, reversed_at=told.at
    )
    return answered(told.transaction, answer)


BATCHES: Mapping[str, Callable[[Session, Actor, Agreed, Element], dict[str, Any]]] = {
    "BLRPMTNTFRQ": _told, "PMTACKRQ": _acknowledged, "PMTREVRQ": _taken_back,
}  # fmt: skip
"""What is done with each transaction of a batch, in a database transaction of its own."""
