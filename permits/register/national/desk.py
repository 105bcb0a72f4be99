"""Use cases of the registrar: what the national register did not take, announced again or settled with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.errors import Conflict, Invalid, NotFound
from permits.people.actor import Actor, Role
from permits.register.national.announcing import AGAIN
from permits.register.national.tables import STOPPED, Announcement, AnnouncementEvent, Standing
from permits.register.tables import Sheet

SETTLED = "settled"
MOST = 200


@dataclass(frozen=True)
class OpenAnnouncement:
    """An announcement that stops its sheet, and how many later ones wait behind it."""

    announcement: Announcement
    sheet: Sheet
    behind: int


def standings(session: Session, *, actor: Actor) -> Mapping[Standing, int]:
    """How many announcements stand where."""
    actor.need(Role.REGISTRAR)
    query = select(Announcement.state, func.count()).group_by(Announcement.state)
    found = {Standing(state): count for state, count in session.execute(query)}
    return {standing: found.get(standing, 0) for standing in Standing}


def open_announcements(session: Session, *, actor: Actor, most: int = MOST) -> list[OpenAnnouncement]:
    """What was refused or differs, by entry."""
    actor.need(Role.REGISTRAR)
    query = (
        select(Announcement, Sheet)
        .join(Sheet, Sheet.id == Announcement.sheet_id)
        .where(Announcement.state.in_(STOPPED))
        .order_by(Announcement.number, Announcement.sheet_id)
        .limit(most)
    )
    rows = session.execute(query).all()
    behind = _behind(session, [sheet.id for _, sheet in rows])
    return [OpenAnnouncement(one, sheet, behind.get(sheet.id, 0)) for one, sheet in rows]


def _behind(session: Session, sheets: list[str]) -> dict[str, int]:
    query = select(Announcement.sheet_id, func.count()).where(
        Announcement.sheet_id.in_(sheets), Announcement.state == Standing.WAITING
    )
    return {sheet: count for sheet, count in session.execute(query.group_by(Announcement.sheet_id))}  # noqa: C416 - rows are no pairs to the type checker


def again(session: Session, actor: Actor, announcement_id: str) -> None:
    """Announce it again at the next run, as it was."""
    found = _stopped(session, actor, announcement_id)
    found.state, found.code, found.theirs = str(Standing.WAITING), "", ""
    _note(session, actor, found, AGAIN, "")
    audit.record(
        session, AuditEvent.ANNOUNCEMENT_AGAIN, actor=actor, subject=found.sheet_id, entry=found.number
    )  # fmt: skip


def settle(session: Session, actor: Actor, announcement_id: str, reason: str) -> None:
    """Close it without the register's word: it was set right in another way, and the next entry may go."""
    found = _stopped(session, actor, announcement_id)
    if not reason.strip():
        raise Invalid("reason-needed")
    found.state = str(Standing.SETTLED)
    _note(session, actor, found, SETTLED, reason.strip())
    audit.record(
        session, AuditEvent.ANNOUNCEMENT_SETTLED, actor=actor, subject=found.sheet_id, entry=found.number,
        reason=reason.strip(),
    )  # fmt: skip


def _stopped(session: Session, actor: Actor, announcement_id: str) -> Announcement:
    actor.need(Role.REGISTRAR)
    found = session.get(Announcement, announcement_id, with_for_update=True)
    if found is None:
        raise NotFound("announcement-unknown")
    if found.state not in STOPPED:
        raise Conflict("announcement-not-stopped")
    return found


def _note(session: Session, actor: Actor, found: Announcement, kind: str, detail: str) -> None:
    session.add(AnnouncementEvent(announcement_id=found.id, kind=kind, detail=detail, actor_id=actor.id))
    session.flush()
