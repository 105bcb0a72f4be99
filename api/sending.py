"""What a page's upload form knows: sizes, the upload that was left unfinished, and whether the last one was no news."""

from typing import Any

from sqlalchemy.orm import Session

from api.samples import ready_in
from permits.cases import uploads
from permits.cases.handing import Holder
from permits.cases.tables import Case
from permits.jobs import Context
from permits.land import zones
from permits.people.accounts import Live

CHUNK = 4 << 20
"""Bytes a browser sends at once: small enough for a slow line, large enough for a fast one."""

_MEGA = 1e6


def sending_of(context: Context, session: Session, live: Live, holder: Holder) -> dict[str, Any]:
    """The values of upload.html for a case or a pre-check."""
    last = uploads.last_upload(session, actor=live.actor, holder=holder)
    pending = None
    if last is not None and last.model_id is None:
        have = uploads.received(context.settings.data_dir / "uploads", last)
        pending = {"name": last.name, "have": f"{have / _MEGA:.1f}", "whole": f"{last.length / _MEGA:.1f}"}
    return {
        "holder": "case" if isinstance(holder, Case) else "precheck",
        "holder_id": holder.id,
        "chunk": CHUNK,
        "largest": context.settings.upload_max_bytes,
        "pending": pending if pending and pending["have"] != "0.0" else None,
        "samples": ready_in(holder.zone, fictitious=zones.get_zone(session, holder.zone).fictitious),
        "plot": holder.plot,
        "same": last if last is not None and uploads.was_same(session, last) else None,
    }
