"""The standing of an engineer: what the syndicate recorded of his membership, and his open cases."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.cases.queue import OPEN
from permits.cases.tables import Case, Standing
from permits.db import utcnow
from permits.errors import Invalid, NotFound
from permits.people.accounts import find_user
from permits.people.actor import STAFF, Actor, Role
from permits.people.tables import User

LONGEST = 40
LONGEST_NOTE = 500


@dataclass(frozen=True)
class EngineerStanding:
    """An engineer as the syndicate sees him today; without a record `membership` is empty and `valid` None."""

    login: str
    name: str
    membership: str
    valid_until: str
    valid: bool | None
    note: str
    open_cases: int


def record_standing(
    session: Session, *, actor: Actor, login: str, membership: str, valid_until: date, note: str = ""
) -> Standing:
    """Put on record what the syndicate says; said again, it takes the place of what was said before."""
    actor.need(Role.SYNDICATE)
    engineer = _engineer(session, login)
    number = membership.strip()
    if not number or len(number) > LONGEST or len(note) > LONGEST_NOTE:
        raise Invalid("membership-needed", longest=LONGEST)
    row = session.get(Standing, engineer.id) or Standing(engineer_id=engineer.id)
    row.membership, row.valid_until, row.note = number, valid_until.isoformat(), note.strip()
    row.recorded_by, row.at = actor.id, utcnow()
    session.add(row)
    session.flush()
    audit.record(
        session, AuditEvent.STANDING_RECORDED, actor=actor, subject=engineer.id, membership=number,
        valid_until=row.valid_until, note=row.note,
    )  # fmt: skip
    return row


def standing_of(session: Session, *, actor: Actor, engineer_id: str, language: str) -> EngineerStanding:
    """What is known of an engineer by his account."""
    actor.need(Role.SYNDICATE, *STAFF)
    user = session.get(User, engineer_id)
    if user is None:
        raise NotFound("engineer-unknown")
    row = session.get(Standing, engineer_id)
    count = session.scalar(
        select(func.count()).select_from(Case)
        .where(Case.engineer_id == engineer_id, Case.state.in_([str(state) for state in OPEN]))
    )  # fmt: skip
    valid = date.fromisoformat(row.valid_until) >= today() if row else None
    return EngineerStanding(
        user.login, user.name_ar if language == "ar" else user.name_en, row.membership if row else "",
        row.valid_until if row else "", valid, row.note if row else "", count or 0,
    )  # fmt: skip


def standing_by_login(session: Session, *, actor: Actor, login: str, language: str) -> EngineerStanding:
    """The same by the login name, which the syndicate's programs know."""
    return standing_of(session, actor=actor, engineer_id=_engineer(session, login).id, language=language)


def _engineer(session: Session, login: str) -> User:
    user = find_user(session, login=login)
    if user is None or Role.ENGINEER not in user.roles:
        raise NotFound("engineer-unknown")
    return user
