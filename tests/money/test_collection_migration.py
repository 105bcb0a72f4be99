"""Bills that were kept before demands were become demands, and go back as they were, on both databases."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, inspect, select, text
from sqlalchemy.exc import DatabaseError

from permits import schema
from permits.db import new_id
from permits.jobs import Context
from permits.money import ledger
from permits.money.bills import find_bill, left_of
from permits.money.credits import available
from permits.money.demands import group_claims, owed
from permits.money.payments import Notice
from permits.money.reference import BillReference
from permits.money.tables import Allotment, Bill, Credit, Demand, Payment, Receipt
from tests.money.books import make_bill, make_case, open_books
from tests.money.test_payments import tell

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TABLES = ("bills", "payments", "receipts", "ledger_transactions", "ledger_entries")
OLD = {"issued": 500, "paid": 700, "expired": 900}


def _tables(context: Context) -> dict[str, Table]:
    """As they are in the database now, not as we declare them."""
    found = MetaData()
    return {name: Table(name, found, autoload_with=context.database.engine) for name in TABLES}


def _rows(context: Context) -> dict[str, list[dict[str, Any]]]:
    with context.database.reading() as session:
        return {
            name: [dict(row) for row in session.execute(select(table).order_by(table.c.id)).mappings()]
            for name, table in _tables(context).items()
        }


def _bill(case_id: str, number: int, piastres: int, state: str) -> dict[str, Any]:
    parts = [{"beneficiary": "municipality", "piastres": piastres - 1}, {"beneficiary": "syndicate", "piastres": 1}]
    return {
        "id": new_id(), "case_id": case_id, "reference": str(BillReference(1, 101, number)), "piastres": piastres,
        "state": state, "assessment": json.dumps({"lines": [{"code": "A", "parts": parts}]}),
        "assessment_sha256": "ab" * 32, "issued_at": NOW, "expires_at": NOW + timedelta(days=4000),
        "settled_at": NOW if state == "paid" else None,
    }  # fmt: skip


def _payment(bill: dict[str, Any], state: str, number: str) -> dict[str, Any]:
    return {
        "id": new_id(), "provider": "bank", "provider_txn": number, "payload_sha256": "cd" * 32,
        "reference": bill["reference"], "bill_id": bill["id"], "piastres": bill["piastres"], "channel": "kiosk",
        "paid_at": NOW, "settlement_day": "2026-11-22", "state": state, "code": state, "received_at": NOW,
        "acknowledged_at": None,
    }  # fmt: skip


def _old_books(context: Context) -> None:
    """The tables of before with three bills, a payment accepted, and one in suspense, as the programs then wrote them.

    The cases of the bills are opened by today's program, which knows only today's tables.
    """
    town = open_books(context)
    with context.database.transaction() as session:
        cases = [make_case(session, context, town).id for _ in OLD]
    schema.downgrade(context.database, "0006")
    tables = _tables(context)
    bills = [_bill(case, n, *reversed(kind)) for n, (case, kind) in enumerate(zip(cases, OLD.items(), strict=True), 1)]
    payments = [_payment(bills[1], "accepted", "T1"), _payment(bills[1], "suspense", "T2")]
    booked = [("bill:1", "receivable", "revenue:municipality", 499), ("payment:1", "transit:bank", "receivable", 700)]
    with context.database.transaction() as session:
        session.execute(tables["bills"].insert(), bills)
        session.execute(tables["payments"].insert(), payments)
        session.execute(
            tables["receipts"].insert().values(
                id=new_id(), number="DM-01-2025-R-000001", bill_id=bills[1]["id"], payment_id=payments[0]["id"],
                piastres=700, issued_at=NOW,
            )
        )  # fmt: skip
        for key, debit, credit, piastres in booked:
            session.execute(tables["ledger_transactions"].insert().values(id=key, key=key, at=NOW))
            for account, amount in ((debit, piastres), (credit, -piastres)):
                session.execute(
                    tables["ledger_entries"].insert().values(
                        id=new_id(), transaction_id=key, account=account, piastres=amount
                    )
                )  # fmt: skip


@pytest.mark.slow
def test_old_bills_become_demands_and_go_back(context: Context) -> None:
    _old_books(context)
    before = _rows(context)
    schema.upgrade(context.database)
    with context.database.reading() as session:
        demands = {row.piastres: row for row in session.scalars(select(Demand))}
        states = {piastres: (row.state, owed(session, demand=row)) for piastres, row in demands.items()}
        assert states == {500: ("open", 500), 700: ("settled", 0), 900: ("cancelled", 0)}
        assert group_claims(session, demands[700]) == {("A", "municipality"): 699, ("A", "syndicate"): 1}
        assert {row.payer for row in demands.values()} == {"م. هالة النموذج"}
        bill = find_bill(session, case_id=demands[500].subject_id)
        assert bill is not None
        assert (bill.case_id, left_of(session, bill)) == (demands[500].subject_id, 500)
        assert [(row.piastres, row.demand_id) for row in session.scalars(select(Allotment))] == [(700, demands[700].id)]
        (credit,) = session.scalars(select(Credit))
        assert (credit.account, available(session, credit)) == ("suspense", 700)
        assert ledger.unbalanced(session) == []
    schema.downgrade(context.database, "0006")
    assert _rows(context) == before
    assert inspect(context.database.engine).get_foreign_keys("ledger_entries")[0]["options"] == {}
    with pytest.raises(DatabaseError, match="append-only"), context.database.transaction() as session:
        session.execute(text("DELETE FROM receipts"))
    schema.upgrade(context.database)


@pytest.mark.slow
def test_an_old_bill_is_paid_after_the_change(context: Context) -> None:
    _old_books(context)
    schema.upgrade(context.database)
    with context.database.reading() as session:
        bill = session.scalars(select(Bill).where(Bill.state == "issued")).one()
    notice = Notice("T9", bill.reference, 500, NOW, NOW.date(), "kiosk")
    assert tell(context, notice).receipt is not None
    with context.database.reading() as session:
        assert session.get_one(Demand, bill.demand_id).released_at is not None
        told = session.scalars(select(Payment).where(Payment.provider_txn == "T1")).one()
        assert (told.left_piastres, len(session.scalars(select(Receipt)).all())) == (0, 2)


@pytest.mark.slow
def test_a_plain_bill_goes_back_and_forth(context: Context) -> None:
    bill = make_bill(context, open_books(context))
    tell(context, Notice("T1", bill.reference, bill.piastres, NOW, NOW.date(), "kiosk"))
    schema.downgrade(context.database, "0006")
    (old,) = _rows(context)["bills"]
    assert (old["id"], old["case_id"], old["assessment"]) == (bill.id, bill.case_id, bill.assessment)
    schema.upgrade(context.database)
    with context.database.reading() as session:
        again = session.get_one(Bill, bill.id)
        assert (again.state, again.reference, again.case_id) == ("paid", bill.reference, bill.case_id)
        assert ledger.unbalanced(session) == []


def test_what_the_old_tables_cannot_hold_is_not_thrown_away(context: Context) -> None:
    bill = make_bill(context, open_books(context))
    tell(context, Notice("T1", bill.reference, bill.piastres + 1, NOW, NOW.date(), "kiosk"))
    with pytest.raises(RuntimeError, match="a credit of more than suspense"):
        schema.downgrade(context.database, "0006")
    with context.database.reading() as session:
        assert session.scalars(select(Credit.piastres)).all() == [1]
