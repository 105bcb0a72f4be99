"""The whole way of the money between two processes: whatever goes wrong, both books end the same."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from api.sandbox_switch.deliver import wait_after
from permits.jobs import Context
from permits.money import ledger
from permits.money.settlement import import_settlement
from permits.money.tables import Payment, Receipt, Settlement
from permits.people.actor import SYSTEM
from tests.money.books import Town, make_bill, open_books
from tests.money.serving import biller_app, serving
from tests.switch.processes import SwitchProcess, free_port, wait_for

DAY = date(2026, 11, 21)


@pytest.fixture
def town(context: Context) -> Town:
    return open_books(context)


@pytest.fixture
def dialect() -> str:
    """How the switch speaks, unless a test asks for both ways."""
    return "rest"


both = pytest.mark.parametrize("dialect", ["rest", "mfep"])


@pytest.fixture
def switch(context: Context, town: Town, tmp_path: Path, dialect: str) -> Iterator[SwitchProcess]:
    """A switch beside a serving biller."""
    with serving(biller_app(context)) as address:
        process = SwitchProcess(tmp_path, address, free_port(), dialect)
        process.start()
        yield process
        process.kill()


def _delivered(switch: SwitchProcess, payment: str) -> None:
    wait_for(lambda: switch.state(payment) == "acknowledged")


def _settle(context: Context, switch: SwitchProcess) -> Settlement:
    content = switch.call("POST", f"/settlement/{DAY}").content
    assert switch.call("POST", f"/settlement/{DAY}").content == content
    with context.database.transaction() as session:
        return import_settlement(session, actor=SYSTEM, content=content)


def _balances(context: Context) -> dict[str, int]:
    with context.database.reading() as session:
        assert ledger.unbalanced(session) == []
        return ledger.balances(session)


def _receipts(context: Context) -> int:
    with context.database.reading() as session:
        return len(session.scalars(select(Receipt)).all())


@pytest.mark.slow
@both
def test_whatever_happens_on_the_way_a_payment_is_booked_once(
    context: Context, town: Town, switch: SwitchProcess
) -> None:
    faults = ["none", "duplicate", "cut", "wrong_signature", "other_content", "unsettled", "settled_short"]
    bills = [make_bill(context, town) for _ in faults]
    paid = [
        switch.pay(bill.reference, fault=fault, day=str(DAY))["id"] for bill, fault in zip(bills, faults, strict=True)
    ]
    for payment in paid:
        _delivered(switch, payment)
    assert _receipts(context) == len(faults)
    assert _balances(context)["transit:bank"] == sum(bill.piastres for bill in bills)
    settled = _settle(context, switch)
    assert settled.summary == {
        "matched": 5, "missing_here": 0, "missing_there": 1, "amount_differs": 1, "duplicate": 0,
    }  # fmt: skip
    theirs = switch.call("GET", "/ledger").json()["accounts"]
    assert sum(theirs.values()) == 0
    assert _balances(context)["settled:bank"] == theirs["biller"]
    assert _balances(context)["transit:bank"] == theirs["held"]


@pytest.mark.slow
@both
def test_however_it_is_told_a_payment_is_booked_once(context: Context, town: Town, switch: SwitchProcess) -> None:
    faults = ["timeout", "flood", "at_once", "early_acknowledgement", "late", "clock_behind", "cut_body", "excess"]
    bills = [make_bill(context, town) for _ in faults]
    script = "".join(f'{{"fault": "{fault}"}}\n' for fault in faults)
    assert switch.call("POST", "/script", content=script).json() == {"steps": len(faults)}
    assert switch.call("POST", "/script", content='{"fault": "hail"}').status_code == 422
    paid = [switch.pay(bill.reference, order=bill.id, day=str(DAY)) for bill in bills]
    assert [payment["fault"] for payment in paid] == faults
    assert switch.pay(bills[0].reference, order=bills[0].id)["id"] == paid[0]["id"]
    for payment in paid:
        _delivered(switch, payment["id"])
    assert _receipts(context) == len(faults)
    assert _balances(context)["transit:bank"] == sum(bill.piastres for bill in bills) + 100


@pytest.mark.slow
@both
def test_what_is_taken_back_is_owed_again(context: Context, town: Town, switch: SwitchProcess) -> None:
    bills = [make_bill(context, town) for _ in range(2)]
    faults = ["reversed", "reversed_late"]
    early, late = (
        switch.pay(bill.reference, fault=fault, day=str(DAY))["id"] for bill, fault in zip(bills, faults, strict=True)
    )
    wait_for(lambda: switch.state(early) == "reversed")
    _delivered(switch, late)
    assert _settle(context, switch).summary["matched"] == 1
    wait_for(lambda: switch.state(late) == "reversed")
    balances = _balances(context)
    assert balances["receivable"] == sum(bill.piastres for bill in bills)
    assert (balances["settled:bank"], balances["transit:bank"]) == (0, 0)
    assert switch.call("GET", "/ledger").json()["accounts"] == {"biller": 0, "held": 0, "payer": 0}


@pytest.mark.slow
@both
def test_money_that_was_never_told_comes_by_the_settlement(context: Context, town: Town, switch: SwitchProcess) -> None:
    bill = make_bill(context, town)
    switch.pay(bill.reference, fault="untold", day=str(DAY))
    assert _settle(context, switch).summary["missing_here"] == 1
    assert _balances(context)["suspense"] == -bill.piastres


@pytest.mark.slow
@both
def test_too_little_is_kept_in_suspense(context: Context, town: Town, switch: SwitchProcess) -> None:
    bill = make_bill(context, town)
    payment = switch.pay(bill.reference, fault="wrong_amount")["id"]
    _delivered(switch, payment)
    assert _balances(context)["suspense"] == -(bill.piastres - 100)
    assert _receipts(context) == 0


@pytest.mark.slow
def test_a_paid_bill_is_not_paid_again_unless_the_bank_insists(
    context: Context, town: Town, switch: SwitchProcess
) -> None:
    bill = make_bill(context, town)
    first = switch.pay(bill.reference)["id"]
    _delivered(switch, first)
    assert switch.call("POST", "/pay", json={"reference": bill.reference}).status_code == 409
    second = switch.pay(bill.reference, force=True)["id"]
    _delivered(switch, second)
    assert _balances(context)["suspense"] == -bill.piastres


def test_unknown_bills_are_not_paid(switch: SwitchProcess) -> None:
    assert switch.call("POST", "/pay", json={"reference": "0110100000000142"}).status_code in (404, 422)
    assert switch.call("POST", "/pay", json={"reference": "x", "amount": "-1"}).status_code == 422


@pytest.mark.slow
def test_the_page_pays_a_bill(context: Context, town: Town, switch: SwitchProcess) -> None:
    bill = make_bill(context, town)
    grouped = f"{bill.reference[:4]} {bill.reference[4:]}"
    shown = switch.call("POST", "/", data={"reference": grouped}, follow_redirects=True).text
    assert "أُخذ المبلغ" in shown
    assert bill.reference in shown
    assert "لم تُسدَّد" in switch.call("POST", "/", data={"reference": "1"}, follow_redirects=True).text


@pytest.mark.slow
def test_a_switch_killed_while_the_biller_is_away_delivers_when_both_are_back(
    context: Context, town: Town, tmp_path: Path
) -> None:
    bill = make_bill(context, town)
    port = free_port()
    switch = SwitchProcess(tmp_path, f"http://127.0.0.1:{port}", free_port())
    switch.start()
    amount = f"{bill.piastres // 100}.{bill.piastres % 100:02d}"
    payment = switch.pay(bill.reference, amount=amount, force=True)["id"]
    wait_for(lambda: switch.call("GET", f"/payments/{payment}").json()["attempts"] > 0)
    switch.kill()
    switch.start()
    assert switch.state(payment) == "taken"
    with serving(biller_app(context), port):
        _delivered(switch, payment)
        switch.kill()
        switch.start()
        assert switch.state(payment) == "acknowledged"
        switch.kill()
    with context.database.reading() as session:
        (row,) = session.scalars(select(Payment)).all()
        assert (row.state, row.acknowledged_at is not None) == ("accepted", True)
    assert _receipts(context) == 1


def test_waits_grow_and_end() -> None:
    waits = [wait_after(attempts, 0.5) for attempts in range(12)]
    assert waits == sorted(waits)
    assert (waits[0], waits[1], waits[-1]) == (0.5, 1.0, 60.0)
