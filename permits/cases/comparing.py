"""What a newer model of a case changed against the one before it: compared once, by a job, and kept."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bim.comparison.check import compare
from bim.comparison.report import Comparison
from bim.refusals import RefusedError, ReviewFailedError, StoppedError
from bim.report import Report
from permits import audit, jobs
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.cases.reviews import current_model
from permits.cases.tables import CaseComparison, Model, Review, Stamp
from permits.jobs import Context
from permits.people.actor import SYSTEM
from permits.review.limits import limits_of

JOB = "case.compare"


def ask_comparison(session: Session, model: Model) -> CaseComparison | None:
    """Have a judged model compared with the one before it, once; None where there is none, or for a pre-check."""
    known = session.get(CaseComparison, model.id)
    before = _before(session, model) if model.case_id else None
    if known is not None or before is None:
        return known
    row = CaseComparison(model_id=model.id, before_id=before.id)
    session.add(row)
    session.flush()
    jobs.enqueue(session, JOB, model.id, model_id=model.id)
    return row


def _before(session: Session, model: Model) -> Model | None:
    """The model that was stamped last, which the office knows; else the last one judged. Another file than this."""
    query = (
        select(Model).join(Review).where(
            Model.case_id == model.case_id, Model.id < model.id, Model.sha256 != model.sha256, Review.state == "done"
        ).order_by(Model.id.desc())
    )  # fmt: skip
    stamped = select(Stamp.model_sha256).where(Stamp.case_id == model.case_id)
    known = session.scalar(query.where(Model.sha256.in_(stamped)).limit(1))
    return known or session.scalar(query.limit(1))


def run_comparison(context: Context, *, model_id: str) -> None:
    """Compare; what has ended is left alone."""
    with context.database.reading() as session:
        row = session.get_one(CaseComparison, model_id)
        if row.state != "asked":
            return
        before_id = row.before_id
    try:
        sha256 = compared(context, before_id=before_id, model_id=model_id)
    except StoppedError:  # this machine is being shut down: the job is tried again
        raise
    except (RefusedError, ReviewFailedError) as error:  # the same again would fail again
        comparison_failed(context, error=str(error), model_id=model_id)
        return
    with context.database.transaction() as session:
        kept = session.get_one(CaseComparison, model_id, with_for_update=True)
        kept.state, kept.result_sha256 = "ready", sha256


def compared(context: Context, *, before_id: str, model_id: str) -> str:
    """The hash of the kept comparison of two judged models; raise as `bim.comparison.check.compare` does."""
    with context.database.reading() as session:
        models = [session.get_one(Model, one) for one in (before_id, model_id)]
        reviews = [session.scalars(select(Review).where(Review.model_id == model.id)).one() for model in models]
    storage = context.storage
    old, new = (Report.from_json(storage.read(review.report_sha256 or "")) for review in reviews)
    before, after = (storage.path(model.sha256) for model in models)
    return storage.keep_bytes(compare(before, after, (old, new), limits=limits_of(context.settings)).to_json())


def comparison_failed(context: Context, *, error: str, model_id: str) -> None:
    """The two could not be compared, such as two drawings; the case goes on without it."""
    with context.database.transaction() as session:
        row = session.get_one(CaseComparison, model_id, with_for_update=True)
        if row.state == "asked":
            row.state = "failed"
            case_id = session.get_one(Model, model_id).case_id or ""
            audit.record(session, AuditEvent.COMPARISON_FAILED, actor=SYSTEM, subject=case_id, error=error[:200])


def comparison_of(session: Session, *, case_id: str) -> CaseComparison | None:
    """That of the case's newest model, if it was asked for."""
    model = current_model(session, case_id=case_id)
    return session.get(CaseComparison, model.id) if model else None


def read_comparison(session: Session, *, storage: Storage, case_id: str) -> Comparison | None:
    """What was found, None before that."""
    row = comparison_of(session, case_id=case_id)
    return Comparison.from_json(storage.read(row.result_sha256)) if row and row.result_sha256 else None
