"""A model handed in for a case or a pre-check: reviewed once, and the same model again is not judged twice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from bim.packs import PackError, code_in_force
from permits import audit
from permits.audit import AuditEvent
from permits.cases.comparing import ask_comparison
from permits.cases.reviews import ask_scene, begin_review
from permits.cases.tables import Case, Model, Precheck, Review, Upload
from permits.db import utcnow
from permits.land.edge_roles import newest_correction
from permits.land.tables import Zone
from permits.people.actor import Actor
from permits.review.guides import judging

Holder = Case | Precheck
"""What a model is judged for: both have an engineer, a plot and the day whose rules apply."""

JUDGED_BY = "judged_by"
"""Where a review's summary keeps `grounds`."""


def holder_of(session: Session, row: Model | Upload) -> Holder:
    """The case or the pre-check that a model or an upload belongs to."""
    if row.precheck_id is not None:
        return session.get_one(Precheck, row.precheck_id)
    return session.get_one(Case, row.case_id)


def _held(holder: Holder) -> ColumnElement[bool]:
    return (Model.case_id if isinstance(holder, Case) else Model.precheck_id) == holder.id


def newest_model(session: Session, holder: Holder) -> Model | None:
    """The model that is judged."""
    return session.scalar(select(Model).where(_held(holder)).order_by(Model.id.desc()).limit(1))


def review_of(session: Session, model: Model | None) -> Review | None:
    """The review of a model."""
    return session.scalar(select(Review).where(Review.model_id == model.id)) if model else None


def grounds(session: Session, holder: Holder) -> Mapping[str, Any]:
    """All that a verdict on a model follows from, besides the model: land, plot, day, packs, corrected edges."""
    on = date.fromisoformat(holder.applied_on)
    return {
        "zone": holder.zone,
        "plot": holder.plot,
        "on": holder.applied_on,
        "layers": session.get_one(Zone, holder.zone).layers_sha256,
        "roles": newest_correction(session, zone=holder.zone, plot=holder.plot),
        "packs": _packs(on),
    }


def _packs(on: date) -> list[str] | None:
    """None where no pack is in force: the review itself says so, and equals no other."""
    try:
        return [judging(on).sha256, code_in_force(on).sha256]
    except PackError:
        return None


def hand_in(
    session: Session, *, actor: Actor, holder: Holder, name: str, size: int, sha256: str, ties: str
) -> Model:  # fmt: skip
    """The holder's newest model, with its review and the job; the newest one itself where it is the same again.

    A model that was judged on the same grounds before, for the same engineer, takes that verdict over.
    """
    newest = newest_model(session, holder)
    if newest and (newest.sha256, newest.ties) == (sha256, ties) and _stands(session, newest, holder):
        audit.record(session, AuditEvent.MODEL_SAME, actor=actor, subject=holder.id, name=name, sha256=sha256)
        return newest
    model = Model(name=name, size=size, sha256=sha256, ties=ties)
    model.case_id, model.precheck_id = (holder.id, None) if isinstance(holder, Case) else (None, holder.id)
    session.add(model)
    session.flush()
    audit.record(
        session, AuditEvent.MODEL_UPLOADED, actor=actor, subject=holder.id,
        name=model.name, size=model.size, sha256=sha256, ties=model.ties,
    )  # fmt: skip
    alike = _judged_alike(session, model, holder)
    if alike is None:
        begin_review(session, model)
        return model
    taken = Review(
        model_id=model.id, state=alike.state, stage="finished", progress=1.0, report_sha256=alike.report_sha256,
        summary=alike.summary, changed_at=utcnow(),
    )  # fmt: skip
    session.add(taken)
    session.flush()
    if taken.state == "done":
        ask_scene(session, taken)
        ask_comparison(session, model)
    return model


def _stands(session: Session, model: Model, holder: Holder) -> bool:
    """Whether a review of the model runs, or has said what it would say again."""
    review = review_of(session, model)
    if review is None or review.state in ("failed", "cancelled"):
        return False
    return review.state in ("queued", "running") or _by(review) == grounds(session, holder)


def _judged_alike(session: Session, model: Model, holder: Holder) -> Review | None:
    query = (
        select(Review).join(Model).where(
            Model.sha256 == model.sha256, Model.ties == model.ties, Model.name == model.name, Model.id != model.id,
            Review.state.in_(("done", "refused")),
        ).order_by(Review.id.desc())
    )  # fmt: skip
    wanted: Mapping[str, Any] | None = None
    for review in session.scalars(query):
        owner = holder_of(session, session.get_one(Model, review.model_id))
        wanted = wanted or grounds(session, holder)
        if owner.engineer_id == holder.engineer_id and _by(review) == wanted:
            return review
    return None


def _by(review: Review) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = (review.summary or {}).get(JUDGED_BY)
    return found
