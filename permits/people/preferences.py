"""What a person sets for himself: language, digits, password, and which of his logins go on."""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import delete, func, select
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import utcnow
from permits.digits import Digits
from permits.errors import Invalid
from permits.i18n import LANGUAGES
from permits.people.actor import Actor
from permits.people.tables import Login, User

SHORTEST = 10
"""Letters of a password."""
_hasher = PasswordHasher()


def prefer(session: Session, *, actor: Actor, language: str, digits: str) -> None:
    """Read on in this language and with these digits."""
    if language not in LANGUAGES or digits not in set(Digits):
        raise Invalid("preference-unknown")
    user = session.get_one(User, actor.id)
    user.language, user.digits = language, digits


def change_password(session: Session, *, actor: Actor, old: str, new: str, ref: str) -> None:
    """Another password; every other login of the person ends. `ref` names the one that goes on."""
    user = session.get_one(User, actor.id, with_for_update=True)
    if len(new) < SHORTEST or new == user.login:
        raise Invalid("password-short", shortest=SHORTEST)
    try:
        _hasher.verify(user.password, old)
    except VerifyMismatchError:
        raise Invalid("password-wrong") from None
    if new == old:
        raise Invalid("password-same")
    user.password, user.one_time = _hasher.hash(new), False
    audit.record(session, AuditEvent.PASSWORD_CHANGED, actor=actor, subject=user.id)
    end_others(session, actor=actor, ref=ref)


def end_others(session: Session, *, actor: Actor, ref: str) -> int:
    """End every login of the person but one; how many ended."""
    ended = session.execute(delete(Login).where(Login.user_id == actor.id, Login.ref != ref))
    assert isinstance(ended, CursorResult)  # noqa: S101 - what a DELETE gives
    if ended.rowcount:
        audit.record(session, AuditEvent.LOGINS_ENDED, actor=actor, subject=actor.id, count=ended.rowcount)
    return ended.rowcount


def other_logins(session: Session, *, actor: Actor, ref: str) -> int:
    """How many other logins of the person are alive."""
    query = select(func.count()).where(Login.user_id == actor.id, Login.ref != ref, Login.expires_at > utcnow())
    return session.scalar(query) or 0
