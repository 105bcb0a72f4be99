"""The biller never loses money, never books it twice, and answers the same question the same way."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from permits.audit import AuditEvent, AuditRow
from permits.cases.tables import Case
from permits.db import utcnow
from permits.errors import Invalid, NotFound, Unauthenticated
from permits.jobs import Context, unfinished
from permits.money import ledger, signature
from permits.money.payments import Answer, Notice, acknowledge, inquire, notify
from permits.money.providers import authenticate
from permits.money.reference import BillReference
from permits.money.tables import Bill, Payment, Receipt
from permits.people.actor import Actor, Role
from tests.money.books import BANK, OFFICE, SECRET, Town, make_bill


def notice_of(bill: Bill, transaction: str = "T1") -> Notice:
    return Notice(transaction, bill.reference, bill.piastres, utcnow(), date(2026, 11, 21), "mobile")


def tell(context: Context, notice: Notice, payload: bytes | None = None, actor: Actor = BANK) -> Answer:
    raw = payload if payload is not None else repr(notice).encode()
    with context.database.transaction() as session:
        return notify(session, actor=actor, office=OFFICE, notice=notice, payload=raw)


def _balances(context: Context) -> dict[str, int]:
    with context.database.reading() as session:
        assert ledger.unbalanced(session) == []
        return ledger.balances(session)


def test_a_payment_settles_its_bill_and_asks_for_the_permit(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    answer = tell(context, notice_of(bill))
    assert (answer.state, answer.code) == ("accepted", "accepted")
    assert answer.receipt == f"{OFFICE}-{utcnow().year}-R-000001"
    assert _balances(context) == {
        "receivable": 0,
        "revenue:municipality": -bill.piastres,
        "transit:bank": bill.piastres,
    }
    with context.database.reading() as session:
        assert session.get_one(Case, bill.case_id).state == "paid"
        assert session.get_one(Bill, bill.id).state == "paid"
    assert [job["id"] for job in unfinished(context.database)] == [f"permit.issue:{bill.case_id}"]


def test_told_again_the_answer_is_the_same_and_nothing_is_booked(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    notice = notice_of(bill)
    first = tell(context, notice)
    before = _balances(context)
    assert [tell(context, notice) for _ in range(3)] == [first] * 3
    assert _balances(context) == before
    with context.database.reading() as session:
        assert len(session.scalars(select(Receipt)).all()) == 1


def test_told_otherwise_under_the_same_number_is_a_conflict_on_record(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    notice = notice_of(bill)
    tell(context, notice)
    before = _balances(context)
    other = tell(context, replace(notice, piastres=notice.piastres + 1))
    assert (other.state, other.code, other.receipt) == ("conflict", "payment-conflict", None)
    assert _balances(context) == before
    with context.database.reading() as session:
        events = session.scalars(select(AuditRow.event).where(AuditRow.subject == other.payment)).all()
    assert str(AuditEvent.PAYMENT_REFUSED) in events


def test_the_same_number_of_another_provider_is_another_payment(context: Context, town: Town) -> None:
    first, second = make_bill(context, town), make_bill(context, town)
    wallet = Actor("wallet", "wallet", frozenset({Role.BILLER}))
    answers = tell(context, notice_of(first)), tell(context, notice_of(second), actor=wallet)
    assert [answer.state for answer in answers] == ["accepted", "accepted"]
    assert [(answer.receipt or "")[-6:] for answer in answers] == ["000001", "000002"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"piastres": 1}, "amount-differs"),
        ({"reference": "0110100000000000"}, "bill-unknown"),
        ({"reference": "not a number"}, "bill-unknown"),
        ({"paid_at": datetime(2030, 1, 1, tzinfo=UTC)}, "bill-expired"),
    ],
)
def test_money_that_fits_no_bill_is_kept_in_suspense(
    context: Context, town: Town, change: dict[str, object], code: str
) -> None:
    bill = make_bill(context, town)
    notice = replace(notice_of(bill), **change)  # type: ignore[arg-type]  # a map of many types
    first = tell(context, notice)
    assert (first.state, first.code, first.receipt) == ("suspense", code, None)
    assert tell(context, notice) == first
    assert _balances(context)["suspense"] == -notice.piastres
    with context.database.reading() as session:
        assert session.get_one(Case, bill.case_id).state == "awaiting_payment"


def test_a_second_payment_of_a_paid_bill_goes_to_suspense(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    tell(context, notice_of(bill, "T1"))
    assert tell(context, notice_of(bill, "T2")).code == "bill-paid"
    assert _balances(context)["suspense"] == -bill.piastres


def test_paid_in_time_is_honoured_however_late_we_hear_of_it(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    paid_at = utcnow()
    with context.database.transaction() as session:
        session.get_one(Bill, bill.id).expires_at = paid_at + timedelta(microseconds=1)
    assert tell(context, replace(notice_of(bill), paid_at=paid_at)).state == "accepted"


def test_an_inquiry_tells_what_is_owed_now(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    with context.database.reading() as session:
        view = inquire(session, actor=BANK, reference=f" {bill.reference[:4]} {bill.reference[4:]}")
        assert (view.state, view.piastres) == ("issued", bill.piastres)
        with pytest.raises(NotFound):
            inquire(session, actor=BANK, reference=str(BillReference(1, 101, 999_999)))
        with pytest.raises(Invalid, match="misread"):
            inquire(session, actor=BANK, reference=str(int(bill.reference) + 1).zfill(16))
    tell(context, notice_of(bill))
    with context.database.reading() as session:
        assert inquire(session, actor=BANK, reference=bill.reference).state == "paid"


def test_an_acknowledgement_is_kept_once(context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    answer = tell(context, notice_of(bill))
    for _ in range(2):
        with context.database.transaction() as session:
            assert acknowledge(session, actor=BANK, payment_id=answer.payment) == answer
    with context.database.reading() as session:
        assert session.get_one(Payment, answer.payment).acknowledged_at is not None
        stranger = Actor("wallet", "wallet", frozenset({Role.BILLER}))
        with pytest.raises(NotFound):
            acknowledge(session, actor=stranger, payment_id=answer.payment)


def test_nothing_is_not_a_payment(context: Context, town: Town) -> None:
    with pytest.raises(Invalid, match="payment-amount"):
        tell(context, replace(notice_of(make_bill(context, town)), piastres=0))


def _signed(context: Context, *, key_id: str = "bank-1", age: int = 0, body: bytes = b"{}", path: str = "/p") -> Actor:
    stamp = str(int(utcnow().timestamp()) - age)
    given = signature.sign(SECRET, timestamp=stamp, method="POST", path="/p", body=b"{}")
    with context.database.reading() as session:
        return authenticate(
            session, key_id=key_id, timestamp=stamp, method="POST", path=path, body=body, given=given
        )  # fmt: skip


def test_a_signed_message_names_its_provider(context: Context, town: Town) -> None:
    assert _signed(context) == BANK
    assert _signed(context, age=signature.WINDOW_SECONDS - 2) == BANK


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"key_id": "nobody"}, "biller-key-unknown"),
        ({"body": b"{ }"}, "signature-wrong"),
        ({"path": "/q"}, "signature-wrong"),
        ({"age": signature.WINDOW_SECONDS + 2}, "signature-stale"),
        ({"age": -signature.WINDOW_SECONDS - 2}, "signature-stale"),
    ],
)
def test_a_message_that_is_not_theirs_is_refused(
    context: Context, town: Town, fault: dict[str, object], code: str
) -> None:
    with pytest.raises(Unauthenticated, match=code):
        _signed(context, **fault)  # type: ignore[arg-type]  # a map of many types
