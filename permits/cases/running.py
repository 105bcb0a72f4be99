"""The job that reviews an uploaded model, and its cancellation."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from bim.packs import PackError
from bim.refusals import CancelledError, ReviewFailedError, StoppedError
from bim.report import Report
from gis.errors import LandError
from permits import audit
from permits.audit import AuditEvent
from permits.cases.cases import get_case
from permits.cases.comparing import ask_comparison
from permits.cases.handing import JUDGED_BY, Holder, grounds, holder_of, newest_model, review_of
from permits.cases.reviews import FINAL, ROLES, ask_scene, summarise
from permits.cases.submitted import Submitted, submitted
from permits.cases.tables import Model, Review
from permits.db import utcnow
from permits.errors import Conflict, NotFound
from permits.jobs import Context
from permits.people.actor import SYSTEM, Actor
from permits.review.check import check_submission
from permits.review.limits import limits_of

_BEAT = 0.5


def run_review(context: Context, *, review_id: str) -> None:
    """Review one model; a review that has ended is left alone."""
    begun = _begin(context, review_id)
    if begun is None:
        return
    work, by = begun
    try:
        report = check_submission(
            context.storage.path(work.model_sha256), layers=context.storage.path(work.layers_sha256), plot=work.plot,
            on=work.on, name=work.name, limits=limits_of(context.settings), on_progress=_reporter(context, review_id),
            cancelled=_canceller(context, review_id), ties=work.ties, roles=work.roles,
        )  # fmt: skip
    except CancelledError:  # whoever cancelled has already ended the review
        return
    except StoppedError:  # this machine is being shut down: the job is tried again, here or after the next start
        raise
    except (ReviewFailedError, LandError, PackError) as error:  # the same again would fail again
        review_failed(context, error=str(error), review_id=review_id)
        return
    _finish(context, review_id, context.storage.keep_bytes(report.to_json()), report, by)


def _begin(context: Context, review_id: str) -> tuple[Submitted, Mapping[str, Any]] | None:
    with context.database.transaction() as session:
        review = session.get_one(Review, review_id, with_for_update=True)
        if review.state in FINAL:
            return None
        review.state, review.stage, review.progress, review.changed_at = "running", "starting", 0.0, utcnow()
        work = submitted(session, review)
        holder = holder_of(session, session.get_one(Model, review.model_id))
        return work, {**grounds(session, holder), "roles": len(work.roles)}


def _finish(context: Context, review_id: str, sha256: str, report: Report, by: Mapping[str, Any]) -> None:
    with context.database.transaction() as session:
        review = session.get_one(Review, review_id, with_for_update=True)
        if review.state in FINAL:
            return
        content = json.loads(report.to_json())
        review.state = "refused" if content["refusal"] else "done"
        review.stage, review.progress, review.changed_at = "finished", 1.0, utcnow()
        review.report_sha256, review.summary = sha256, {**summarise(content), ROLES: by["roles"], JUDGED_BY: dict(by)}
        model = session.get_one(Model, review.model_id)
        holder = holder_of(session, model)
        audit.record(
            session, AuditEvent.REVIEW_FINISHED, actor=SYSTEM, subject=holder.id,
            review=review_id, model=model.sha256, report=sha256, verdict=report.verdict,
        )  # fmt: skip
        if review.state == "done":
            ask_scene(session, review)
            ask_comparison(session, model)


def review_failed(context: Context, *, error: str, review_id: str) -> None:
    """What becomes of a review whose job failed for good."""
    with context.database.transaction() as session:
        review = session.get_one(Review, review_id, with_for_update=True)
        if review.state in FINAL:
            return
        review.state, review.stage, review.changed_at = "failed", "finished", utcnow()
        holder = holder_of(session, session.get_one(Model, review.model_id))
        audit.record(session, AuditEvent.REVIEW_FAILED, actor=SYSTEM, subject=holder.id, review=review_id, error=error)


def cancel_review(session: Session, *, actor: Actor, case_id: str) -> None:
    """Ask the running review of the case's newest model to stop."""
    stop_review(session, actor=actor, holder=get_case(session, actor=actor, case_id=case_id))


def stop_review(session: Session, *, actor: Actor, holder: Holder) -> None:
    """Ask the running review of the newest model to stop; whose it is, the caller has seen."""
    known = review_of(session, newest_model(session, holder))
    if known is None:
        raise NotFound("no-report")
    review = session.get_one(Review, known.id, with_for_update=True)
    if review.state in FINAL:
        raise Conflict("wrong-state", state=review.state, action="cancel")
    review.state, review.cancel, review.changed_at = "cancelled", True, utcnow()
    audit.record(session, AuditEvent.REVIEW_CANCELLED, actor=actor, subject=holder.id, review=review.id)


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
