"""Whatever order notifications come in, again, late, wrong, across a crash or a settlement, the books hold."""

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from permits.adapters.storage import LocalStorage
from permits.cases.tables import Case
from permits.db import Database, utcnow
from permits.errors import Conflict
from permits.jobs import Context
from permits.money import ledger
from permits.money.payments import Answer, Notice, notify
from permits.money.settlement import import_settlement
from permits.money.tables import Bill, Payment, Receipt
from permits.people.actor import SYSTEM
from permits.settings import Settings
from tests.money.books import BANK, OFFICE, make_bill, open_books
from tests.money.test_settlement import write_file

FIRST_DAY = date(2026, 1, 1)


class Crash(Exception):
    """The process dies before its transaction is committed."""


class Books(RuleBasedStateMachine):
    """A bank and a biller; the model remembers what the bank took and what it was answered."""

    bills = Bundle("bills")
    notices = Bundle("notices")
    template: Path

    @initialize()
    def open(self) -> None:
        """A fresh office."""
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        shutil.copy(self.template, root / "rukhsa.db")
        database = Database(f"sqlite:///{root / 'rukhsa.db'}", b"key")
        self.context = Context(database, LocalStorage(root / "objects"), Settings(data_dir=root))
        self.town = open_books(self.context)
        self.taken: dict[str, int] = {}
        self.answers: dict[str, Answer] = {}
        self.delivered: dict[str, int] = {}
        self.delivered_twice = 0
        self.day = FIRST_DAY

    def teardown(self) -> None:
        """Close the office."""
        if hasattr(self, "context"):
            self.context.database.close()
            self.folder.cleanup()

    @rule(target=bills)
    def bill(self) -> Bill:
        """An approved case is billed."""
        return make_bill(self.context, self.town)

    @rule(target=notices, bill=bills, wrong=st.sampled_from([0, 0, 0, -1, 1]), late=st.booleans())
    def pay(self, bill: Bill, wrong: int, late: bool) -> Notice:
        """The bank takes money for a bill: the right sum or not, in time or long after."""
        number = f"T{len(self.taken) + 1}"
        paid_at = bill.expires_at + timedelta(days=1) if late else utcnow()
        notice = Notice(number, bill.reference, bill.piastres + wrong, paid_at, self.day, "model")
        self.taken[number] = notice.piastres
        return notice

    @rule(notice=notices)
    def tell(self, notice: Notice) -> None:
        """The bank tells it, for the first time or again: the answer never changes."""
        answer = self._notify(notice, repr(notice).encode())
        assert self.answers.setdefault(notice.transaction, answer) == answer

    @rule(notice=notices)
    def tell_otherwise(self, notice: Notice) -> None:
        """The bank tells other content under a number that it used."""
        if notice.transaction in self.answers:
            assert self._notify(notice, b"other").state == "conflict"

    @rule(notice=notices)
    def crash(self, notice: Notice) -> None:
        """The biller dies in the middle of a notification."""
        with pytest.raises(Crash):
            self._notify(notice, repr(notice).encode(), crash=True)

    @rule(chosen=st.sets(st.integers(1, 30)), short=st.booleans())
    def settle(self, chosen: set[int], short: bool) -> None:
        """A day's file delivers some of what the bank took, perhaps a piastre less, perhaps again."""
        lines = [(f"T{n}", "r", self.taken[f"T{n}"] - short) for n in sorted(chosen) if f"T{n}" in self.taken]
        content = write_file(lines, day=self.day)
        self.day += timedelta(days=1)
        for _ in range(2):
            with self.context.database.transaction() as session:
                import_settlement(session, actor=SYSTEM, content=content)
        for number, _, piastres in lines:
            if number in self.delivered:
                self.delivered_twice += piastres
            else:
                self.delivered[number] = piastres

    @rule(bill=bills)
    def bill_again(self, bill: Bill) -> None:
        """Nobody is billed twice."""
        from permits.money.bills import issue_bill

        with pytest.raises(Conflict), self.context.database.transaction() as session:
            issue_bill(
                session, actor=SYSTEM, storage=self.context.storage, governorate="01", case_id=bill.case_id
            )  # fmt: skip

    def _notify(self, notice: Notice, payload: bytes, *, crash: bool = False) -> Answer:
        with self.context.database.transaction() as session:
            answer = notify(session, actor=BANK, office=OFFICE, notice=notice, payload=payload)
            if crash:
                raise Crash
        return answer

    @invariant()
    def books_hold(self) -> None:
        """Every transaction sums to nought, and no piastre was made or lost."""
        if not hasattr(self, "context"):
            return
        with self.context.database.reading() as session:
            assert ledger.unbalanced(session) == []
            balances = ledger.balances(session)
            assert sum(balances.values()) == 0
            told = {number: self.taken[number] for number in self.answers}
            suspended = sum(told[n] for n, answer in self.answers.items() if answer.state == "suspense")
            unexplained = sum(piastres for n, piastres in self.delivered.items() if n not in told)
            known = sum(piastres for n, piastres in self.delivered.items() if n in told)
            assert balances.get("bank", 0) == sum(self.delivered.values()) + self.delivered_twice
            assert balances.get("suspense", 0) == -suspended - unexplained - self.delivered_twice
            assert balances.get("transit:bank", 0) == sum(told.values()) - known
            receipts = session.scalars(select(Receipt).order_by(Receipt.number)).all()
            assert [row.number[-6:] for row in receipts] == [f"{i + 1:06d}" for i in range(len(receipts))]
            accepted = sum(row.piastres for row in receipts)
            billed = -balances.get("revenue:municipality", 0)
            assert balances.get("receivable", 0) == billed - accepted
            assert (session.scalar(select(func.sum(Payment.piastres))) or 0) == sum(told.values())
            paid = select(func.count()).select_from(Case).where(Case.state == "paid")
            assert session.scalar(paid) == len(receipts)
            assert all(row.state != "received" for row in session.scalars(select(Payment)))


def test_the_books_hold_in_any_order(sqlite_template: Path) -> None:
    Books.template = sqlite_template
    machine: Any = Books
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
