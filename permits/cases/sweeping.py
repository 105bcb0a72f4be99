"""What nobody will come back for: uploads that were never finished, pre-checks whose time is over, ended logins."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.cases.reviews import FINAL
from permits.cases.tables import Model, Precheck, Review, Upload
from permits.db import Base, utcnow
from permits.jobs import Context
from permits.people.accounts import sweep_logins
from permits.people.actor import SYSTEM


def run_sweeping(context: Context, *, day: str) -> None:
    """Do away with what is older than the office's settings say; again on the same day does nothing more."""
    settings, now = context.settings, utcnow()
    _sweep_uploads(context, now - timedelta(days=settings.upload_days), day)
    left = _sweep_prechecks(context, now - timedelta(days=settings.precheck_days), day)
    _discard(context, left, now - timedelta(days=settings.precheck_days))
    with context.database.transaction() as session:
        sweep_logins(session)


def _sweep_uploads(context: Context, before: datetime, day: str) -> None:
    """Unfinished uploads that got no byte since, their bytes, and bytes that belong to no unfinished upload."""
    folder = context.settings.data_dir / "uploads"
    with context.database.transaction() as session:
        rows = session.scalars(select(Upload).where(Upload.model_id.is_(None), Upload.created_at < before)).all()
        swept = [row for row in rows if _touched(folder / row.id) < before]
        for row in swept:
            session.delete(row)
        if swept:
            audit.record(session, AuditEvent.UPLOADS_SWEPT, actor=SYSTEM, subject=f"uploads:{day}", count=len(swept))
    with context.database.reading() as session:
        alive = set(session.scalars(select(Upload.id).where(Upload.model_id.is_(None))))
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in alive and _touched(path) < before:
            path.unlink(missing_ok=True)


def _touched(path: Path) -> datetime:
    """When the last byte came; the beginning of time where there is none."""
    return datetime.fromtimestamp(path.stat().st_mtime if path.exists() else 0, UTC)


def _sweep_prechecks(context: Context, before: datetime, day: str) -> set[str]:
    """Remove the rows; the hashes of the documents that they held."""
    with context.database.transaction() as session:
        newest = select(func.max(Model.uploaded_at)).where(Model.precheck_id == Precheck.id).scalar_subquery()
        rows = session.scalars(
            select(Precheck).where(Precheck.opened_at < before, func.coalesce(newest, Precheck.opened_at) < before)
        ).all()
        held = [_remove(session, row) for row in rows]
        count = sum(one is not None for one in held)
        if count:
            audit.record(session, AuditEvent.PRECHECKS_SWEPT, actor=SYSTEM, subject=f"prechecks:{day}", count=count)
    return set().union(*(one for one in held if one is not None))


def _remove(session: Session, precheck: Precheck) -> set[str] | None:
    """The hashes it held; None where a review of it still runs."""
    models = session.scalars(select(Model).where(Model.precheck_id == precheck.id)).all()
    reviews = session.scalars(select(Review).where(Review.model_id.in_([model.id for model in models]))).all()
    if any(review.state not in FINAL for review in reviews):
        return None
    held = {model.sha256 for model in models} | {r.report_sha256 for r in reviews if r.report_sha256}
    for rows in (reviews, session.scalars(select(Upload).where(Upload.precheck_id == precheck.id)).all(), models):
        for row in rows:
            session.delete(row)
        session.flush()
    session.delete(precheck)
    session.flush()
    return held


def _discard(context: Context, hashes: Iterable[str], before: datetime) -> None:
    """Remove the documents that nothing holds any more; one kept again since then stays."""
    for sha256 in hashes:
        with context.database.reading() as session:
            if not is_held(session, sha256):
                context.storage.discard(sha256, before=before)


def is_held(session: Session, sha256: str) -> bool:
    """Whether any row of any table names this document: whatever keeps one has a column that ends in `sha256`."""
    columns = (c for table in Base.metadata.sorted_tables for c in table.columns if c.name.endswith("sha256"))
    return any(session.scalar(select(exists().where(column == sha256))) for column in columns)
