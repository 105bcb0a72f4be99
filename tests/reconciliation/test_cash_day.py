"""A cash desk's day in the reconciliation: short and over, its deposit against the bank's line, closing."""

from datetime import timedelta
from pathlib import Path

import pytest

from permits.cash import desks
from permits.cash.desk import counter
from permits.db import utcnow
from permits.errors import Conflict
from permits.jobs import Context
from permits.money.reconciliation.breaks import BreakReason, explain, history
from permits.money.reconciliation.closing import DayState, close_day
from permits.money.reconciliation.terms import terms
from tests.cash.centre import CODE, accounts, at_clock, begin, close, found, sync
from tests.money.books import Town, make_bill
from tests.reconciliation.days import ACCOUNTANT, DAY, NEXT, rows, shown, stated, told

PARTY = f"cash:{CODE}"


def finish(context: Context) -> None:
    with context.database.transaction() as session:
        close_day(session, actor=ACCOUNTANT, party=PARTY, day=DAY.isoformat())


def test_a_day_of_a_cash_desk(
    context: Context, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    then = utcnow() - timedelta(days=3)
    monkeypatch.setattr(desks, "utcnow", lambda: then)
    bills = [make_bill(context, town) for _ in range(2)]
    desk = at_clock(found(context, tmp_path / "desk"), lambda: then)
    begin(context, desk)
    taken = [counter.take(desk, reference=bills[0].reference)]
    assert close(desk, -500) == -500
    counter.open_shift(desk, cashier="سعاد المثال", notes={})
    taken.append(counter.take(desk, reference=bills[1].reference))
    assert close(desk, 300) == 300
    brought = sum(slip.piastres + slip.rounding for slip in taken) - 200
    counter.deposit(desk, slip="S-9", piastres=brought)
    sync(context, desk)
    desk.store.close()
    # importing the package has reckoned the day: nobody asked for it
    assert sorted(told(context, DAY, PARTY).values()) == [
        ("cash_over", 300, "open"), ("cash_short", -500, "open"), ("not_at_bank", -brought, "open"),
    ]  # fmt: skip
    with pytest.raises(Conflict, match="day-has-breaks"):
        finish(context)
    stated(context, [(brought, "إيداع S-9")], NEXT)
    assert told(context, DAY, PARTY)["bank:deposit:" + f"{CODE}:S-9"][2] == "settled"
    for row in rows(context, DAY, PARTY):
        if row.state == "open":
            with context.database.transaction() as session:
                explain(session, actor=ACCOUNTANT, break_id=row.id, reason="counting_error", note="محضر العدّ")
    day = shown(context, DAY, PARTY)
    assert (day.state, day.sides.theirs, day.sides.bank) == (DayState.READY, brought, brought)
    finish(context)
    assert shown(context, DAY, PARTY).state == DayState.CLOSED
    found_accounts = accounts(context)
    assert (found_accounts["bank"], found_accounts["cash-over-short"]) == (brought, 200)
    assert PARTY not in found_accounts
    assert "transit:deposits" not in found_accounts


def test_an_explained_withdrawal_is_booked_by_its_reason(context: Context, town: Town) -> None:
    """Explained again otherwise it moves; money in transit at the bank's side is not touched."""
    stated(context, [(-2_500, "عمولة"), (900, "حوالة")], DAY)
    party = "statement:CB-1"
    (row,) = [one for one in rows(context, DAY, party) if one.piastres < 0]
    assert accounts(context)["withdrawn"] == 2_500
    for reason in ("bank_delay", "bank_charge", "bank_charge", "office_error"):
        with context.database.transaction() as session:
            explain(session, actor=ACCOUNTANT, break_id=row.id, reason=reason, note="إشعار المصرف")
        booked = accounts(context)
        where = terms().withdrawals.accounts[reason]
        assert {key: booked[key] for key in booked if key.startswith(("expense:", "due:", "withdrawn"))} == {
            where: 2_500
        }
    (income,) = [one for one in rows(context, DAY, party) if one.piastres > 0]
    with context.database.transaction() as session:
        explain(session, actor=ACCOUNTANT, break_id=income.id, reason="bank_charge", note="ليست سحباً")
        told_events = [one.event for one in history(session, actor=ACCOUNTANT, break_id=row.id)]
    assert told_events == ["opened", *["explained"] * 4]
    assert accounts(context)["suspense"] == -900


def test_every_reason_has_an_account() -> None:
    assert set(terms().withdrawals.accounts) == set(BreakReason)
