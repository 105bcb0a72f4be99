"""The database refuses every way to unbalance the ledger, whoever writes to it past our code."""

import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from permits.db import Database, new_id
from permits.jobs import Context
from permits.money import ledger
from permits.money.guards import guard_ledger, unguard_ledger
from permits.money.ledger import Entry
from tests.money.books import make_bill, open_books
from tests.money.test_payments import notice_of, tell

TRANSACTION = text("INSERT INTO ledger_transactions (id, \"key\", at) VALUES (:id, :id, '2026-11-22 08:00:00')")
ENTRY = text(
    "INSERT INTO ledger_entries (id, transaction_id, account, piastres) VALUES (:id, :to, :account, :piastres)"
)
REPLACED = text(ENTRY.text.replace("INSERT", "INSERT OR REPLACE"))


def write(database: Database, *piastres: int | str, late: int | None = None, to: str = "T") -> None:
    """Entries, their transaction, perhaps a late entry: in one transaction of the database."""
    with database.transaction() as session:
        for number, amount in enumerate(piastres):
            entry = {"id": f"{to}{number}", "to": to, "account": "bank", "piastres": amount}
            session.execute(ENTRY, entry)
        session.execute(TRANSACTION, {"id": to})
        if late is not None:
            session.execute(ENTRY, {"id": f"{to}late", "to": to, "account": "bank", "piastres": late})


def kept(database: Database) -> tuple[int, int]:
    with database.reading() as session:
        counts = [session.scalar(text(f"SELECT count(*) FROM ledger_{name}")) for name in ("transactions", "entries")]  # noqa: S608 - two names of our own
        return counts[0], counts[1]


def test_what_balances_is_kept(database: Database) -> None:
    write(database, 5, -3, -2)
    assert kept(database) == (1, 3)


@pytest.mark.parametrize(
    ("piastres", "late", "message"),
    [((5,), None, "nought"), ((5, -4), None, "nought"), ((), 5, "complete"), ((5, -5), 0, "complete")],
)
def test_what_does_not_balance_is_refused_whole(
    database: Database, piastres: tuple[int, ...], late: int | None, message: str
) -> None:
    with pytest.raises(DatabaseError, match=message):
        write(database, *piastres, late=late)
    assert kept(database) == (0, 0)


def test_an_entry_without_its_transaction_is_refused_at_the_end(database: Database) -> None:
    with pytest.raises(DatabaseError, match=r"(?i)foreign key"), database.transaction() as session:
        session.execute(ENTRY, {"id": "E", "to": "nothing", "account": "bank", "piastres": 5})
    assert kept(database) == (0, 0)


def test_a_later_transaction_adds_nothing_to_an_earlier_one(database: Database) -> None:
    write(database, 5, -5)
    with pytest.raises(DatabaseError, match="complete"), database.transaction() as session:
        session.execute(ENTRY, {"id": "E", "to": "T", "account": "bank", "piastres": 0})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entries SET piastres = piastres + 1", "DELETE FROM ledger_entries WHERE piastres > 0",
        "UPDATE ledger_transactions SET id = 'other'", "DELETE FROM ledger_transactions",
        "UPDATE receipts SET piastres = 0", "DELETE FROM allotments", "UPDATE credits SET piastres = 9",
        "DELETE FROM demand_lines",
    ],
)  # fmt: skip
def test_nothing_is_changed_ever(context: Context, database: Database, statement: str) -> None:
    bill = make_bill(context, open_books(context))
    tell(context, replace(notice_of(bill), piastres=bill.piastres + 1))
    with pytest.raises(DatabaseError, match="append-only"), database.transaction() as session:
        session.execute(text(statement))


def test_sqlite_replaces_no_row_and_keeps_no_text_as_a_number(database: Database) -> None:
    if not database.embedded:
        pytest.skip("PostgreSQL has neither REPLACE nor columns without a type")
    write(database, 5, -5)
    with pytest.raises(DatabaseError, match="append-only"), database.transaction() as session:
        session.execute(REPLACED, {"id": "T0", "to": "other", "account": "bank", "piastres": 0})
    with pytest.raises(DatabaseError, match="append-only"), database.transaction() as session:
        session.execute(text(TRANSACTION.text.replace("INSERT", "INSERT OR REPLACE")), {"id": "T"})
    with pytest.raises(DatabaseError, match="whole numbers"):
        write(database, "five", to="U")
    with pytest.raises(DatabaseError, match="whole numbers"), database.transaction() as session:
        session.execute(ENTRY, {"id": "half", "to": "U", "account": "bank", "piastres": 0.5})


@pytest.mark.postgres
def test_entry_and_transaction_of_two_sessions_do_not_pass_each_other(database: Database) -> None:
    if database.embedded:
        pytest.skip("SQLite has one writer at a time")
    refused: list[str] = []
    written, looked = threading.Event(), threading.Event()

    def entry() -> None:
        try:
            with database.transaction() as session:
                session.execute(ENTRY, {"id": "E", "to": "T", "account": "bank", "piastres": 5})
                written.set()
                looked.wait(1)  # the other cannot go on while we are here
        except DatabaseError as error:
            refused.append(str(error))

    thread = threading.Thread(target=entry)
    thread.start()
    written.wait(10)
    began = time.monotonic()
    with database.transaction() as session:
        session.execute(TRANSACTION, {"id": "T"})
    looked.set()
    thread.join(10)
    assert time.monotonic() - began > 0.5
    assert ["foreign key" in text_ for text_ in refused] == [True]
    assert kept(database) == (1, 0)


def test_the_books_write_entries_first(database: Database) -> None:
    with database.transaction() as session:
        ledger.post(session, key=new_id(), entries=[Entry("bank", 5), Entry("suspense", -5), Entry("overpaid", 0)])
        ledger.post(session, key=new_id(), entries=[])
    assert kept(database) == (2, 2)


def test_without_its_triggers_the_database_keeps_anything(database: Database) -> None:
    with database.transaction() as session:
        unguard_ledger(session.connection())
    write(database, 5)
    assert kept(database) == (1, 1)
    with database.transaction() as session:
        guard_ledger(session.connection())
    with pytest.raises(DatabaseError, match="nought"):
        write(database, 7, to="U")
