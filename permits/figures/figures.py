"""Every figure of one month, from plain rows. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from permits.calendar import local_day
from permits.figures.courses import Procedure, procedure
from permits.figures.month import Month
from permits.figures.rows import Booked, Owing, Paid, Permitted, Rows, Shift
from permits.figures.spread import Share
from permits.workdays import OfficeDays

TOP = 10
CASH = "cash"
"""The channel of what a desk took by hand; any other is digital."""


@dataclass(frozen=True)
class Sum:
    """New piastres and of how many events (or bills) they are."""

    piastres: int
    count: int


@dataclass(frozen=True)
class Building:
    """What was permitted: permits, their floor area in square metres, how many have none, and sections entered."""

    permits: int
    floor_area: Decimal
    unmeasured: int
    sections: int


@dataclass(frozen=True)
class Figures:
    """A month; `whole` once it has ended. `arrears` are at its end.

    `failures` are the rules that failed on the models handed in, by the number of cases, the most first.
    `offline` are the minutes that a centre's desks worked without the office, None where no shift of it is known.
    """

    month: Month
    whole: bool
    procedure: Procedure
    failures: tuple[tuple[str, int], ...]
    overrides: Share
    billed: Sum
    collected: Sum
    arrears: Sum
    digital: Share
    digital_money: Share
    building: Building
    offline: Mapping[str, int | None]


def figures(rows: Rows, month: Month, *, now: datetime, calendar: OfficeDays) -> Figures:
    """The figures of one month, told up to `now` while it lasts."""
    until = month.last_moment(now)
    rulings = [one.overridden for one in rows.rulings if month.holds(one.at) and one.at <= until]
    paid = [one for one in rows.paid if month.holds(one.at)]
    return Figures(
        month=month, whole=month.ends <= now,
        procedure=procedure(rows.courses, month, now=now, calendar=calendar, zones=rows.zones),
        failures=_failures(rows, month), overrides=Share(sum(rulings), len(rulings)),
        billed=_sum(rows.billed, month), collected=_sum(rows.collected, month), arrears=arrears(rows.owing, until),
        digital=Share(sum(one.channel != CASH for one in paid), len(paid)), digital_money=_digital(paid),
        building=_building(rows, month), offline=offline(rows.shifts, month, centres=rows.centres),
    )  # fmt: skip


def arrears(bills: Iterable[Owing], until: datetime) -> Sum:
    """What is left at a moment of the bills whose last day to pay was before its day."""
    day, left = local_day(until), []
    for bill in bills:
        live = bill.issued <= until and (bill.ended is None or bill.ended > until)
        if live and bill.due < day:
            left.append(bill.piastres - sum(one.piastres for one in bill.given if one.at <= until))
    owed = [piastres for piastres in left if piastres > 0]
    return Sum(sum(owed), len(owed))


def offline(shifts: Iterable[Shift], month: Month, *, centres: Iterable[str]) -> dict[str, int | None]:
    """Whole minutes of each centre in which at least one of its desks worked without the office.

    A shift without an end is counted up to nothing: what is not known is not guessed.
    """
    spans: defaultdict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for shift in shifts:
        end = min(shift.closed, month.ends) if shift.closed else None
        begin = max(shift.opened, month.begins)
        if end and begin < end:
            spans[shift.centre].append((begin, end))
    return {centre: _minutes(spans[centre]) if centre in spans else None for centre in centres}


def _minutes(spans: list[tuple[datetime, datetime]]) -> int:
    total, reached = timedelta(), None
    for begin, end in sorted(spans):
        since = begin if reached is None else max(begin, reached)
        if end > since:
            total += end - since
            reached = end
    return int(total // timedelta(minutes=1))


def _failures(rows: Rows, month: Month) -> tuple[tuple[str, int], ...]:
    cases = {(one.rule, one.case_id) for one in rows.failures if month.holds(one.at)}
    counts = Counter(rule for rule, _ in cases)
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:TOP])


def _sum(events: Iterable[Booked], month: Month) -> Sum:
    found = [one.piastres for one in events if month.holds(one.at)]
    return Sum(sum(found), len(found))


def _digital(paid: list[Paid]) -> Share:
    return Share(sum(one.piastres for one in paid if one.channel != CASH), sum(one.piastres for one in paid))


def _building(rows: Rows, month: Month) -> Building:
    permits: list[Permitted] = [one for one in rows.permits if Month.of(one.issued) == month]
    areas = [one.floor_area for one in permits if one.floor_area is not None]
    sections = sum(one.count for one in rows.sections if month.holds(one.at))
    return Building(len(permits), sum(areas, Decimal()), len(permits) - len(areas), sections)
