"""A claim on a payer is demanded or given up by two people, once."""

import pytest

from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context
from permits.money.reconciliation.claims import ask_claim, decide_claim, open_claims
from permits.money.revisions import cancel
from permits.money.tables import Bill
from permits.people.actor import Actor, Role
from tests.money.books import Town, make_bill
from tests.money.collecting import APPROVER, CASHIER, books, credit_of, paid_back, pay
from tests.money.test_reversals import take_back
from tests.reconciliation.days import ACCOUNTANT

OTHER = Actor("other", "other", frozenset({Role.ACCOUNTANT}))


def claimed(context: Context, town: Town) -> str:
    """A payment of which 300 piastres were paid back before its provider took it back."""
    bill = make_bill(context, town)
    paid = pay(context, bill, bill.piastres + 300)
    paid_back(context, credit_of(context)[0], 300)
    take_back(context, paid)
    return paid.payment


def ask(context: Context, payment: str, way: str) -> str:
    with context.database.transaction() as session:
        return ask_claim(session, actor=ACCOUNTANT, payment_id=payment, way=way, reason="لا يُعرف الدافع").id


def decide(context: Context, decision: str, *, agrees: bool = True, actor: Actor = APPROVER) -> None:
    with context.database.transaction() as session:
        decide_claim(session, actor=actor, decision_id=decision, agrees=agrees, governorate="01")


def left(context: Context) -> list[int]:
    with context.database.reading() as session:
        return [claim.piastres for claim in open_claims(session, actor=ACCOUNTANT)]


def test_a_claim_is_given_up_by_two(context: Context, town: Town) -> None:
    payment = claimed(context, town)
    assert left(context) == [300]
    with pytest.raises(Forbidden), context.database.transaction() as session:
        ask_claim(session, actor=CASHIER, payment_id=payment, way="write_off", reason="x")
    with pytest.raises(Invalid, match="claim-way-unknown"):
        ask(context, payment, "forget")
    asked = ask(context, payment, "write_off")
    with pytest.raises(Conflict, match="claim-asked"):
        ask(context, payment, "demand")
    with pytest.raises(Conflict, match="same-person"):
        decide(context, asked, actor=ACCOUNTANT)
    decide(context, asked, agrees=False)
    assert left(context) == [300]
    decide(context, ask(context, payment, "write_off"), actor=OTHER)
    found = books(context)
    assert (left(context), found.get("claims", 0), found["written-off"]) == ([], 0, 300)
    with pytest.raises(NotFound, match="claim-unknown"):
        ask(context, payment, "demand")
    with pytest.raises(Conflict, match="claim-state"):
        decide(context, asked)


def test_a_claim_is_demanded_by_a_bill(context: Context, town: Town) -> None:
    payment = claimed(context, town)
    before = books(context)["receivable"]
    decide(context, ask(context, payment, "demand"))
    assert (left(context), books(context)["receivable"]) == ([], before + 300)
    with context.database.reading() as session:
        bill = session.query(Bill).order_by(Bill.id.desc()).first()
    assert bill is not None
    assert pay(context, bill, 300, "T7").code == "accepted"
    assert books(context)["receivable"] == before


def test_a_claim_whose_demand_is_cancelled_is_open_again(context: Context, town: Town) -> None:
    payment = claimed(context, town)
    decide(context, ask(context, payment, "demand"))
    with context.database.transaction() as session:
        bill = session.query(Bill).order_by(Bill.id.desc()).first()
        assert bill is not None
        cancel(session, actor=CASHIER, demand_id=bill.demand_id, reason="خطأ")
    assert (left(context), books(context)["claims"]) == ([300], 300)
