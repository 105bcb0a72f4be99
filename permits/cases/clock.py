"""The statutory clock of a case: who was on turn how long, what is left of a stage's term, and by which day.

Pure. Time is counted in working days, the day on which a turn begins not among them, so that the days of
turns that follow each other add up to the days of the whole. A turn of somebody else pauses the office's
clock and is kept and shown as such; a stage that is entered again goes on counting where it stood.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from permits.calendar import local_day
from permits.cases.terms import CaseTerms
from permits.cases.workflow import Clock, State
from permits.workdays import OfficeDays


class Colour(StrEnum):
    """How urgent a case is for the office; the text of each is `clock-<colour>`."""

    CALM = "calm"
    SOON = "soon"
    LATE = "late"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True)
class Turn:
    """From when on a case was in a state, and whose time ran then."""

    state: State
    clock: Clock
    begins: datetime


@dataclass(frozen=True)
class Spell:
    """A turn with its end (the present moment for the last one) and its working days."""

    turn: Turn
    ends: datetime
    days: int


@dataclass(frozen=True)
class Reading:
    """What the clock shows at one moment.

    `used` working days of the present stage's `term`, over all visits to it; `left` is negative when late;
    `deadline` is the local day with which the term is used up. These are None while the office is not on turn.
    `paused` are the working days of others since the office had the case first. `certain` is false where the
    count passes a year whose holidays nobody has confirmed.
    """

    spells: tuple[Spell, ...]
    colour: Colour
    used: int | None
    term: int | None
    left: int | None
    deadline: date | None
    paused: int
    certain: bool

    @property
    def turn(self) -> Turn:
        """The present turn."""
        return self.spells[-1].turn


def spells_of(turns: Sequence[Turn], *, now: datetime, calendar: OfficeDays) -> tuple[Spell, ...]:
    """The turns, oldest first, with their ends and working days; a clock that went back counts none."""
    ends = [*(turn.begins for turn in turns[1:]), max(now, turns[-1].begins)]
    return tuple(
        Spell(turn, end, calendar.between(local_day(turn.begins), local_day(end)))
        for turn, end in zip(turns, ends, strict=True)
    )


def read_clock(turns: Sequence[Turn], *, now: datetime, calendar: OfficeDays, terms: CaseTerms) -> Reading:
    """The clock of a case with at least one turn, oldest first."""
    spells = spells_of(turns, now=now, calendar=calendar)
    turn, paused = turns[-1], _paused(spells)
    if turn.clock is not Clock.OFFICE:
        colour = Colour.ENDED if turn.clock is Clock.STOPPED else Colour.PAUSED
        return Reading(spells, colour, None, None, None, None, paused, certain=True)
    stage = [spell for spell in spells if spell.turn.state is turn.state]
    term, used = int(terms.stages[turn.state].value), sum(spell.days for spell in stage)
    deadline = _deadline(stage, term, calendar)
    certain = calendar.knows(local_day(stage[0].turn.begins), max(deadline, local_day(now)))
    left = term - used
    return Reading(spells, _colour(left, terms), used, term, left, deadline, paused, certain)


def reminders_reached(left: int, terms: CaseTerms) -> tuple[int, ...]:
    """The steps of the ladder that a case with `left` working days has come to, the earliest first."""
    return tuple(day for day in terms.reminders.days if -left >= day)


def _paused(spells: Sequence[Spell]) -> int:
    first = next((n for n, spell in enumerate(spells) if spell.turn.clock is Clock.OFFICE), len(spells))
    return sum(spell.days for spell in spells[first:] if spell.turn.clock in (Clock.ENGINEER, Clock.OWNER))


def _deadline(stage: Sequence[Spell], term: int, calendar: OfficeDays) -> date:
    """The day with which the term is used up: in a visit of before, or counted on from the present one."""
    left = term
    for spell in stage[:-1]:
        if spell.days >= left:
            return calendar.after(local_day(spell.turn.begins), left)
        left -= spell.days
    return calendar.after(local_day(stage[-1].turn.begins), left)


def _colour(left: int, terms: CaseTerms) -> Colour:
    if left < 0:
        return Colour.LATE
    return Colour.SOON if left <= terms.soon.value else Colour.CALM
