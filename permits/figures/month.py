"""A month of Damascus: what begins on its first day there and ends with its last."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from permits.calendar import begin_of
from permits.errors import Invalid

_LEAST = timedelta(microseconds=1)


@dataclass(frozen=True, order=True)
class Month:
    """A month by year and number (1 to 12); written 2026-11."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month of a day."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """A month as it is written; raises Invalid."""
        try:
            return cls.of(date.fromisoformat(f"{text.strip()}-01"))
        except ValueError:
            raise Invalid("month-unreadable", month=text[:20]) from None

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def begins(self) -> datetime:
        """Its first moment, aware."""
        return begin_of(self.first)

    @property
    def ends(self) -> datetime:
        """The first moment after it, aware."""
        return begin_of(self.moved(1).first)

    def moved(self, count: int) -> "Month":
        """The month `count` months later, earlier where negative."""
        year, number = divmod(self.year * 12 + self.number - 1 + count, 12)
        return Month(year, number + 1)

    def holds(self, moment: datetime) -> bool:
        """Whether a moment falls into it."""
        return self.begins <= moment < self.ends

    def last_moment(self, now: datetime) -> datetime:
        """Up to when it is told: its own end, or the present moment while it lasts."""
        return min(self.ends - _LEAST, now)


def up_to(last: Month, count: int) -> list[Month]:
    """The `count` months that end with `last`, the earliest first."""
    return [last.moved(n) for n in range(1 - count, 1)]
