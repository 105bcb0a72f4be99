"""Another pays: a link that shows one bill and lets it be paid, to whoever holds it, without an account.

The token stands for the bill's reference wherever a provider asks or pays. It opens nothing else.
"""

import hashlib
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import new_id, utcnow
from permits.errors import Conflict, NotFound
from permits.money import subjects
from permits.money.bills import LIVE, has_lapsed
from permits.money.credits import bill_by_reference
from permits.money.tables import Bill, Invitation
from permits.people.actor import Actor


def invite(session: Session, *, actor: Actor, reference: str) -> str:
    """A token for one bill that can be paid; only whoever may see its subject invites. It is told once."""
    bill = bill_by_reference(session, reference)
    subjects.find(bill.demand.subject_kind).see(session, actor, bill.demand.subject_id)
    if bill.state not in LIVE or has_lapsed(bill):
        raise Conflict("bill-not-live", reference=bill.reference, state=bill.state)
    token = secrets.token_urlsafe(32)
    session.add(Invitation(id=new_id(), bill_id=bill.id, token_sha256=_hash(token), invited_by=actor.id))
    audit.record(
        session, AuditEvent.PAYER_INVITED, actor=actor, subject=bill.demand.subject_id, reference=bill.reference
    )
    return token


def revoke(session: Session, *, actor: Actor, reference: str) -> int:
    """Close every link to a bill; how many there were."""
    bill = bill_by_reference(session, reference)
    subjects.find(bill.demand.subject_kind).see(session, actor, bill.demand.subject_id)
    live = select(Invitation).where(Invitation.bill_id == bill.id, Invitation.revoked_at.is_(None))
    closed = session.scalars(live.with_for_update()).all()
    for invitation in closed:
        invitation.revoked_at = utcnow()
    audit.record(
        session, AuditEvent.INVITATION_REVOKED, actor=actor, subject=bill.demand.subject_id, reference=bill.reference
    )
    return len(closed)


def invited_bill(session: Session, *, token: str) -> Bill:
    """The one bill of a link, or NotFound for one that was never given or was closed."""
    query = select(Bill).join(Invitation).where(Invitation.token_sha256 == _hash(token))
    bill = session.scalar(query.where(Invitation.revoked_at.is_(None)))
    if bill is None:
        raise NotFound("invitation-unknown")
    return bill


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
