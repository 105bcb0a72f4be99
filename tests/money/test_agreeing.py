"""Instalments that an act allows, shown before they are agreed to; what it does not allow is refused."""

from datetime import timedelta

import pytest

from permits.audit import timeline
from permits.calendar import today
from permits.errors import Conflict, Forbidden, Invalid
from permits.jobs import Context
from permits.money.agreeing import Offer, agree, agree_parts, offer, plan
from permits.money.bills import bills_of, live_bills
from permits.money.evaluation import add_months
from permits.money.tables import Bill
from permits.occupancy.billing import KIND
from permits.people.actor import Actor, Role
from tests.money.books import make_bill, open_books
from tests.money.collecting import now, pay
from tests.occupancy.street import assessed, bill_of, open_street, spot, wish

ACCOUNTANT = Actor("accountant", "محاسب", frozenset({Role.ACCOUNTANT}))


@pytest.fixture
def bill(context: Context) -> Bill:
    """The fee of an occupancy, whose act allows four parts, a quarter first, a month between two."""
    open_street(context)
    return bill_of(context, assessed(context, wish(spot(40, 0.5), plot="102")))


def offered(context: Context, text: str) -> Offer:
    with context.database.reading() as session:
        return offer(session, actor=ACCOUNTANT, text=text)


def test_what_was_shown_is_what_is_billed(context: Context, bill: Bill) -> None:
    seen = offered(context, bill.reference)
    assert (seen.left, seen.most, seen.parts) == (bill.piastres, 4, False)
    shown = plan(seen, count=3, first_due=today())
    assert [one.due for one in shown] == [today(), add_months(today(), 1), add_months(today(), 2)]
    assert shown[0].piastres == pytest.approx(bill.piastres / 4, abs=1)
    with context.database.transaction() as session:
        made = agree(
            session, actor=ACCOUNTANT, text=bill.reference, count=3, first_due=today(), left=seen.left
        )  # fmt: skip
        assert [(one.piastres, one.due_on) for one in made] == [(one.piastres, str(one.due)) for one in shown]
        cut = [row for row in timeline(session, bill.demand.subject_id) if row.event == "demand-cut"]
        assert [row.actor for row in cut] == [ACCOUNTANT.id]
    assert now(context, bill).state == "withdrawn"
    with context.database.reading() as session:
        assert len(live_bills(session, demand=bill.demand)) == 3
        assert len(bills_of(session, kind=KIND, subject_id=bill.demand.subject_id)) == 4


def test_parts_of_the_payer_s_choice(context: Context, bill: Bill) -> None:
    with context.database.transaction() as session:
        least = agree_parts(session, actor=ACCOUNTANT, text=bill.reference)
    assert offered(context, bill.reference).least == least
    with context.database.transaction() as session, pytest.raises(Conflict, match="agreeing-parts-known"):
        agree_parts(session, actor=ACCOUNTANT, text=bill.reference)
    pay(context, bill, least, "T1")
    assert now(context, bill).state == "partly_paid"
    seen = offered(context, bill.reference)
    assert seen.left == bill.piastres - least
    with context.database.transaction() as session, pytest.raises(Conflict, match="agreeing-changed"):
        agree(session, actor=ACCOUNTANT, text=bill.reference, count=2, first_due=today(), left=bill.piastres)


def test_what_is_refused(context: Context, bill: Bill) -> None:
    seen = offered(context, bill.reference)
    for count in (0, 1, 5):
        with pytest.raises(Invalid, match="instalments-count"):
            plan(seen, count=count, first_due=today())
    with pytest.raises(Invalid, match="agreeing-day-past"):
        plan(seen, count=2, first_due=today() - timedelta(days=1))
    with context.database.reading() as session, pytest.raises(Forbidden):
        offer(session, actor=Actor("e", "e", frozenset({Role.ENGINEER})), text=bill.reference)
    pay(context, bill, bill.piastres, "T1")
    with pytest.raises(Conflict, match="agreeing-not-live"):
        offered(context, bill.reference)


def test_an_act_without_instalments_refuses_them(context: Context) -> None:
    permit = make_bill(context, open_books(context))
    with pytest.raises(Conflict, match="agreeing-not-allowed"):
        offered(context, permit.reference)
