"""The queue: every open case with its clock and whose it is, filtered, sorted and cut into pages.

A few queries for the whole queue, however many cases are in it; what only a shown row needs is read for
the shown rows alone.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from bim.report import WARNING
from gis.site import SheetStatus
from permits.audit import AuditEvent
from permits.cases.clock import Colour, Reading, Turn, read_clock
from permits.cases.messages import unread
from permits.cases.reviews import questions
from permits.cases.tables import Case, CaseClaim, CaseTurn, FindingDecision, Model, Review
from permits.cases.terms import case_terms
from permits.cases.workflow import TABLE, Clock, State
from permits.db import utcnow
from permits.land.tables import Zone
from permits.people.actor import STAFF, Actor, Role
from permits.people.tables import User
from permits.text import fold
from permits.workdays import office_days

PAGE = 50
OPEN = tuple(state for state in State if state is not State.DRAFT and any(state in row.sources for row in TABLE))
"""States of a case that was handed in and is not at its end."""
SHOWS = frozenset(
    {
        AuditEvent.STATE_CHANGED, AuditEvent.CASE_CLAIMED, AuditEvent.CASE_RELEASED, AuditEvent.CASE_ASSIGNED,
        AuditEvent.CASE_TAKEN_OVER, AuditEvent.FINDING_DECIDED, AuditEvent.REVIEW_FINISHED, AuditEvent.REVIEW_FAILED,
        AuditEvent.REVIEW_ASKED_AGAIN, AuditEvent.MESSAGE_SENT, AuditEvent.REQUEST_SENT, AuditEvent.REQUEST_ANSWERED,
        AuditEvent.REQUEST_WITHDRAWN, AuditEvent.CASE_REMINDED,
    }
)  # fmt: skip
"""The acts after which the queue looks different."""


class Whose(StrEnum):
    """Whose cases are shown, or those with messages to read; the text of each is `queue-whose-<value>`."""

    ALL = "all"
    MINE = "mine"
    FREE = "free"
    UNREAD = "unread"


class Sort(StrEnum):
    """By what the queue is sorted; the text of each is `queue-sort-<value>`."""

    CLOCK = "clock"
    NUMBER = "number"
    TITLE = "title"
    PLOT = "plot"
    ENGINEER = "engineer"
    STATE = "state"
    CLAIMED = "claimed"


@dataclass(frozen=True)
class Wanted:
    """What of the queue is asked for; an empty text filters nothing, pages begin with 1."""

    whose: Whose = Whose.ALL
    states: tuple[State, ...] = OPEN
    zone: str = ""
    colour: str = ""
    text: str = ""
    sort: Sort = Sort.CLOCK
    down: bool = False
    page: int = 1


@dataclass(frozen=True)
class Line:
    """One case in the queue; names are in the reader's language.

    `open_findings` is None without a finished review; `unread` are messages that the reader has not seen.
    """

    case_id: str
    number: str
    title: str
    plot: str
    zone: str
    zone_name: str
    engineer: str
    state: State
    clock: Reading
    claimed_by: str
    claimer: str
    open_findings: int | None = None
    unread: int = 0


@dataclass(frozen=True)
class Shown:
    """A page of the queue: its lines, how many match, which page of how many it is.

    `colours` count what matches all but the choice of a colour; `zones` are codes and names to choose from.
    """

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int
    colours: Mapping[Colour, int]
    zones: Mapping[str, str] = field(default_factory=dict)


def queue(
    session: Session, *, actor: Actor, wanted: Wanted, language: str, now: datetime | None = None
) -> Shown:  # fmt: skip
    """The page of the queue that is asked for; a page past the last one is the last one."""
    actor.need(*STAFF, Role.SYNDICATE)
    new = unread(session, actor=actor)
    every = (
        replace(line, unread=new.get(line.case_id, 0)) for line in _lines(session, wanted, language, now or utcnow())
    )
    lines = [line for line in every if _matches(line, wanted, actor)]
    colours = Counter(line.clock.colour for line in lines)
    kept = [line for line in lines if wanted.colour in ("", line.clock.colour)]
    kept.sort(key=_KEYS[wanted.sort], reverse=wanted.down)
    pages = max(1, -(-len(kept) // PAGE))
    page = min(max(wanted.page, 1), pages)
    shown = kept[(page - 1) * PAGE : page * PAGE]
    found = _open_findings(session, [line.case_id for line in shown])
    zones = {code: str(name) for code, name in session.execute(select(Zone.code, _name(Zone, language)))}
    counted = tuple(replace(line, open_findings=found.get(line.case_id)) for line in shown)
    return Shown(counted, len(kept), page, pages, colours, zones)


def _name(kind: type[Zone] | type[User], language: str) -> InstrumentedAttribute[str]:
    return kind.name_ar if language == "ar" else kind.name_en


def _lines(session: Session, wanted: Wanted, language: str, now: datetime) -> list[Line]:
    rows = session.execute(_cases(wanted, language)).all()
    turns = _turns(session, wanted)
    calendar, terms = office_days(), case_terms()
    return [
        Line(
            row.id, row.number, row.title, row.plot, row.zone, row.zone_name, row.engineer, State(row.state),
            read_clock(turns[row.id], now=now, calendar=calendar, terms=terms), row.reviewer_id or "",
            row.claimer or "",
        )
        for row in rows
    ]  # fmt: skip


def _cases(wanted: Wanted, language: str) -> Select[*tuple[Any, ...]]:
    engineer, claimer = aliased(User), aliased(User)
    query = (
        select(
            Case.id, Case.number, Case.title, Case.plot, Case.zone, Case.state,
            _name(Zone, language).label("zone_name"), _name(engineer, language).label("engineer"),
            CaseClaim.reviewer_id, _name(claimer, language).label("claimer"),
        )
        .join(Zone, Zone.code == Case.zone).join(engineer, engineer.id == Case.engineer_id)
        .outerjoin(CaseClaim, CaseClaim.case_id == Case.id).outerjoin(claimer, claimer.id == CaseClaim.reviewer_id)
        .where(Case.state.in_([str(state) for state in wanted.states]))
    )  # fmt: skip
    return query.where(Case.zone == wanted.zone) if wanted.zone else query


def _turns(session: Session, wanted: Wanted) -> dict[str, list[Turn]]:
    """The turns of every case in the wanted states, oldest first."""
    query = (
        select(CaseTurn.case_id, CaseTurn.state, CaseTurn.clock, CaseTurn.at).join(Case, Case.id == CaseTurn.case_id)
        .where(Case.state.in_([str(state) for state in wanted.states])).order_by(CaseTurn.id)
    )  # fmt: skip
    found: dict[str, list[Turn]] = {}
    for case_id, state, clock, at in session.execute(query):
        found.setdefault(case_id, []).append(Turn(State(state), Clock(clock), at))
    return found


def clock_reading(session: Session, *, case_id: str, now: datetime | None = None) -> Reading:
    """The clock of one case."""
    query = select(CaseTurn).where(CaseTurn.case_id == case_id).order_by(CaseTurn.id)
    turns = [Turn(State(row.state), Clock(row.clock), row.at) for row in session.scalars(query)]
    return read_clock(turns, now=now or utcnow(), calendar=office_days(), terms=case_terms())


def clock_notes(clocks: Iterable[Reading]) -> list[str]:
    """What must be said beside clocks (keys of texts): terms nobody has set, holidays nobody has confirmed."""
    made_up = any(term.status is SheetStatus.FICTITIOUS for term in case_terms().stages.values())
    unsure = any(not clock.certain for clock in clocks)
    return ["clock-note-fictitious"] * made_up + ["clock-note-uncertain"] * unsure


def _matches(line: Line, wanted: Wanted, actor: Actor) -> bool:
    if wanted.whose is Whose.MINE and line.claimed_by != actor.id:
        return False
    if wanted.whose is Whose.FREE and line.claimed_by:
        return False
    if wanted.whose is Whose.UNREAD and not line.unread:
        return False
    asked = fold(wanted.text)
    return not asked or asked in fold(f"{line.number} {line.title} {line.plot} {line.engineer} {line.claimer}")


def _urgency(line: Line) -> tuple[bool, int, str]:
    """What runs and has least left first, then what waits for others, in the order of its number."""
    return line.clock.left is None, line.clock.left or 0, line.number


_KEYS = {
    Sort.CLOCK: _urgency,
    Sort.NUMBER: lambda line: (line.number,),
    Sort.TITLE: lambda line: (fold(line.title), line.number),
    Sort.PLOT: lambda line: (line.zone, line.plot.zfill(12), line.number),
    Sort.ENGINEER: lambda line: (fold(line.engineer), line.number),
    Sort.STATE: lambda line: (OPEN.index(line.state) if line.state in OPEN else len(OPEN), *_urgency(line)),
    Sort.CLAIMED: lambda line: (fold(line.claimer), *_urgency(line)),
}  # fmt: skip


def _open_findings(session: Session, case_ids: Collection[str]) -> dict[str, int]:
    """How many findings of the newest finished review somebody must still decide, by case."""
    newest = select(func.max(Model.id)).where(Model.case_id.in_(case_ids)).group_by(Model.case_id)
    rows = session.execute(
        select(Model.case_id, Review).join(Review, Review.model_id == Model.id)
        .where(Model.id.in_(newest), Review.state == "done")
    ).all()  # fmt: skip
    reviews = [review.id for _, review in rows]
    decided = select(FindingDecision).where(FindingDecision.review_id.in_(reviews))
    answered = {(one.review_id, one.position) for one in session.scalars(decided)}
    return {
        case_id: sum((review.id, q.position) not in answered and q.severity != WARNING for q in questions(review))
        for case_id, review in rows
        if case_id
    }
