"""An expired bill renewed by its payer or at the desk: a new reference, to which the old one and its links lead."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from permits.audit import timeline
from permits.cases.tables import Case
from permits.db import utcnow
from permits.errors import Conflict, Forbidden, NotFound
from permits.jobs import Context
from permits.money.bills import live_bills
from permits.money.finding import find_payable
from permits.money.invitations import invite, invited_bill
from permits.money.renewing import renew_bill
from permits.money.tables import Bill
from permits.people.actor import SYSTEM, Actor, Role
from tests.money.books import Town, make_bill
from tests.money.collecting import CASHIER, books, case_state, in_parts, pay


@pytest.fixture
def bill(context: Context, town: Town) -> Bill:
    return make_bill(context, town)


def payer(context: Context, bill: Bill) -> Actor:
    """The engineer of the case."""
    with context.database.reading() as session:
        case = session.get_one(Case, bill.case_id)
        return Actor(case.engineer_id, "المهندس", frozenset({Role.ENGINEER}))


def expire(context: Context, bill: Bill) -> None:
    with context.database.transaction() as session:
        session.get_one(Bill, bill.id).expires_at = utcnow() - timedelta(seconds=1)


def renewed(context: Context, actor: Actor, reference: str) -> Bill:
    with context.database.transaction() as session:
        return renew_bill(session, actor=actor, reference=reference)


def test_a_payer_renews_his_own_and_the_old_reference_leads_to_the_new(context: Context, bill: Bill) -> None:
    engineer = payer(context, bill)
    with context.database.transaction() as session:
        token = invite(session, actor=SYSTEM, reference=bill.reference)
    expire(context, bill)
    new = renewed(context, engineer, bill.reference)
    assert (new.piastres, new.state) == (bill.piastres, "issued")
    assert new.reference != bill.reference
    assert renewed(context, engineer, bill.reference).reference == new.reference
    expire(context, new)
    last = renewed(context, CASHIER, new.reference)
    with context.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Bill)) == 3
        assert [one.reference for one in live_bills(session, demand=bill.demand)] == [last.reference]
        found = find_payable(session, actor=CASHIER, text=bill.reference)
        assert (found.view.reference, found.instead_of) == (last.reference, bill.reference)
        assert find_payable(session, actor=CASHIER, text=last.reference).instead_of == ""
        assert invited_bill(session, token=token).reference == last.reference
        assert [row.actor for row in timeline(session, bill.case_id or "") if row.event == "bill-issued"] == [
            SYSTEM.id, engineer.id, CASHIER.id,
        ]  # fmt: skip
    pay(context, last, last.piastres, "T1")
    assert (case_state(context, bill), books(context)) == ("paid", {})


def test_a_live_bill_and_another_s_are_not_renewed(context: Context, bill: Bill) -> None:
    engineer = payer(context, bill)
    with pytest.raises(Conflict, match="bill-exists"):
        renewed(context, engineer, bill.reference)
    expire(context, bill)
    other = Actor("other", "غيره", frozenset({Role.ENGINEER}))
    with pytest.raises(NotFound):
        renewed(context, other, bill.reference)
    for role in (Role.REVIEWER, Role.GOVERNOR, Role.SYNDICATE, Role.ACCOUNTANT):
        with pytest.raises(Forbidden, match="role-needed"):
            renewed(context, Actor("a", "a", frozenset({role})), bill.reference)


def test_of_a_bill_paid_in_part_what_is_left_is_renewed(context: Context, bill: Bill) -> None:
    in_parts(context, bill)
    half = bill.piastres // 2
    pay(context, bill, half, "T1")
    expire(context, bill)
    assert renewed(context, CASHIER, bill.reference).piastres == bill.piastres - half
