"""The one table of what may happen to a case, and the only function that changes a case's state."""

from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.cases.guards import GUARDS
from permits.cases.tables import Case, CaseTurn
from permits.db import utcnow
from permits.errors import Conflict, Forbidden, NotFound
from permits.people.actor import Actor, Role

WORKFLOW = "building-permit/3"


class State(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    AT_SYNDICATE = "at_syndicate"
    IN_REVIEW = "in_review"
    AWAITING_APPROVAL = "awaiting_approval"
    AWAITING_PAYMENT = "awaiting_payment"
    PAID = "paid"
    PERMIT_ISSUED = "permit_issued"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What somebody does to a case."""

    SUBMIT = "submit"
    STAMP = "stamp"
    RETURN = "return"
    RECOMMEND = "recommend"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    REFUSE = "refuse"
    SETTLE = "settle"
    ISSUE = "issue"
    WITHDRAW = "withdraw"


class Clock(StrEnum):
    """Whose time runs once the case has reached the target."""

    OFFICE = "office"
    ENGINEER = "engineer"
    OWNER = "owner"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Transition:
    """One row: `action` by one of `roles` takes a case from any of `sources` to `target` if every guard agrees."""

    action: Action
    sources: tuple[State, ...]
    target: State
    roles: tuple[Role, ...]
    clock: Clock
    guards: tuple[str, ...] = ()


TABLE = (
    Transition(
        Action.SUBMIT, (State.DRAFT, State.RETURNED), State.AT_SYNDICATE, (Role.ENGINEER,), Clock.OFFICE,
        ("own_case", "reviewed_model"),
    ),
    Transition(Action.WITHDRAW, (State.DRAFT, State.RETURNED), State.WITHDRAWN, (Role.ENGINEER,), Clock.STOPPED,
               ("own_case",)),
    Transition(Action.STAMP, (State.AT_SYNDICATE,), State.IN_REVIEW, (Role.SYNDICATE,), Clock.OFFICE,
               ("stamped_model",)),
    Transition(Action.RETURN, (State.AT_SYNDICATE,), State.RETURNED, (Role.SYNDICATE,), Clock.ENGINEER),
    Transition(Action.RETURN, (State.IN_REVIEW,), State.RETURNED, (Role.REVIEWER,), Clock.ENGINEER,
               ("claimed_by_nobody_else",)),
    Transition(Action.RECOMMEND, (State.IN_REVIEW,), State.AWAITING_APPROVAL, (Role.REVIEWER,), Clock.OFFICE,
               ("claimed_by_nobody_else", "stamped_model", "findings_decided")),
    Transition(Action.SEND_BACK, (State.AWAITING_APPROVAL,), State.IN_REVIEW, (Role.APPROVER,), Clock.OFFICE),
    Transition(Action.APPROVE, (State.AWAITING_APPROVAL,), State.AWAITING_PAYMENT, (Role.APPROVER,), Clock.OWNER,
               ("four_eyes", "stamped_model", "findings_decided", "no_failure_stands", "zone_in_force",
                "register_agrees")),
    Transition(Action.REFUSE, (State.AWAITING_APPROVAL,), State.REFUSED, (Role.APPROVER,), Clock.STOPPED,
               ("four_eyes",)),
    Transition(Action.SETTLE, (State.AWAITING_PAYMENT,), State.PAID, (Role.SYSTEM, Role.BILLER), Clock.OFFICE),
    Transition(Action.ISSUE, (State.PAID,), State.PERMIT_ISSUED, (Role.SYSTEM,), Clock.STOPPED),
)  # fmt: skip


def _without(*guards: str) -> tuple[Transition, ...]:
    return tuple(replace(row, guards=tuple(one for one in row.guards if one not in guards)) for row in TABLE)


WORKFLOWS = {
    "building-permit/1": _without("register_agrees", "claimed_by_nobody_else"),
    "building-permit/2": _without("claimed_by_nobody_else"),
    WORKFLOW: TABLE,
}
"""Every version that a case may have begun under; a changed table is a new version beside the old one."""


def clock_of(state: State) -> Clock:
    """Whose time runs in a state; a draft is the engineer's."""
    return next((row.clock for row in TABLE if row.target is state), Clock.ENGINEER)


def _open_rows(case: Case) -> list[Transition]:
    """The rows of the case's own version that leave its present state."""
    return [row for row in WORKFLOWS[case.workflow] if State(case.state) in row.sources]


def _row(case: Case, action: Action) -> Transition | None:
    return next((row for row in _open_rows(case) if row.action is action), None)


def allowed(session: Session, *, case: Case, actor: Actor) -> list[Action]:
    """The actions `actor` may take now: what every button asks."""
    return [row.action for row in _open_rows(case) if actor.has(*row.roles) and not refusal(session, case, actor, row)]


def refusal(session: Session, case: Case, actor: Actor, transition: Transition) -> str | None:
    """The code of the first guard that refuses, or None."""
    return next((code for name in transition.guards if (code := GUARDS[name](session, case, actor))), None)


def hindrance(session: Session, *, case: Case, action: Action, actor: Actor) -> str | None:
    """Why `actor` may not take `action` now (an error code), or None when it may."""
    transition = _row(case, action)
    if transition is None:
        return "wrong-state"
    if not actor.has(*transition.roles):
        return "role-needed"
    return refusal(session, case, actor, transition)


def hindrances(session: Session, *, case: Case, action: Action, actor: Actor) -> list[str]:
    """Everything that stands before `action` now, as error codes, each once; `hindrance` is the first of them."""
    transition = _row(case, action)
    if transition is None or not actor.has(*transition.roles):
        return ["wrong-state" if transition is None else "role-needed"]
    codes = (GUARDS[name](session, case, actor) for name in transition.guards)
    return list(dict.fromkeys(code for code in codes if code))


def lock_case(session: Session, case_id: str) -> Case:
    """The case, locked until the caller's transaction ends."""
    case = session.scalar(
        select(Case).where(Case.id == case_id).with_for_update().execution_options(populate_existing=True)
    )
    if case is None:
        raise NotFound("case-unknown")
    return case


def advance(session: Session, *, case_id: str, action: Action, actor: Actor, note: str = "") -> Case:
    """Take `action`: check the row, the role and the guards, set the state, write the audit entry."""
    case = lock_case(session, case_id)
    transition = _row(case, action)
    if transition is None:
        raise Conflict("wrong-state", state=case.state, action=str(action))
    if not actor.has(*transition.roles):
        raise Forbidden("role-needed")
    if code := refusal(session, case, actor, transition):
        raise Conflict(code)
    audit.record(
        session, AuditEvent.STATE_CHANGED, actor=actor, subject=case.id,
        action=str(action), source=case.state, target=str(transition.target), note=note,
    )  # fmt: skip
    case.state, case.changed_at = str(transition.target), utcnow()
    session.add(CaseTurn(case_id=case.id, state=case.state, clock=str(transition.clock), at=case.changed_at))
    if action is Action.RECOMMEND:
        case.recommended_by = actor.id
    return case
