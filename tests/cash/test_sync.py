"""What a desk took is booked once, whatever becomes of the package, and what conflicts waits for a person."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from permits.calendar import today
from permits.cash.conflicts import agreement, decide, open_conflicts
from permits.cash.desk import counter
from permits.cash.desk.counter import Desk
from permits.cash.importing import import_package
from permits.cash.tables import CashConflict, CashShift
from permits.cash.till import rounding_of
from permits.db import utcnow
from permits.errors import Conflict, Forbidden, Invalid, RukhsaError
from permits.jobs import Context
from permits.money.credits import allot
from permits.money.reference import BillReference
from permits.money.tables import Bill, Credit, Payment, Receipt
from permits.people.actor import SYSTEM, Actor, Role
from tests.cash.centre import (
    CODE,
    NOTE,
    accounts,
    at_clock,
    begin,
    bring,
    close,
    found,
    more_numbers,
    refresh,
    snapshot,
    sync,
)
from tests.money.books import OFFICE, Town, make_bill
from tests.money.collecting import CASHIER, case_state, in_parts, now, pay

ACCOUNT = f"cash:{CODE}"
NOWHERE = str(BillReference(1, 101, 999_999))


def conflicts(context: Context) -> list[CashConflict]:
    with context.database.reading() as session:
        return list(open_conflicts(session, actor=CASHIER))


def agrees(context: Context, desk: str = CODE) -> bool:
    with context.database.transaction() as session:
        return agreement(session, actor=SYSTEM, desk=desk).agrees


def test_a_shift_is_booked_with_its_receipts_when_it_is_closed(context: Context, town: Town, desk: Desk) -> None:
    bill = make_bill(context, town)
    begin(context, desk)
    slip = counter.take(desk, reference=bill.reference, tendered=bill.piastres + NOTE * 3)
    assert slip.number == f"{OFFICE}-{CODE}-000001"
    assert sync(context, desk).payments == 0
    assert ACCOUNT not in accounts(context)
    assert close(desk, over=-200) == -200
    done = sync(context, desk)
    assert (done.shifts, done.payments, done.conflicts, done.whole) == (1, 1, 0, True)
    rounding = rounding_of(bill.piastres, NOTE)
    assert accounts(context) == {
        "revenue:municipality": -bill.piastres,
        ACCOUNT: bill.piastres + rounding - 200,
        "cash-over-short": 200,
        **({"cash-rounding": -rounding} if rounding else {}),
    }
    with context.database.reading() as session:
        assert session.scalars(select(Receipt.number)).all() == [slip.number]
        assert session.scalars(select(CashShift.difference)).all() == [-200]
    assert case_state(context, bill) == "paid"
    assert now(context, bill).state == "paid"
    assert agrees(context)


def test_the_same_package_twice_changes_nothing(context: Context, town: Town, desk: Desk) -> None:
    bill = make_bill(context, town)
    begin(context, desk)
    counter.take(desk, reference=bill.reference)
    close(desk)
    package = counter.export(desk)
    bring(context, package)
    before = accounts(context)
    again = bring(context, package)
    assert (again.entries, again.payments) == (0, 0)
    assert accounts(context) == before
    refresh(context, desk)
    assert counter.export(desk).splitlines()[-1].startswith("end;1;")
    assert sync(context, desk).entries == 1


def test_half_a_package_is_taken_up_to_the_half(context: Context, town: Town, desk: Desk) -> None:
    bill = make_bill(context, town)
    begin(context, desk)
    counter.take(desk, reference=bill.reference)
    close(desk)
    package = counter.export(desk)
    lines = package.splitlines(keepends=True)
    half = bring(context, "".join(lines[:3]) + lines[3][:40])
    assert (half.entries, half.acknowledged, half.whole) == (2, 2, False)
    rest = bring(context, package)
    assert (rest.entries, rest.payments, rest.whole) == (2, 1, True)
    assert agrees(context)


def test_a_gap_a_change_and_a_foreign_signature_are_refused(context: Context, town: Town, desk: Desk) -> None:
    bill = make_bill(context, town)
    begin(context, desk)
    counter.take(desk, reference=bill.reference)
    lines = counter.export(desk).splitlines(keepends=True)
    signed = bytearray(base64.urlsafe_b64decode(lines[2].strip() + "=="))
    signed[-1] ^= 1
    forged = base64.urlsafe_b64encode(bytes(signed)).decode().rstrip("=") + "\n"
    for text, code in (
        (lines[0] + lines[2], "cash-gap"),
        (lines[0] + lines[1] + lines[3], "cash-chain-broken"),
        (lines[0] + lines[1] + forged + lines[3], "cash-signature"),
        ("".join(lines[:2]) + lines[3] + lines[4], "cash-package-damaged"),
        ("something else\n", "cash-package-unreadable"),
    ):
        with pytest.raises(RukhsaError) as refused:
            bring(context, text)
        assert refused.value.code == code
    assert sync(context, desk).entries == 3


def test_a_desk_that_was_set_back_is_found(context: Context, town: Town, desk: Desk, tmp_path: Path) -> None:
    begin(context, desk)
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in (counter.KEY, counter.OFFICE):
        (copy / name).write_bytes((tmp_path / "desk" / name).read_bytes())
    twin = counter.open_desk(copy)
    counter.import_snapshot(twin, snapshot(context, twin))
    sync(context, desk)
    with pytest.raises(Conflict, match="cash-desk-forked"):
        sync(context, twin)
    with pytest.raises(Conflict, match="cash-desk-forked"):
        refresh(context, twin)
    twin.store.close()


def test_what_was_paid_meanwhile_waits_for_a_person(context: Context, town: Town, desk: Desk) -> None:
    bill, other = make_bill(context, town), make_bill(context, town)
    begin(context, desk)
    counter.take(desk, reference=bill.reference)
    slip = counter.take(desk, reference=NOWHERE, piastres=7_000)
    close(desk)
    pay(context, bill, bill.piastres)
    assert sync(context, desk).conflicts == 2
    assert [(c.code, c.piastres) for c in conflicts(context)] == [("bill-paid", bill.piastres), ("bill-unknown", 7_000)]
    assert accounts(context)["suspense"] == -bill.piastres - 7_000
    assert agrees(context)
    first, second = conflicts(context)
    with pytest.raises(Conflict, match="cash-credit-open"), context.database.transaction() as session:
        decide(session, actor=CASHIER, conflict_id=first.id, decision="أُعطي لفاتورة أخرى")
    with context.database.transaction() as session:
        credit = session.scalars(select(Credit).where(Credit.payment_id == first.payment_id)).one()
        allot(session, actor=CASHIER, office=OFFICE, credit_id=credit.id, reference=other.reference)
        number = select(Receipt.number).where(Receipt.payment_id == first.payment_id)
        assert session.scalar(number) == f"{OFFICE}-{CODE}-000001"
    with context.database.transaction() as session:
        decide(session, actor=CASHIER, conflict_id=first.id, decision="أُعطي لفاتورة أخرى")
    assert [c.number for c in conflicts(context)] == [slip.number] == [second.number]
    with pytest.raises(Conflict, match="decided"), context.database.transaction() as session:
        decide(session, actor=CASHIER, conflict_id=first.id, decision="مرة أخرى")


def test_parts_and_an_excess(context: Context, town: Town, desk: Desk) -> None:
    bill = make_bill(context, town)
    least = in_parts(context, bill)
    begin(context, desk)
    with pytest.raises(Invalid, match="cash-amount-range"):
        counter.take(desk, reference=bill.reference, piastres=least - 1)
    counter.take(desk, reference=bill.reference, piastres=least)
    rest = counter.take(desk, reference=bill.reference)
    assert rest.piastres == bill.piastres - least
    with pytest.raises(Conflict, match="cash-bill-paid"):
        counter.take(desk, reference=bill.reference)
    close(desk)
    pay(context, bill, least)
    assert sync(context, desk).conflicts == 1
    assert [(c.code, c.number[-6:]) for c in conflicts(context)] == [("overpaid", "000002")]
    assert accounts(context)["overpaid"] == -least
    assert now(context, bill).state == "paid"


def test_the_paper_book_is_honoured_as_of_its_day(context: Context, town: Town, desk: Desk, tmp_path: Path) -> None:
    bill, second = make_bill(context, town), make_bill(context, town)
    begin(context, desk)
    day = today()
    counter.book_entry(desk, book="A17", page=12, on=day, reference=bill.reference, piastres=bill.piastres)
    with pytest.raises(Conflict, match="cash-book-twice"):
        counter.book_entry(desk, book="A17", page=12, on=day, reference=bill.reference, piastres=bill.piastres)
    with pytest.raises(Invalid, match="cash-book-day"):
        counter.book_entry(
            desk, book="A17", page=13, on=day + timedelta(days=2), reference=bill.reference, piastres=NOTE
        )
    close(desk)
    assert sync(context, desk).conflicts == 0
    with context.database.reading() as session:
        assert session.scalars(select(Receipt.number)).all() == ["A17/000012"]
    neighbour = found(context, tmp_path / "neighbour", code="C07-2")
    begin(context, neighbour)
    counter.book_entry(neighbour, book="A17", page=12, on=day, reference=second.reference, piastres=second.piastres)
    close(neighbour)
    assert sync(context, neighbour).conflicts == 1
    assert [c.code for c in conflicts(context)] == ["number-taken"]
    assert now(context, second).state == "paid"
    neighbour.store.close()


def test_a_deposit_leaves_the_desk_for_the_bank(context: Context, town: Town, desk: Desk) -> None:
    bill = make_bill(context, town)
    begin(context, desk)
    counter.take(desk, reference=bill.reference)
    with pytest.raises(Invalid, match="cash-deposit-amount"):
        counter.deposit(desk, slip="B-1", piastres=500)
    close(desk, over=300)
    held = counter.till_of(desk).undeposited
    counter.deposit(desk, slip="B-1", piastres=held - 1000)
    with pytest.raises(Conflict, match="cash-slip-twice"):
        counter.deposit(desk, slip="B-1", piastres=1000)
    sync(context, desk)
    books = accounts(context)
    assert (books[ACCOUNT], books["transit:deposits"], books["cash-over-short"]) == (1000, held - 1000, -300)
    assert agrees(context)


def test_every_number_is_used_or_void(context: Context, town: Town, desk: Desk) -> None:
    begin(context, desk)
    first = counter.take(desk, reference=NOWHERE, piastres=1000)
    counter.take(desk, reference=NOWHERE, piastres=1000)
    counter.void(desk, number=first.number, reason="خطأ في المبلغ")
    counter.spoil(desk, count=1, reason="تلف الورق")
    counter.take(desk, reference=NOWHERE, piastres=1000)
    close(desk)
    sync(context, desk)
    with context.database.transaction() as session:
        told = agreement(session, actor=SYSTEM, desk=CODE)
    assert [n[-1] for n in told.used] == ["2", "4"]
    assert {n[-1]: reason for n, reason in told.voided.items()} == {"1": "خطأ في المبلغ", "3": "تلف الورق"}
    assert told.free == 1
    assert (told.queue, told.books) == (2000, 2000)


def test_spent_numbers_go_on_with_the_next_block(context: Context, town: Town, desk: Desk) -> None:
    begin(context, desk)
    for _ in range(5):
        counter.take(desk, reference=NOWHERE, piastres=1000)
    with pytest.raises(Conflict, match="cash-numbers-spent"):
        counter.take(desk, reference=NOWHERE, piastres=1000)
    more_numbers(context, desk, 2)
    refresh(context, desk)
    assert counter.take(desk, reference=NOWHERE, piastres=1000).number[-6:] == "000006"


def test_only_the_office_imports(context: Context, town: Town, desk: Desk) -> None:
    begin(context, desk)
    engineer = Actor("engineer", "engineer", frozenset({Role.ENGINEER}))
    package = counter.export(desk)
    with pytest.raises(Forbidden), context.database.transaction() as session:
        import_package(session, actor=engineer, office=OFFICE, text=package)


def test_late_but_taken_in_time_is_honoured(context: Context, town: Town, desk: Desk) -> None:
    bill = make_bill(context, town)
    begin(context, desk)
    slip = counter.take(desk, reference=bill.reference)
    close(desk)
    with context.database.transaction() as session:
        session.get_one(Bill, bill.id).expires_at = slip.taken_at + timedelta(microseconds=1)
    assert sync(context, desk).conflicts == 0
    with context.database.reading() as session:
        assert session.scalars(select(Payment.state)).all() == ["accepted"]


@pytest.mark.parametrize(("minutes", "said"), [(0, 0), (5, 5), (-5, 0)])
def test_a_desk_whose_clock_goes_before_the_offices_is_told(
    context: Context, town: Town, desk: Desk, minutes: int, said: int
) -> None:
    make_bill(context, town)
    refresh(context, desk)
    wrong = at_clock(desk, lambda: utcnow() + timedelta(minutes=minutes, seconds=30 if minutes else 0))
    if minutes < 0:  # a clock behind the office's list takes no money at all
        with pytest.raises(Conflict, match="cash-clock-behind"):
            refresh(context, wrong)
    else:
        counter.open_shift(wrong, cashier="سعاد المثال", notes={})
        assert sync(context, wrong).ahead == said
