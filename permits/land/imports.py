"""A zone file handed in at the desk: kept, judged by a job, and then waiting for a decision (`enforcing.py`)."""

import gzip
from collections.abc import Mapping, Set
from datetime import date
from pathlib import PurePath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.errors import LandError
from gis.planning import load_zone
from gis.quality.zone import defects_of_zone
from gis.remarks import LayerRefused
from permits import jobs
from permits.adapters.storage import Storage
from permits.calendar import today
from permits.db import utcnow
from permits.errors import Invalid, NotFound, RukhsaError, TooLarge
from permits.jobs import Context
from permits.land.preview import as_bytes
from permits.land.previewing import in_force, preview_of
from permits.land.tables import ZoneImport
from permits.land.versions import require_numbers
from permits.land.zones import QUICK, land_text
from permits.people.actor import Actor, Role

JOB = "land.import"
FINAL = frozenset({"done", "discarded", "refused", "failed"})
MOST_BYTES = 64 << 20
"""Of a file at the desk, which holds it in memory until it is whole; larger ones come by `rukhsa land import`."""

MOST_KEPT = 200
"""Faults that are kept to be shown; all are counted."""


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


def one(session: Session, *, actor: Actor, import_id: str) -> ZoneImport:
    """One import; NotFound for an unknown one."""
    actor.need(Role.ADMIN)
    row = session.get(ZoneImport, import_id)
    if row is None:
        raise NotFound("land-import-unknown")
    return row


def map_bytes(session: Session, *, actor: Actor, storage: Storage, import_id: str) -> bytes:
    """Plots and streets of a judged file as GeoJSON with gzip, for drawing only."""
    row = one(session, actor=actor, import_id=import_id)
    if row.map_sha256 is None:
        raise NotFound("land-import-unknown")
    return storage.read(row.map_sha256)


def run_import(context: Context, *, import_id: str) -> None:
    """Judge one file and hold it against what is in force; nothing comes into force by it."""
    row = step(context, import_id, "judging", of={"queued", "judging"})
    if row is None:
        return
    path = context.storage.path(row.layers_sha256)
    try:
        land = load_zone(path)
        require_numbers(land.plots)
        defects = defects_of_zone(land)
        with context.database.reading() as session:
            held = in_force(session, storage=context.storage, zones=[zone.code for zone in land.zones])
        preview = preview_of(land, defects, held, sha256=row.layers_sha256)
    except (LandError, RukhsaError) as error:  # the same again would be refused again
        end(context, import_id, "refused", why(error))
        return
    drawn = gzip.compress(land_text(land.plots, land.streets, land.grid).encode(), QUICK)
    kept = context.storage.keep_bytes(as_bytes(preview)), context.storage.keep_bytes(drawn)
    against = {zone.code: held.layers[zone.code][0] if zone.code in held.layers else "" for zone in land.zones}
    with context.database.transaction() as session:
        ours = session.get_one(ZoneImport, import_id, with_for_update=True)
        if ours.state == "judging":
            ours.preview_sha256, ours.map_sha256 = kept
            ours.result = {"counts": dict(preview.found), "changes": dict(preview.changed), "against": against}
            ours.state, ours.changed_at = "waiting", utcnow()


def import_failed(context: Context, *, error: str, import_id: str) -> None:
    """The import cannot be done; somebody must look why."""
    end(context, import_id, "failed", {"code": "failed", "values": {"detail": error[:500]}})


def step(context: Context, import_id: str, state: str, *, of: Set[str]) -> ZoneImport | None:
    """Say how far it is, in a transaction of its own; None where it is in no state `of` which this is next."""
    with context.database.transaction() as session:
        row = session.get_one(ZoneImport, import_id, with_for_update=True)
        if row.state not in of:
            return None
        row.state, row.changed_at = state, utcnow()
        return row


def end(context: Context, import_id: str, state: str, result: Mapping[str, Any]) -> None:
    """Say how it ended; an import that has ended stays so."""
    with context.database.transaction() as session:
        row = session.get_one(ZoneImport, import_id, with_for_update=True)
        if row.state not in FINAL:
            row.state, row.result, row.changed_at = state, dict(result), utcnow()


def why(error: LandError | RukhsaError) -> dict[str, Any]:
    """Codes and numbers; the page chooses the words."""
    faults = error.faults[:MOST_KEPT] if isinstance(error, LayerRefused) else ()
    lines = [{"code": str(fault.code), "values": fault.said} for fault in faults]
    return {"code": error.code, "values": dict(error.values), "lines": lines}
