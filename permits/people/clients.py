"""Programs of outside bodies: OAuth2 client credentials with scopes, opaque tokens that can be revoked."""

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent, AuditRow
from permits.db import utcnow
from permits.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from permits.people.accounts import NOBODY, digest
from permits.people.actor import GIVEN, SYSTEM, Actor, Role
from permits.people.tables import Client, Token

_hasher = PasswordHasher()
TOKEN_MINUTES = 15
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


class Scope(StrEnum):
    """What a token may do."""

    CASES_READ = "cases:read"
    MODELS_READ = "models:read"
    CASES_STAMP = "cases:stamp"
    BILLS_READ = "bills:read"
    SHEETS_READ = "sheets:read"
    SHEETS_WRITE = "sheets:write"
    OCCUPANCIES_READ = "occupancies:read"
    ASSETS_READ = "assets:read"
    ASSETS_WRITE = "assets:write"
    RECEIPTS_READ = "receipts:read"
    ACCOUNTS_READ = "accounts:read"
    EXTRACTS_ORDER = "extracts:order"
    STANDINGS_WRITE = "standings:write"


SYNDICATE_SCOPES = (Scope.CASES_READ, Scope.MODELS_READ, Scope.CASES_STAMP, Scope.BILLS_READ, Scope.STANDINGS_WRITE)
"""What the syndicate's own program needs."""


@dataclass(frozen=True)
class Grant:
    """A valid token: who, and for what."""

    actor: Actor
    scopes: frozenset[Scope]

    def need(self, scope: Scope) -> Actor:
        """The actor, or Forbidden without `scope`."""
        if scope not in self.scopes:
            raise Forbidden("scope-needed", scope=str(scope))
        return self.actor


@dataclass(frozen=True)
class Program:
    """A program as the administrator sees it; `used` is when it was last given a token."""

    id: str
    name: str
    role: str
    scopes: tuple[str, ...]
    active: bool
    used: datetime | None


def programs(session: Session, *, actor: Actor) -> list[Program]:
    """Programs of outside bodies with their scopes, by their ids."""
    actor.need(Role.ADMIN)
    last = (
        select(AuditRow.subject, func.max(AuditRow.at))
        .where(AuditRow.event == str(AuditEvent.TOKEN_ISSUED), AuditRow.subject.in_(select(Client.id)))
        .group_by(AuditRow.subject)
    )
    used = {client_id: datetime.fromisoformat(at) for client_id, at in session.execute(last)}
    return [
        Program(one.id, one.name, one.role, tuple(one.scopes), one.active, used.get(one.id))
        for one in session.scalars(select(Client).order_by(Client.id))
    ]


def create_client(
    session: Session, *, actor: Actor, client_id: str, name: str, role: Role, scopes: Collection[Scope]
) -> str:  # fmt: skip
    """A new client; its secret is returned once and kept only as a hash. Conflict where the id is taken."""
    actor.need(Role.ADMIN, Role.SYSTEM)
    client_id, name = client_id.strip(), name.strip()
    if not _ID.fullmatch(client_id) or client_id == SYSTEM.id:
        raise Invalid("program-id")
    if not name:
        raise Invalid("program-name-needed")
    if role not in GIVEN:
        raise Invalid("roles-needed")
    if not scopes:
        raise Invalid("scopes-needed")
    if is_client(session, client_id=client_id):
        raise Conflict("program-exists", program=client_id)
    given, secret = [str(scope) for scope in Scope if scope in scopes], _new_secret()
    session.add(Client(id=client_id, name=name, secret=_hasher.hash(secret), role=str(role), scopes=given))
    session.flush()
    audit.record(
        session, AuditEvent.CLIENT_CREATED, actor=actor, subject=client_id, name=name, role=str(role), scopes=given
    )  # fmt: skip
    return secret


def renew_secret(session: Session, *, actor: Actor, client_id: str) -> str:
    """A new secret, told this once; the old one and every token got with it end."""
    client = _locked(session, actor, client_id)
    secret = _new_secret()
    client.secret = _hasher.hash(secret)
    _end_tokens(session, client)
    audit.record(session, AuditEvent.CLIENT_SECRET_RENEWED, actor=actor, subject=client.id)
    return secret


def set_allowed(session: Session, *, actor: Actor, client_id: str, allowed: bool) -> None:
    """End a program with its tokens at once, or allow it again with the secret it has."""
    client = _locked(session, actor, client_id)
    if client.active is allowed:
        raise Conflict("program-allowed" if allowed else "program-ended", program=client.id)
    client.active = allowed
    _end_tokens(session, client)
    event = AuditEvent.CLIENT_ALLOWED_AGAIN if allowed else AuditEvent.CLIENT_ENDED
    audit.record(session, event, actor=actor, subject=client.id)


def is_client(session: Session, *, client_id: str) -> bool:
    """Whether a program of this name is registered."""
    return session.get(Client, client_id) is not None


def issue_token(session: Session, *, client_id: str, secret: str, scopes: list[str]) -> tuple[str, list[str]] | None:
    """A bearer token and its scopes, or None when client, secret or scopes are wrong (audited either way)."""
    client = session.get(Client, client_id)
    wanted = scopes or (client.scopes if client else [])
    if not client or not client.active or not _matches(client.secret, secret):
        reason = "credentials"
    elif not set(wanted) <= set(client.scopes):
        reason = "scope"
    else:
        token = secrets.token_urlsafe(32)
        expires = utcnow() + timedelta(minutes=TOKEN_MINUTES)
        session.add(Token(token_hash=digest(token), client_id=client.id, scopes=wanted, expires_at=expires))
        audit.record(session, AuditEvent.TOKEN_ISSUED, actor=_actor(client), subject=client.id, scopes=wanted)
        return token, wanted
    audit.record(session, AuditEvent.TOKEN_REFUSED, actor=NOBODY, subject=f"client:{client_id[:60]}", reason=reason)
    return None


def grant(session: Session, *, token: str) -> Grant:
    """What a bearer token allows now, or Unauthenticated."""
    row = session.get(Token, digest(token))
    client = session.get(Client, row.client_id) if row else None
    if row is None or client is None or not client.active or row.expires_at <= utcnow():
        raise Unauthenticated("token-invalid")
    return Grant(_actor(client), frozenset(Scope(scope) for scope in row.scopes))


def _locked(session: Session, actor: Actor, client_id: str) -> Client:
    actor.need(Role.ADMIN, Role.SYSTEM)
    client = session.scalar(select(Client).where(Client.id == client_id).with_for_update())
    if client is None:
        raise NotFound("program-unknown", program=client_id[:80])
    return client


def _end_tokens(session: Session, client: Client) -> None:
    session.execute(delete(Token).where(Token.client_id == client.id))


def _new_secret() -> str:
    return secrets.token_urlsafe(32)


def _actor(client: Client) -> Actor:
    return Actor(client.id, client.name, frozenset({Role(client.role)}))


def _matches(hashed: str, secret: str) -> bool:
    try:
        return _hasher.verify(hashed, secret)
    except VerifyMismatchError:
        return False
