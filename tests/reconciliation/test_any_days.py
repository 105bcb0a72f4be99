"""Whatever comes in whatever order, no day closes with an unexplained piastre, and every piastre is in one day."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from permits.adapters.storage import LocalStorage
from permits.calendar import today
from permits.db import Database
from permits.errors import Conflict
from permits.jobs import Context
from permits.money.reconciliation.awaited import announcements
from permits.money.reconciliation.breaks import BreakState
from permits.money.reconciliation.closing import list_days
from permits.money.reconciliation.tables import BankLine, DayClose
from permits.money.tables import Payment, Settlement
from permits.people.actor import SYSTEM
from permits.settings import Settings
from tests.money.books import open_books
from tests.reconciliation.days import ACCOUNT, books_agree, close, explain_all, paid, rows, settle, stated

BASE = today() - timedelta(days=12)
DAYS = [BASE + timedelta(days=n) for n in range(3)]
Sale = tuple[int, int, int | None, int, int]
"""Piastres, the day told, the day of the file or none, by how much that is off, how often it is in the file."""

SALES = st.lists(
    st.tuples(
        st.integers(2, 10**9), st.integers(0, 2), st.sampled_from([0, 1, 2, None]), st.sampled_from([0, 0, -1, 1]),
        st.sampled_from([1, 1, 1, 2]),
    ),
    min_size=1, max_size=5,
)  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(["tell", "tell", "file", "state", "close", "wrap_up"]), st.integers(0, 4)), max_size=16
)


class Calendar:
    """A provider's days beside an office; `told`, `filed` say what has been done."""

    def __init__(self, context: Context, sales: list[Sale]) -> None:
        self.context, self.sales = context, sales
        self.told, self.filed = set[int](), set[date]()
        self.closed: dict[str, str] = {}

    def tell(self, n: int) -> None:
        if n < len(self.sales) and n not in self.told:
            piastres, day, _, _, _ = self.sales[n]
            self.told.add(n)
            paid(self.context, f"T{n}", piastres, DAYS[day])

    def file(self, n: int, day: date | None = None) -> None:
        day = day or DAYS[n % 3]
        if day in self.filed:
            return
        self.filed.add(day)
        lines = []
        for number, (piastres, _, on, off, times) in enumerate(self.sales):
            if on is not None and DAYS[on] == day:
                lines += [(f"T{number}", piastres + off)] * times
        settle(self.context, lines, day)

    def state(self, n: int) -> None:
        """The bank shows what is outstanding, or a piastre less, and something that nobody announced."""
        with self.context.database.reading() as session:
            waiting = [one for one in announcements(session) if one.outstanding > 1]
        lines = [(one.outstanding - (n == 1), one.reference) for one in waiting[: n + 1]]
        stated(self.context, [*lines, *([(77, "من مجهول")] if n == 4 else [])], day=DAYS[2])

    def wrap_up(self, n: int) -> None:
        """A day is closed with whatever it has, explained: the rest comes late."""
        self.file(n)
        explain_all(self.context, DAYS[n % 3])
        self.close(n)

    def close(self, n: int, day: date | None = None) -> None:
        day = day or DAYS[n % 3]
        if self._day_is_open(day):
            try:
                closed = close(self.context, day)
            except Conflict:
                return
            assert not [row for row in rows(self.context, day) if row.state == BreakState.OPEN]
            self.closed[closed.day] = closed.sha256

    def _day_is_open(self, day: date) -> bool:
        with self.context.database.reading() as session:
            found = list_days(session, actor=SYSTEM, since=BASE)
        return ("bank", day.isoformat()) in {(one.party, one.day) for one in found if one.state != "closed"}

    def finish(self) -> None:
        """Everything that is left comes, and every day is closed."""
        for n in range(len(self.sales)):
            self.tell(n)
        for n in range(3):
            self.file(n)
        self.state(3)
        for day in [BASE + timedelta(days=n) for n in range(11)]:
            if self._day_is_open(day):
                self.file(0, day)
                explain_all(self.context, day)
                self.close(0, day)
                assert day.isoformat() in self.closed


@contextmanager
def office(template: Path) -> Iterator[Context]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copy(template, root / "rukhsa.db")
        database = Database(f"sqlite:///{root / 'rukhsa.db'}", b"key")
        context = Context(database, LocalStorage(root / "objects"), Settings(data_dir=root))
        open_books(context)
        yield context
        database.close()


@pytest.mark.slow
def test_every_piastre_is_in_one_closed_day(sqlite_template: Path) -> None:
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(SALES, STEPS)
    def run(sales: list[Sale], steps: list[tuple[str, int]]) -> None:
        with office(sqlite_template) as context:
            calendar = Calendar(context, sales)
            for step, n in steps:
                getattr(calendar, step)(n)
                books_agree(context)
            calendar.finish()
            books_agree(context)
            _nothing_is_lost(context, calendar)

    run()


def _nothing_is_lost(context: Context, calendar: Calendar) -> None:
    with context.database.reading() as session:
        closes = session.scalars(select(DayClose).where(DayClose.party == "bank")).all()
        taken = session.scalar(select(func.sum(Payment.piastres)).where(Payment.provider == "bank")) or 0
        delivered = session.scalar(select(func.sum(Settlement.piastres))) or 0
        lines = select(func.sum(BankLine.piastres)).where(BankLine.account == ACCOUNT, BankLine.kind == "settlement")
        shown = session.scalar(lines) or 0
    assert {row.day: row.sha256 for row in closes} == calendar.closed
    assert sum(row.ours for row in closes) == taken
    assert sum(row.theirs for row in closes) == delivered
    assert sum(row.announced for row in closes) == delivered
    assert sum(row.bank for row in closes) == shown
