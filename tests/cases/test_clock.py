"""The statutory clock: working days add up, pauses move nothing, deadlines are local dates, the ladder is data."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from permits.calendar import begin_of, local_day, working_day_after, working_days
from permits.cases.clock import Colour, Reading, Turn, read_clock, reminders_reached, spells_of
from permits.cases.tables import CaseTurn
from permits.cases.terms import CaseTerms, case_terms
from permits.cases.workflow import TABLE, Action, Clock, State, advance, clock_of
from permits.db import Database
from permits.people.actor import Role
from permits.workdays import OfficeDays, Workdays, calendar_of, office_days
from tests.factories import make_actor, make_case, make_review, make_zone

WEEK = OfficeDays(frozenset({4, 5}), frozenset(), frozenset({2026, 2027}))
"""Friday and Saturday, no holidays, all of it confirmed."""
SUNDAY = date(2026, 3, 1)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def turn(state: State, day: date) -> Turn:
    return Turn(state, clock_of(state), begin_of(day) + timedelta(hours=9))


def reading(*turns: tuple[State, int], now: int, calendar: OfficeDays = WEEK) -> Reading:
    """The clock of turns that begin so many days after Sunday, 1 March 2026."""
    given = [turn(state, SUNDAY + timedelta(days=days)) for state, days in turns]
    at = begin_of(SUNDAY + timedelta(days=now)) + timedelta(hours=15)
    return read_clock(given, now=at, calendar=calendar, terms=case_terms())


@given(DAYS, DAYS, st.sets(st.integers(0, 6), max_size=6), st.sets(DAYS, max_size=20))
def test_working_days_are_the_days_one_by_one(first: date, last: date, rest: set[int], off: set[date]) -> None:
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    expected = sum(day.weekday() not in rest and day not in off for day in days)
    assert working_days(first, last, rest=rest, off=off) == expected


@given(DAYS, st.integers(1, 60), st.sets(DAYS, max_size=20))
def test_the_day_a_term_ends_is_a_working_day_that_uses_it_up(first: date, count: int, off: set[date]) -> None:
    end = working_day_after(first, count, rest={4, 5}, off=off)
    assert working_days(first, end, rest={4, 5}, off=off) == count
    assert working_days(first, end - timedelta(days=1), rest={4, 5}, off=off) == count - 1


COURSE = st.lists(st.tuples(st.sampled_from(State), st.integers(0, 90 * 24)), min_size=1, max_size=8)


def turns_of(course: list[tuple[State, int]], start: datetime) -> list[Turn]:
    turns, at = [], start
    for state, hours in course:
        turns.append(Turn(state, clock_of(state), at))
        at += timedelta(hours=hours)
    return turns


@given(COURSE, st.integers(0, 2000))
def test_the_spells_add_up_to_the_age(course: list[tuple[State, int]], hours: int) -> None:
    turns = turns_of(course, datetime(2026, 1, 5, 20, 30, tzinfo=UTC))
    now = turns[-1].begins + timedelta(hours=hours)
    spells = spells_of(turns, now=now, calendar=WEEK)
    age = WEEK.between(local_day(turns[0].begins), local_day(now))
    assert sum(spell.days for spell in spells) == age
    read = read_clock(turns, now=now, calendar=WEEK, terms=case_terms())
    assert 0 <= read.paused <= age


@given(st.integers(0, 40), st.integers(0, 200), st.integers(0, 40))
def test_a_pause_of_any_length_moves_no_used_day(before: int, pause: int, after: int) -> None:
    """The case is returned at noon of a day and comes back `pause` days later: the office used what it worked."""
    stopped = reading((State.IN_REVIEW, 0), now=before)
    back = before + pause
    read = reading((State.IN_REVIEW, 0), (State.RETURNED, before), (State.IN_REVIEW, back), now=back + after)
    worked = WEEK.between(SUNDAY + timedelta(days=back), SUNDAY + timedelta(days=back + after))
    assert (stopped.used or 0) + worked == read.used
    assert read.paused == WEEK.between(SUNDAY + timedelta(days=before), SUNDAY + timedelta(days=back))
    assert (read.left or 0) + (read.used or 0) == read.term == 15


@given(st.integers(0, 40), st.integers(0, 200), st.integers(0, 60))
def test_a_case_is_late_the_day_after_its_deadline(before: int, pause: int, after: int) -> None:
    back = before + pause
    read = reading((State.IN_REVIEW, 0), (State.RETURNED, before), (State.IN_REVIEW, back), now=back + after)
    assert read.deadline is not None
    past = WEEK.between(read.deadline, SUNDAY + timedelta(days=back + after))
    if read.deadline >= SUNDAY + timedelta(days=back):  # the term ends in the present visit
        assert (read.colour is Colour.LATE) == (past > 0)
    else:
        assert read.used is not None
        assert read.used >= 15


def test_the_first_day_is_not_counted_and_the_weekend_neither() -> None:
    assert [reading((State.AT_SYNDICATE, 0), now=n).used for n in (0, 1, 4, 5, 6, 7)] == [0, 1, 4, 4, 4, 5]
    read = reading((State.AT_SYNDICATE, 0), now=0)
    assert (read.term, read.left, read.deadline) == (5, 5, date(2026, 3, 8))


@pytest.mark.parametrize(
    ("now", "left", "colour"), [(0, 5, Colour.CALM), (2, 3, Colour.SOON), (7, 0, Colour.SOON), (8, -1, Colour.LATE)]
)
def test_colours_follow_what_is_left(now: int, left: int, colour: Colour) -> None:
    read = reading((State.AT_SYNDICATE, 0), now=now)
    assert (read.left, read.colour) == (left, colour)


def test_a_closure_gives_its_day_back() -> None:
    closed = OfficeDays(WEEK.rest, frozenset({date(2026, 3, 3)}), WEEK.complete)
    assert reading((State.AT_SYNDICATE, 0), now=3, calendar=closed).used == 2
    assert reading((State.AT_SYNDICATE, 0), now=3, calendar=closed).deadline == date(2026, 3, 9)


def test_an_unconfirmed_year_is_said() -> None:
    half = OfficeDays(WEEK.rest, frozenset(), frozenset({2026}))
    assert reading((State.IN_REVIEW, 0), now=1, calendar=half).certain
    assert not reading((State.IN_REVIEW, 300), now=301, calendar=half).certain  # ends in January
    assert not office_days().complete  # until the governorate confirms its list


def test_whoever_else_is_on_turn_pauses_the_clock_in_sight() -> None:
    read = reading((State.DRAFT, 0), (State.AT_SYNDICATE, 7), (State.RETURNED, 8), now=15)
    assert (read.colour, read.left, read.deadline, read.paused) == (Colour.PAUSED, None, None, 5)
    ended = reading((State.DRAFT, 0), (State.WITHDRAWN, 1), now=15)
    assert (ended.colour, ended.paused) == (Colour.ENDED, 0)


def test_the_ladder_is_climbed_as_days_run_out() -> None:
    assert [reminders_reached(left, case_terms()) for left in (6, 5, 1, 0, -3)] == [
        (), (-5,), (-5, -1), (-5, -1, 0), (-5, -1, 0, 3),
    ]  # fmt: skip


def test_terms_name_every_stage_of_the_office_and_no_other() -> None:
    known = case_terms().model_dump(mode="json")
    assert all(term["status"] == "fictitious" for term in known["stages"].values())
    less = {**known, "stages": {key: term for key, term in known["stages"].items() if key != "paid"}}
    with pytest.raises(ValidationError, match="one term"):
        CaseTerms.model_validate(less)
    with pytest.raises(ValidationError, match="earliest first"):
        CaseTerms.model_validate({**known, "reminders": {**known["reminders"], "days": [0, -1]}})


def test_a_day_off_stands_under_its_own_year() -> None:
    weekend = {"days": ["friday"], "status": "fictitious", "source": "x"}
    day = {"day": date(2027, 1, 1), "reason_ar": "x", "reason_en": "x", "status": "fictitious", "source": "x"}
    year = {"complete": True, "holidays": [day], "closures": []}
    assert calendar_of(Workdays.model_validate({"weekend": weekend, "years": {2027: year}})).off == {day["day"]}
    with pytest.raises(ValidationError, match="another year"):
        Workdays.model_validate({"weekend": weekend, "years": {2026: year}})


def test_a_state_has_one_clock() -> None:
    for state in State:
        assert {row.clock for row in TABLE if row.target is state} <= {clock_of(state)}


def test_every_change_of_state_is_a_turn(database: Database) -> None:
    with database.transaction() as session:
        make_zone(session)
        engineer = make_actor(session, Role.ENGINEER)
        case = make_case(session, engineer)
        make_review(session, case)
        advance(session, case_id=case.id, action=Action.SUBMIT, actor=engineer)
        session.flush()
        kept = session.query(CaseTurn).order_by(CaseTurn.id).all()
        assert [(row.state, row.clock) for row in kept] == [("draft", "engineer"), ("at_syndicate", "office")]
        assert kept[-1].at == case.changed_at
        assert Clock(kept[-1].clock) is Clock.OFFICE
