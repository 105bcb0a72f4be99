"""The office's own counter: each cashier has a desk under the rules of all, and whatever breaks off is made good."""

import pytest
from sqlalchemy import select

from permits.cash import office
from permits.cash.conflicts import agreement, open_conflicts
from permits.cash.desk.counter import till_of
from permits.cash.tables import CashDesk, CashShift
from permits.cash.token import verify_receipt
from permits.documents.keys import verifying_keys
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context
from permits.money.bills import left_of
from permits.money.demands import allow_parts
from permits.money.reconciliation.breaks import open_breaks
from permits.money.tables import Bill, Payment, Receipt
from permits.people.actor import SYSTEM, Actor, Role
from tests.cash.centre import FLOAT, FLOAT_PIASTRES
from tests.money.books import Town, make_bill

RANA = Actor("rana", "رنا", frozenset({Role.CASHIER}))
SUHA = Actor("suha", "سها", frozenset({Role.CASHIER}))
HUDA = Actor("huda", "هدى", frozenset({Role.APPROVER}))


class Crash(RuntimeError):
    """The power goes."""


def state(context: Context, bill: Bill) -> str:
    with context.database.reading() as session:
        return session.get_one(Bill, bill.id).state


def agrees(context: Context, actor: Actor = RANA) -> tuple[bool, int]:
    with office.opened(context, actor) as desk:
        code = desk.code
    with context.database.transaction() as session:
        told = agreement(session, actor=SYSTEM, desk=code)
    return told.agrees, told.books


def expected(context: Context, actor: Actor = RANA) -> int:
    with office.opened(context, actor) as desk:
        shift = till_of(desk).shift
        assert shift is not None
        return shift.expected


def test_a_day_at_the_office_counter(context: Context, town: Town) -> None:
    first, second = make_bill(context, town), make_bill(context, town)
    assert office.open_shift(context, RANA, notes=FLOAT) == FLOAT_PIASTRES
    slip = office.take(context, RANA, reference=first.reference)
    assert slip.payer == first.payer
    assert slip.number == "DM-01-C001-000001"
    verdict = verify_receipt(slip.token, verifying_keys(context.settings))
    assert (verdict.code, verdict.desk, verdict.claims.piastres) == ("valid", "C001", first.piastres)
    with pytest.raises(Conflict, match="cash-bill-paid"):
        office.take(context, RANA, reference=first.reference)
    assert office.print_again(context, RANA, number=slip.number).token == slip.token
    wrong = office.take(context, RANA, reference=second.reference)
    office.void(context, RANA, number=wrong.number, reason="خطأ في الفاتورة")
    assert (state(context, first), state(context, second)) == ("issued", "issued")
    assert office.close_shift(context, RANA, notes={1: expected(context)}) == 0
    assert (state(context, first), state(context, second)) == ("paid", "issued")
    with context.database.reading() as session:
        assert session.query(Receipt.number).scalar() == slip.number
    with pytest.raises(Conflict, match="bill-not-live"):
        office.take(context, RANA, reference=first.reference)
    office.deposit(context, RANA, slip="S-1", piastres=slip.piastres + slip.rounding)
    assert agrees(context) == (True, 0)


def test_the_books_are_read_when_the_bill_is_paid(context: Context, town: Town) -> None:
    """A bill of after the shift was opened is known, and a part that was paid elsewhere is off it."""
    office.open_shift(context, RANA, notes=FLOAT)
    bill = make_bill(context, town)
    with context.database.transaction() as session:
        allow_parts(session, actor=SYSTEM, demand_id=bill.demand_id)
    part = office.take(context, RANA, reference=bill.reference, piastres=bill.piastres // 2)
    rest = office.take(context, RANA, reference=bill.reference)
    assert part.piastres + rest.piastres == bill.piastres
    office.close_shift(context, RANA, notes={1: expected(context)})
    with context.database.reading() as session:
        assert left_of(session, session.get_one(Bill, bill.id)) == 0
        assert open_conflicts(session, actor=RANA) == []


def test_each_cashier_has_a_drawer_of_their_own(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    office.open_shift(context, RANA, notes=FLOAT)
    with pytest.raises(Conflict, match="cash-shift-needed"):
        office.take(context, SUHA, reference=bill.reference)
    office.open_shift(context, SUHA, notes={})
    slips = [office.take(context, one, reference=bill.reference) for one in (RANA, SUHA)]
    assert [slip.number for slip in slips] == ["DM-01-C001-000001", "DM-01-C002-000001"]
    for one in (RANA, SUHA):  # both took it: one has paid the bill, the other's money waits for a person
        office.close_shift(context, one, notes={1: expected(context, one)})
    with context.database.reading() as session:
        assert [(one.code, one.number) for one in open_conflicts(session, actor=HUDA)] == [
            ("bill-paid", "DM-01-C002-000001")
        ]
        assert sorted(session.scalars(select(CashDesk.code))) == ["C001", "C002"]


@pytest.mark.parametrize("step", ["import_package", "make_snapshot"])
def test_a_crash_after_the_count_loses_nothing(
    context: Context, town: Town, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:  # fmt: skip
    bill = make_bill(context, town)
    office.open_shift(context, RANA, notes=FLOAT)
    slip = office.take(context, RANA, reference=bill.reference)
    money = {1: expected(context)}

    def crash(*_: object, **__: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(office, step, crash)
        with pytest.raises(Crash):
            office.close_shift(context, RANA, notes=money)
    office.open_shift(context, RANA, notes=FLOAT)
    assert state(context, bill) == "paid"
    with context.database.reading() as session:
        assert session.query(Payment.piastres).all() == [(bill.piastres,)]
        assert session.query(CashShift.taken).all() == [(slip.piastres + slip.rounding,)]
    assert agrees(context)[0]


@pytest.mark.parametrize("step", ["_new_code", "add_desk", "give_block", "make_snapshot"])
def test_a_crash_while_a_counter_is_made_is_made_good(
    context: Context, town: Town, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:  # fmt: skip
    bill = make_bill(context, town)

    def crash(*_: object, **__: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(office, step, crash)
        with pytest.raises(Crash):
            office.open_shift(context, RANA, notes=FLOAT)
    office.open_shift(context, RANA, notes=FLOAT)
    assert office.take(context, RANA, reference=bill.reference).number.endswith("-000001")


def test_a_count_that_differs_is_a_break_at_once(context: Context, town: Town) -> None:
    """Bringing the queue to the books reckons the desk's day: the accountant need not ask for it."""
    office.open_shift(context, RANA, notes=FLOAT)
    office.close_shift(context, RANA, notes={1: FLOAT_PIASTRES - 500})
    with context.database.reading() as session:
        assert [(one.party, one.kind, one.piastres, one.owner) for one in open_breaks(session, actor=SYSTEM)] == [
            ("cash:C001", "cash_short", -500, "cashier")
        ]


def test_what_cannot_be_taken(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    with pytest.raises(Forbidden):
        office.open_shift(context, HUDA, notes=FLOAT)
    office.open_shift(context, RANA, notes=FLOAT)
    with pytest.raises(Conflict, match="cash-shift-open"):
        office.open_shift(context, RANA, notes=FLOAT)
    with pytest.raises(Invalid, match="bill-reference-misread"):
        office.take(context, RANA, reference="12")
    with pytest.raises(NotFound, match="bill-unknown"):
        office.take(context, RANA, reference="0110100000099935")
    with pytest.raises(Invalid, match="cash-tendered-short"):
        office.take(context, RANA, reference=bill.reference, tendered=1)
    assert office.take(context, RANA, reference=bill.reference).number.endswith("-000001")
