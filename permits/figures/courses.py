"""Figures of the procedure: what came, what went, how long it took, what lies there. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile

from permits.calendar import local_day
from permits.cases.clock import Turn, spells_of
from permits.cases.workflow import Clock, State
from permits.figures.month import Month
from permits.figures.rows import Course
from permits.figures.spread import Share, Spread, spread
from permits.workdays import OfficeDays

ENDS = (State.PERMIT_ISSUED, State.REFUSED, State.WITHDRAWN)
RUNNING = (Clock.OFFICE, Clock.ENGINEER, Clock.OWNER)


@dataclass(frozen=True)
class Lying:
    """Cases not ended at a moment, by whose turn it is, and their age in working days since they came first."""

    turns: Mapping[Clock, int]
    age: Spread | None

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.turns.values())


@dataclass(frozen=True)
class Procedure:
    """What the procedure did in a month; `lying` is at its end.

    `office` and `total` are the working days of the cases that were decided in it (issued or refused): those of the
    office, and all since the first submission. `first_right` is the share of those approved that were never returned.
    `certain` is false where a count passes a year whose holidays nobody has confirmed.
    """

    received: int
    issued: int
    refused: int
    withdrawn: int
    office: Spread | None
    total: Spread | None
    first_right: Share
    lying: Lying
    by_zone: Mapping[str, int]
    certain: bool


def since_received(turns: Sequence[Turn], until: datetime) -> tuple[Turn, ...]:
    """The turns from the first submission up to a moment; empty where the case had not come yet."""
    begun = (turn for turn in turns if turn.begins <= until)
    return tuple(dropwhile(lambda turn: turn.state is not State.AT_SYNDICATE, begun))


def procedure(
    courses: Iterable[Course], month: Month, *, now: datetime, calendar: OfficeDays, zones: Sequence[str]
) -> Procedure:
    """The figures of one month, told up to `now` while it lasts."""
    until = month.last_moment(now)
    came = [(course, turns) for course in courses if (turns := since_received(course.turns, until))]
    ended = [(course, turns) for course, turns in came if turns[-1].state in ENDS and month.holds(turns[-1].begins)]
    ends = Counter(turns[-1].state for _, turns in ended)
    decided = [turns for _, turns in ended if turns[-1].state is not State.WITHDRAWN]
    lying = [turns for _, turns in came if turns[-1].state not in ENDS]
    issued_in = Counter(course.zone for course, turns in ended if turns[-1].state is State.PERMIT_ISSUED)
    return Procedure(
        received=sum(month.holds(turns[0].begins) for _, turns in came), issued=ends[State.PERMIT_ISSUED],
        refused=ends[State.REFUSED], withdrawn=ends[State.WITHDRAWN],
        office=spread([days_of(turns, calendar, Clock.OFFICE) for turns in decided]),
        total=spread([days_of(turns, calendar) for turns in decided]),
        first_right=_first_right([turns for _, turns in came], month), lying=_lying(lying, until, calendar),
        by_zone={zone: issued_in[zone] for zone in zones},
        certain=all(_known(turns, turns[-1].begins, calendar) for turns in decided)
        and all(_known(turns, until, calendar) for turns in lying),
    )  # fmt: skip


def days_of(turns: Sequence[Turn], calendar: OfficeDays, clock: Clock | None = None) -> int:
    """Working days from the first of the turns to the beginning of the last; of one clock, or of all."""
    spells = spells_of(turns, now=turns[-1].begins, calendar=calendar)
    return sum(spell.days for spell in spells if clock in (None, spell.turn.clock))


def _first_right(came: Iterable[Sequence[Turn]], month: Month) -> Share:
    part = whole = 0
    for turns in came:
        at = next((n for n, turn in enumerate(turns) if turn.state is State.AWAITING_PAYMENT), None)
        if at is not None and month.holds(turns[at].begins):
            whole += 1
            part += all(turn.state is not State.RETURNED for turn in turns[:at])
    return Share(part, whole)


def _lying(lying: Sequence[Sequence[Turn]], until: datetime, calendar: OfficeDays) -> Lying:
    clocks = Counter(turns[-1].clock for turns in lying)
    ages = [calendar.between(local_day(turns[0].begins), local_day(until)) for turns in lying]
    return Lying({clock: clocks[clock] for clock in RUNNING}, spread(ages))


def _known(turns: Sequence[Turn], until: datetime, calendar: OfficeDays) -> bool:
    return calendar.knows(local_day(turns[0].begins), local_day(until))
