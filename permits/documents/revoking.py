"""Use cases of revocation: a permit by two people, a licence when it is stopped; and the signed list of all."""

from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import utcnow
from permits.documents.keys import signing_key
from permits.documents.revocations import RevocationReason, sign_list
from permits.documents.tables import Permit, RevocationRequest, RevokedDocument
from permits.documents.token import Revocation
from permits.errors import Conflict, Invalid, NotFound
from permits.people.actor import SYSTEM, Actor, Role
from permits.register.permit_marks import Closing, close_permit
from permits.settings import Settings
from permits.terms import SetTerm, SetTerms, read_terms


class DocumentTerms(SetTerms):
    """For how many hours a list of revocations is fresh."""

    revocations_fresh: SetTerm


@cache
def terms() -> DocumentTerms:
    """The terms in force in this installation."""
    return read_terms(Path(__file__).with_name("terms.yaml"), DocumentTerms)


def reason_of(code: str) -> RevocationReason:
    """A reason by its code; raises Invalid."""
    try:
        return RevocationReason(code)
    except ValueError:
        raise Invalid("revocation-reason-unknown", reason=code[:40]) from None


def ask_revocation(session: Session, *, actor: Actor, number: str, reason: str, note: str) -> RevocationRequest:
    """The first of two: somebody says why a permit should no longer stand."""
    actor.need(Role.REVIEWER, Role.APPROVER)
    permit = _permit(session, number)
    if not note.strip():
        raise Invalid("reason-needed")
    if session.scalar(select(RevocationRequest.id).where(RevocationRequest.number == number)):
        raise Conflict("revocation-asked", number=number)
    asked = RevocationRequest(number=number, reason=str(reason_of(reason)), note=note.strip(), asked_by=actor.id)
    session.add(asked)
    session.flush()
    audit.record(
        session, AuditEvent.REVOCATION_ASKED, actor=actor, subject=permit.case_id, number=number, reason=asked.reason,
        note=asked.note,
    )  # fmt: skip
    return asked


def revoke(session: Session, *, actor: Actor, number: str) -> RevokedDocument:
    """The second of two: an approver who did not ask for it revokes the permit, from today on and for good."""
    actor.need(Role.APPROVER)
    permit = _permit(session, number)
    asked = session.scalar(select(RevocationRequest).where(RevocationRequest.number == number))
    if asked is None:
        raise NotFound("revocation-not-asked", number=number)
    if asked.asked_by == actor.id:
        raise Conflict("four-eyes")
    row = withdraw(
        session, actor=actor, number=number, subject=permit.case_id, reason=RevocationReason(asked.reason),
        note=asked.note, asked_by=asked.asked_by,
    )  # fmt: skip
    permit.revoked_at = row.at
    with suppress(NotFound):  # its signal was lifted before, or its plot has no sheet
        close_permit(session, actor=SYSTEM, permit=number, why=Closing.REVOKED)
    return row


def withdraw(
    session: Session, *, actor: Actor, number: str, subject: str, reason: RevocationReason, note: str, asked_by: str
) -> RevokedDocument:  # fmt: skip
    """Enter a document among the revoked; the caller has the right to."""
    if revocation_of(session, number):
        raise Conflict("already-revoked", number=number)
    row = RevokedDocument(
        number=number, subject=subject, on_day=today().isoformat(), reason=str(reason), note=note, asked_by=asked_by,
        decided_by=actor.id, at=utcnow(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(
        session, AuditEvent.DOCUMENT_REVOKED, actor=actor, subject=subject, number=number, reason=row.reason,
        on=row.on_day, asked_by=asked_by,
    )  # fmt: skip
    return row


def revocation_of(session: Session, number: str) -> Revocation | None:
    """The revocation of a document by its number."""
    row = session.scalar(select(RevokedDocument).where(RevokedDocument.number == number))
    return _plain(row) if row else None


def revocation_list(session: Session, *, settings: Settings) -> str:
    """Everything that was ever revoked here, signed and dated now: public, as the documents' codes are."""
    rows = session.scalars(select(RevokedDocument))
    return sign_list(
        map(_plain, rows), signing_key(settings), issuer=f"SY-{settings.governorate}", now=utcnow(),
        fresh_hours=int(terms().revocations_fresh.value),
    )  # fmt: skip


def _plain(row: RevokedDocument) -> Revocation:
    return Revocation(row.number, date.fromisoformat(row.on_day), row.reason)


def _permit(session: Session, number: str) -> Permit:
    """The issued permit, locked: two who decide at once are one after the other."""
    permit = session.scalar(select(Permit).where(Permit.number == number).with_for_update())
    if permit is None or permit.document_sha256 is None:
        raise NotFound("permit-number-unknown", number=number)
    return permit
