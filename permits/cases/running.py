"""The job that reviews an uploaded model, and its cancellation."""

import time
from collections.abc import Callable
from datetime import date

from bim.review import Limits
from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.cases.cases import get_case
from permits.cases.reviews import FINAL, summarise
from permits.cases.tables import Case, Model, Review
from permits.db import utcnow
from permits.errors import Conflict, NotFound
from permits.jobs import Context
from permits.land.tables import Zone
from permits.people.actor import SYSTEM, Actor
from permits.review.check import check_model

_BEAT = 0.5


def run_review(context: Context, *, review_id: str) -> None:
    """Review one model; a review that has ended is left alone."""
    with context.database.transaction() as session:
        review = session.get_one(Review, review_id, with_for_update=True)
        if review.state in FINAL:
            return
        review.state, review.stage, review.progress, review.changed_at = "running", "starting", 0.0, utcnow()
        model = session.get_one(Model, review.model_id)
        case = session.get_one(Case, model.case_id)
        layers = session.get_one(Zone, case.zone).layers_sha256
    settings = context.settings
    report = check_model(
        context.storage.path(model.sha256),
        layers=context.storage.path(layers),
        plot=case.plot,
        on=date.fromisoformat(case.applied_on),
        name=model.name,
        limits=Limits(
            memory=settings.review_memory_mb << 20, cpu=settings.review_cpu_seconds, wall=settings.review_wall_seconds
        ),
        on_progress=_reporter(context, review_id),
        cancelled=_canceller(context, review_id),
    )
    content = report.to_dict()
    sha256 = context.storage.keep_bytes(report.to_json())
    with context.database.transaction() as session:
        review = session.get_one(Review, review_id, with_for_update=True)
        if review.state in FINAL:
            return
        review.state = "refused" if content["refusal"] else "done"
        review.stage, review.progress, review.changed_at = "finished", 1.0, utcnow()
        review.report_sha256, review.summary = sha256, summarise(content)
        audit.record(
            session, AuditEvent.REVIEW_FINISHED, actor=SYSTEM, subject=case.id,
            review=review_id, model=model.sha256, report=sha256, verdict=str(content["summary"]["verdict"]),
        )  # fmt: skip


def review_failed(context: Context, *, error: str, review_id: str) -> None:
    """What becomes of a review whose job failed for good."""
    with context.database.transaction() as session:
        review = session.get_one(Review, review_id, with_for_update=True)
        if review.state in FINAL:
            return
        review.state, review.stage, review.changed_at = "failed", "finished", utcnow()
        case_id = session.get_one(Model, review.model_id).case_id
        audit.record(session, AuditEvent.REVIEW_FAILED, actor=SYSTEM, subject=case_id, review=review_id, error=error)


def cancel_review(session: Session, *, actor: Actor, case_id: str) -> None:
    """Ask the running review of the case's newest model to stop."""
    get_case(session, actor=actor, case_id=case_id)
    review = session.scalar(
        select(Review).join(Model).where(Model.case_id == case_id).order_by(Model.id.desc()).limit(1).with_for_update()
    )
    if review is None:
        raise NotFound("no-report")
    if review.state in FINAL:
        raise Conflict("wrong-state", state=review.state, action="cancel")
    review.state, review.cancel, review.changed_at = "cancelled", True, utcnow()
    audit.record(session, AuditEvent.REVIEW_CANCELLED, actor=actor, subject=case_id, review=review.id)


def _reporter(context: Context, review_id: str) -> Callable[[str, float], None]:
    last = [0.0]

    def report(stage: str, fraction: float) -> None:
        if time.monotonic() - last[0] < _BEAT:
            return
        last[0] = time.monotonic()
        with context.database.transaction() as session:
            review = session.get_one(Review, review_id)
            review.stage, review.progress, review.changed_at = stage, fraction, utcnow()

    return report


def _canceller(context: Context, review_id: str) -> Callable[[], bool]:
    last, answer = [0.0], [False]

    def cancelled() -> bool:
        if time.monotonic() - last[0] >= _BEAT:
            last[0] = time.monotonic()
            with context.database.reading() as session:
                answer[0] = session.get_one(Review, review_id).cancel
        return answer[0]

    return cancelled
