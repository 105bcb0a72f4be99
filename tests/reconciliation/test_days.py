"""A day of three sides: every difference is a break with an owner, and closes only when it is explained."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from permits.calendar import today
from permits.db import utcnow
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context
from permits.money import ledger
from permits.money.credits import allot
from permits.money.payments import Notice
from permits.money.reconciliation.breaks import explain, history, open_breaks, reassign
from permits.money.reconciliation.closing import DayState, list_days
from permits.money.reconciliation.terms import age
from permits.money.reversals import Source, reverse
from permits.people.actor import SYSTEM
from tests.money.books import BANK, OFFICE, Town, make_bill
from tests.money.collecting import CASHIER, credit_of, paid_back
from tests.money.test_payments import tell
from tests.reconciliation.days import (
    ACCOUNTANT,
    DAY,
    NEXT,
    books_agree,
    close,
    explain_all,
    paid,
    rows,
    settle,
    shown,
    stated,
    told,
)

LATER = NEXT + timedelta(days=1)


def test_a_day_that_agrees_on_three_sides_is_closed(context: Context, town: Town) -> None:
    paid(context, "T1", 500)
    assert shown(context).state is DayState.AWAITING_FILE
    with pytest.raises(Conflict, match="day-awaits-file"):
        close(context)
    settle(context, [("T1", 500)])
    assert told(context) == {f"bank:settlement:{_settlement(context)}": ("not_at_bank", -500, "open")}
    with pytest.raises(Conflict, match="day-has-breaks"):
        close(context)
    stated(context, [(500, f"تسوية bank/{DAY}")])
    assert shown(context).state is DayState.READY
    closed = close(context)
    assert (closed.ours, closed.theirs, closed.announced, closed.bank) == (500, 500, 500, 500)
    assert json.loads(closed.content)["ledger"] == {"bank": 500, "settled:bank": 0}
    assert close(context).sha256 == closed.sha256
    assert shown(context).state is DayState.CLOSED
    books_agree(context)


def _settlement(context: Context) -> str:
    with context.database.reading() as session:
        return str(session.execute(text("SELECT id FROM settlements")).scalar_one())


def test_a_closed_day_cannot_be_changed(context: Context, town: Town) -> None:
    paid(context, "T1", 500)
    settle(context, [("T1", 500)])
    stated(context, [(500, f"bank/{DAY}")])
    close(context)
    for statement in ("UPDATE day_closes SET bank = 1", "DELETE FROM day_closes", "DELETE FROM break_events"):
        with pytest.raises(DatabaseError), context.database.transaction() as session:
            session.execute(text(statement))


def test_breaks_have_owners_and_are_explained_by_an_accountant(context: Context, town: Town) -> None:
    paid(context, "T1", 500)
    paid(context, "T2", 300)
    settle(context, [("T1", 490), ("T9", 70), ("T9", 70)])
    stated(context, [(600, f"bank/{DAY}")])
    found = {row.kind: row for row in rows(context) if row.state == "open"}
    assert {kind: (row.piastres, row.owner) for kind, row in found.items()} == {
        "amount_differs": (-10, "provider"), "missing_there": (-300, "provider"), "missing_here": (70, "provider"),
        "duplicate": (70, "provider"), "amount_differs_at_bank": (-30, "bank"),
    }  # fmt: skip
    one = found["duplicate"]
    with pytest.raises(Forbidden), context.database.transaction() as session:
        explain(session, actor=CASHIER, break_id=one.id, reason="provider_error", note="x")
    for reason, note in (("because", "x"), ("provider_error", " ")):
        with pytest.raises(Invalid), context.database.transaction() as session:
            explain(session, actor=ACCOUNTANT, break_id=one.id, reason=reason, note=note)
    with context.database.transaction() as session:
        reassign(session, actor=ACCOUNTANT, break_id=one.id, owner="accountant")
        explain(session, actor=ACCOUNTANT, break_id=one.id, reason="provider_error", note="كتاب رقم ٥")
    with context.database.reading() as session:
        assert [event.event for event in history(session, actor=ACCOUNTANT, break_id=one.id)] == [
            "opened", "reassigned", "explained",
        ]  # fmt: skip
        assert len(open_breaks(session, actor=ACCOUNTANT)) == 4
    with pytest.raises(Conflict, match="day-has-breaks"):
        close(context)
    explain_all(context)
    closed = close(context)
    assert (closed.ours, closed.theirs, closed.announced, closed.bank, closed.breaks) == (800, 630, 630, 600, 5)
    with pytest.raises(Conflict, match="break-over"), context.database.transaction() as session:
        reassign(session, actor=ACCOUNTANT, break_id=one.id, owner="bank")
    books_agree(context)


def test_a_payment_in_the_next_file_explains_itself(context: Context, town: Town) -> None:
    paid(context, "T1", 500)
    settle(context, [])
    assert told(context) == {"payment:T1": ("missing_there", -500, "open")}
    settle(context, [("T1", 500)], day=NEXT)
    assert told(context) == {"payment:T1": ("date_shift", -500, "settled")}
    assert told(context, NEXT)["payment:T1"] == ("date_shift", 500, "settled")
    assert close(context).breaks == 1
    stated(context, [(500, f"bank/{NEXT}")], day=LATER)
    close(context, NEXT)
    books_agree(context)


def test_a_late_notice_explains_what_was_missing_here(context: Context, town: Town) -> None:
    settle(context, [("T1", 500)])
    assert told(context)["payment:T1"] == ("missing_here", 500, "open")
    paid(context, "T1", 500)
    stated(context, [(500, f"bank/{DAY}")])
    assert told(context)["payment:T1"] == ("missing_here", 500, "settled")
    assert close(context).ours == 500


def test_what_comes_for_a_closed_day_belongs_to_the_next(context: Context, town: Town) -> None:
    paid(context, "T0", 100)
    settle(context, [("T0", 100), ("T1", 500)])
    explain_all(context)
    before = close(context)
    assert (before.ours, before.bank) == (100, 0)
    bill = make_bill(context, town)
    paid(context, "T1", 500)
    paid(context, "T2", bill.piastres, reference=bill.reference)
    stated(context, [(600, f"bank/{DAY}")])
    assert (shown(context).sides.ours, shown(context).sides.bank) == (100, 0)
    settle(context, [("T2", bill.piastres)], day=NEXT)
    assert {key: one[0] for key, one in told(context, NEXT).items() if one[2] == "settled"}[
        "payment:T1"
    ] == "date_shift"
    assert {one[2] for one in told(context).values()} == {"settled"}
    stated(context, [(bill.piastres, f"bank/{NEXT}")], day=LATER)
    after = close(context, NEXT)
    assert (after.ours, after.theirs) == (500 + bill.piastres, bill.piastres)
    assert (after.announced, after.bank) == (bill.piastres, bill.piastres + 600)
    books_agree(context)


def test_money_that_nobody_announced_waits_for_the_accountant(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    party = "statement:CB-1"
    stated(context, [(bill.piastres, "حوالة أحمد"), (-50, "عمولة")], day=DAY, opening=1000)
    assert {key: one[:2] for key, one in told(context, DAY, party).items()} == {
        "line:E0-0": ("unannounced_at_bank", bill.piastres), "line:E0-1": ("unannounced_at_bank", -50),
    }  # fmt: skip
    with pytest.raises(Conflict, match="day-has-breaks"):
        close(context, party=party)
    with context.database.transaction() as session:
        credit, _ = credit_of(context)
        allot(session, actor=ACCOUNTANT, office=OFFICE, credit_id=credit, reference=bill.reference)
    explain_all(context, party=party)
    with context.database.reading() as session:
        found = {row.key: row.state for row in rows(context, party=party)}
        assert ledger.balance(session, ledger.WITHDRAWN) == 0
        assert ledger.balance(session, "due:providers") == 50
    assert found["line:E0-1"] == "explained"
    closed = close(context, party=party)
    assert (closed.ours, closed.theirs) == (0, bill.piastres - 50)
    books_agree(context)


def test_refunds_and_what_is_taken_back_are_awaited_at_the_bank(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    paid(context, "T1", bill.piastres + 300, reference=bill.reference)
    answer = tell(context, _notice(bill.reference, 700))
    settle(context, [("T1", bill.piastres + 300), ("T2", 700)])
    credit, _ = credit_of(context)
    paid_back(context, credit, 100, "TR-9")
    with context.database.transaction() as session:
        reverse(
            session, actor=BANK, payment_id=answer.payment, source=Source.BANK, reason="r", reversed_at=utcnow()
        )  # fmt: skip
    assert told(context, today(), "transfers") == {}
    stated(context, [(bill.piastres + 1000, f"bank/{DAY}"), (-100, "حوالة TR-9"), (-600, "استرداد T2")])
    assert shown(context, today(), "transfers").sides.bank == -100
    assert [one[:2] for one in told(context, today()).values()] == [("amount_differs_at_bank", 100)]
    stated(context, [(-100, "استرداد T2")])
    assert [one[2] for one in told(context, today()).values()] == ["settled"]
    books_agree(context)


def _notice(reference: str, piastres: int) -> Notice:
    return Notice("T2", reference, piastres, utcnow(), DAY, "kiosk")


def test_statements_follow_one_another(context: Context, town: Town) -> None:
    first = stated(context, [(500, "x")], day=DAY, opening=1000)
    for opening in (1000, 1501):
        with pytest.raises(Conflict, match="statement-does-not-follow"):
            stated(context, [(1, "x")], day=NEXT, opening=opening)
    with pytest.raises(Conflict, match="statement-does-not-follow"):
        stated(context, [(1, "x")], day=DAY - timedelta(days=1), opening=1500)
    with context.database.reading() as session:
        assert ledger.balance(session, ledger.BANK) == first.closing == 1500
    stated(context, [(1, "y")], day=DAY)
    books_agree(context)


def test_a_day_is_closed_by_an_accountant_when_it_is_over(context: Context, town: Town) -> None:
    with pytest.raises(Conflict, match="day-not-over"):
        close(context, today())
    with pytest.raises(NotFound, match="day-unknown"):
        close(context, DAY)
    with pytest.raises(Forbidden), context.database.reading() as session:
        list_days(session, actor=CASHIER)
    paid(context, "T1", 5)
    with context.database.reading() as session:
        assert [(day.party, day.state) for day in list_days(session, actor=SYSTEM)] == [("bank", "awaiting_file")]


def test_age_counts_working_days() -> None:
    thursday = date(2026, 11, 19)
    assert [age(thursday, thursday + timedelta(days=n)) for n in (0, 1, 2, 3, 7)] == [0, 0, 0, 1, 5]
