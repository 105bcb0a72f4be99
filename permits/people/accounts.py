"""People: accounts, passwords and logins."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import utcnow
from permits.digits import Digits
from permits.errors import Conflict, Unauthenticated
from permits.people.actor import STAFF, Actor, Role
from permits.people.tables import Login, User

_hasher = PasswordHasher()
_MAX_REFUSED = 5
_LOCK = timedelta(minutes=5)
NOBODY = Actor("nobody", "nobody", frozenset())


@dataclass(frozen=True)
class Live:
    """A login that is valid now; `ref` names it without being a credential; a `one_time` password comes first."""

    actor: Actor
    ref: str
    csrf: str
    language: str
    expires_at: datetime
    digits: str = Digits.AS_WRITTEN
    one_time: bool = False


def digest(secret: str) -> str:
    """What is kept of a random secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def actor_of(user: User) -> Actor:
    """The user as the one who acts."""
    return Actor(user.id, user.name_ar, frozenset(Role(role) for role in user.roles))


def create_user(
    session: Session, *, actor: Actor, login: str, password: str, name_ar: str, name_en: str, roles: list[Role]
) -> User:
    """A new account; the login name must be free; no citizen's or auditor's account is one of a desk."""
    actor.need(Role.ADMIN, Role.SYSTEM)
    if Role.OWNER in roles and not STAFF.isdisjoint(roles):
        raise Conflict("account-of-staff")
    if Role.SYNDICATE in roles and len(set(roles)) > 1:
        raise Conflict("account-of-syndicate")
    if find_user(session, login=login):
        raise Conflict("login-taken", login=login)
    user = User(login=login, name_ar=name_ar, name_en=name_en, roles=[str(r) for r in roles])
    user.password = _hasher.hash(password)
    session.add(user)
    session.flush()
    audit.record(session, AuditEvent.ACCOUNT_CREATED, actor=actor, subject=user.id, login=login, roles=user.roles)
    return user


def find_user(session: Session, *, login: str) -> User | None:
    """The account with this login name, if there is one."""
    return session.scalar(select(User).where(User.login == login))


def names_of(session: Session, ids: Iterable[str], language: str) -> dict[str, str]:
    """The names of people by their ids; what is no person's id is shown as it is."""
    wanted = {one for one in ids if one}
    found = {user.id: str(getattr(user, f"name_{language}")) for user in session.scalars(
        select(User).where(User.id.in_(wanted)))}  # fmt: skip
    return {one: found.get(one, one) for one in wanted}


def check_password(session: Session, *, login: str, password: str) -> User | None:
    """The user, or None; five wrong passwords lock the account for five minutes. Writes the audit entry.

    Returns instead of raising, so that the caller's transaction keeps the refusal.
    """
    user = session.scalar(select(User).where(User.login == login).with_for_update())
    if user is None or not user.active:
        _hasher.hash(password)  # the answer takes as long for an unknown name
        audit.record(session, AuditEvent.LOGIN_REFUSED, actor=NOBODY, subject=f"login:{login[:60]}", reason="unknown")
        return None
    if user.locked_until and user.locked_until > utcnow():
        audit.record(session, AuditEvent.LOGIN_REFUSED, actor=NOBODY, subject=user.id, reason="locked")
        return None
    try:
        _hasher.verify(user.password, password)
    except VerifyMismatchError:
        user.refused += 1
        user.locked_until = utcnow() + _LOCK if user.refused >= _MAX_REFUSED else None
        audit.record(session, AuditEvent.LOGIN_REFUSED, actor=NOBODY, subject=user.id, reason="password")
        return None
    user.refused, user.locked_until = 0, None
    return user


def open_login(session: Session, *, user: User, minutes: int) -> tuple[str, Login]:
    """A new login: the secret for the cookie, and its row."""
    sid = secrets.token_urlsafe(32)
    row = Login(
        sid_hash=digest(sid), user_id=user.id, csrf=secrets.token_urlsafe(24),
        expires_at=utcnow() + timedelta(minutes=minutes),
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, AuditEvent.LOGGED_IN, actor=actor_of(user), subject=user.id)
    return sid, row


def _live(session: Session, row: Login | None) -> Live:
    user = session.get(User, row.user_id) if row else None
    if row is None or user is None or not user.active or row.expires_at <= utcnow():
        raise Unauthenticated("session-ended")
    return Live(actor_of(user), row.ref, row.csrf, user.language, row.expires_at, user.digits, user.one_time)


def live_login(session: Session, *, sid: str) -> Live:
    """The valid login behind a cookie, or Unauthenticated."""
    return _live(session, session.get(Login, digest(sid)))


def live_ref(session: Session, *, ref: str) -> Live:
    """The valid login that `ref` names, or Unauthenticated; used by pages on an open websocket."""
    return _live(session, session.scalar(select(Login).where(Login.ref == ref)))


def extend_login(session: Session, *, sid: str, minutes: int) -> None:
    """Slide the end of a login; written only when a minute or more was used up."""
    row = session.get(Login, digest(sid))
    end = utcnow() + timedelta(minutes=minutes)
    if row and end - row.expires_at > timedelta(minutes=1):
        row.expires_at = end


def close_login(session: Session, *, sid: str) -> None:
    """End a login at once."""
    row = session.get(Login, digest(sid))
    if row:
        user = session.get_one(User, row.user_id)
        audit.record(session, AuditEvent.LOGGED_OUT, actor=actor_of(user), subject=user.id)
        session.delete(row)


def sweep_logins(session: Session) -> None:
    """Forget logins that ended."""
    session.execute(delete(Login).where(Login.expires_at <= utcnow()))


def set_language(session: Session, *, actor: Actor, language: str) -> None:
    """The language in which this person reads."""
    session.get_one(User, actor.id).language = language
