"""Each guard of the money is removed in turn: its named check, which holds with it, must fail without it."""

import itertools
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from permits.db import new_id
from permits.errors import Conflict, Invalid, RukhsaError
from permits.jobs import Context
from permits.money import ledger, payments, receipts, refunds
from permits.money.credits import allot
from permits.money.guards import unguard_ledger
from permits.money.payments import Notice
from permits.money.refunds import approve_refund
from permits.money.tables import Demand, Payment, Receipt
from tests.money.books import BANK, OFFICE, Town, make_bill
from tests.money.collecting import CASHIER, PAID_AT, asked_back, books, credit_of, in_parts, paid_back, pay
from tests.money.test_at_once import at_once
from tests.money.test_payments import notice_of, tell

Check = Callable[[Context, Town], None]
Remove = Callable[[Context, pytest.MonkeyPatch], None]


def told_twice_is_booked_once(context: Context, town: Town) -> None:
    """Guard: one row for a provider's transaction."""
    bill = make_bill(context, town)
    for _ in range(2):
        pay(context, bill, bill.piastres)
    with context.database.reading() as session:
        assert len(session.scalars(select(Payment)).all()) == 1


def _every_telling_is_another(_: Context, patch: pytest.MonkeyPatch) -> None:
    received = payments._received

    def doubled(session: Session, actor: object, notice: Notice, sha256: str) -> Payment:
        return received(session, actor, replace(notice, transaction=new_id()), sha256)  # type: ignore[arg-type]  # an actor

    patch.setattr(payments, "_received", doubled)


def told_otherwise_is_a_conflict(context: Context, town: Town) -> None:
    """Guard: the hash of what was told first."""
    bill = make_bill(context, town)
    tell(context, notice_of(bill), b"first")
    assert tell(context, notice_of(bill), b"otherwise").state == "conflict"


def _any_message_is_the_same(_: Context, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(payments, "_told_otherwise", lambda *_: False)


def an_unbalanced_transaction_is_refused(context: Context, _: Town) -> None:
    """Guard: the trigger on the ledger."""
    with suppress(DatabaseError), context.database.transaction() as session:
        session.execute(text("INSERT INTO ledger_entries VALUES ('e', 't', 'bank', 5)"))
        session.execute(text("INSERT INTO ledger_transactions VALUES ('t', 't', '2026-11-22 08:00:00')"))
    with context.database.reading() as session:
        assert ledger.unbalanced(session) == []


def _no_trigger(context: Context, _: pytest.MonkeyPatch) -> None:
    with context.database.transaction() as session:
        unguard_ledger(session.connection())


def a_crash_leaves_no_gap(context: Context, town: Town) -> None:
    """Guard: the number is taken in the transaction that uses it."""
    bill = make_bill(context, town)
    with suppress(ZeroDivisionError), context.database.transaction() as session:
        payments.notify(session, actor=BANK, office=OFFICE, notice=notice_of(bill, "T1"), payload=b"T1")
        raise ZeroDivisionError
    pay(context, bill, bill.piastres)
    with context.database.reading() as session:
        assert [number[-6:] for number in session.scalars(select(Receipt.number))] == ["000001"]


def _numbers_of_the_process(_: Context, patch: pytest.MonkeyPatch) -> None:
    numbers = itertools.count(1)
    patch.setattr(receipts, "take_number", lambda *_: next(numbers))


def no_more_is_paid_back_than_there_is(context: Context, town: Town) -> None:
    """Guard: the most that may be refunded."""
    bill = make_bill(context, town)
    pay(context, bill, bill.piastres + 500)
    credit, _ = credit_of(context)
    paid_back(context, credit, 400)
    with suppress(Invalid):
        paid_back(context, credit, 400, "X2")
    assert books(context)["transfers"] >= -500


def _as_much_as_wanted(_: Context, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(refunds, "available", lambda *_: 10**12)


def nobody_agrees_with_himself(context: Context, town: Town) -> None:
    """Guard: four eyes."""
    bill = make_bill(context, town)
    pay(context, bill, bill.piastres + 500)
    refund = asked_back(context, credit_of(context)[0], 500)
    with suppress(Conflict), context.database.transaction() as session:
        approve_refund(session, actor=CASHIER, refund_id=refund.id)
    assert books(context) == {"overpaid": -500}


def _two_eyes(_: Context, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(refunds, "need_another", lambda *_: None)


def no_credit_is_spent_twice(context: Context, town: Town) -> None:
    """Guard: what is left of a credit."""
    bill, others = make_bill(context, town), [make_bill(context, town) for _ in range(2)]
    pay(context, bill, bill.piastres + others[0].piastres)
    credit, _ = credit_of(context)
    for other in others:
        with suppress(RukhsaError), context.database.transaction() as session:
            allot(session, actor=CASHIER, office=OFFICE, credit_id=credit, reference=other.reference)
    assert books(context).get("overpaid", 0) <= 0


def _credits_without_end(_: Context, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("permits.money.credits.available", lambda *_: 10**12)


def two_parts_at_once_are_each_counted(context: Context, town: Town) -> None:
    """Guard: the lock on the demand; at one moment two banks pay more than half each."""
    bill = make_bill(context, town)
    in_parts(context, bill)
    piastres = bill.piastres * 3 // 4
    notices = [Notice(f"T{n}", bill.reference, piastres, PAID_AT, PAID_AT.date(), "m") for n in range(2)]
    at_once(*(lambda notice=notice: tell(context, notice) for notice in notices))
    assert books(context) == {"overpaid": bill.piastres - 2 * piastres}


def _nobody_waits(_: Context, patch: pytest.MonkeyPatch) -> None:
    both_here = threading.Barrier(2)

    def unlocked(session: Session, demand_id: str) -> Demand:
        return session.get_one(Demand, demand_id)

    left = payments.left_of

    def together(session: Session, bill: object) -> int:
        found = left(session, bill)  # type: ignore[arg-type]  # a bill
        with suppress(threading.BrokenBarrierError):
            both_here.wait(2)
        return found

    patch.setattr(payments, "lock_group", unlocked)
    patch.setattr(payments, "left_of", together)


GUARDS: list[tuple[Check, Remove]] = [
    (told_twice_is_booked_once, _every_telling_is_another),
    (told_otherwise_is_a_conflict, _any_message_is_the_same),
    (an_unbalanced_transaction_is_refused, _no_trigger),
    (a_crash_leaves_no_gap, _numbers_of_the_process),
    (no_more_is_paid_back_than_there_is, _as_much_as_wanted),
    (nobody_agrees_with_himself, _two_eyes),
    (no_credit_is_spent_twice, _credits_without_end),
]


@pytest.mark.parametrize("check", [check for check, _ in GUARDS], ids=lambda check: check.__name__)
def test_the_guard_holds(context: Context, town: Town, check: Check) -> None:
    check(context, town)


@pytest.mark.parametrize(("check", "remove"), GUARDS, ids=lambda part: part.__name__)
def test_without_the_guard_the_check_fails(
    context: Context, town: Town, monkeypatch: pytest.MonkeyPatch, check: Check, remove: Remove
) -> None:
    remove(context, monkeypatch)
    with pytest.raises(AssertionError):
        check(context, town)


def test_two_payments_at_one_moment(context: Context, town: Town) -> None:
    two_parts_at_once_are_each_counted(context, town)


@pytest.mark.postgres
def test_without_the_lock_two_payments_at_one_moment_are_not_counted(
    context: Context, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    if context.database.embedded:
        pytest.skip("SQLite has one writer at a time, whatever we lock")
    _nobody_waits(context, monkeypatch)
    with pytest.raises((AssertionError, RukhsaError, DatabaseError)):
        two_parts_at_once_are_each_counted(context, town)
