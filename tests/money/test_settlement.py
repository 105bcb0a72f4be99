"""A provider's day is compared line by line; every piastre of it is booked once."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from permits.db import utcnow
from permits.errors import Conflict, Invalid
from permits.jobs import Context
from permits.money import ledger
from permits.money.payments import Notice
from permits.money.settlement import FileLine, compare, import_settlement, open_breaks, parse_settlement
from permits.money.tables import Bill, Settlement
from permits.people.actor import SYSTEM
from tests.money.books import Town, make_bill
from tests.money.test_payments import tell

DAY = date(2026, 11, 21)


def write_file(lines: list[tuple[str, str, int]], day: date = DAY, provider: str = "bank") -> bytes:
    rows = [f"rukhsa-settlement/1;{provider};{day}", *(f"{t};{r};{p}" for t, r, p in lines)]
    body = "".join(f"{row}\n" for row in rows)
    total = sum(p for _, _, p in lines)
    return f"{body}total;{len(lines)};{total};{hashlib.sha256(body.encode()).hexdigest()}\n".encode()


def _import(context: Context, content: bytes) -> Settlement:
    with context.database.transaction() as session:
        return import_settlement(session, actor=SYSTEM, content=content)


def _pay(context: Context, bill: Bill, transaction: str) -> Notice:
    notice = Notice(transaction, bill.reference, bill.piastres, utcnow(), DAY, "kiosk")
    tell(context, notice)
    return notice


def test_every_transaction_of_either_side_is_classified() -> None:
    lines = [FileLine("A", "r", 5), FileLine("B", "r", 7), FileLine("C", "r", 9), FileLine("A", "r", 5)]
    found = compare(lines, {"A": 5, "B": 8, "D": 1, "E": 2}, settled={"E"})
    assert [(c.transaction, c.kind) for c in found] == [
        ("A", "matched"), ("B", "amount_differs"), ("C", "missing_here"), ("A", "duplicate"), ("D", "missing_there"),
    ]  # fmt: skip


def test_a_matched_day_is_awaited_at_the_bank(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    _pay(context, bill, "T1")
    content = write_file([("T1", bill.reference, bill.piastres)])
    settled = _import(context, content)
    assert settled.summary["matched"] == 1
    assert _import(context, content).id == settled.id
    with context.database.reading() as session:
        assert open_breaks(session, settlement_id=settled.id) == []
        assert ledger.balances(session) == {
            "receivable": 0, "revenue:municipality": -bill.piastres, "settled:bank": bill.piastres, "transit:bank": 0,
        }  # fmt: skip


def test_money_that_comes_before_its_notification_waits_in_suspense(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    settled = _import(context, write_file([("T1", bill.reference, bill.piastres)]))
    assert settled.summary["missing_here"] == 1
    with context.database.reading() as session:
        assert ledger.balance(session, ledger.SUSPENSE) == -bill.piastres
    _pay(context, bill, "T1")
    with context.database.reading() as session:
        assert ledger.balance(session, ledger.SUSPENSE) == 0
        assert ledger.balance(session, ledger.transit("bank")) == 0
        assert ledger.balance(session, ledger.settled("bank")) == bill.piastres
        assert ledger.unbalanced(session) == []


def test_breaks_are_booked_and_named(context: Context, town: Town) -> None:
    first, second = make_bill(context, town), make_bill(context, town)
    _pay(context, first, "T1")
    _pay(context, second, "T2")
    lines = [("T1", first.reference, first.piastres - 100), ("T9", "x", 70), ("T9", "x", 70)]
    settled = _import(context, write_file(lines))
    assert settled.summary == {
        "matched": 0, "missing_here": 1, "missing_there": 1, "amount_differs": 1, "duplicate": 1,
    }  # fmt: skip
    with context.database.reading() as session:
        kinds = {line.provider_txn: line.kind for line in open_breaks(session, settlement_id=settled.id)}
        assert kinds["T2"] == "missing_there"
        assert ledger.balance(session, ledger.settled("bank")) == first.piastres - 100 + 140
        assert ledger.balance(session, ledger.SUSPENSE) == -140
        assert ledger.balance(session, ledger.transit("bank")) == 100 + second.piastres


def test_what_an_earlier_day_delivered_is_a_duplicate(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    _pay(context, bill, "T1")
    line = ("T1", bill.reference, bill.piastres)
    _import(context, write_file([line]))
    again = _import(context, write_file([line], day=date(2026, 11, 22)))
    assert again.summary["duplicate"] == 1


def test_a_day_is_settled_once(context: Context, town: Town) -> None:
    _import(context, write_file([]))
    with pytest.raises(Conflict, match="settlement-conflict"):
        _import(context, write_file([("T1", "x", 5)]))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable"),
        (b"\xff\xfe", "unreadable"),
        (write_file([("T1", "r", 5)]).replace(b"T1;r;5", b"T1;r;x"), "unreadable"),
        (write_file([("T1", "r", 5)]).replace(b"T1;r;5\n", b""), "trailer"),
        (write_file([("T1", "r", 5)]).replace(b"T1;r;5", b"T1;r;6"), "trailer"),
        (write_file([("T1", "r", 5)]).replace(b"T1;r;5", b"T2;r;5"), "hash"),
        (write_file([("T1", "r", 5)]).replace(b"rukhsa-settlement/1", b"rukhsa-settlement/2"), "trailer"),
    ],
)
def test_a_changed_file_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        parse_settlement(content)


def test_a_good_file_reads() -> None:
    settled = parse_settlement(write_file([("T1", "r", 5), ("T2", "r", 7)]))
    assert (settled.provider, settled.day, settled.piastres) == ("bank", DAY, 12)
    assert replace(settled, lines=()).piastres == 0
