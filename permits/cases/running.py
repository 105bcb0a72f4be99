"""The job that reviews an uploaded model, and its cancellation."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from bim.orders import Limits
from bim.packs import PackError
from bim.refusals import CancelledError, ReviewFailedError, StoppedError
from bim.report import Report
from bim.tie_points import TiePoint, read_lines
from gis.errors import LandError
from gis.roles import CorrectedRole
from permits import audit
from permits.audit import AuditEvent
from permits.cases.cases import get_case
from permits.cases.reviews import FINAL, ROLES, summarise
from permits.cases.tables import Case, Model, Review
from permits.db import utcnow
from permits.errors import Conflict, NotFound
from permits.jobs import Context
from permits.land.edge_roles import corrections_of
from permits.land.tables import Zone
from permits.people.actor import SYSTEM, Actor
from permits.review.check import check_submission
from permits.settings import Settings

_BEAT = 0.5


@dataclass(frozen=True)
class _Work:
    model_sha256: str
    name: str
    layers_sha256: str
    plot: str
    on: date
    ties: tuple[TiePoint, ...]
    roles: tuple[CorrectedRole, ...]


def run_review(context: Context, *, review_id: str) -> None:
    """Review one model; a review that has ended is left alone."""
    work = _begin(context, review_id)
    if work is None:
        return
    try:
        report = check_submission(
            context.storage.path(work.model_sha256), layers=context.storage.path(work.layers_sha256), plot=work.plot,
            on=work.on, name=work.name, limits=_limits(context.settings), on_progress=_reporter(context, review_id),
            cancelled=_canceller(context, review_id), ties=work.ties, roles=work.roles,
        )  # fmt: skip
    except CancelledError:  # whoever cancelled has already ended the review
        return
    except StoppedError:  # this machine is being shut down: the job is tried again, here or after the next start
        raise
    except (ReviewFailedError, LandError, PackError) as error:  # the same again would fail again
        review_failed(context, error=str(error), review_id=review_id)
        return
    _finish(context, review_id, context.storage.keep_bytes(report.to_json()), report, len(work.roles))


def _begin(context: Context, review_id: str) -> _Work | None:
    with context.database.transaction() as session:
        review = session.get_one(Review, review_id, with_for_update=True)
        if review.state in FINAL:
            return None
        review.state, review.stage, review.progress, review.changed_at = "running", "starting", 0.0, utcnow()
        model = session.get_one(Model, review.model_id)
        case = session.get_one(Case, model.case_id)
        layers = session.get_one(Zone, case.zone).layers_sha256
        applied_on, ties = date.fromisoformat(case.applied_on), read_lines(model.ties)
        roles = corrections_of(session, zone=case.zone, plot=case.plot)
        return _Work(model.sha256, model.name, layers, case.plot, applied_on, ties, roles)


def _limits(settings: Settings) -> Limits:
    return Limits(
        memory=settings.review_memory_mb << 20, cpu=settings.review_cpu_seconds, wall=settings.review_wall_seconds
    )


def _finish(context: Context, review_id: str, sha256: str, report: Report, roles: int) -> None:
    with context.database.transaction() as session:
        review = session.get_one(Review, review_id, with_for_update=True)
        if review.state in FINAL:
            return
        content = json.loads(report.to_json())
        review.state = "refused" if content["refusal"] else "done"
        review.stage, review.progress, review.changed_at = "finished", 1.0, utcnow()
        review.report_sha256, review.summary = sha256, {**summarise(content), ROLES: roles}
        model = session.get_one(Model, review.model_id)
        audit.record(
            session, AuditEvent.REVIEW_FINISHED, actor=SYSTEM, subject=model.case_id,
            review=review_id, model=model.sha256, report=sha256, verdict=report.verdict,
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
