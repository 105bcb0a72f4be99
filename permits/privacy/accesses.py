"""Looks at personal data: kept as they happen, sealed into the audit chain once a day, told to whom they concern."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import canonical, new_id, utcnow
from permits.jobs import Context
from permits.people.actor import SYSTEM, Actor, Role
from permits.people.tables import User
from permits.privacy.sight import About, Sight, Subject, sight_of
from permits.privacy.tables import Access, AccessSeal

ANSWERABLE = (Role.REGISTRAR, Role.ADMIN, Role.SYSTEM)
"""Who answers to a person for the looks at his data."""
LIST = "list"
"""The subject of a look at many at once."""


@dataclass(frozen=True)
class Look:
    """Who looked when, by name, and what was shown whole."""

    at: datetime
    name_ar: str
    name_en: str
    seen: tuple[About, ...]


@dataclass(frozen=True)
class Told:
    """A look as it is told to whom it concerns: the day, the roles, and the name where the policy gives it, else ""."""

    day: str
    roles: tuple[str, ...]
    name: str
    seen: tuple[About, ...]


def look(
    session: Session, *, actor: Actor, subject: Subject, subject_id: str, about: Collection[About] = (About.NAME,)
) -> Sight:
    """What `actor` sees of the persons of a subject, of what a page is `about` to show.

    What is shown whole is kept, in the caller's transaction.
    """
    sight = sight_of(actor, subject).limited_to(about)
    if sight.whole and not actor.has(Role.SYSTEM):
        insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
        row = {
            "id": new_id(), "day": today().isoformat(), "at": utcnow(), "actor": actor.id,
            "roles": ",".join(sorted(actor.roles)), "subject_kind": str(subject), "subject_id": subject_id,
            "seen": ",".join(sorted(sight.whole)),
        }  # fmt: skip
        session.execute(insert(Access).values(row).on_conflict_do_nothing())
    return sight


def looks_at(session: Session, *, actor: Actor, subject: Subject, subject_id: str, most: int = 50) -> list[Look]:
    """Who looked at a subject, the latest first: for the registrar, who answers to whom it concerns.

    A program of another office has no name but its id.
    """
    actor.need(*ANSWERABLE)
    return [
        Look(row.at, user.name_ar if user else row.actor, user.name_en if user else row.actor, _seen(row))
        for row, user in _rows(session, subject, subject_id, most)
    ]


def told_looks(
    session: Session, *, actor: Actor, subject: Subject, subject_id: str, language: str, most: int = 50
) -> list[Told]:  # fmt: skip
    """Who looked at what concerns `actor`, the latest first, his own looks aside.

    The caller has made sure that the subject is his; officials are named as the policy says of them.
    """
    sight = sight_of(actor, Subject.OFFICIAL)
    return [
        Told(row.day, tuple(row.roles.split(",")), _official(user, row.actor, sight, language), _seen(row))
        for row, user in _rows(session, subject, subject_id, most)
        if row.actor != actor.id
    ]


def _official(user: User | None, ident: str, sight: Sight, language: str) -> str:
    return sight.shown(About.NAME, str(getattr(user, f"name_{language}")) if user else ident)


def _rows(session: Session, subject: Subject, subject_id: str, most: int) -> Iterator[tuple[Access, User | None]]:
    query = (
        select(Access, User)
        .outerjoin(User, User.id == Access.actor)
        .where(Access.subject_kind == str(subject), Access.subject_id == subject_id)
        .order_by(Access.at.desc(), Access.id)
    )
    yield from ((row, user) for row, user in session.execute(query.limit(most)))


def _seen(row: Access) -> tuple[About, ...]:
    return tuple(About(about) for about in row.seen.split(","))


def seal_days(session: Session, *, before: date) -> list[str]:
    """Write the hash of every unsealed day's looks into the audit chain; the days."""
    unsealed = select(Access.day).distinct().where(
        Access.day < before.isoformat(), Access.day.not_in(select(AccessSeal.day))
    )  # fmt: skip
    days = list(session.scalars(unsealed.order_by(Access.day)))
    for day in days:
        digest, looks = _digest(session, day)
        session.add(AccessSeal(day=day, looks=looks, sha256=digest))
        audit.record(
            session, AuditEvent.ACCESSES_SEALED, actor=SYSTEM, subject=f"accesses:{day}", looks=looks, sha256=digest
        )
    return days


def run_sealing(context: Context, *, day: str) -> None:
    """The job of every day: seal the days that ended a day ago or more, so that no look still waits to be written."""
    with context.database.transaction() as session:
        seal_days(session, before=date.fromisoformat(day) - timedelta(days=1))


@dataclass(frozen=True)
class Sealed:
    """A verification: how many days are sealed, and those whose looks are not what was sealed."""

    days: int
    broken: tuple[str, ...]


def verify_seals(session: Session) -> Sealed:
    """Compare every sealed day with its looks, and with what the audit chain says of it."""
    seals = session.scalars(select(AccessSeal).order_by(AccessSeal.day)).all()
    return Sealed(len(seals), tuple(seal.day for seal in seals if not _holds(session, seal)))


def _holds(session: Session, seal: AccessSeal) -> bool:
    told = canonical({"looks": seal.looks, "sha256": seal.sha256})
    chained = [row.data for row in audit.timeline(session, f"accesses:{seal.day}")]
    return chained == [told] and _digest(session, seal.day) == (seal.sha256, seal.looks)


def _digest(session: Session, day: str) -> tuple[str, int]:
    rows = session.scalars(select(Access).where(Access.day == day).order_by(Access.id)).all()
    told = [[r.id, r.day, r.at.isoformat(), r.actor, r.roles, r.subject_kind, r.subject_id, r.seen] for r in rows]
    return hashlib.sha256(canonical(told).encode()).hexdigest(), len(rows)
