"""Claims on payers (المطالبات): one asks that a claim be demanded or given up, another agrees.

A claim is what a payer owes because his provider took money back that we had paid back already, or no longer need.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import canonical, new_id, utcnow
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.money import ledger
from permits.money.bills import issue_whole
from permits.money.credits import reversal_key
from permits.money.demands import keep, reason_of
from permits.money.four_eyes import need_another
from permits.money.reconciliation.tables import ClaimDecision
from permits.money.subjects import Subject
from permits.money.tables import Bill, Demand, LedgerEntry, LedgerTransaction, Payment
from permits.people.actor import STAFF, Actor, Role

KIND, SERIES = "claim", 997
"""The kind of subject that a demanded claim is, and its three digits in bill references."""


class ClaimWay(StrEnum):
    """What becomes of a claim; the text of each is `claim-way-<way>`."""

    DEMAND = "demand"
    WRITE_OFF = "write_off"


@dataclass(frozen=True)
class Claim:
    """What is left of the claim that one payment left behind, in new piastres; `asked` where somebody must decide."""

    payment: Payment
    piastres: int
    asked: ClaimDecision | None


def open_claims(session: Session, *, actor: Actor) -> list[Claim]:
    """Every claim of which something is left, the oldest first."""
    actor.need(Role.ACCOUNTANT, Role.APPROVER, Role.SYSTEM)
    query = (
        select(LedgerTransaction.key)
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .where(LedgerTransaction.key.startswith(reversal_key("")), LedgerEntry.account == ledger.CLAIMS)
        .order_by(LedgerTransaction.at)
    )
    ids = dict.fromkeys(key.removeprefix(reversal_key("")) for key in session.scalars(query))
    found = [Claim(session.get_one(Payment, x), left_of_claim(session, x), _asked(session, x)) for x in ids]
    return [claim for claim in found if claim.piastres]


def left_of_claim(session: Session, payment_id: str) -> int:
    """What of a payment's claim was neither given up nor demanded; a demand that was cancelled does not count."""
    claimed = ledger.amount(session, key=reversal_key(payment_id), account=ledger.CLAIMS)
    given_up = select(func.sum(ClaimDecision.piastres)).where(
        ClaimDecision.payment_id == payment_id, ClaimDecision.state == "approved",
        ClaimDecision.way == ClaimWay.WRITE_OFF,
    )  # fmt: skip
    demanded = select(func.sum(Demand.piastres)).where(
        Demand.subject_kind == KIND, Demand.subject_id == payment_id, Demand.state != "cancelled"
    )
    return claimed - sum(int(session.scalar(one) or 0) for one in (given_up, demanded))


def _asked(session: Session, payment_id: str) -> ClaimDecision | None:
    query = select(ClaimDecision).where(ClaimDecision.payment_id == payment_id, ClaimDecision.state == "requested")
    return session.scalar(query)


def ask_claim(session: Session, *, actor: Actor, payment_id: str, way: str, reason: str) -> ClaimDecision:
    """Ask that what is left of a claim be demanded of the payer, or given up."""
    actor.need(Role.ACCOUNTANT, Role.SYSTEM)
    if way not in list(ClaimWay):
        raise Invalid("claim-way-unknown")
    said = reason_of(reason)
    lock_payment(session, payment_id)
    left = left_of_claim(session, payment_id)
    if left <= 0:
        raise NotFound("claim-unknown")
    if _asked(session, payment_id):
        raise Conflict("claim-asked")
    asked = ClaimDecision(
        id=new_id(), payment_id=payment_id, way=way, piastres=left, reason=said, state="requested",
        requested_by=actor.id, requested_at=utcnow(),
    )  # fmt: skip
    session.add(asked)
    session.flush()
    _record(session, AuditEvent.CLAIM_ASKED, actor, asked, reason=said)
    return asked


def decide_claim(
    session: Session, *, actor: Actor, decision_id: str, agrees: bool, governorate: str
) -> ClaimDecision:  # fmt: skip
    """Another person agrees, and it is demanded by a bill or given up; or does not, and the claim stays."""
    actor.need(Role.ACCOUNTANT, Role.APPROVER)
    payment_id = session.scalar(select(ClaimDecision.payment_id).where(ClaimDecision.id == decision_id))
    if payment_id is None:
        raise NotFound("claim-unknown")
    payment = lock_payment(session, payment_id)
    asked = session.get_one(ClaimDecision, decision_id, populate_existing=True)
    if asked.state != "requested":
        raise Conflict("claim-state", state=asked.state)
    need_another(asked.requested_by, actor)
    asked.state, asked.decided_by, asked.decided_at = "approved" if agrees else "refused", actor.id, utcnow()
    session.flush()
    reference = ""
    if agrees and asked.way == ClaimWay.WRITE_OFF:
        ledger.move(
            session, key=f"claim-written-off:{asked.id}", debit=ledger.WRITTEN_OFF, credit=ledger.CLAIMS,
            piastres=asked.piastres,
        )  # fmt: skip
    elif agrees:
        reference = _demand(session, actor, payment, asked, governorate).reference
    _record(session, AuditEvent.CLAIM_DECIDED, actor, asked, state=asked.state, reference=reference)
    return asked


def _demand(session: Session, actor: Actor, payment: Payment, asked: ClaimDecision, governorate: str) -> Bill:
    content = canonical({"claim": payment.id, "piastres": asked.piastres, "reason": asked.reason})
    bill = session.get(Bill, payment.bill_id) if payment.bill_id else None
    demand = Demand(
        id=new_id(), service=KIND, series=SERIES, governorate=governorate, subject_kind=KIND, subject_id=payment.id,
        payer=bill.payer if bill else payment.reference, piastres=asked.piastres, state="open", assessment=content,
        assessment_sha256=hashlib.sha256(content.encode()).hexdigest(), release="all_paid",
    )  # fmt: skip
    keep(session, demand, {(KIND, ledger.CLAIMS): asked.piastres})
    return issue_whole(session, actor=actor, demand=demand)


def lock_payment(session: Session, payment_id: str) -> Payment:
    """A payment, locked until the caller's transaction ends."""
    payment = session.scalar(select(Payment).where(Payment.id == payment_id).with_for_update())
    if payment is None:
        raise NotFound("payment-unknown")
    return payment


def _see(_: Session, actor: Actor, __: str) -> None:
    if not actor.has(*STAFF, Role.SYSTEM):
        raise Forbidden("role-needed")


def _released(_: Session, __: str) -> None:
    """Nothing waits for a claim to be paid."""


SUBJECT = Subject(lock_payment, _see, _released)


def _record(session: Session, event: AuditEvent, actor: Actor, asked: ClaimDecision, **more: str) -> None:
    audit.record(
        session, event, actor=actor, subject=asked.payment_id, way=asked.way, piastres=asked.piastres, **more
    )  # fmt: skip
