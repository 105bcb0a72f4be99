"""What each figure means, by small months that can be reckoned by hand."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.calendar import DAMASCUS
from permits.cases.clock import Turn
from permits.cases.workflow import State, clock_of
from permits.errors import Invalid
from permits.figures.courses import procedure
from permits.figures.figures import arrears, figures, offline
from permits.figures.month import Month, up_to
from permits.figures.rows import (
    Booked,
    Course,
    Failure,
    Owing,
    Paid,
    Permitted,
    Rows,
    Ruling,
    Sections,
    Shift,
)
from permits.figures.spread import Share, spread
from permits.workdays import OfficeDays

CALENDAR = OfficeDays(rest=frozenset({4, 5}), off=frozenset({date(2026, 3, 8)}), complete=frozenset({2026}))
"""Friday and Saturday are of rest; Sunday, the eighth of March, is a holiday."""
MARCH, APRIL = Month(2026, 3), Month(2026, 4)
LATER = datetime(2026, 6, 1, tzinfo=UTC)


def at(day: int, month: int = 3, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=DAMASCUS)


def course(case_id: str, *turns: tuple[State, datetime], zone: str = "Z") -> Course:
    first = (State.DRAFT, turns[0][1] - timedelta(days=2))
    return Course(case_id, zone, tuple(Turn(state, clock_of(state), when) for state, when in (first, *turns)))


RETURNED_ONCE = course(
    "a", (State.AT_SYNDICATE, at(1)), (State.IN_REVIEW, at(2)), (State.RETURNED, at(4)), (State.AT_SYNDICATE, at(11)),
    (State.IN_REVIEW, at(12)), (State.AWAITING_APPROVAL, at(15)), (State.AWAITING_PAYMENT, at(16)),
    (State.PAID, at(18)), (State.PERMIT_ISSUED, at(19)),
)  # fmt: skip
AT_ONCE = course(
    "b", (State.AT_SYNDICATE, at(1)), (State.IN_REVIEW, at(2)), (State.AWAITING_APPROVAL, at(3)),
    (State.AWAITING_PAYMENT, at(4)), (State.PAID, at(5)), (State.PERMIT_ISSUED, at(5)), zone="Y",
)  # fmt: skip
REFUSED = course("c", (State.AT_SYNDICATE, at(1)), (State.AWAITING_APPROVAL, at(5)), (State.REFUSED, at(15)))
WITHDRAWN = course("d", (State.AT_SYNDICATE, at(1)), (State.RETURNED, at(2)), (State.WITHDRAWN, at(30)))
LYING = course("e", (State.AT_SYNDICATE, at(29)), (State.RETURNED, at(30)), (State.AT_SYNDICATE, at(5, 4)))


def of(*courses: Course, month: Month = MARCH, now: datetime = LATER):
    return procedure(courses, month, now=now, calendar=CALENDAR, zones=("Z", "Y", "X"))


def test_every_case_is_counted_once_where_it_belongs() -> None:
    march = of(RETURNED_ONCE, AT_ONCE, REFUSED, WITHDRAWN, LYING)
    assert (march.received, march.issued, march.refused, march.withdrawn) == (5, 2, 1, 1)
    assert march.by_zone == {"Z": 1, "Y": 1, "X": 0}
    assert march.lying.turns == {"office": 0, "engineer": 1, "owner": 0}
    april = of(RETURNED_ONCE, AT_ONCE, REFUSED, WITHDRAWN, LYING, month=APRIL)
    assert (april.received, april.issued, april.lying.turns["office"]) == (0, 0, 1)


def test_a_pause_is_in_all_days_and_not_in_the_offices() -> None:
    """1 March is a Sunday: two days at the office, four returned (the eighth is a holiday), three, the owner two."""
    march = of(RETURNED_ONCE)
    assert march.total
    assert march.office
    assert (march.office.median, march.total.median) == (Fraction(7), Fraction(13))
    assert march.total.median == CALENDAR.between(date(2026, 3, 1), date(2026, 3, 19))


def test_withdrawn_cases_are_in_no_duration_and_refused_ones_are() -> None:
    assert of(WITHDRAWN).total is None
    refused = of(REFUSED).total
    assert refused
    assert refused.count == 1


def test_approved_without_a_return_is_right_at_first_and_a_resubmission_is_no_new_case() -> None:
    march = of(RETURNED_ONCE, AT_ONCE)
    assert march.first_right == Share(1, 2)
    assert march.received == 2


def test_sent_back_within_the_office_is_no_return() -> None:
    sent_back = course(
        "f", (State.AT_SYNDICATE, at(1)), (State.IN_REVIEW, at(2)), (State.AWAITING_APPROVAL, at(3)),
        (State.IN_REVIEW, at(4)), (State.AWAITING_APPROVAL, at(5)), (State.AWAITING_PAYMENT, at(9)),
    )  # fmt: skip
    assert of(sent_back).first_right == Share(1, 1)


def test_a_month_that_lasts_is_told_up_to_now() -> None:
    march = of(RETURNED_ONCE, LYING, now=at(17))
    assert (march.received, march.issued, march.lying.count) == (1, 0, 1)
    assert march.lying.age
    assert march.lying.age.median == CALENDAR.between(date(2026, 3, 1), date(2026, 3, 17))


def test_a_year_whose_holidays_nobody_confirmed_is_told() -> None:
    assert of(AT_ONCE).certain
    calendar = OfficeDays(rest=CALENDAR.rest, off=CALENDAR.off, complete=frozenset())
    assert not procedure([AT_ONCE], MARCH, now=LATER, calendar=calendar, zones=()).certain


def test_a_draft_has_not_come() -> None:
    draft = Course("g", "Z", (Turn(State.DRAFT, clock_of(State.DRAFT), at(1)),
                              Turn(State.WITHDRAWN, clock_of(State.WITHDRAWN), at(2))))  # fmt: skip
    assert of(draft).withdrawn == 0


@pytest.mark.parametrize(
    ("numbers", "median", "p90"),
    [([7], 7, 7), ([1, 2], Fraction(3, 2), 2), ([9, 1, 5], 5, 9), (list(range(1, 11)), Fraction(11, 2), 9),
     (list(range(1, 12)), 6, 10)],
)  # fmt: skip
def test_median_and_percentile(numbers: list[int], median: Fraction, p90: int) -> None:
    found = spread(numbers)
    assert found
    assert (found.median, found.p90) == (median, p90)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_nine_tenths_do_not_exceed_the_percentile_and_half_not_the_median(numbers: list[int]) -> None:
    found = spread(numbers)
    assert found
    assert 10 * sum(n <= found.p90 for n in numbers) >= 9 * len(numbers)
    assert found.p90 in numbers
    assert 2 * sum(n <= found.median for n in numbers) >= len(numbers)
    assert 2 * sum(n >= found.median for n in numbers) >= len(numbers)
    assert 10 * sum(n < found.p90 for n in numbers) < 9 * len(numbers)


def test_a_share_of_nothing_is_none_and_halves_go_up() -> None:
    assert Share(0, 0).percent is None
    assert (Share(1, 8).percent, Share(1, 200).percent, Share(2, 2).percent) == (13, 1, 100)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-300, 300))
def test_months_follow_each_other(day: date, count: int) -> None:
    month = Month.of(day)
    assert Month.parse(str(month)) == month
    assert month.moved(count).moved(-count) == month
    assert month.ends == month.moved(1).begins
    assert month.holds(datetime(day.year, day.month, day.day, 12, tzinfo=DAMASCUS))


def test_a_month_ends_at_midnight_in_damascus() -> None:
    assert MARCH.holds(datetime(2026, 2, 28, 21, tzinfo=UTC))
    assert not MARCH.holds(datetime(2026, 3, 31, 21, tzinfo=UTC))
    assert [str(month) for month in up_to(Month(2026, 2), 3)] == ["2025-12", "2026-01", "2026-02"]
    with pytest.raises(Invalid):
        Month.parse("2026-13")


def owing(piastres: int, due: date, *given_: tuple[int, datetime], ended: datetime | None = None) -> Owing:
    return Owing(piastres, at(1), due, ended, tuple(Booked(much, when) for much, when in given_))


def test_arrears_are_what_is_left_after_the_last_day_to_pay() -> None:
    on_time = owing(500, date(2026, 3, 31))
    late = owing(800, date(2026, 3, 10), (300, at(12)), (500, at(2, 4)))
    assert arrears([on_time, late], MARCH.last_moment(LATER)).piastres == 500
    assert arrears([on_time, late], APRIL.last_moment(LATER)) == arrears([on_time], APRIL.last_moment(LATER))
    assert arrears([owing(900, date(2026, 3, 10), ended=at(20))], MARCH.last_moment(LATER)).count == 0
    assert arrears([owing(900, date(2026, 3, 10), ended=at(20))], at(15)).piastres == 900
    assert arrears([owing(900, date(2026, 3, 31))], at(31, hour=23)).count == 0


def test_offline_minutes_of_two_desks_are_not_counted_twice() -> None:
    shifts = [
        Shift("C1", at(2, hour=8), at(2, hour=12)), Shift("C1", at(2, hour=10), at(2, hour=13)),
        Shift("C1", at(31, hour=23), at(1, 4, hour=2)), Shift("C2", at(5), None),
    ]  # fmt: skip
    found = offline(shifts, MARCH, centres=("C1", "C2", "C3"))
    assert found == {"C1": 5 * 60 + 60, "C2": None, "C3": None}


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=12))
def test_offline_minutes_are_the_minutes_in_which_some_desk_was(spans: list[tuple[int, int]]) -> None:
    base = at(3)
    shifts = [Shift("C", base + timedelta(minutes=a), base + timedelta(minutes=a + b)) for a, b in spans]
    covered = {minute for a, b in spans for minute in range(a, a + b)}
    assert offline(shifts, MARCH, centres=("C",))["C"] == (len(covered) or None)


def test_the_rest_of_a_month() -> None:
    rows = Rows(
        permits=(Permitted("a", "Z", "7", "residential", 4, Decimal("812.5"), date(2026, 3, 31)),
                 Permitted("b", "Z", "8", "residential", 1, None, date(2026, 3, 1)),
                 Permitted("c", "Z", "9", "commercial", 1, Decimal(10), date(2026, 4, 1))),
        failures=(Failure("a", "SET-01", at(1)), Failure("a", "SET-01", at(9)), Failure("b", "SET-01", at(2)),
                  Failure("b", "AREA-1", at(2)), Failure("b", "HGT-01", at(2, 4))),
        rulings=(Ruling(True, at(3)), Ruling(False, at(3)), Ruling(False, at(3, 4))),
        billed=(Booked(900, at(1)), Booked(-100, at(2))), collected=(Booked(300, at(3)), Booked(70, at(3, 4))),
        paid=(Paid("cash", 100, at(1)), Paid("bank", 300, at(1))), sections=(Sections(12, at(7)),),
    )  # fmt: skip
    march = figures(rows, MARCH, now=LATER, calendar=CALENDAR)
    assert march.failures == (("SET-01", 2), ("AREA-1", 1))
    assert march.overrides == Share(1, 2)
    assert (march.billed.piastres, march.billed.count, march.collected.piastres) == (800, 2, 300)
    assert (march.digital, march.digital_money) == (Share(1, 2), Share(300, 400))
    found = march.building
    assert (found.permits, found.floor_area, found.unmeasured, found.sections) == (2, Decimal("812.5"), 1, 12)
    assert march.whole
    assert not figures(rows, MARCH, now=at(31), calendar=CALENDAR).whole


_STATES = [state for state in State if state is not State.DRAFT]


@given(st.lists(st.lists(st.tuples(st.sampled_from(_STATES), st.integers(0, 40)), min_size=1, max_size=8), max_size=8))
def test_whatever_came_lies_there_or_has_ended(courses: list[list[tuple[State, int]]]) -> None:
    """Over all months, what was received is what was issued, refused, withdrawn or still lies there."""
    told = [
        Course(str(n), "Z", tuple(Turn(state, clock_of(state), at(1) + timedelta(days=day))
                                  for state, day in _ending(sorted(turns, key=lambda turn: turn[1]))))
        for n, turns in enumerate(courses)
    ]  # fmt: skip
    months = [of(*told, month=Month(2026, number)) for number in (3, 4)]
    went = sum(month.issued + month.refused + month.withdrawn for month in months)
    assert sum(month.received for month in months) == went + months[-1].lying.count
    for month in months:
        assert month.office is None or month.total is None or month.office.most <= month.total.most


def _ending(turns: list[tuple[State, int]]) -> list[tuple[State, int]]:
    """Nothing follows an end."""
    ends = (State.PERMIT_ISSUED, State.REFUSED, State.WITHDRAWN)
    last = next((n for n, (state, _) in enumerate(turns) if state in ends), len(turns))
    return turns[: last + 1]
