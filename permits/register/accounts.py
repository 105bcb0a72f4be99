"""Accounts that the registrar knows as parties of the register, or as agents of parties for a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.people.accounts import actor_of, find_user
from permits.people.actor import STAFF, Actor, Role
from permits.people.tables import User
from permits.register.parties import groups_of
from permits.register.tables import Party, PartyAccount


@dataclass(frozen=True)
class Linked:
    """A link that holds today, with the account and the party it ties."""

    link: PartyAccount
    user: User
    party: Party


def link_account(
    session: Session, *, actor: Actor, user_id: str, party_id: str, identity: str, power_of_attorney: str = "",
    expires: date | None = None,
) -> PartyAccount:  # fmt: skip
    """Say that an account is a party, or its agent until a day, after seeing the identity document named.

    An account that works at a desk is nobody's: an official who owns something has another account for it.
    """
    actor.need(Role.REGISTRAR)
    user = session.get(User, user_id)
    if user is None or session.get(Party, party_id) is None:
        raise NotFound("party-unknown")
    if actor_of(user).has(*STAFF):
        raise Conflict("account-of-staff")
    if not identity.strip() or bool(power_of_attorney.strip()) != (expires is not None):
        raise Invalid("extract-identity-needed")
    if any(link.party_id == party_id for link in links_of(session, user_id=user_id)):
        raise Conflict("extract-account-known")
    link = PartyAccount(
        user_id=user_id, party_id=party_id, power_of_attorney=power_of_attorney.strip(),
        expires=expires.isoformat() if expires else None, identity=identity.strip(), linked_by=actor.id,
    )  # fmt: skip
    session.add(link)
    session.flush()
    audit.record(session, AuditEvent.ACCOUNT_LINKED, actor=actor, subject=party_id, user=user_id)
    return link


def link_login(
    session: Session, *, actor: Actor, login: str, party_id: str, identity: str, power_of_attorney: str = "",
    expires: date | None = None,
) -> PartyAccount:  # fmt: skip
    """The same for an account by its login name; NotFound where there is none."""
    actor.need(Role.REGISTRAR)
    user = find_user(session, login=login.strip())
    if user is None:
        raise NotFound("account-unknown", login=login[:80])
    return link_account(
        session, actor=actor, user_id=user.id, party_id=party_id, identity=identity,
        power_of_attorney=power_of_attorney, expires=expires,
    )  # fmt: skip


def end_link(session: Session, *, actor: Actor, link_id: str) -> None:
    """Take back that an account is a party."""
    actor.need(Role.REGISTRAR)
    link = session.get(PartyAccount, link_id)
    if link is None or link.ended_at is not None:
        raise NotFound("party-unknown")
    link.ended_at = utcnow()
    audit.record(session, AuditEvent.ACCOUNT_UNLINKED, actor=actor, subject=link.party_id, user=link.user_id)


def links_of(session: Session, *, user_id: str) -> list[PartyAccount]:
    """The parties that an account is or acts for today."""
    query = select(PartyAccount).where(PartyAccount.user_id == user_id, *_holding())
    return list(session.scalars(query.order_by(PartyAccount.id)))


def parties_of(session: Session, *, user_id: str) -> frozenset[str]:
    """Those parties with the groups that they are members of: whose shares the account may see as its own."""
    own = [link.party_id for link in links_of(session, user_id=user_id)]
    return frozenset([*own, *groups_of(session, own)])


def linked(session: Session, *, actor: Actor, most: int = 200) -> Sequence[Linked]:
    """Every link that holds today, the newest first: for the registrar, who answers for them."""
    actor.need(Role.REGISTRAR)
    query = (
        select(PartyAccount, User, Party)
        .join(User, User.id == PartyAccount.user_id)
        .join(Party, Party.id == PartyAccount.party_id)
        .where(*_holding())
        .order_by(PartyAccount.linked_at.desc(), PartyAccount.id)
        .limit(most)
    )
    return [Linked(link, user, party) for link, user, party in session.execute(query)]


def _holding() -> tuple[ColumnElement[bool], ...]:
    """What a link of today has: nobody ended it, and its power of attorney runs."""
    runs = or_(PartyAccount.expires.is_(None), PartyAccount.expires >= today().isoformat())
    return PartyAccount.ended_at.is_(None), runs
