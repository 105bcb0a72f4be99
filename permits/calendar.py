"""The country's own day and hour: law counts days of the place, whatever the clock of the server says."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from permits.db import utcnow

DAMASCUS = ZoneInfo("Asia/Damascus")


def today() -> date:
    """The present day in Damascus."""
    return local_day(utcnow())


def local_day(moment: datetime) -> date:
    """The day in Damascus on which an aware moment falls."""
    return moment.astimezone(DAMASCUS).date()


def local_time(moment: datetime) -> str:
    """Day and minute in Damascus, as pages show them."""
    return moment.astimezone(DAMASCUS).strftime("%Y-%m-%d %H:%M")


def begin_of(day: date) -> datetime:
    """The moment at which a day begins in Damascus."""
    return datetime.combine(day, time(), DAMASCUS)


def working_days(first: date, last: date, *, rest: Collection[int], off: Collection[date] = ()) -> int:
    """How many working days have begun after `first` up to `last`; none where `last` is not later.

    `rest` are days of the week (Monday is 0), `off` single days on which nobody works.
    """
    if last <= first:
        return 0
    weeks, more = divmod((last - first).days, 7)
    days = weeks * (7 - len(rest)) + sum((first.weekday() + n) % 7 not in rest for n in range(1, more + 1))
    return days - sum(first < day <= last and day.weekday() not in rest for day in off)


def working_day_after(first: date, count: int, *, rest: Collection[int], off: Collection[date] = ()) -> date:
    """The day with which `count` working days after `first` are used up; `first` itself where none is asked."""
    day = first
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() not in rest and day not in off
    return day
