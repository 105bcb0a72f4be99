"""What a provider takes back is owed again, wherever its money was: to the piastre and once."""

from datetime import date

import pytest
from sqlalchemy import select

from permits.audit import AuditEvent, AuditRow
from permits.db import utcnow
from permits.errors import Conflict, Forbidden, NotFound
from permits.jobs import Context
from permits.money import ledger
from permits.money.bills import bills_of, withdraw_live
from permits.money.credits import allot, available
from permits.money.demands import demand_of, owed
from permits.money.payments import Answer
from permits.money.receipts import given_of
from permits.money.refunds import approve_refund, pay_refund
from permits.money.reversals import Source, reverse
from permits.money.tables import Bill, Credit, Receipt, Refund
from permits.people.actor import SYSTEM, Actor
from tests.money.books import BANK, OFFICE, Town, make_bill
from tests.money.collecting import (
    CASHIER,
    OTHER,
    asked_back,
    books,
    case_state,
    credit_of,
    in_parts,
    now,
    paid_back,
    pay,
)
from tests.money.test_settlement import _import, write_file

TOO_MUCH = 12_300


def take_back(
    context: Context, answer: Answer, source: Source = Source.TRANSIT, actor: Actor = BANK, reason: str = "test"
) -> Answer:
    with context.database.transaction() as session:
        return reverse(
            session, actor=actor, payment_id=answer.payment, source=source, reason=reason, reversed_at=utcnow()
        )


def _owed(context: Context, bill: Bill) -> int:
    with context.database.reading() as session:
        return owed(session, demand=demand_of(session, bill.demand_id))


def test_a_paid_bill_is_owed_again_and_can_be_paid_again(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    paid = pay(context, bill, bill.piastres)
    released = case_state(context, bill)
    back = take_back(context, paid)
    assert (back.state, back.receipt) == ("reversed", paid.receipt)
    assert take_back(context, paid) == back
    assert books(context) == {"receivable": bill.piastres}
    assert (now(context, bill).state, now(context, bill).settled_at) == ("issued", None)
    assert _owed(context, bill) == bill.piastres
    assert case_state(context, bill) == released
    with context.database.reading() as session:
        (receipt,) = session.scalars(select(Receipt)).all()
        assert given_of(session, receipt) == bill.piastres
        rows = session.scalars(select(AuditRow).where(AuditRow.event == str(AuditEvent.PAYMENT_REVERSED))).all()
        assert [row.subject for row in rows] == [paid.payment]
    assert pay(context, bill, bill.piastres, transaction="T2").code == "accepted"
    assert "receivable" not in books(context)


def test_a_notice_told_again_after_its_reversal_is_answered_as_before(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    paid = pay(context, bill, bill.piastres)
    take_back(context, paid)
    assert pay(context, bill, bill.piastres) == paid
    assert books(context) == {"receivable": bill.piastres}


def test_after_the_settlement_it_is_taken_of_what_was_delivered(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    paid = pay(context, bill, bill.piastres)
    _import(context, write_file([("T1", bill.reference, bill.piastres)]))
    assert books(context) == {"settled:bank": bill.piastres}
    take_back(context, paid, Source.BANK)
    assert books(context) == {"receivable": bill.piastres}
    with pytest.raises(Conflict, match="reversal-conflict"):
        take_back(context, paid, Source.TRANSIT)


def test_what_was_taken_back_before_its_settlement_is_not_awaited(context: Context, town: Town) -> None:
    kept, gone = make_bill(context, town), make_bill(context, town)
    pay(context, kept, kept.piastres, "T1")
    take_back(context, pay(context, gone, gone.piastres, "T2"))
    settled = _import(context, write_file([("T1", kept.reference, kept.piastres)], day=date(2026, 11, 22)))
    assert (settled.summary["matched"], settled.summary["missing_there"]) == (1, 0)


def test_one_of_two_parts(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    in_parts(context, bill)
    half = bill.piastres // 2
    first = pay(context, bill, half, "T1")
    pay(context, bill, bill.piastres - half, "T2")
    take_back(context, first)
    assert (now(context, bill).state, _owed(context, bill)) == ("partly_paid", half)
    assert books(context) == {"receivable": half}


def test_the_excess_goes_with_it(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    take_back(context, pay(context, bill, bill.piastres + TOO_MUCH))
    assert books(context) == {"receivable": bill.piastres}
    assert credit_of(context)[1] == 0


def test_an_excess_given_to_another_bill_is_owed_there_again(context: Context, town: Town) -> None:
    bill, other = make_bill(context, town), make_bill(context, town)
    in_parts(context, other)
    paid = pay(context, bill, bill.piastres * 2)
    credit, _ = credit_of(context)
    with context.database.transaction() as session:
        allot(session, actor=CASHIER, office=OFFICE, credit_id=credit, reference=other.reference)
    assert now(context, other).state == "paid"
    take_back(context, paid)
    assert [now(context, one).state for one in (bill, other)] == ["issued", "issued"]
    assert books(context) == {"receivable": bill.piastres + other.piastres}


def test_money_in_suspense(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    take_back(context, pay(context, bill, bill.piastres - 100))
    assert books(context) == {"receivable": bill.piastres}
    credit, left = credit_of(context)
    assert left == 0
    with context.database.transaction() as session, pytest.raises(Conflict, match="credit-used"):
        allot(session, actor=CASHIER, office=OFFICE, credit_id=credit, reference=bill.reference)


def test_money_in_suspense_that_was_given_to_a_bill(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    paid = pay(context, bill, bill.piastres + TOO_MUCH, reference="0110100000000142")
    credit, _ = credit_of(context)
    with context.database.transaction() as session:
        allot(session, actor=CASHIER, office=OFFICE, credit_id=credit, reference=bill.reference)
    take_back(context, paid)
    assert books(context) == {"receivable": bill.piastres}
    with context.database.reading() as session:
        assert [available(session, credit) for credit in session.scalars(select(Credit))] == [0, 0]


def test_what_was_paid_back_already_is_claimed(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    paid = pay(context, bill, bill.piastres + TOO_MUCH)
    credit, _ = credit_of(context)
    paid_back(context, credit, 300)
    take_back(context, paid)
    assert books(context) == {"receivable": bill.piastres, "transfers": -300, "claims": 300}


def test_a_refund_on_its_way_is_stopped(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    paid = pay(context, bill, bill.piastres + TOO_MUCH)
    credit, _ = credit_of(context)
    approved, _ = asked_back(context, credit, 300), asked_back(context, credit, 400)
    with context.database.transaction() as session:
        approve_refund(session, actor=OTHER, refund_id=approved.id)
    take_back(context, paid)
    assert books(context) == {"receivable": bill.piastres}
    with context.database.reading() as session:
        assert {refund.state for refund in session.scalars(select(Refund))} == {"refused"}
    with context.database.transaction() as session, pytest.raises(Conflict, match="refund-state"):
        pay_refund(session, actor=CASHIER, refund_id=approved.id, transfer_reference="X")


def test_a_part_of_a_bill_that_has_ended_gets_a_new_bill(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    in_parts(context, bill)
    paid = pay(context, bill, bill.piastres // 2)
    with context.database.transaction() as session:
        withdraw_live(session, actor=SYSTEM, demand=demand_of(session, bill.demand_id))
    take_back(context, paid)
    assert books(context) == {"receivable": bill.piastres}
    with context.database.reading() as session:
        newest = bills_of(session, kind="case", subject_id=bill.case_id or "")[-1]
        assert (newest.state, newest.piastres) == ("issued", bill.piastres // 2)
        assert ledger.unbalanced(session) == []


def test_only_its_own_provider_takes_a_payment_back(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    paid = pay(context, bill, bill.piastres)
    with pytest.raises(Forbidden):
        take_back(context, paid, actor=CASHIER)
    with pytest.raises(NotFound):
        take_back(context, paid, actor=Actor("other", "other", BANK.roles))
