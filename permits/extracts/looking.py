"""A sheet as the registrar sees it at his desk, whole; every look is on record, for it is personal data."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import utcnow
from permits.errors import NotFound
from permits.extracts.content import Content, read_content
from permits.people.actor import Actor, Role
from permits.privacy.accesses import look
from permits.privacy.sight import About, Subject
from permits.register.find import Found, find_held, find_sheets
from permits.register.opening import predecessors, successors
from permits.register.parties import find_parties
from permits.register.sheets import Owner, owners, personal_signals
from permits.register.state import SheetState, Signal
from permits.register.tables import Sheet
from permits.register.versions import state_of


@dataclass(frozen=True)
class Look:
    """A sheet with everything on it, its owners as parties, what it was made of and what was made of it.

    `personal` are the signals on its owners as persons, each with the owner's place among `owners`.
    """

    sheet: Sheet
    content: Content
    state: SheetState
    owners: tuple[Owner, ...]
    personal: tuple[tuple[int, Signal], ...]
    made_of: Sequence[Sheet]
    made: Sequence[Sheet]

    @property
    def signals(self) -> tuple[Signal, ...]:
        """The signals on the sheet itself."""
        return self.state.signals


def look_at(session: Session, *, actor: Actor, sheet_id: str, language: str) -> Look:
    """The sheet as it stands now, a closed one too."""
    actor.need(Role.REGISTRAR)
    sheet = session.get(Sheet, sheet_id)
    if sheet is None:
        raise NotFound("sheet-unknown", parcel=sheet_id[:40])
    audit.record(session, AuditEvent.SHEET_READ, actor=actor, subject=sheet.id, parcel=sheet.parcel)
    look(session, actor=actor, subject=Subject.SHEET, subject_id=sheet.id, about=(About.NAME, About.IDENTITY))
    content = read_content(session, sheet=sheet, as_of=today(), known=utcnow(), language=language)
    return Look(
        sheet, content, state_of(session, sheet), tuple(owners(session, sheet=sheet)),
        tuple(personal_signals(session, sheet=sheet)), predecessors(session, sheet.id), successors(session, sheet.id),
    )  # fmt: skip


def search(session: Session, *, actor: Actor, words: str, by_name: bool) -> list[Found]:
    """Sheets by number and zone, or by the name of an owner however it is spelt; a sheet once, those in force first."""
    actor.need(Role.REGISTRAR)
    if not by_name:
        return find_sheets(session, actor=actor, words=words)
    parties = find_parties(session, actor=actor, words=words)
    return find_held(session, actor=actor, party_ids=[party.id for party in parties])
