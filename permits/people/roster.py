"""The administrator's work on accounts: who there is, their roles, their passwords and logins.

Nobody changes his own rights, and the office is never left without an administrator. A change of rights ends the
logins of whom it concerns, so that no open page goes on with the old ones.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from argon2 import PasswordHasher
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.people.accounts import create_user
from permits.people.actor import GIVEN, STAFF, Actor, Role
from permits.people.tables import Login, User

_PASSWORD_BYTES = 12


@dataclass(frozen=True)
class Person:
    """An account as the administrator sees it; `logins` are open now."""

    id: str
    login: str
    name_ar: str
    name_en: str
    roles: tuple[str, ...]
    active: bool
    logins: int


def people(session: Session, *, actor: Actor) -> list[Person]:
    """Every account by its login name."""
    actor.need(Role.ADMIN)
    query = select(Login.user_id, func.count()).where(Login.expires_at > utcnow()).group_by(Login.user_id)
    open_logins = {user_id: count for user_id, count in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy
    return [
        Person(user.id, user.login, user.name_ar, user.name_en, tuple(user.roles), user.active,
               open_logins.get(user.id, 0))
        for user in session.scalars(select(User).order_by(User.login))
    ]  # fmt: skip


def add_person(
    session: Session, *, actor: Actor, login: str, name_ar: str, name_en: str, roles: Collection[str]
) -> tuple[User, str]:
    """A new account and its password, which is told this once."""
    actor.need(Role.ADMIN)
    if not (login.strip() and name_ar.strip() and name_en.strip()):
        raise Invalid("person-incomplete")
    password = _new_password()
    user = create_user(
        session, actor=actor, login=login.strip(), password=password, name_ar=name_ar.strip(),
        name_en=name_en.strip(), roles=_roles(roles),
    )  # fmt: skip
    user.one_time = True
    return user, password


def change_roles(session: Session, *, actor: Actor, user_id: str, roles: Collection[str]) -> User:
    """Give somebody other roles."""
    user, wanted = _other(session, actor, user_id), _roles(roles)
    if Role.OWNER in wanted and not STAFF.isdisjoint(wanted):
        raise Conflict("account-of-staff")
    if Role.SYNDICATE in wanted and len(wanted) > 1:
        raise Conflict("account-of-syndicate")
    if Role.ADMIN not in wanted:
        _another_admin(session, user)
    before, user.roles = user.roles, [str(role) for role in wanted]
    audit.record(session, AuditEvent.ROLES_CHANGED, actor=actor, subject=user.id, before=before, roles=user.roles)
    _end_logins(session, user)
    return user


def set_active(session: Session, *, actor: Actor, user_id: str, active: bool) -> User:
    """Close an account, or open it again; what its person did stays."""
    user = _other(session, actor, user_id)
    if not active:
        _another_admin(session, user)
        _end_logins(session, user)
    user.active = active
    event = AuditEvent.ACCOUNT_OPENED_AGAIN if active else AuditEvent.ACCOUNT_CLOSED
    audit.record(session, event, actor=actor, subject=user.id)
    return user


def renew_password(session: Session, *, actor: Actor, user_id: str) -> str:
    """A new password, told this once; the old one and every login with it end."""
    actor.need(Role.ADMIN)
    user = _locked(session, user_id)
    password = _new_password()
    user.password, user.refused, user.locked_until = PasswordHasher().hash(password), 0, None
    user.one_time = True
    audit.record(session, AuditEvent.PASSWORD_RENEWED, actor=actor, subject=user.id)
    _end_logins(session, user)
    return password


def end_logins(session: Session, *, actor: Actor, user_id: str) -> int:
    """End every login of somebody at once; how many there were."""
    actor.need(Role.ADMIN)
    user = _locked(session, user_id)
    ended = _end_logins(session, user)
    audit.record(session, AuditEvent.LOGINS_ENDED, actor=actor, subject=user.id, logins=ended)
    return ended


def _roles(roles: Collection[str]) -> list[Role]:
    known = {str(role): role for role in GIVEN}
    if not roles or not set(map(str, roles)) <= set(known):
        raise Invalid("roles-needed")
    return [role for role in GIVEN if str(role) in set(map(str, roles))]


def _locked(session: Session, user_id: str) -> User:
    user = session.scalar(select(User).where(User.id == user_id).with_for_update())
    if user is None:
        raise NotFound("account-unknown", login="")
    return user


def _other(session: Session, actor: Actor, user_id: str) -> User:
    actor.need(Role.ADMIN)
    if user_id == actor.id:
        raise Conflict("own-account")
    return _locked(session, user_id)


def _another_admin(session: Session, user: User) -> None:
    """Conflict where `user` is the last administrator; the accounts are held, so that two cannot end each other."""
    held = session.scalars(select(User).where(User.active).order_by(User.id).with_for_update()).all()
    left = [one for one in held if str(Role.ADMIN) in one.roles and one.id != user.id]
    if str(Role.ADMIN) in user.roles and not left:
        raise Conflict("last-admin")


def _end_logins(session: Session, user: User) -> int:
    ended = session.scalars(delete(Login).where(Login.user_id == user.id).returning(Login.ref)).all()
    return len(ended)


def _new_password() -> str:
    return secrets.token_urlsafe(_PASSWORD_BYTES)
