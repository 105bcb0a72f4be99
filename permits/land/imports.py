"""A zone file handed in at the desk: kept, and imported by a job that judges its quality first."""

from collections.abc import Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.errors import LandError
from gis.planning import load_zone
from gis.quality.defects import Defect
from gis.quality.zone import defects_of_zone
from gis.remarks import LayerRefused
from permits import jobs
from permits.adapters.storage import Storage
from permits.calendar import today
from permits.db import utcnow
from permits.errors import Invalid, RukhsaError, TooLarge
from permits.jobs import Context
from permits.land.quality import counted
from permits.land.tables import ZoneImport
from permits.land.zones import import_zone
from permits.people.accounts import actor_of
from permits.people.actor import Actor, Role
from permits.people.tables import User

JOB = "land.import"
FINAL = frozenset({"done", "refused", "failed"})
MOST_BYTES = 15 << 20
"""Of a file at the desk, which comes in one message; larger ones come by `rukhsa land import`."""

MOST_KEPT = 200
"""Defects and faults that are kept to be shown; all are counted."""


def submit(
    session: Session, *, actor: Actor, storage: Storage, name: str, content: bytes, valid_from: str = ""
) -> ZoneImport:
    """Keep a zone file and ask for its import; `valid_from` is a day as ISO text, empty for today."""
    actor.need(Role.ADMIN)
    if len(content) > MOST_BYTES:
        raise TooLarge("zone-file-too-large", megabytes=MOST_BYTES >> 20)
    try:
        day = date.fromisoformat(valid_from) if valid_from else today()
    except ValueError as error:
        raise Invalid("day-invalid", day=valid_from[:20]) from error
    row = ZoneImport(
        name=PurePath(name).name[:120], layers_sha256=storage.keep_bytes(content), valid_from=day.isoformat(),
        state="queued", result={}, asked_by=actor.id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    jobs.enqueue(session, JOB, row.id, import_id=row.id)
    return row


def recent(session: Session, *, actor: Actor, most: int = 20) -> list[ZoneImport]:
    """The newest imports first."""
    actor.need(Role.ADMIN)
    return list(session.scalars(select(ZoneImport).order_by(ZoneImport.id.desc()).limit(most)))


def run_import(context: Context, *, import_id: str) -> None:
    """Judge and import one file; an import that has ended is left alone, and a refused one leaves nothing."""
    row = _step(context, import_id, "judging")
    if row is None:
        return
    path = context.storage.path(row.layers_sha256)
    try:
        found = _told(defects_of_zone(load_zone(path)))
        _step(context, import_id, "writing")
        with context.database.transaction() as session:
            ours = session.get_one(ZoneImport, import_id, with_for_update=True)
            actor = actor_of(session.get_one(User, ours.asked_by))
            imported = import_zone(
                session, actor=actor, storage=context.storage, layers=path,
                valid_from=date.fromisoformat(ours.valid_from),
            )  # fmt: skip
            ours.result = {**found, "zones": [zone.code for zone in imported]}
            ours.state, ours.changed_at = "done", utcnow()
    except (LandError, RukhsaError) as error:  # the same again would be refused again
        _end(context, import_id, "refused", _why(error))


def import_failed(context: Context, *, error: str, import_id: str) -> None:
    """The import cannot be done; somebody must look why."""
    _end(context, import_id, "failed", {"code": "failed", "values": {"detail": error[:500]}})


def _step(context: Context, import_id: str, state: str) -> ZoneImport | None:
    """Say how far it is, in a transaction of its own; None where it has ended."""
    with context.database.transaction() as session:
        row = session.get_one(ZoneImport, import_id, with_for_update=True)
        if row.state in FINAL:
            return None
        row.state, row.changed_at = state, utcnow()
        return row


def _end(context: Context, import_id: str, state: str, result: Mapping[str, Any]) -> None:
    with context.database.transaction() as session:
        row = session.get_one(ZoneImport, import_id, with_for_update=True)
        if row.state not in FINAL:
            row.state, row.result, row.changed_at = state, dict(result), utcnow()


def _told(defects: tuple[Defect, ...]) -> dict[str, Any]:
    """Codes and numbers; the page chooses the words."""
    kept = [{"code": f"defect-{defect.kind}", "values": defect.said} for defect in defects[:MOST_KEPT]]
    return {"counts": {str(kind): count for kind, count in counted(defects).items()}, "lines": kept}


def _why(error: LandError | RukhsaError) -> dict[str, Any]:
    faults = error.faults[:MOST_KEPT] if isinstance(error, LayerRefused) else ()
    lines = [{"code": str(fault.code), "values": fault.said} for fault in faults]
    return {"code": error.code, "values": dict(error.values), "lines": lines}
