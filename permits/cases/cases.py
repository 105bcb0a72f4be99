"""Use cases of the engineer: open a case, see one's cases, submit, withdraw."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.cases.claims import work_on
from permits.cases.handing import hand_in, newest_model
from permits.cases.tables import Case, CaseTurn, Remark
from permits.cases.workflow import WORKFLOW, Action, State, advance, clock_of, lock_case
from permits.db import new_id
from permits.errors import Conflict, Invalid, NotFound
from permits.land.tables import Plot
from permits.numbering import take_number
from permits.people.actor import STAFF, Actor, Role
from permits.register.accounts import parties_of
from permits.register.tables import CaseApplicant

TITLE_LENGTH = 200
KINDS = ("new", "addition", "strengthening")
"""What is built (نوع الأعمال): a new building, an addition to one, the strengthening of one."""


def open_case(
    session: Session, *, actor: Actor, office: str, zone: str, plot: str, title: str, kind: str = KINDS[0]
) -> Case:  # fmt: skip
    """A new draft on one plot, numbered in the office's series of the year."""
    actor.need(Role.ENGINEER)
    _check_title(title, kind)
    need_plot(session, zone=zone, plot=plot)
    day = today()
    number = take_number(session, f"case:{office}:{day.year}")
    case = Case(
        id=new_id(), number=f"{office}-{day.year}-{number:06d}", workflow=WORKFLOW, state=str(State.DRAFT),
        zone=zone, plot=plot, title=title.strip(), kind=kind, engineer_id=actor.id, applied_on=day.isoformat(),
    )  # fmt: skip
    session.add(case)
    session.flush()
    session.add(CaseTurn(case_id=case.id, state=case.state, clock=str(clock_of(State.DRAFT)), at=case.opened_at))
    audit.record(session, AuditEvent.CASE_OPENED, actor=actor, subject=case.id, number=case.number, plot=plot)
    return case


def need_plot(session: Session, *, zone: str, plot: str) -> None:
    """NotFound where the zone has no plot of this number."""
    if session.scalar(select(Plot.id).where(Plot.zone == zone, Plot.number == plot)) is None:
        raise NotFound("plot-unknown", plot=plot)


def _check_title(title: str, kind: str) -> None:
    if not title.strip() or len(title) > TITLE_LENGTH:
        raise Invalid("title-needed", longest=TITLE_LENGTH)
    if kind not in KINDS:
        raise Invalid("case-kind-unknown")


def amend_case(session: Session, *, actor: Actor, case_id: str, plot: str, title: str, kind: str) -> Case:
    """Say title, kind and plot otherwise before the case is sent; another plot has its model reviewed anew."""
    actor.need(Role.ENGINEER)
    _check_title(title, kind)
    get_case(session, actor=actor, case_id=case_id)
    case = lock_case(session, case_id)
    if case.state != State.DRAFT:
        raise Conflict("wrong-state", state=case.state, action="amend")
    need_plot(session, zone=case.zone, plot=plot)
    moved = case.plot != plot
    case.plot, case.title, case.kind = plot, title.strip(), kind
    session.flush()
    audit.record(
        session, AuditEvent.CASE_AMENDED, actor=actor, subject=case.id, plot=plot, title=case.title, works=kind
    )
    model = newest_model(session, case)
    if moved and model:
        hand_in(
            session, actor=actor, holder=case, name=model.name, size=model.size, sha256=model.sha256, ties=model.ties
        )
    return case


def get_case(session: Session, *, actor: Actor, case_id: str) -> Case:
    """A case this actor may see: an engineer his own, an owner one on his right, the syndicate what reached it, staff
    every one."""
    case = session.get(Case, case_id)
    if case is None or not may_see(session, case, actor):
        raise NotFound("case-unknown")
    return case


def may_see(session: Session, case: Case, actor: Actor) -> bool:
    """Whether `get_case` gives this case to this actor."""
    if actor.has(*STAFF, Role.SYSTEM):
        return True
    if actor.has(Role.SYNDICATE):
        return case.state not in (State.DRAFT, State.WITHDRAWN)
    if actor.has(Role.ENGINEER) and case.engineer_id == actor.id:
        return True
    return actor.has(Role.OWNER) and case.state != State.DRAFT and _on_his_right(session, case, actor)


def _on_his_right(session: Session, case: Case, actor: Actor) -> bool:
    """Whether the registrar has put an account's party on record as the applicant."""
    declared = session.get(CaseApplicant, case.id)
    return declared is not None and declared.party_id in parties_of(session, user_id=actor.id)


def list_cases(session: Session, *, actor: Actor, states: list[State] | None = None) -> list[Case]:
    """The cases this actor may see, the longest waiting first."""
    query = select(Case).order_by(Case.changed_at)
    if states is not None:
        query = query.where(Case.state.in_([str(s) for s in states]))
    return [case for case in session.scalars(query) if may_see(session, case, actor)]


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
    work_on(session, actor=actor, case=lock_case(session, case_id))
    case = advance(session, case_id=case_id, action=Action.RETURN, actor=actor, note=remark.strip())
    session.add(Remark(case_id=case_id, actor_id=actor.id, actor_name=actor.name, text=remark.strip()))
    audit.record(session, AuditEvent.RETURNED, actor=actor, subject=case_id, remark=remark.strip())
    return case
