"""Whatever is taken, voided, cut off, sent twice and paid elsewhere meanwhile: nothing is lost and nothing is twice."""

import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from permits.adapters.storage import LocalStorage
from permits.calendar import today
from permits.cash.conflicts import agreement, open_conflicts
from permits.cash.desk import counter
from permits.cash.desk.store import DeskStore
from permits.cash.tables import CashShift
from permits.db import Database, utcnow
from permits.errors import Conflict, Invalid, RukhsaError
from permits.jobs import Context
from permits.money.reference import BillReference
from permits.money.tables import Bill, Credit, Payment, Receipt
from permits.people.actor import SYSTEM
from permits.settings import Settings
from tests.cash.centre import CODE, accounts, bring, found, more_numbers, refresh
from tests.conftest import AUDIT_KEY
from tests.money.books import OFFICE, make_bill, open_books
from tests.money.collecting import in_parts, pay

NOTE = 500
PICK = st.integers(0, 1000)
CUTS = st.sampled_from(["", "", "before", "written"])


class PowerCut(BaseException):
    """The machine stops; BaseException, so that nobody tidies up after it."""


class Cut(DeskStore):
    """A desk's file whose power goes before or after the next commit."""

    when = ""

    def append(self, seq: int, signed: bytes, digest: bytes) -> None:
        """Write, unless the power goes first."""
        if self.when == "before":
            raise PowerCut
        super().append(seq, signed, digest)
        if self.when == "written":
            raise PowerCut


class Centre(RuleBasedStateMachine):
    """One desk, its office and a bank; a mirror of plain numbers beside them."""

    template: Path

    @initialize()
    def begin(self) -> None:
        """A fresh office with three bills and a desk that took them along."""
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        shutil.copy(self.template, root / "rukhsa.db")
        database = Database(f"sqlite:///{root / 'rukhsa.db'}", AUDIT_KEY)
        self.context = Context(database, LocalStorage(root / "objects"), Settings(data_dir=root / "var"))
        self.town = open_books(self.context)
        self.bills: list[Bill] = []
        self.new_bill(parts=True)
        self.desk = found(self.context, root / "desk", numbers=3)
        refresh(self.context, self.desk)
        self.drawer: dict[str, int] = {}
        self.booked: dict[str, int] = {}
        self.void: set[str] = set()
        self.held = self.difference = self.deposited = self.online = 0
        self.packages: list[str] = []
        self.pages = 0
        self.open = False

    def teardown(self) -> None:
        """Away with it."""
        if hasattr(self, "folder"):
            self.desk.store.close()
            self.context.database.close()
            self.folder.cleanup()

    @rule(parts=st.booleans())
    def new_bill(self, parts: bool) -> None:
        bill = make_bill(self.context, self.town)
        if parts:
            in_parts(self.context, bill)
        self.bills.append(bill)

    @rule()
    def take_along(self) -> None:
        refresh(self.context, self.desk)

    @rule(size=st.integers(1, 3))
    def give_numbers(self, size: int) -> None:
        more_numbers(self.context, self.desk, size)

    @precondition(lambda self: not self.open)
    @rule(notes=st.integers(0, 5))
    def open_shift(self, notes: int) -> None:
        counter.open_shift(self.desk, cashier="سعاد المثال", notes={NOTE: notes})
        self.float, self.open = NOTE * notes, True

    @precondition(lambda self: self.open)
    @rule(which=PICK, part=st.integers(1, 4), over=st.integers(0, 3), cut=CUTS)
    def take(self, which: int, part: int, over: int, cut: str) -> None:
        known = self.bills[which % len(self.bills)] if which % 5 else None
        reference = known.reference if known else str(BillReference(1, 101, 900_000 + which))
        piastres = known.piastres // part if known else 10_000 + which
        entries = len(self.desk.store.entries())
        if cut:
            self.power_goes(cut, reference, piastres)
            assert len(self.desk.store.entries()) == entries
            return
        tendered = piastres + NOTE * (over + 1)
        try:
            slip = counter.take(self.desk, reference=reference, piastres=piastres, tendered=tendered)
        except RukhsaError:
            assert len(self.desk.store.entries()) == entries
            return
        assert slip.tendered - slip.change == piastres + slip.rounding
        assert slip.number not in {*self.drawer, *self.booked, *self.void}
        self.drawer[slip.number] = piastres + slip.rounding

    def power_goes(self, when: str, reference: str, piastres: int) -> None:
        """A step that is cut off; then the machine starts again."""
        folder = Path(self.folder.name) / "desk"
        store = Cut(folder / counter.QUEUE)
        store.when = when
        with suppress(PowerCut, RukhsaError):
            counter.take(replace(self.desk, store=store), reference=reference, piastres=piastres)
        store.close()
        self.desk.store.close()
        self.desk = counter.open_desk(folder)

    @precondition(lambda self: self.open)
    @rule(which=PICK)
    def type_in_a_paper_receipt(self, which: int) -> None:
        bill = self.bills[which % len(self.bills)]
        self.pages += 1
        counter.book_entry(
            self.desk, book="A1", page=self.pages, on=today(), reference=bill.reference, piastres=bill.piastres
        )
        till = counter.till_of(self.desk)
        self.drawer[f"A1/{self.pages:06d}"] = till.takings[till.seq].cash

    @precondition(lambda self: self.open and self.drawer)
    @rule(which=PICK)
    def void_one(self, which: int) -> None:
        number = sorted(self.drawer)[which % len(self.drawer)]
        counter.void(self.desk, number=number, reason="خطأ")
        del self.drawer[number]
        self.void.add(number)

    @precondition(lambda self: self.booked)
    @rule(which=PICK)
    def void_too_late(self, which: int) -> None:
        with pytest.raises(Conflict):
            counter.void(self.desk, number=sorted(self.booked)[which % len(self.booked)], reason="متأخر")

    @rule()
    def spoil(self) -> None:
        till = counter.till_of(self.desk)
        if till.free_numbers():
            self.void.add(till.next_number())
            counter.spoil(self.desk, count=1, reason="ورق تالف")

    @precondition(lambda self: self.open)
    @rule(over=st.integers(-300, 300))
    def close_shift(self, over: int) -> None:
        counted = max(0, self.float + sum(self.drawer.values()) + over)
        difference = counter.close_shift(self.desk, notes={1: counted})
        assert difference == counted - self.float - sum(self.drawer.values())
        self.difference += difference
        self.held += counted - self.float
        self.booked |= self.drawer
        self.drawer, self.open = {}, False

    @rule(part=st.integers(1, 3))
    def deposit(self, part: int) -> None:
        piastres = self.held // part
        if piastres <= 0:
            with pytest.raises(Invalid):
                counter.deposit(self.desk, slip=f"B{utcnow().timestamp()}", piastres=piastres)
            return
        counter.deposit(self.desk, slip=f"B{utcnow().timestamp()}", piastres=piastres)
        self.held -= piastres
        self.deposited += piastres

    @rule(which=PICK)
    def pay_online(self, which: int) -> None:
        bill = self.bills[which % len(self.bills)]
        pay(self.context, bill, bill.piastres, f"T{self.online}-{len(self.booked)}")
        self.online += 1

    @rule()
    def export(self) -> None:
        self.packages.append(counter.export(self.desk))

    @precondition(lambda self: self.packages)
    @rule(which=PICK, keep=st.integers(0, 100))
    def import_some_package(self, which: int, keep: int) -> None:
        """Any package there ever was, whole or cut off somewhere."""
        package = self.packages[which % len(self.packages)]
        text = package if keep > 50 else package[: len(package) * keep // 50]
        try:
            bring(self.context, text)
        except RukhsaError as error:
            if error.code not in ("cash-package-unreadable", "cash-gap"):
                raise

    @rule()
    def bring_all(self) -> None:
        bring(self.context, counter.export(self.desk))
        with self.context.database.transaction() as session:
            told = agreement(session, actor=SYSTEM, desk=CODE)
            mine = session.scalars(select(Payment).where(Payment.provider == f"cash:{CODE}")).all()
            shifts = session.scalars(select(func.sum(CashShift.taken))).one() or 0
            numbers = {*session.scalars(select(Payment.receipt_number).where(Payment.receipt_number.is_not(None)))}
            receipts = {*session.scalars(select(Receipt.number).where(Receipt.number.not_like("%-R-%")))}
            conflicts = {one.number for one in open_conflicts(session, actor=SYSTEM)}
            held = {*session.scalars(select(Credit.payment_id).where(Credit.payment_id.is_not(None)))}
        assert told.agrees
        assert told.books == self.held
        assert len(mine) == len(self.booked)
        assert numbers == set(self.booked)
        assert shifts == sum(self.booked.values())
        assert numbers - receipts <= conflicts
        assert {p.receipt_number for p in mine if p.id in held} == conflicts
        books = accounts(self.context)
        assert books.get("transit:deposits", 0) == self.deposited
        assert books.get("cash-over-short", 0) == -self.difference

    @invariant()
    def numbers_have_no_gap(self) -> None:
        if not hasattr(self, "desk"):
            return
        till = counter.till_of(self.desk)
        printed = {n for n in {*self.drawer, *self.booked, *self.void} if not n.startswith("A1/")}
        assert printed == {f"{OFFICE}-{CODE}-{n:06d}" for n in range(1, till.spent + 1)}
        assert till.undeposited == self.held


def explore(template: Path, examples: int, steps: int) -> None:
    """Run the model."""
    Centre.template = template
    run_state_machine_as_test(
        Centre,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_twice(sqlite_template: Path) -> None:
    explore(sqlite_template, 6, 20)


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_twice_at_length(sqlite_template: Path) -> None:
    explore(sqlite_template, 30, 30)
