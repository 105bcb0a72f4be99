"""Announce the queued entries: in each sheet's order, one after the other, at least once, outside any transaction."""

from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from permits import audit
from permits.adapters.national_folder import NationalFolder
from permits.adapters.national_http import NationalHttp
from permits.adapters.national_register import Acknowledgement, Answer, AnswerKind, NationalRegister, NationalUnheard
from permits.audit import AuditEvent
from permits.db import utcnow
from permits.documents.keys import signing_key
from permits.jobs import Context
from permits.people.actor import SYSTEM, Actor, Role
from permits.register.national.answering import Step, step
from permits.register.national.envelope import envelope
from permits.register.national.gathering import gather
from permits.register.national.tables import (
    DONE,
    STOPPED,
    UNDER_WAY,
    Announcement,
    AnnouncementEvent,
    Standing,
)
from permits.settings import Settings

JOB = "national.announce"
AGAIN, UNHEARD = "again", "unheard"
SILENT = 3
"""So many envelopes in a row without an answer end a run: the register is away."""


def register_at(settings: Settings) -> NationalRegister | None:
    """The way that the office has set, None where it announces nothing."""
    place = settings.national_register.strip()
    if not place:
        return None
    return NationalHttp(place) if place.startswith(("http://", "https://")) else NationalFolder(Path(place))


def run_announcing(context: Context, *, hour: str) -> None:  # noqa: ARG001 - every hourly job is given its hour
    """The job of every hour."""
    if (national := register_at(context.settings)) is not None:
        announce_entries(context, national)


def announce_entries(context: Context, national: NationalRegister) -> None:
    """Queue what is new, take the answers that came, announce what may go; NationalUnheard when something was not
    answered, after everything else was tried.
    """
    queue_all(context)
    silence = _take_acknowledgements(context, national)
    with context.database.reading() as session:
        sheets = _sheets_waiting(session)
    silent = 0
    for sheet_id in sheets:
        try:
            _announce_sheet(context, national, sheet_id)
            silent = 0
        except NationalUnheard as error:
            silence, silent = error, silent + 1
        if silent == SILENT:
            break
    if silence is not None:
        raise silence


def queue_all(context: Context) -> None:
    """Queue every entry that is not queued yet."""
    settings, found = context.settings, 1
    while found:
        with context.database.transaction() as session:
            found = gather(session, actor=SYSTEM, office=settings.office, start=settings.national_start)


def _sheets_waiting(session: Session) -> list[str]:
    """Those with something to announce, the least tried first: what is never answered shall not keep the rest."""
    query = select(Announcement.sheet_id).where(Announcement.state == Standing.WAITING).group_by(Announcement.sheet_id)
    return list(session.scalars(query.order_by(func.max(Announcement.tries), func.min(Announcement.number))))


def _announce_sheet(context: Context, national: NationalRegister, sheet_id: str) -> None:
    key = signing_key(context.settings)
    while True:
        with context.database.reading() as session:
            head = _head(session, sheet_id)
        if head is None or head.state != Standing.WAITING:
            return
        try:
            answer = national.announce(envelope(head.content, key))
        except NationalUnheard as error:
            with context.database.transaction() as session:
                _unheard(session, head.id, str(error))
            raise
        with context.database.transaction() as session:
            take_answer(session, actor=SYSTEM, announcement_id=head.id, answer=answer)


def _head(session: Session, sheet_id: str) -> Announcement | None:
    """The first announcement of a sheet that is not done: the only one that may be under way."""
    query = select(Announcement).where(Announcement.sheet_id == sheet_id, Announcement.state.not_in(DONE))
    return session.scalar(query.order_by(Announcement.number).limit(1))


def _unheard(session: Session, announcement_id: str, why: str) -> None:
    found = _locked(session, announcement_id)
    found.tries, found.tried_at = found.tries + 1, utcnow()
    session.add(AnnouncementEvent(announcement_id=found.id, kind=UNHEARD, detail=why, actor_id=SYSTEM.id))


def _locked(session: Session, announcement_id: str) -> Announcement:
    return session.get_one(Announcement, announcement_id, with_for_update=True)


def take_answer(
    session: Session, *, actor: Actor, announcement_id: str, answer: Answer, source: str | None = None
) -> None:  # fmt: skip
    """Write down an answer; one to an announcement that is no longer under way changes nothing but the record of it."""
    actor.need(Role.SYSTEM)
    found = _locked(session, announcement_id)
    asked_back = _asked_back(session, found)
    session.add(
        AnnouncementEvent(
            announcement_id=found.id, kind=str(answer.kind), detail=_detail(answer), actor_id=actor.id, source=source
        )
    )
    if found.state in UNDER_WAY:
        _go(session, actor, found, step(answer, taken=_taken(session, found), asked_back=asked_back))
    session.flush()


def _detail(answer: Answer) -> str:
    return answer.code or answer.state or ("" if answer.awaited is None else str(answer.awaited))


def _asked_back(session: Session, found: Announcement) -> int:
    """How often it was out of order since a registrar last said "again"."""
    query = select(AnnouncementEvent.kind).where(AnnouncementEvent.announcement_id == found.id)
    kinds = list(session.scalars(query.order_by(AnnouncementEvent.at, AnnouncementEvent.id)))
    since = len(kinds) - kinds[::-1].index(AGAIN) if AGAIN in kinds else 0
    return kinds[since:].count(AnswerKind.OUT_OF_ORDER)


def _taken(session: Session, found: Announcement) -> set[int]:
    query = select(Announcement.number).where(
        Announcement.sheet_id == found.sheet_id, Announcement.number < found.number,
        Announcement.state == Standing.TAKEN,
    )  # fmt: skip
    return set(session.scalars(query))


def _go(session: Session, actor: Actor, found: Announcement, went: Step) -> None:
    found.state, found.code, found.theirs = str(went.state), went.code, went.theirs
    found.tries, found.tried_at = found.tries + 1, utcnow()
    if went.back is not None:
        lost = update(Announcement).where(
            Announcement.sheet_id == found.sheet_id, Announcement.state == Standing.TAKEN,
            Announcement.number >= went.back, Announcement.number < found.number,
        )  # fmt: skip
        session.execute(lost.values(state=str(Standing.WAITING)))
    if went.state in STOPPED:
        audit.record(
            session, AuditEvent.ANNOUNCEMENT_STOPPED, actor=actor, subject=found.sheet_id, entry=found.number,
            state=str(went.state), code=went.code,
        )  # fmt: skip


def _take_acknowledgements(context: Context, national: NationalRegister) -> NationalUnheard | None:
    """Take every answer that came later; what could not be read, if anything."""
    try:
        for told in national.acknowledgements():
            with context.database.transaction() as session:
                take_acknowledgement(session, actor=SYSTEM, told=told)
    except NationalUnheard as error:
        return error
    return None


def take_acknowledgement(session: Session, *, actor: Actor, told: Acknowledgement) -> bool:
    """Take an answer that came later; False where it is known, or is about nothing that we announced."""
    if session.scalar(select(AnnouncementEvent.id).where(AnnouncementEvent.source == told.source)):
        return False
    query = select(Announcement.id).where(Announcement.sheet_id == told.sheet, Announcement.number == told.entry)
    announcement_id = session.scalar(query)
    if announcement_id is None:
        return False
    take_answer(session, actor=actor, announcement_id=announcement_id, answer=told.answer, source=told.source)
    return True
