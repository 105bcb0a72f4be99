"""A bill is found by any number that somebody may bring along."""

import pytest

from permits.cases.tables import Case
from permits.errors import Forbidden, NotFound
from permits.jobs import Context
from permits.money.finding import find_payable
from permits.people.actor import Actor, Role
from tests.money.books import Town, make_bill, open_books
from tests.money.collecting import CASHIER, pay

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.fixture
def town(context: Context) -> Town:
    return open_books(context)


def test_by_reference_case_and_receipt(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    number = "DM-01-2026-000007"
    with context.database.transaction() as session:
        session.get_one(Case, bill.demand.subject_id).number = number
    with context.database.reading() as session:
        spaced = " ".join(bill.reference[i : i + 4] for i in range(0, 16, 4))
        for text in (bill.reference, spaced.translate(ARABIC), number.lower().translate(ARABIC)):
            found = find_payable(session, actor=CASHIER, text=text)
            assert (found.view.reference, found.view.left, found.owed, found.late) == (
                bill.reference, bill.piastres, bill.piastres, 0,
            )  # fmt: skip
    receipt = pay(context, bill, bill.piastres).receipt
    assert receipt is not None
    with context.database.reading() as session:
        found = find_payable(session, actor=CASHIER, text=receipt)
        assert (found.view.state, found.owed, [one.number for one in found.receipts]) == ("paid", 0, [receipt])


def test_what_is_not_there_and_who_may_not_look(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    with context.database.reading() as session:
        for text in ("0110100000099935", "DM-01-2026-999999", ""):
            with pytest.raises(NotFound, match="bill-unknown"):
                find_payable(session, actor=CASHIER, text=text)
        with pytest.raises(Forbidden):
            find_payable(session, actor=Actor("e", "e", frozenset({Role.ENGINEER})), text=bill.reference)
