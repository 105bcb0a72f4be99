"""Payment providers: the keys agreed on with them, and who is behind a signed message."""

from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import utcnow
from permits.errors import Conflict, Invalid, Unauthenticated
from permits.money import signature
from permits.money.tables import BillerKey
from permits.people.actor import Actor, Role


def create_biller_key(session: Session, *, actor: Actor, key_id: str, provider: str, secret: bytes) -> BillerKey:
    """Agree on a signing key with a provider; a provider may hold several, to change them without a pause."""
    actor.need(Role.ADMIN, Role.SYSTEM)
    if not key_id.strip() or not provider.strip():
        raise Invalid("biller-name-needed")
    if session.get(BillerKey, key_id):
        raise Conflict("biller-key-exists", key=key_id)
    key = BillerKey(id=key_id, provider=provider, secret=secret.hex(), active=True)
    session.add(key)
    audit.record(session, AuditEvent.CLIENT_CREATED, actor=actor, subject=f"biller:{provider}", key=key_id)
    return key


def is_biller_key(session: Session, *, key_id: str) -> bool:
    """Whether a key of this name was agreed on."""
    return session.get(BillerKey, key_id) is not None


def authenticate(
    session: Session, *, key_id: str, timestamp: str, method: str, path: str, body: bytes, given: str
) -> Actor:  # fmt: skip
    """The provider behind a signed message, or Unauthenticated with the code of its fault."""
    key = active_key(session, key_id=key_id)
    code = signature.fault(
        bytes.fromhex(key.secret), timestamp=timestamp, method=method, path=path, body=body, signature=given,
        now=utcnow(),
    )  # fmt: skip
    if code:
        raise Unauthenticated(code)
    return actor_of_key(key)


def active_key(session: Session, *, key_id: str) -> BillerKey:
    """A key that is in use, or Unauthenticated."""
    key = session.get(BillerKey, key_id)
    if key is None or not key.active:
        raise Unauthenticated("biller-key-unknown")
    return key


def actor_of_key(key: BillerKey) -> Actor:
    """The provider that holds a key."""
    return Actor(key.provider, key.provider, frozenset({Role.BILLER}))
