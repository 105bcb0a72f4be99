"""Any two judged models of a case beside each other: compared once by a job, when somebody first asks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bim.comparison.report import Comparison
from bim.findings import Outcome
from bim.refusals import RefusedError, ReviewFailedError, StoppedError
from permits import audit, jobs
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.cases.cases import get_case
from permits.cases.comparing import compared
from permits.cases.tables import CaseComparison, Model, PairComparison, Review
from permits.errors import Invalid
from permits.jobs import Context
from permits.people.actor import STAFF, SYSTEM, Actor

JOB = "case.compare_pair"


@dataclass(frozen=True)
class Judged:
    """A model whose review is done, with the counts of its outcomes."""

    id: str
    name: str
    uploaded_at: datetime
    counts: dict[str, int]


def judged_models(session: Session, *, actor: Actor, case_id: str) -> list[Judged]:
    """The models of a case that can be compared, the newest first."""
    get_case(session, actor=actor, case_id=case_id)
    query = (
        select(Model, Review).join(Review, Review.model_id == Model.id)
        .where(Model.case_id == case_id, Review.state == "done").order_by(Model.id.desc())
    )  # fmt: skip
    return [
        Judged(model.id, model.name, model.uploaded_at, {o: int((review.summary or {}).get(o, 0)) for o in Outcome})
        for model, review in session.execute(query)
    ]  # fmt: skip


def ask_pair(session: Session, *, actor: Actor, case_id: str, before_id: str, model_id: str) -> None:
    """Have two models of one case compared, unless they are already; Invalid for one that is not of the case."""
    actor.need(*STAFF)
    _need_two(session, actor, case_id, before_id, model_id)
    if _known(session, before_id, model_id) is None:
        session.add(PairComparison(before_id=before_id, model_id=model_id, asked_by=actor.id))
        session.flush()
        jobs.enqueue(session, JOB, f"{before_id}/{model_id}", before_id=before_id, model_id=model_id)


def read_pair(
    session: Session, *, actor: Actor, storage: Storage, case_id: str, before_id: str, model_id: str
) -> tuple[str, Comparison | None]:  # fmt: skip
    """The state (empty before it was asked for, asked, ready or failed) and, once it is ready, what was found."""
    _need_two(session, actor, case_id, before_id, model_id)
    row = _known(session, before_id, model_id)
    if row is None or row.result_sha256 is None:
        return (row.state if row else ""), None
    return row.state, Comparison.from_json(storage.read(row.result_sha256))


def run_pair(context: Context, *, before_id: str, model_id: str) -> None:
    """Compare; what has ended is left alone."""
    with context.database.reading() as session:
        if session.get_one(PairComparison, (before_id, model_id)).state != "asked":
            return
    try:
        sha256 = compared(context, before_id=before_id, model_id=model_id)
    except StoppedError:  # this machine is being shut down: the job is tried again
        raise
    except (RefusedError, ReviewFailedError) as error:  # the same again would fail again
        pair_failed(context, error=str(error), before_id=before_id, model_id=model_id)
        return
    with context.database.transaction() as session:
        row = session.get_one(PairComparison, (before_id, model_id), with_for_update=True)
        row.state, row.result_sha256 = "ready", sha256


def pair_failed(context: Context, *, error: str, before_id: str, model_id: str) -> None:
    """The two could not be compared, such as two drawings."""
    with context.database.transaction() as session:
        row = session.get_one(PairComparison, (before_id, model_id), with_for_update=True)
        if row.state == "asked":
            row.state = "failed"
            case_id = session.get_one(Model, model_id).case_id or ""
            audit.record(session, AuditEvent.COMPARISON_FAILED, actor=SYSTEM, subject=case_id, error=error[:200])


def _known(session: Session, before_id: str, model_id: str) -> CaseComparison | PairComparison | None:
    own = session.get(CaseComparison, model_id)
    if own is not None and own.before_id == before_id:
        return own
    return session.get(PairComparison, (before_id, model_id))


def _need_two(session: Session, actor: Actor, case_id: str, before_id: str, model_id: str) -> None:
    known = {one.id for one in judged_models(session, actor=actor, case_id=case_id)}
    if before_id == model_id or not {before_id, model_id} <= known:
        raise Invalid("pair-unknown")
