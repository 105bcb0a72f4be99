"""Use cases of the engineer before there is a case: have a model judged on a plot, as often as he likes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.calendar import today
from permits.cases.cases import need_plot, open_case
from permits.cases.handing import hand_in, newest_model, review_of
from permits.cases.tables import Case, Model, Precheck, Review
from permits.errors import Conflict, NotFound
from permits.people.actor import Actor, Role


@dataclass(frozen=True)
class Standing:
    """A pre-check with its newest model and that one's review, as far as there are any."""

    precheck: Precheck
    model: Model | None
    review: Review | None


def open_precheck(session: Session, *, actor: Actor, zone: str, plot: str) -> Precheck:
    """A place for a model on one plot, judged by the rules of today; the office hears nothing of it."""
    actor.need(Role.ENGINEER)
    need_plot(session, zone=zone, plot=plot)
    row = Precheck(zone=zone, plot=plot, engineer_id=actor.id, applied_on=today().isoformat())
    session.add(row)
    session.flush()
    audit.record(session, AuditEvent.PRECHECK_OPENED, actor=actor, subject=row.id, zone=zone, plot=plot)
    return row


def get_precheck(session: Session, *, actor: Actor, precheck_id: str) -> Precheck:
    """One's own pre-check, and nobody else's."""
    actor.need(Role.ENGINEER)
    row = session.get(Precheck, precheck_id)
    if row is None or row.engineer_id != actor.id:
        raise NotFound("precheck-unknown")
    return row


def standing(session: Session, *, precheck: Precheck) -> Standing:
    """How far it is."""
    model = newest_model(session, precheck)
    return Standing(precheck, model, review_of(session, model))


def list_prechecks(session: Session, *, actor: Actor) -> Sequence[Standing]:
    """One's own, the newest first."""
    actor.need(Role.ENGINEER)
    rows = session.scalars(select(Precheck).where(Precheck.engineer_id == actor.id).order_by(Precheck.id.desc()))
    return [standing(session, precheck=row) for row in rows]


def raw_report(session: Session, *, storage: Storage, precheck: Precheck) -> bytes:
    """The report of its newest model, byte for byte as it was kept."""
    review = standing(session, precheck=precheck).review
    if review is None or review.report_sha256 is None:
        raise NotFound("no-report")
    return storage.read(review.report_sha256)


def take_over(session: Session, *, actor: Actor, precheck_id: str, office: str, title: str, kind: str) -> Case:
    """Open a case with the model of a pre-check, without a second upload; the verdict goes along while it holds."""
    row = get_precheck(session, actor=actor, precheck_id=precheck_id)
    session.refresh(row, with_for_update=True)
    if row.case_id:
        raise Conflict("precheck-taken-over")
    model = newest_model(session, row)
    if model is None:
        raise NotFound("no-model")
    case = open_case(session, actor=actor, office=office, zone=row.zone, plot=row.plot, title=title, kind=kind)
    hand_in(session, actor=actor, holder=case, name=model.name, size=model.size, sha256=model.sha256, ties=model.ties)
    row.case_id = case.id
    audit.record(session, AuditEvent.PRECHECK_TAKEN_OVER, actor=actor, subject=case.id, precheck=row.id)
    return case
