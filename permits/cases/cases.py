"""Use cases of the engineer: open a case, see one's cases, submit, withdraw."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.cases.tables import Case, Remark
from permits.cases.workflow import WORKFLOW, Action, State, advance
from permits.db import new_id
from permits.errors import Invalid, NotFound
from permits.land.tables import Plot
from permits.numbering import take_number
from permits.people.actor import STAFF, Actor, Role

TITLE_LENGTH = 200


def open_case(session: Session, *, actor: Actor, office: str, zone: str, plot: str, title: str) -> Case:
    """A new draft on one plot, numbered in the office's series of the year."""
    actor.need(Role.ENGINEER)
    if not title.strip() or len(title) > TITLE_LENGTH:
        raise Invalid("title-needed", longest=TITLE_LENGTH)
    if session.scalar(select(Plot).where(Plot.zone == zone, Plot.number == plot)) is None:
        raise NotFound("plot-unknown", plot=plot)
    day = today()
    number = take_number(session, f"case:{office}:{day.year}")
    case = Case(
        id=new_id(), number=f"{office}-{day.year}-{number:06d}", workflow=WORKFLOW, state=str(State.DRAFT),
        zone=zone, plot=plot, title=title.strip(), engineer_id=actor.id, applied_on=day.isoformat(),
    )  # fmt: skip
    session.add(case)
    session.flush()
    audit.record(session, AuditEvent.CASE_OPENED, actor=actor, subject=case.id, number=case.number, plot=plot)
    return case


def get_case(session: Session, *, actor: Actor, case_id: str) -> Case:
    """A case this actor may see: an engineer his own, the syndicate what reached it, staff every one."""
    case = session.get(Case, case_id)
    if case is None or not _may_see(case, actor):
        raise NotFound("case-unknown")
    return case


def _may_see(case: Case, actor: Actor) -> bool:
    if actor.has(*STAFF, Role.SYSTEM):
        return True
    if actor.has(Role.SYNDICATE):
        return case.state not in (State.DRAFT, State.WITHDRAWN)
    return actor.has(Role.ENGINEER) and case.engineer_id == actor.id


def list_cases(session: Session, *, actor: Actor, states: list[State] | None = None) -> list[Case]:
    """The cases this actor may see, the longest waiting first."""
    query = select(Case).order_by(Case.changed_at)
    if states is not None:
        query = query.where(Case.state.in_([str(s) for s in states]))
    return [case for case in session.scalars(query) if _may_see(case, actor)]


def submit(session: Session, *, actor: Actor, case_id: str) -> Case:
    """Send the case to the syndicate for its audit."""
    return advance(session, case_id=case_id, action=Action.SUBMIT, actor=actor)


def withdraw(session: Session, *, actor: Actor, case_id: str) -> Case:
    """Give the case up."""
    return advance(session, case_id=case_id, action=Action.WITHDRAW, actor=actor)


def remarks(session: Session, *, case_id: str) -> list[Remark]:
    """What was written to the engineer, newest first."""
    return list(session.scalars(select(Remark).where(Remark.case_id == case_id).order_by(Remark.id.desc())))


def send_back(session: Session, *, actor: Actor, case_id: str, remark: str) -> Case:
    """The syndicate or a reviewer returns the case to the engineer with a remark."""
    if not remark.strip():
        raise Invalid("reason-needed")
    case = advance(session, case_id=case_id, action=Action.RETURN, actor=actor, note=remark.strip())
    session.add(Remark(case_id=case_id, actor_id=actor.id, actor_name=actor.name, text=remark.strip()))
    audit.record(session, AuditEvent.RETURNED, actor=actor, subject=case_id, remark=remark.strip())
    return case
