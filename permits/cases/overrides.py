"""What of the register keeps a case from approval, and the approver's word that an undecided condition may pass."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.cases.applicants import register_conditions
from permits.cases.tables import Case, CaseOverride
from permits.errors import Conflict, Invalid, NotFound
from permits.people.actor import Actor, Role
from permits.register.gate import Condition, Met, demands

AWAITING = "awaiting_approval"
LONGEST_REASON = 500


def override(session: Session, *, actor: Actor, case_id: str, condition: str, reason: str) -> CaseOverride:
    """Let a condition that is undecided today pass; raises Conflict unless it keeps this case from approval."""
    actor.need(Role.APPROVER)
    case = session.get(Case, case_id, with_for_update=True)
    if case is None:
        raise NotFound("case-unknown")
    if case.state != AWAITING:
        raise Conflict("wrong-state", state=case.state, action="override")
    if case.recommended_by == actor.id:
        raise Conflict("four-eyes")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid("reason-needed")
    found = next((one for one in undecided(session, case=case) if one.code == condition), None)
    if found is None:
        raise Conflict("condition-not-undecided")
    row = CaseOverride(
        case_id=case_id, condition=found.code, undecided=found.reason, reason=reason.strip(), overridden_by=actor.id
    )
    session.add(row)
    session.flush()
    audit.record(
        session, AuditEvent.CONDITION_OVERRIDDEN, actor=actor, subject=case_id, condition=row.condition,
        undecided=row.undecided, reason=row.reason,
    )  # fmt: skip
    return row


def undecided(
    session: Session, *, case: Case, conditions: Iterable[Condition] | None = None
) -> list[Condition]:  # fmt: skip
    """The conditions that keep a case from approval because nobody could decide them or let them pass."""
    told = register_conditions(session, case=case) if conditions is None else conditions
    passed = {(row.condition, row.undecided) for row in overrides_of(session, case_id=case.id)}
    blocks = demands().undecided.blocks
    asked = [one for one in told if one.outcome is Met.UNDECIDED and one.code in blocks]
    return [one for one in asked if (one.code, one.reason) not in passed]


def overrides_of(session: Session, *, case_id: str) -> list[CaseOverride]:
    """What was let pass, the oldest first."""
    query = select(CaseOverride).where(CaseOverride.case_id == case_id).order_by(CaseOverride.id)
    return list(session.scalars(query))
