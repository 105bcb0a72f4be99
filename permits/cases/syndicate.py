"""Use cases of the engineers' syndicate (نقابة المهندسين): audit and stamp."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.cases.reviews import current_model
from permits.cases.tables import Case, Stamp
from permits.cases.workflow import Action, advance, lock_case
from permits.errors import Conflict, Invalid
from permits.people.actor import Actor, Role
from permits.people.clients import is_client


def stamp(
    session: Session, *, actor: Actor, case_id: str, model_sha256: str, auditor: str, remarks: str
) -> tuple[Case, Stamp]:
    """Stamp the case: whoever audited names the hash of the model he saw; another model refuses the stamp."""
    actor.need(Role.SYNDICATE)
    lock_case(session, case_id)
    model = current_model(session, case_id=case_id)
    if model is None or model.sha256 != model_sha256:
        raise Conflict("stamp-other-model", stamped=model_sha256, current=model.sha256 if model else "")
    if not auditor.strip():
        raise Invalid("auditor-needed")
    program = is_client(session, client_id=actor.id)
    row = Stamp(
        case_id=case_id, model_sha256=model_sha256, client_id=actor.id if program else None,
        user_id=None if program else actor.id, auditor=auditor.strip(), remarks=remarks,
    )  # fmt: skip
    session.add(row)
    session.flush()
    case = advance(session, case_id=case_id, action=Action.STAMP, actor=actor)
    audit.record(
        session, AuditEvent.STAMPED, actor=actor, subject=case_id, model=model_sha256, auditor=row.auditor, stamp=row.id
    )
    return case, row


def stamps(session: Session, *, case_id: str) -> list[Stamp]:
    """Every stamp on the case, newest first."""
    return list(session.scalars(select(Stamp).where(Stamp.case_id == case_id).order_by(Stamp.id.desc())))


def stamps_given(session: Session, *, actor: Actor, most: int) -> list[tuple[Stamp, Case]]:
    """The syndicate's last stamps with their cases, newest first."""
    actor.need(Role.SYNDICATE)
    query = select(Stamp, Case).join(Case, Case.id == Stamp.case_id).order_by(Stamp.id.desc()).limit(most)
    return [(stamp, case) for stamp, case in session.execute(query)]
