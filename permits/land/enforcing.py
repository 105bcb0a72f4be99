"""The decision on a zone file that waits: an administrator puts it into force, or discards it, and says why."""

from datetime import date

from sqlalchemy.orm import Session

from gis.errors import LandError
from permits import audit, jobs
from permits.audit import AuditEvent
from permits.db import new_id, utcnow
from permits.errors import Conflict, Invalid, NotFound, RukhsaError
from permits.jobs import Context
from permits.land import imports
from permits.land.tables import Zone, ZoneImport
from permits.land.zones import import_zone
from permits.people.accounts import actor_of
from permits.people.actor import Actor, Role
from permits.people.tables import User

JOB = "land.enforce"


def decide(session: Session, *, actor: Actor, import_id: str, enforce: bool, reason: str) -> ZoneImport:
    """Put a file into force, which a job does, or discard it.

    Raises Conflict where it waits no more, or where another version came into force since it was held against one.
    """
    row = _waiting(session, actor, import_id)
    if not reason.strip():
        raise Invalid("reason-needed")
    if enforce and outdated(session, row):
        raise Conflict("land-import-outdated")
    row.state = "writing" if enforce else "discarded"
    row.decided_by, row.decided_at, row.reason, row.changed_at = actor.id, utcnow(), reason.strip(), utcnow()
    if enforce:
        jobs.enqueue(session, JOB, row.id, import_id=row.id)
    audit.record(
        session, AuditEvent.ZONE_IMPORT_DECIDED, actor=actor, subject=f"import:{row.id}", name=row.name,
        layers=row.layers_sha256, state=row.state, valid_from=row.valid_from, reason=row.reason,
    )  # fmt: skip
    return row


def judge_again(session: Session, *, actor: Actor, import_id: str) -> ZoneImport:
    """Hold a file that waits against what is in force now."""
    row = _waiting(session, actor, import_id)
    row.state, row.changed_at = "queued", utcnow()
    jobs.enqueue(session, imports.JOB, new_id(), import_id=row.id)
    return row


def outdated(session: Session, row: ZoneImport) -> bool:
    """Whether another version came into force since the file was held against one."""
    against = row.result.get("against", {})
    return any(
        (zone.layers_sha256 if zone else "") != sha256
        for code, sha256 in against.items()
        for zone in [session.get(Zone, code)]
    )


def _waiting(session: Session, actor: Actor, import_id: str) -> ZoneImport:
    actor.need(Role.ADMIN)
    row = session.get(ZoneImport, import_id, with_for_update=True)
    if row is None:
        raise NotFound("land-import-unknown")
    if row.state != "waiting":
        raise Conflict("land-import-decided")
    return row


def run_enforcing(context: Context, *, import_id: str) -> None:
    """Import a file that was decided on; one that has ended is left alone, and a refused one leaves nothing."""
    try:
        with context.database.transaction() as session:
            row = session.get_one(ZoneImport, import_id, with_for_update=True)
            if row.state != "writing":
                return
            if outdated(session, row):
                raise Conflict("land-import-outdated")
            imported = import_zone(
                session, actor=actor_of(session.get_one(User, row.decided_by)), storage=context.storage,
                layers=context.storage.path(row.layers_sha256), valid_from=date.fromisoformat(row.valid_from),
            )  # fmt: skip
            row.result = {**row.result, "zones": [zone.code for zone in imported]}
            row.state, row.changed_at = "done", utcnow()
    except (LandError, RukhsaError) as error:  # the same again would be refused again
        imports.end(context, import_id, "refused", imports.why(error))
