"""Programs of outside bodies: OAuth2 client credentials with scopes, opaque tokens that can be revoked."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import utcnow
from permits.errors import Forbidden, Unauthenticated
from permits.people.accounts import NOBODY, digest
from permits.people.actor import Actor, Role
from permits.people.tables import Client, Token

_hasher = PasswordHasher()
TOKEN_MINUTES = 15


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


def create_client(session: Session, *, actor: Actor, client_id: str, name: str, role: Role, scopes: list[Scope]) -> str:
    """A new client; its secret is returned once and kept only as a hash."""
    actor.need(Role.ADMIN, Role.SYSTEM)
    secret = secrets.token_urlsafe(32)
    row = Client(id=client_id, name=name, secret=_hasher.hash(secret), role=str(role), scopes=[str(s) for s in scopes])
    session.merge(row)
    audit.record(session, AuditEvent.CLIENT_CREATED, actor=actor, subject=client_id, scopes=row.scopes)
    return secret


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


def _actor(client: Client) -> Actor:
    return Actor(client.id, client.name, frozenset({Role(client.role)}))


def _matches(hashed: str, secret: str) -> bool:
    try:
        return _hasher.verify(hashed, secret)
    except VerifyMismatchError:
        return False
