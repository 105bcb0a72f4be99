"""Use cases of the planning office: recommend, approve, refuse; the approver is never the one who recommended."""

from sqlalchemy.orm import Session

from permits.adapters.storage import Storage
from permits.cases.claims import work_on
from permits.cases.fee import issue_bill
from permits.cases.tables import Case
from permits.cases.workflow import Action, advance, lock_case
from permits.errors import Invalid
from permits.people.actor import Actor


def recommend(session: Session, *, actor: Actor, case_id: str, note: str) -> Case:
    """A reviewer has decided every finding and recommends approval."""
    work_on(session, actor=actor, case=lock_case(session, case_id))
    return advance(session, case_id=case_id, action=Action.RECOMMEND, actor=actor, note=_reason(note))


def send_back_to_review(session: Session, *, actor: Actor, case_id: str, note: str) -> Case:
    """The approver wants the findings looked at again."""
    return advance(session, case_id=case_id, action=Action.SEND_BACK, actor=actor, note=_reason(note))


def refuse(session: Session, *, actor: Actor, case_id: str, note: str) -> Case:
    """The approver refuses the permit."""
    return advance(session, case_id=case_id, action=Action.REFUSE, actor=actor, note=_reason(note))


def approve(session: Session, *, actor: Actor, storage: Storage, governorate: str, case_id: str, note: str) -> Case:
    """The approver approves: the fee is assessed and the bill issued in the same transaction."""
    case = advance(session, case_id=case_id, action=Action.APPROVE, actor=actor, note=_reason(note))
    issue_bill(session, actor=actor, storage=storage, governorate=governorate, case_id=case_id)
    return case


def _reason(note: str) -> str:
    if not note.strip():
        raise Invalid("reason-needed")
    return note.strip()
