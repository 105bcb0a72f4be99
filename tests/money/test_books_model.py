"""Whatever is billed, cut, corrected, paid, told again, suspended, given and paid back, the books hold."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

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
from sqlalchemy.orm import Session

from permits.adapters.storage import LocalStorage
from permits.cases.fee import issue_bill
from permits.cases.tables import Case
from permits.db import Database, utcnow
from permits.errors import Conflict, Invalid
from permits.jobs import Context
from permits.money import ledger
from permits.money.assessment import Assessment, Part, read_assessment
from permits.money.credits import allot, available
from permits.money.demands import allow_parts, demand_of, owed
from permits.money.instalments import equal_parts, pay_by_instalments, pay_by_several, payers_parts
from permits.money.payments import Answer, Notice, notify
from permits.money.refunds import approve_refund, pay_refund, refuse_refund, request_refund
from permits.money.revisions import cancel, revise
from permits.money.settlement import import_settlement
from permits.money.tables import Bill, Credit, Payment, Receipt
from permits.money.waivers import approve_waiver, request_waiver
from permits.people.actor import SYSTEM, Actor, Role
from permits.settings import Settings
from tests.money.books import BANK, OFFICE, make_bill, open_books
from tests.money.mirror import Mirror, MirrorBill, MirrorCredit, MirrorGroup
from tests.money.test_settlement import write_file

FIRST_DAY = date(2026, 1, 1)
CASHIER = Actor("cashier", "cashier", frozenset({Role.CASHIER}))
APPROVER = Actor("approver", "approver", frozenset({Role.APPROVER}))
PICK = st.integers(0, 1000)


class Crash(Exception):
    """The process dies before its transaction is committed."""


def assessed_otherwise(kept: str, difference: int) -> Assessment:
    """A kept assessment whose first line is dearer by so many piastres."""
    before = read_assessment(kept)
    line = before.lines[0]
    piastres = line.piastres + difference
    dearer = replace(line, piastres=piastres, parts=(Part(line.parts[0].beneficiary, piastres),))
    return replace(before, lines=(dearer, *before.lines[1:]), total=before.total + difference)


class Books(RuleBasedStateMachine):
    """A bank, an office and a cashier; the mirror reckons beside them what the books must say."""

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
        self.mirror = Mirror()
        self.notices: list[tuple[Notice, MirrorBill, bool]] = []
        self.answers: dict[str, Answer] = {}
        self.delivered: dict[str, int] = {}
        self.refunds: list[tuple[str, MirrorCredit, int]] = []
        self.transfers = 0
        self.day = FIRST_DAY
        for parts in (True, False):
            self.bill(parts=parts)

    def teardown(self) -> None:
        """Close the office."""
        if hasattr(self, "context"):
            self.context.database.close()
            self.folder.cleanup()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with self.context.database.transaction() as session:
            yield session

    def _billed(self) -> bool:
        return bool(self.mirror.bills)

    def _group(self, pick: int) -> MirrorGroup:
        return self.mirror.groups[pick % len(self.mirror.groups)]

    def _held(self, pick: int) -> MirrorCredit:
        """Mostly one of which something is left."""
        every = list(self.mirror.credits.values())
        some = [credit for credit in every if credit.left and pick % 6] or every
        return some[pick % len(some)]

    def _learn(self, account: str, piastres: int) -> None:
        """The one credit that the books have and the mirror has not."""
        with self.context.database.reading() as session:
            new = [row for row in session.scalars(select(Credit)) if row.id not in self.mirror.credits]
            assert [(row.account, row.piastres) for row in new] == [(account, piastres)]
            self.mirror.credits[new[0].id] = MirrorCredit(new[0].id, account, available(session, new[0]))

    def _bill(self, pick: int) -> MirrorBill:
        """Mostly one that can be paid."""
        live = [bill for bill in self.mirror.bills if bill.live]
        some = self.mirror.bills if pick % 6 == 0 or not live else live
        return some[pick % len(some)]

    @rule(parts=st.booleans())
    def bill(self, parts: bool) -> None:
        """An approved case is billed, perhaps to be paid in parts."""
        bill = make_bill(self.context, self.town)
        group = MirrorGroup(bill.piastres)
        self.mirror.groups.append(group)
        demand = self.mirror.demand(group, bill.demand_id, bill.piastres)
        self.mirror.bill(demand, bill.reference, bill.piastres)
        if parts:
            with self._session() as session:
                group.minimum = allow_parts(session, actor=CASHIER, demand_id=bill.demand_id)

    @precondition(_billed)
    @rule(pick=PICK, wrong=st.sampled_from(["", "", "half", "half", -1, 1]), late=st.integers(0, 5), told=st.booleans())
    def pay(self, pick: int, wrong: Any, late: int, told: bool) -> None:
        """The bank takes money for a bill: all that is left, some of it or too much, in time or long after."""
        bill = self._bill(pick)
        piastres = (bill.left + 1) // 2 if wrong == "half" else bill.left + (wrong or 0)
        paid_at = utcnow() + timedelta(days=4000) if late == 0 else utcnow()
        number = f"T{len(self.notices) + 1}"
        self.notices.append((Notice(number, bill.reference, max(piastres, 1), paid_at, self.day, "m"), bill, late == 0))
        if told:
            self.tell(pick=0, twice=False, crash=False)

    @precondition(lambda self: self.notices)
    @rule(pick=PICK, twice=st.booleans(), crash=st.booleans())
    def tell(self, pick: int, twice: bool, crash: bool) -> None:
        """The bank tells it, perhaps to an office that dies in the middle, for the first time or again."""
        notice, bill, late = self.notices[-1 - pick % min(len(self.notices), 4)]
        if crash:
            with pytest.raises(Crash):
                self._notify(notice, crash=True)
        expected = self.mirror.answer(bill, notice.piastres, late=late)
        answer = self._notify(notice)
        if notice.transaction not in self.answers:
            assert (answer.state, answer.code if expected[1] else "") == expected
            self._mirror_payment(notice, bill, answer)
        assert self.answers.setdefault(notice.transaction, answer) == answer
        if twice:
            assert self._notify(notice) == answer
            assert self._notify(notice, b"other").state == "conflict"

    def _mirror_payment(self, notice: Notice, bill: MirrorBill, answer: Answer) -> None:
        taken = notice.piastres
        if notice.transaction in self.delivered:  # a file delivered it before: it waited in suspense
            early = self.delivered[notice.transaction]
            self.mirror.book(transit=-early, suspense=early)
        if answer.state == "suspense":
            self.mirror.book(transit=taken, suspense=-taken)
            self._learn("suspense", taken)
            return
        given = min(taken, bill.left)
        self.mirror.book(transit=taken, receivable=-given, overpaid=given - taken)
        self.mirror.receipts.append(taken)
        self.mirror.give(bill, given)
        assert answer.left == bill.left
        if taken > given:
            self._learn("overpaid", taken - given)

    @rule(chosen=st.sets(st.integers(1, 12)), short=st.booleans())
    def settle(self, chosen: set[int], short: bool) -> None:
        """A day's file delivers some of what the bank took, perhaps a piastre less, perhaps again."""
        taken = {notice.transaction: notice.piastres for notice, _, _ in self.notices if notice.piastres > 1}
        lines = [(f"T{n}", "r", taken[f"T{n}"] - short) for n in sorted(chosen) if f"T{n}" in taken]
        content = write_file(lines, day=self.day)
        self.day += timedelta(days=1)
        for _ in range(2):
            with self._session() as session:
                import_settlement(session, actor=SYSTEM, content=content)
        for number, _, piastres in lines:
            known = number in self.answers and number not in self.delivered
            self.mirror.book(settled=piastres, **{"transit" if known else "suspense": -piastres})
            self.delivered.setdefault(number, piastres)

    @precondition(_billed)
    @rule(pick=PICK, several=st.booleans(), count=st.integers(2, 4))
    def cut(self, pick: int, several: bool, count: int) -> None:
        """A demand is paid by instalments, or by several people."""
        demand = self._bill(pick).demand
        if demand.state != "open" or demand.left < count:
            return
        days = {"payer": "p", "count": count, "first": date(2027, 1, 1), "every": timedelta(days=30)}
        with self._session() as session:
            assert owed(session, demand=demand_of(session, demand.id)) == demand.left
            if several:
                parts = payers_parts(demand.left, [(f"p{n}", Fraction(1, count)) for n in range(count)])
                bills = pay_by_several(session, actor=CASHIER, demand_id=demand.id, parts=parts)
            else:
                parts = equal_parts(demand.left, **days)  # type: ignore[arg-type]  # a map of many types
                bills = pay_by_instalments(session, actor=CASHIER, demand_id=demand.id, parts=parts)
            assert sum(bill.piastres for bill in bills) == demand.left
        for old in demand.bills:
            old.live = False
        for bill in bills:
            self.mirror.bill(demand, bill.reference, bill.piastres)

    @precondition(_billed)
    @rule(pick=PICK, difference=st.sampled_from([-2500, -1, 1, 700]))
    def revise(self, pick: int, difference: int) -> None:
        """The fee is reckoned otherwise: more is billed, less is given to what is owed or stays a credit."""
        group = self._group(pick)
        with self._session() as session:
            root = demand_of(session, group.demands[0].id)
            newest = assessed_otherwise(root.assessment, group.total - root.piastres + difference)
            if any(demand.state in ("cancelled", "waived") for demand in group.demands) or newest.lines[0].piastres < 0:
                return
            revised = revise(session, actor=APPROVER, demand_id=root.id, assessment=newest, reason="measured again")
            assert revised is not None
            again = revise(session, actor=APPROVER, demand_id=root.id, assessment=newest, reason="measured again")
            assert again is None
        group.total += difference
        demand = self.mirror.demand(group, revised.demand.id, difference)
        if revised.bill:
            self.mirror.bill(demand, revised.bill.reference, difference)
        else:
            self._spend(group, -difference)

    def _spend(self, group: MirrorGroup, credit: int) -> None:
        left = credit
        for bill in [bill for demand in group.demands for bill in demand.bills if bill.live]:
            given = min(left, bill.left)
            if given:
                self.mirror.give(bill, given, money=False)
                left -= given
        self.mirror.book(receivable=left, overpaid=-left)
        self._learn("overpaid", credit)
        group.collected -= left

    @precondition(lambda self: self.mirror.credits and self.mirror.bills)
    @rule(credit=PICK, pick=PICK)
    def allot(self, credit: int, pick: int) -> None:
        """The cashier gives money that we hold to a bill."""
        held = self._held(credit)
        bill = self._bill(pick)
        given = min(held.left, bill.left)
        refused = not bill.live or held.left == 0 or (held.account == "suspense" and held.asked)
        short = given < bill.left and (bill.demand.group.minimum or 10**12) > given
        if refused or short:
            with pytest.raises(Conflict), self._session() as session:
                self._allot(session, held, bill)
            return
        with self._session() as session:
            assert self._allot(session, held, bill) == given
        taken = held.left if held.account == "suspense" else given
        self._mirror_allotment(held, bill, taken, given)

    def _allot(self, session: Session, held: MirrorCredit, bill: MirrorBill) -> int:
        return allot(session, actor=CASHIER, office=OFFICE, credit_id=held.id, reference=bill.reference)

    def _mirror_allotment(self, held: MirrorCredit, bill: MirrorBill, taken: int, given: int) -> None:
        self.mirror.give(bill, given)
        self.mirror.accounts[held.account] += taken
        self.mirror.accounts["receivable"] -= given
        self.mirror.accounts["overpaid"] += given - taken
        held.left -= taken
        if held.account == "suspense":
            self.mirror.receipts.append(taken)
            if taken > given:
                self._learn("overpaid", taken - given)

    @precondition(lambda self: self.mirror.credits)
    @rule(credit=PICK, share=st.sampled_from([1, 2, 3]))
    def request_refund(self, credit: int, share: int) -> None:
        """The cashier asks for some of a credit to be paid back, and is refused more than there is."""
        held = self._held(credit)
        with pytest.raises(Invalid), self._session() as session:
            request_refund(
                session, actor=CASHIER, credit_id=held.id, piastres=held.left + 1, payee="p", reason="too much"
            )
        piastres = held.left // share
        if piastres:
            with self._session() as session:
                refund = request_refund(
                    session, actor=CASHIER, credit_id=held.id, piastres=piastres, payee="p", reason="r"
                )
            held.left -= piastres
            held.asked += piastres
            self.refunds.append((refund.id, held, piastres))

    @precondition(lambda self: self.refunds)
    @rule(pick=PICK, agrees=st.booleans(), transferred=st.booleans())
    def decide_refund(self, pick: int, agrees: bool, transferred: bool) -> None:
        """Another decides, never the one who asked; what is agreed on is transferred."""
        refund_id, held, piastres = self.refunds.pop(pick % len(self.refunds))
        with pytest.raises(Conflict), self._session() as session:
            approve_refund(session, actor=CASHIER, refund_id=refund_id)
        held.asked -= piastres
        with self._session() as session:
            if not agrees:
                refuse_refund(session, actor=APPROVER, refund_id=refund_id, reason="no")
                held.left += piastres
                return
            approve_refund(session, actor=APPROVER, refund_id=refund_id)
        self.mirror.book(**{held.account: piastres, "refunds": -piastres})
        if transferred:
            self.transfers += 1
            with self._session() as session:
                pay_refund(session, actor=CASHIER, refund_id=refund_id, transfer_reference=f"X{self.transfers}")
            self.mirror.book(refunds=piastres, transfers=-piastres)

    @precondition(_billed)
    @rule(pick=PICK, rare=st.integers(0, 3))
    def cancel(self, pick: int, rare: int) -> None:
        """A demand is taken back, unless something was paid."""
        group = self._group(pick)
        possible = group.demands[0].state == "open" and group.collected == 0
        waived = any(demand.state == "waived" for demand in group.demands)
        if not possible or waived:
            with pytest.raises(Conflict), self._session() as session:
                cancel(session, actor=CASHIER, demand_id=group.demands[0].id, reason="by mistake")
        elif rare == 0:
            with self._session() as session:
                cancel(session, actor=CASHIER, demand_id=group.demands[0].id, reason="by mistake")
            self.mirror.book(receivable=-group.total, revenue=group.total)
            for demand in group.demands:
                demand.state = "cancelled"
                demand.left = 0
                for bill in demand.bills:
                    bill.live = False

    @precondition(_billed)
    @rule(pick=PICK, rare=st.integers(0, 3))
    def waive(self, pick: int, rare: int) -> None:
        """What is left of a demand is given up by two people, never by one."""
        demand = self._group(pick).demands[-1]
        if demand.state != "open" or rare:
            return
        with self._session() as session:
            waiver = request_waiver(
                session, actor=APPROVER, storage=self.context.storage, demand_id=demand.id, legal_basis="x",
                evidence=b"deed",
            )  # fmt: skip
        with pytest.raises(Conflict), self._session() as session:
            approve_waiver(session, actor=APPROVER, waiver_id=waiver.id)
        with self._session() as session:
            approve_waiver(session, actor=replace(APPROVER, id="another"), waiver_id=waiver.id)
        self.mirror.book(receivable=-demand.left, waived=demand.left)
        self.mirror.close(demand.group, demand, "waived")

    @precondition(_billed)
    @rule(pick=PICK)
    def bill_again(self, pick: int) -> None:
        """Nobody is billed twice for what he can still pay or has paid."""
        group = self._group(pick)
        if group.demands[0].state == "cancelled" or (not group.released and group.demands[0].state != "open"):
            return
        with self.context.database.reading() as session:
            case_id = demand_of(session, group.demands[0].id).subject_id
        with pytest.raises(Conflict), self._session() as session:
            issue_bill(session, actor=SYSTEM, storage=self.context.storage, governorate="01", case_id=case_id)

    def _notify(self, notice: Notice, payload: bytes = b"", *, crash: bool = False) -> Answer:
        with self._session() as session:
            answer = notify(session, actor=BANK, office=OFFICE, notice=notice, payload=payload or repr(notice).encode())
            if crash:
                raise Crash
        return answer

    @invariant()
    def books_hold(self) -> None:
        """Every transaction sums to nought, and every account is what the mirror says, to the piastre."""
        if not hasattr(self, "context"):
            return
        with self.context.database.reading() as session:
            assert ledger.unbalanced(session) == []
            books: Counter[str] = Counter()
            for account, piastres in ledger.balances(session).items():
                books[account.split(":")[0]] += piastres
            assert {k: v for k, v in books.items() if v} == {k: v for k, v in self.mirror.accounts.items() if v}
            held = {credit.id: credit.left for credit in self.mirror.credits.values()}
            assert {row.id: available(session, row) for row in session.scalars(select(Credit))} == held
            self._papers_hold(session)

    def _papers_hold(self, session: Session) -> None:
        receipts = session.scalars(select(Receipt).order_by(Receipt.number)).all()
        assert [row.number[-6:] for row in receipts] == [f"{i + 1:06d}" for i in range(len(receipts))]
        assert [row.piastres for row in receipts] == self.mirror.receipts
        bills = {row.reference: row.state in ("issued", "partly_paid") for row in session.scalars(select(Bill))}
        assert bills == {bill.reference: bill.live for bill in self.mirror.bills}
        for group in self.mirror.groups:
            for demand in group.demands:
                row = demand_of(session, demand.id)
                assert (row.state, owed(session, demand=row)) == (demand.state, demand.left)
        paid = select(func.count()).select_from(Case).where(Case.state == "paid")
        assert session.scalar(paid) == sum(group.released for group in self.mirror.groups)
        told = sum(notice.piastres for notice, _, _ in self.notices if notice.transaction in self.answers)
        assert (session.scalar(select(func.sum(Payment.piastres))) or 0) == told
        assert all(row.state != "received" for row in session.scalars(select(Payment)))


@pytest.mark.slow
def test_the_books_hold_in_any_order(sqlite_template: Path) -> None:
    Books.template = sqlite_template
    machine: Any = Books
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
