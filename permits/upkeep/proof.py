"""The audit chain proved as a job; what it found is itself an act, so that the last result is told with its moment."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit, jobs
from permits.audit import AuditEvent, AuditRow
from permits.db import utcnow
from permits.jobs import Context
from permits.people.actor import SYSTEM, Actor, Role
from permits.privacy.accesses import verify_seals

JOB = "audit.prove"


@dataclass(frozen=True)
class Proof:
    """A verification: when, how many rows, and what was broken ("" where the chain is sound)."""

    at: datetime
    rows: int
    broken: str


def ask_proof(session: Session, *, actor: Actor) -> None:
    """Have the chain proved; asked twice in a minute it is done once."""
    actor.need(Role.ADMIN)
    audit.record(session, AuditEvent.PROOF_ASKED, actor=actor, subject="audit")
    jobs.enqueue(session, JOB, utcnow().strftime("%Y-%m-%dT%H:%M"))


def run_proof(context: Context) -> None:
    """Read the whole chain and the sealed days of looks, and keep what was found."""
    with context.database.reading() as session:
        verdict, looks = audit.verify(session), verify_seals(session)
    broken = f"{verdict.broken.kind} {verdict.broken.seq}" if verdict.broken else " ".join(looks.broken)
    with context.database.transaction() as session:
        audit.record(
            session, AuditEvent.CHAIN_PROVED, actor=SYSTEM, subject="audit", rows=verdict.rows, broken=broken
        )  # fmt: skip


def proof_failed(context: Context, *, error: str) -> None:
    """The chain could not be read to its end."""
    with context.database.transaction() as session:
        audit.record(session, AuditEvent.JOB_FAILED, actor=SYSTEM, subject=JOB, error=error)


def last_proof(session: Session, *, actor: Actor) -> Proof | None:
    """The newest result, None before the first."""
    actor.need(Role.ADMIN)
    row = newest(session, AuditEvent.CHAIN_PROVED)
    return Proof(audit.moment(row), **json.loads(row.data)) if row else None


def newest(session: Session, event: AuditEvent) -> AuditRow | None:
    """The newest act of a kind."""
    query = select(AuditRow).where(AuditRow.event == str(event)).order_by(AuditRow.seq.desc())
    return session.scalar(query.limit(1))
