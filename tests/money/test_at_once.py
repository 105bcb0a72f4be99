"""Payments told at the same moment: each is booked, one settles the bill, and nobody is answered with an error."""

import hashlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from fractions import Fraction
from typing import TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.documents.issue import issue_permit
from permits.errors import RukhsaError
from permits.jobs import Context
from permits.money import ledger
from permits.money.bills import left_of, live_bills
from permits.money.credits import allot
from permits.money.demands import demand_of, owed
from permits.money.instalments import pay_by_several, payers_parts
from permits.money.payments import Answer, notify
from permits.money.revisions import revise
from permits.money.settlement import import_settlement
from permits.money.tables import Bill, Receipt
from permits.people.actor import SYSTEM
from tests.money.books import BANK, OFFICE, Town, make_bill
from tests.money.collecting import CASHIER, asked_back, credit_of, pay
from tests.money.test_books_model import assessed_otherwise
from tests.money.test_payments import notice_of, tell

Result = TypeVar("Result")


def at_once(*what: Callable[[], Result]) -> list[Result]:
    """The answers of calls that begin together."""
    gate = threading.Barrier(len(what))

    def call(one: Callable[[], Result]) -> Result:
        gate.wait(10)
        return one()

    with ThreadPoolExecutor(len(what)) as pool:
        return list(pool.map(call, what))


def _sound(context: Context) -> dict[str, int]:
    with context.database.reading() as session:
        assert audit.verify(session).broken is None
        assert ledger.unbalanced(session) == []
        return ledger.balances(session)


def test_of_two_transactions_for_one_bill_the_second_is_kept_in_suspense(context: Context, town: Town) -> None:
    bills = [make_bill(context, town) for _ in range(4)]
    for bill in bills:
        notices = [notice_of(bill, f"{bill.reference}-{n}") for n in range(3)]
        answers: list[Answer] = at_once(*(lambda notice=notice: tell(context, notice) for notice in notices))
        assert sorted((answer.state, answer.code) for answer in answers) == [
            ("accepted", "accepted"), ("suspense", "bill-paid"), ("suspense", "bill-paid"),
        ]  # fmt: skip
    owed = sum(bill.piastres for bill in bills)
    books = _sound(context)
    assert (books["receivable"], books["suspense"], books["transit:bank"]) == (0, -2 * owed, 3 * owed)
    with context.database.reading() as session:
        numbers = sorted(session.scalars(select(Receipt.number)))
    assert [number[-6:] for number in numbers] == ["000001", "000002", "000003", "000004"]


def test_one_transaction_told_by_three_at_once_is_booked_once(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    notice = notice_of(bill)
    answers = at_once(*[lambda: tell(context, notice)] * 3)
    assert answers == [answers[0]] * 3
    assert answers[0].state == "accepted"
    assert _sound(context)["transit:bank"] == bill.piastres


@pytest.mark.parametrize("told_first", [True, False])
def test_a_payment_told_while_its_settlement_is_imported_is_matched(
    context: Context, town: Town, told_first: bool
) -> None:
    bill = make_bill(context, town)
    notice = notice_of(bill)
    line = f"rukhsa-settlement/1;bank;{notice.settlement_day}\nT1;{bill.reference};{bill.piastres}\n"
    digest = hashlib.sha256(line.encode()).hexdigest()
    content = f"{line}total;1;{bill.piastres};{digest}\n".encode()
    written = threading.Event()

    def tell_it(session: Session) -> None:
        notify(session, actor=BANK, office=OFFICE, notice=notice, payload=b"T1")

    def settle_it(session: Session) -> None:
        import_settlement(session, actor=SYSTEM, content=content)

    def before() -> None:
        with context.database.transaction() as session:
            (tell_it if told_first else settle_it)(session)
            written.set()
            time.sleep(0.5)  # not committed while the other begins

    def after() -> None:
        written.wait(10)
        with context.database.transaction() as session:
            (settle_it if told_first else tell_it)(session)

    at_once(before, after)
    books = _sound(context)
    assert (books["settled:bank"], books["transit:bank"], books.get("suspense", 0)) == (bill.piastres, 0, 0)


def test_different_bills_are_paid_at_once_without_a_gap(context: Context, town: Town) -> None:
    bills = [make_bill(context, town) for _ in range(5)]
    answers = at_once(*(lambda bill=bill: tell(context, notice_of(bill, bill.reference)) for bill in bills))
    assert sorted((answer.receipt or "")[-6:] for answer in answers) == [f"{n:06d}" for n in range(1, 6)]


def test_one_permit_however_many_workers_issue_it(context: Context, town: Town) -> None:
    bills = [make_bill(context, town) for _ in range(2)]
    for bill in bills:
        tell(context, notice_of(bill, bill.reference))
    at_once(*(lambda bill=bill: issue_permit(context, case_id=bill.case_id) for bill in [*bills, *bills]))
    with context.database.reading() as session:
        events = [row.event for bill in bills for row in audit.timeline(session, bill.case_id)]
    assert events.count("permit-issued") == 2
    _sound(context)


def test_one_credit_given_to_two_bills_and_paid_back_at_one_moment_is_spent_once(context: Context, town: Town) -> None:
    bill, *others = (make_bill(context, town) for _ in range(3))
    pay(context, bill, 2 * bill.piastres)
    credit, left = credit_of(context)

    def give(to: Bill) -> str:
        try:
            with context.database.transaction() as session:
                allot(session, actor=CASHIER, office=OFFICE, credit_id=credit, reference=to.reference)
        except RukhsaError as error:
            return error.code
        return "given"

    def refund() -> str:
        try:
            asked_back(context, credit, left)
        except RukhsaError as error:
            return error.code
        return "asked"

    answers = at_once(*(lambda to=to: give(to) for to in others), refund)
    assert sorted(answer for answer in answers if answer in ("given", "asked")) in (["given"], ["asked"])
    assert credit_of(context)[1] == 0
    _sound(context)


def test_a_bill_is_cut_corrected_and_paid_at_one_moment(context: Context, town: Town) -> None:
    for number in range(4):
        bill = make_bill(context, town)

        def cut(bill: Bill = bill) -> None:
            parts = payers_parts(bill.piastres, [("a", Fraction(1, 2)), ("b", Fraction(1, 2))])
            with suppress(RukhsaError), context.database.transaction() as session:
                pay_by_several(session, actor=CASHIER, demand_id=bill.demand_id, parts=parts)

        def correct(bill: Bill = bill) -> None:
            newest = assessed_otherwise(bill.assessment, -100)
            with context.database.transaction() as session:
                revise(session, actor=CASHIER, demand_id=bill.demand_id, assessment=newest, reason="r")

        at_once(cut, correct, lambda bill=bill, n=number: pay(context, bill, bill.piastres, f"T{n}"))
        with context.database.reading() as session:
            demand = demand_of(session, bill.demand_id)
            left = sum(left_of(session, row) for row in live_bills(session, demand=demand))
            assert left == owed(session, demand=demand)
    books = _sound(context)
    assert sum(books.values()) == 0
