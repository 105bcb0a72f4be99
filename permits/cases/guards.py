"""The guards of the workflow table: each answers None, or the code of why not."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.cases.applicants import register_conditions
from permits.cases.overrides import undecided
from permits.cases.reviews import current_model, current_review, is_stale, open_findings, standing_failures
from permits.cases.tables import Case, CaseClaim, Stamp
from permits.land.tables import Zone
from permits.people.actor import Actor
from permits.register.gate import Met

Guard = Callable[[Session, Case, Actor], str | None]


def _own_case(_: Session, case: Case, actor: Actor) -> str | None:
    return None if case.engineer_id == actor.id else "not-your-case"


def _reviewed_model(session: Session, case: Case, _: Actor) -> str | None:
    review = current_review(session, case_id=case.id)
    return None if review and review.state == "done" else "no-finished-review"


def _stamped_model(session: Session, case: Case, _: Actor) -> str | None:
    model = current_model(session, case_id=case.id)
    stamped = model and session.scalar(
        select(Stamp.id).where(Stamp.case_id == case.id, Stamp.model_sha256 == model.sha256).limit(1)
    )
    return None if stamped else "stamp-missing"


def _findings_decided(session: Session, case: Case, actor: Actor) -> str | None:
    """Of a review that is finished, which one asked for again may not be, and that knew every edge role."""
    if unfinished := _reviewed_model(session, case, actor):
        return unfinished
    if is_stale(session, case_id=case.id):
        return "edge-roles-newer"
    return "findings-open" if open_findings(session, case_id=case.id) else None


def _claimed_by_nobody_else(session: Session, case: Case, actor: Actor) -> str | None:
    claim = session.get(CaseClaim, case.id, populate_existing=True)
    return None if claim is None or claim.reviewer_id == actor.id else "case-claimed"


def _no_failure_stands(session: Session, case: Case, _: Actor) -> str | None:
    return "failure-stands" if standing_failures(session, case_id=case.id) else None


def _four_eyes(_: Session, case: Case, actor: Actor) -> str | None:
    return "four-eyes" if case.recommended_by == actor.id else None


def _zone_in_force(session: Session, case: Case, _: Actor) -> str | None:
    return None if session.get_one(Zone, case.zone).state == "in_force" else "zone-not-in-force"


def _register_agrees(session: Session, case: Case, _: Actor) -> str | None:
    """No condition of the register is unmet, and none that must be decided is open and was not let pass."""
    conditions = register_conditions(session, case=case)
    if any(condition.outcome is Met.UNMET for condition in conditions):
        return "register-unmet"
    return "register-undecided" if undecided(session, case=case, conditions=conditions) else None


GUARDS: dict[str, Guard] = {
    "own_case": _own_case,
    "reviewed_model": _reviewed_model,
    "stamped_model": _stamped_model,
    "findings_decided": _findings_decided,
    "claimed_by_nobody_else": _claimed_by_nobody_else,
    "no_failure_stands": _no_failure_stands,
    "four_eyes": _four_eyes,
    "zone_in_force": _zone_in_force,
    "register_agrees": _register_agrees,
}
