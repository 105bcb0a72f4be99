"""Who works on a case: a reviewer claims it, an approver assigns it, another one takes it over with a reason.

Whoever decides on a case that nobody has claimed claims it by doing so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.cases.tables import Case, CaseClaim
from permits.db import utcnow
from permits.errors import Conflict, Forbidden, Invalid, NotFound, RukhsaError
from permits.people.actor import STAFF, Actor, Role
from permits.people.tables import User

CLAIMABLE = frozenset({"at_syndicate", "in_review", "returned"})
"""States of a case that a reviewer works on, has before him, or waits to get back."""
LONGEST_REASON = 500


def claim_of(session: Session, *, case_id: str) -> CaseClaim | None:
    """The claim on a case as it is in the database now."""
    return session.get(CaseClaim, case_id, populate_existing=True)


def claim(session: Session, *, actor: Actor, case_id: str) -> CaseClaim:
    """A reviewer takes a case that nobody has; of two at once one gets it, the other Conflict."""
    actor.need(Role.REVIEWER)
    case = _locked(session, case_id)
    held = claim_of(session, case_id=case.id)
    if held is not None and held.reviewer_id != actor.id:
        raise Conflict("case-claimed")
    return held or _give(session, case, actor.id, actor, AuditEvent.CASE_CLAIMED)


def release(session: Session, *, actor: Actor, case_id: str) -> None:
    """Put a case back: the reviewer his own, an approver anybody's."""
    actor.need(Role.REVIEWER, Role.APPROVER)
    _lock(session, case_id)
    held = claim_of(session, case_id=case_id)
    if held is None:
        return
    if held.reviewer_id != actor.id and not actor.has(Role.APPROVER):
        raise Conflict("case-claimed")
    session.delete(held)
    session.flush()
    audit.record(session, AuditEvent.CASE_RELEASED, actor=actor, subject=case_id, reviewer=held.reviewer_id)


def assign(session: Session, *, actor: Actor, case_id: str, reviewer_id: str) -> CaseClaim:
    """An approver gives a case to a reviewer, whoever had it."""
    actor.need(Role.APPROVER)
    case = _locked(session, case_id)
    _need_reviewer(session, reviewer_id)
    return _give(session, case, reviewer_id, actor, AuditEvent.CASE_ASSIGNED)


def take_over(session: Session, *, actor: Actor, case_id: str, reason: str) -> CaseClaim:
    """A reviewer takes a colleague's case; the reason is kept."""
    actor.need(Role.REVIEWER)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid("reason-needed")
    case = _locked(session, case_id)
    held = claim_of(session, case_id=case_id)
    if held is not None and held.reviewer_id == actor.id:
        return held
    return _give(session, case, actor.id, actor, AuditEvent.CASE_TAKEN_OVER, reason=reason.strip())


def work_on(session: Session, *, actor: Actor, case: Case) -> None:
    """Before a reviewer decides on a locked case: it is his, or becomes his; Conflict where it is a colleague's."""
    if not actor.has(Role.REVIEWER):
        return  # the workflow table says who else may decide what
    held = claim_of(session, case_id=case.id)
    if held is not None and held.reviewer_id != actor.id:
        raise Conflict("case-claimed")
    if held is None and case.state in CLAIMABLE:
        _give(session, case, actor.id, actor, AuditEvent.CASE_CLAIMED)


@dataclass(frozen=True)
class Outcome:
    """What became of several cases at once: those that were done, and of the rest why not."""

    done: tuple[str, ...]
    refused: dict[str, RukhsaError]


def each(session: Session, case_ids: Iterable[str], act: Callable[[Session, str], object]) -> Outcome:
    """Do `act` to every case, in one order for all so that two at once cannot wait crosswise; tell which refused.

    An act refuses before it writes; what one case refuses leaves the others as they are. Who may not do it at all
    is told so by Forbidden.
    """
    done: list[str] = []
    refused: dict[str, RukhsaError] = {}
    for case_id in sorted(set(case_ids)):
        try:
            act(session, case_id)
        except Forbidden:
            raise
        except RukhsaError as error:
            refused[case_id] = error
        else:
            done.append(case_id)
    return Outcome(tuple(done), refused)


@dataclass(frozen=True)
class Load:
    """How many cases in review a reviewer has."""

    reviewer_id: str
    name_ar: str
    name_en: str
    cases: int


def workload(session: Session, *, actor: Actor) -> list[Load]:
    """Every active reviewer with his claimed cases in review, who has least first."""
    actor.need(*STAFF)
    counted = session.execute(
        select(CaseClaim.reviewer_id, func.count()).join(Case, Case.id == CaseClaim.case_id)
        .where(Case.state == "in_review").group_by(CaseClaim.reviewer_id)
    )  # fmt: skip
    held = {reviewer: count for reviewer, count in counted}  # noqa: C416 - a row is not a pair to the type checker
    loads = [
        Load(user.id, user.name_ar, user.name_en, held.get(user.id, 0))
        for user in session.scalars(select(User).where(User.active))
        if Role.REVIEWER in user.roles
    ]
    return sorted(loads, key=lambda one: (one.cases, one.name_ar))


def _lock(session: Session, case_id: str) -> Case:
    case = session.get(Case, case_id, with_for_update=True)
    if case is None:
        raise NotFound("case-unknown")
    return case


def _locked(session: Session, case_id: str) -> Case:
    case = _lock(session, case_id)
    if case.state not in CLAIMABLE:
        raise Conflict("wrong-state", state=case.state, action="claim")
    return case


def _need_reviewer(session: Session, user_id: str) -> None:
    user = session.get(User, user_id)
    if user is None or not user.active or Role.REVIEWER not in user.roles:
        raise Invalid("reviewer-unknown")


def _give(session: Session, case: Case, reviewer_id: str, actor: Actor, event: AuditEvent, **said: str) -> CaseClaim:
    """Write the claim of a locked case and what went before."""
    if case.engineer_id == reviewer_id:
        raise Conflict("claim-own-case")
    row = claim_of(session, case_id=case.id)
    before = row.reviewer_id if row else ""
    row = row or CaseClaim(case_id=case.id)
    row.reviewer_id, row.given_by, row.at = reviewer_id, actor.id, utcnow()
    session.add(row)
    session.flush()
    audit.record(session, event, actor=actor, subject=case.id, reviewer=reviewer_id, before=before, **said)
    return row
