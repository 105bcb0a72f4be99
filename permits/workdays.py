"""The days on which the office works, dated data by year: weekly rest, holidays, emergency closures."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from gis.site import SheetStatus
from permits.calendar import working_day_after, working_days
from permits.terms import SetTerms, read_terms

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Weekend(SetTerms):
    """The days of the week on which nobody works."""

    days: tuple[Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], ...]
    status: SheetStatus
    source: str


class DayOff(SetTerms):
    """One day on which the office does not work, why, and how sure that is."""

    day: date
    reason_ar: str = Field(min_length=1)
    reason_en: str = Field(min_length=1)
    status: SheetStatus
    source: str = Field(min_length=1)


class Year(SetTerms):
    """The days off of one year; `complete` once somebody has confirmed that no holiday is missing."""

    complete: bool
    holidays: tuple[DayOff, ...]
    closures: tuple[DayOff, ...]


class Workdays(SetTerms):
    """The file: the weekly rest and the years that are listed."""

    weekend: Weekend
    years: dict[int, Year]

    @model_validator(mode="after")
    def _in_their_years(self) -> Self:
        for number, year in self.years.items():
            if any(one.day.year != number for one in (*year.holidays, *year.closures)):
                raise ValueError(f"a day off of another year is listed under {number}")
        if len(set(self.weekend.days)) == len(_DAYS):
            raise ValueError("a week without a working day")
        return self


@dataclass(frozen=True)
class OfficeDays:
    """The calendar in force: days of rest of the week (Monday is 0), days off, years whose list is complete."""

    rest: frozenset[int]
    off: frozenset[date]
    complete: frozenset[int]

    def between(self, first: date, last: date) -> int:
        """How many working days have begun after `first` up to `last`."""
        return working_days(first, last, rest=self.rest, off=self.off)

    def after(self, first: date, count: int) -> date:
        """The day with which `count` working days after `first` are used up."""
        return working_day_after(first, count, rest=self.rest, off=self.off)

    def knows(self, first: date, last: date) -> bool:
        """Whether the holidays of every year from `first` to `last` are confirmed."""
        return self.complete.issuperset(range(first.year, last.year + 1))


def calendar_of(days: Workdays) -> OfficeDays:
    """A file as a calendar."""
    off = {one.day for year in days.years.values() for one in (*year.holidays, *year.closures)}
    complete = {number for number, year in days.years.items() if year.complete}
    return OfficeDays(frozenset(_DAYS.index(day) for day in days.weekend.days), frozenset(off), frozenset(complete))


@cache
def office_days() -> OfficeDays:
    """The calendar of this installation."""
    return calendar_of(read_terms(Path(__file__).with_name("workdays.yaml"), Workdays))
