"""Demand, bill, payment, receipt: parts, instalments, payers, corrections, waivers; to the piastre."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from permits.audit import timeline
from permits.calendar import today
from permits.cases.fee import issue_bill
from permits.db import utcnow
from permits.documents.issue import issue_permit, permit_of
from permits.documents.receipt import receipt_facts
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context, unfinished
from permits.money import subjects
from permits.money.bills import (
    TRANSITIONS,
    BillEvent,
    BillState,
    bills_of,
    change,
    issue_whole,
    latest_bill,
    overdue,
    renew,
)
from permits.money.credits import allot, open_credits
from permits.money.demands import Owed, Service, demand_of, group_claims, open_demand, owed
from permits.money.instalments import equal_parts, pay_by_instalments, pay_by_several, payers_parts
from permits.money.invitations import invite, invited_bill, revoke
from permits.money.payments import inquire
from permits.money.receipts import receipts_of
from permits.money.revisions import Revised, cancel, revise
from permits.money.tables import Bill, Demand
from permits.money.terms import Release
from permits.money.waivers import approve_waiver, refuse_waiver, request_waiver
from permits.people.actor import SYSTEM, Actor, Role
from tests.money.books import BANK, OFFICE, Town, make_bill
from tests.money.collecting import APPROVER, CASHIER, books, case_state, credit_of, in_parts, now, paid_back, pay
from tests.money.test_books_model import assessed_otherwise

FIRST = date(2027, 1, 31)
EVERY = timedelta(days=30)


@pytest.fixture
def bill(context: Context, town: Town) -> Bill:
    return make_bill(context, town)


def _instalments(context: Context, bill: Bill, count: int = 3, release: Release | None = None) -> list[Bill]:
    with context.database.transaction() as session:
        parts = equal_parts(bill.piastres, payer="أحمد", count=count, first=FIRST, every=EVERY)
        return pay_by_instalments(session, actor=CASHIER, demand_id=bill.demand_id, parts=parts, release=release)


def _revise(context: Context, bill: Bill, difference: int) -> Revised | None:
    with context.database.transaction() as session:
        newest = assessed_otherwise(bill.assessment, difference)
        return revise(session, actor=APPROVER, demand_id=bill.demand_id, assessment=newest, reason="أعيد القياس")


def test_a_bill_ends_once() -> None:
    ends = {BillState.PAID, BillState.EXPIRED, BillState.WITHDRAWN}
    back = {BillEvent.REOPEN, BillEvent.REOPEN_PART}
    assert set(TRANSITIONS.values()) == set(BillState)
    assert {state for state, event in TRANSITIONS if event not in back} == set(BillState) - ends
    assert {state for state, event in TRANSITIONS if event in back} == {BillState.PAID, BillState.PARTLY_PAID}
    for state in ends:
        for event in set(BillEvent) - (back if state is BillState.PAID else set()):
            with pytest.raises(Conflict, match="bill-not-live"):
                change(Bill(reference="r", state=str(state)), event)


def test_parts_are_taken_where_the_demand_allows_them(context: Context, bill: Bill) -> None:
    assert pay(context, bill, bill.piastres - 1, "T0").code == "amount-differs"
    least = in_parts(context, bill)
    assert least == -(-bill.piastres // 4)
    assert pay(context, bill, least - 1, "T1").state == "suspense"
    first = pay(context, bill, least, "T2")
    assert (first.state, first.code, first.left) == ("accepted", "part", bill.piastres - least)
    assert (now(context, bill).state, case_state(context, bill)) == ("partly_paid", "awaiting_payment")
    second = pay(context, bill, bill.piastres - least - 3, "T3")
    last = pay(context, bill, 3, "T4")  # below the least, but all that is left
    assert (second.left, last.left, last.code) == (3, 0, "accepted")
    numbers = [answer.receipt or "" for answer in (first, second, last)]
    assert [number[-6:] for number in numbers] == ["000001", "000002", "000003"]
    assert (now(context, bill).state, case_state(context, bill)) == ("paid", "paid")
    assert books(context) == {"suspense": -(bill.piastres - 1) - (least - 1)}
    with context.database.reading() as session:
        facts = receipt_facts(session, actor=SYSTEM, case_id=bill.case_id or "", language="ar")
    (line,) = facts.lines
    assert (line.piastres, bill.reference in line.name, facts.total) == (3, True, 3)


def test_a_provider_sees_what_is_left(context: Context, bill: Bill) -> None:
    least = in_parts(context, bill)
    pay(context, bill, least)
    with context.database.reading() as session:
        view = inquire(session, actor=BANK, reference=bill.reference)
    assert (view.state, view.piastres, view.left, view.least) == (
        "partly_paid", bill.piastres, bill.piastres - least, least,
    )  # fmt: skip


def test_what_is_too_much_is_the_payers_and_goes_to_another_bill(context: Context, town: Town, bill: Bill) -> None:
    answer = pay(context, bill, bill.piastres + 700)
    assert (answer.state, answer.code, answer.left) == ("accepted", "overpaid", 0)
    assert (books(context), case_state(context, bill)) == ({"overpaid": -700}, "paid")
    other = make_bill(context, town)
    credit, left = credit_of(context)
    assert left == 700
    with pytest.raises(Conflict, match="part-not-allowed"):
        _allot(context, credit, other)
    in_parts(context, other)
    with pytest.raises(Conflict, match="part-not-allowed"):
        _allot(context, credit, other)
    pay(context, other, other.piastres - 500, "T2")
    assert _allot(context, credit, other) == 500
    assert (books(context), credit_of(context)[1], case_state(context, other)) == ({"overpaid": -200}, 200, "paid")
    with context.database.reading() as session:
        papers = receipts_of(session, kind="case", subject_id=other.case_id or "")
    assert [row.piastres for row in papers] == [bill.piastres + 700, other.piastres - 500]


def _allot(context: Context, credit: str, bill: Bill) -> int:
    with context.database.transaction() as session:
        return allot(session, actor=CASHIER, office=OFFICE, credit_id=credit, reference=bill.reference)


def test_money_in_suspense_is_given_to_the_bill_it_was_meant_for(context: Context, town: Town, bill: Bill) -> None:
    misread = pay(context, bill, bill.piastres + 5, reference="not a number")
    assert (misread.state, misread.receipt) == ("suspense", None)
    credit, _ = credit_of(context)
    assert _allot(context, credit, bill) == bill.piastres
    assert (books(context), case_state(context, bill)) == ({"overpaid": -5}, "paid")
    assert pay(context, bill, bill.piastres + 5, reference="not a number") == misread  # told again
    with context.database.reading() as session:
        (receipt,) = receipts_of(session, kind="case", subject_id=bill.case_id or "")
        assert (receipt.piastres, receipt.number[-6:]) == (bill.piastres + 5, "000001")
        assert [left for _, left in open_credits(session, actor=CASHIER)] == [5]
    with pytest.raises(Conflict, match="bill-not-live"):
        _allot(context, credit, bill)
    with pytest.raises(Conflict, match="credit-used"):
        _allot(context, credit, make_bill(context, town))


def test_instalments_sum_to_the_whole_and_the_permit_waits_for_the_last(context: Context, bill: Bill) -> None:
    parts = _instalments(context, bill)
    assert sum(part.piastres for part in parts) == bill.piastres
    assert [(part.position, part.due_on) for part in parts] == [(1, "2027-01-31"), (2, "2027-03-02"), (3, "2027-04-01")]
    assert len({part.reference for part in parts} | {bill.reference}) == 4
    assert now(context, bill).state == "withdrawn"
    assert pay(context, bill, bill.piastres, "T0").code == "bill-withdrawn"
    for number, part in enumerate(parts, 1):
        assert case_state(context, bill) == "awaiting_payment"
        assert pay(context, part, part.piastres, f"T{number}").state == "accepted"
    assert (case_state(context, bill), books(context)) == ("paid", {"suspense": -bill.piastres})


def test_where_the_office_says_so_the_first_instalment_is_enough(context: Context, bill: Bill) -> None:
    first, second = _instalments(context, bill, count=2, release=Release.FIRST_PAID)
    pay(context, second, second.piastres, "T2")
    assert case_state(context, bill) == "awaiting_payment"
    second_of, first = first, _instalments_again(context, bill, first)
    assert second_of.reference != first.reference
    pay(context, first, first.piastres, "T1")
    assert case_state(context, bill) == "paid"
    issue_permit(context, case_id=bill.case_id or "")
    with context.database.reading() as session:
        assert len(permit_of(session, case_id=bill.case_id or "").facts["receipt"].split(", ")) == 2


def _instalments_again(context: Context, bill: Bill, lapsed: Bill) -> Bill:
    """The first instalment expires and is renewed; its place among them stays."""
    with context.database.transaction() as session:
        session.get_one(Bill, lapsed.id).expires_at = utcnow() - timedelta(days=1)
    with context.database.transaction() as session:
        (again,) = renew(session, actor=CASHIER, demand_id=bill.demand_id)
    assert (again.position, again.piastres, now(context, lapsed).state) == (1, lapsed.piastres, "expired")
    return again


def test_the_case_goes_on_once(context: Context, bill: Bill) -> None:
    parts = _instalments(context, bill, count=2, release=Release.FIRST_PAID)
    for number, part in enumerate(parts):
        pay(context, part, part.piastres, f"T{number}")
    assert [job["id"] for job in unfinished(context.database)] == [f"permit.issue:{bill.case_id}"]
    with context.database.reading() as session:
        demand = demand_of(session, bill.demand_id)
        assert (demand.state, owed(session, demand=demand)) == ("settled", 0)


def test_several_pay_their_exact_shares(context: Context, bill: Bill) -> None:
    shares = [("ليلى", Fraction(1, 7)), ("كريم", Fraction(2, 7)), ("نور", Fraction(4, 7))]
    with context.database.transaction() as session:
        parts = payers_parts(bill.piastres, shares)
        bills = pay_by_several(session, actor=CASHIER, demand_id=bill.demand_id, parts=parts)
    assert [part.payer for part in bills] == ["ليلى", "كريم", "نور"]
    assert sum(part.piastres for part in bills) == bill.piastres
    for number, part in enumerate(bills):
        assert case_state(context, bill) == "awaiting_payment"
        pay(context, part, part.piastres, f"T{number}")
    assert (case_state(context, bill), books(context)) == ("paid", {})


@given(st.integers(2, 10**12), st.integers(2, 12), st.lists(st.integers(1, 99), min_size=2, max_size=9))
def test_parts_sum_to_the_whole_to_the_piastre(piastres: int, count: int, weights: list[int]) -> None:
    by_day = equal_parts(piastres, payer="p", count=count, first=FIRST, every=EVERY)
    by_name = payers_parts(piastres, [(str(n), Fraction(w, sum(weights))) for n, w in enumerate(weights)])
    assert sum(part.piastres for part in by_day) == sum(part.piastres for part in by_name) == piastres
    assert max(part.piastres for part in by_day) - min(part.piastres for part in by_day) <= 1


def test_a_schedule_that_does_not_fit_is_refused_whole(context: Context, bill: Bill) -> None:
    good = equal_parts(bill.piastres, payer="p", count=3, first=FIRST, every=EVERY)
    bad = {
        "parts-sum": good[:2], "instalments-count": good[:1], "instalments-days": good[::-1],
        "part-amount": [replace(good[0], piastres=bill.piastres), replace(good[1], piastres=0)],
    }  # fmt: skip
    for code, parts in bad.items():
        with pytest.raises(Invalid, match=code), context.database.transaction() as session:
            pay_by_instalments(session, actor=CASHIER, demand_id=bill.demand_id, parts=parts)
    assert now(context, bill).state == "issued"


def test_more_is_demanded_by_a_demand_of_its_own(context: Context, bill: Bill) -> None:
    revised = _revise(context, bill, 900)
    assert revised is not None
    assert revised.bill is not None
    assert (revised.demand.adjusts, revised.bill.piastres) == (bill.demand_id, 900)
    with context.database.reading() as session:
        root = demand_of(session, bill.demand_id)
        assert (root.piastres, sum(group_claims(session, root).values())) == (bill.piastres, bill.piastres + 900)
    pay(context, bill, bill.piastres, "T1")
    assert case_state(context, bill) == "awaiting_payment"
    pay(context, revised.bill, 900, "T2")
    assert (case_state(context, bill), books(context)) == ("paid", {})
    assert _revise(context, bill, 900) is None


def test_less_is_taken_off_what_is_owed(context: Context, bill: Bill) -> None:
    revised = _revise(context, bill, -900)
    assert revised is not None
    assert (revised.demand.piastres, revised.bill, credit_of(context)[1]) == (-900, None, 0)
    assert books(context) == {"receivable": bill.piastres - 900}
    assert pay(context, bill, bill.piastres - 900).code == "accepted"
    assert (case_state(context, bill), books(context)) == ("paid", {})


def test_less_after_payment_is_paid_back_and_never_more(context: Context, bill: Bill) -> None:
    pay(context, bill, bill.piastres)
    _revise(context, bill, -900)
    credit, left = credit_of(context)
    assert (left, books(context)) == (900, {"overpaid": -900})
    with pytest.raises(Invalid, match="refund-amount"):
        paid_back(context, credit, 901)
    paid_back(context, credit, 900)
    assert books(context) == {"transfers": -900}
    with pytest.raises(Invalid, match="refund-amount"):
        paid_back(context, credit, 1)


def test_a_demand_is_taken_back_before_payment_only(context: Context, town: Town, bill: Bill) -> None:
    _revise(context, bill, -900)
    with context.database.transaction() as session:
        cancel(session, actor=CASHIER, demand_id=bill.demand_id, reason="خطأ في المقسم")
    assert (books(context), now(context, bill).state) == ({}, "withdrawn")
    with context.database.transaction() as session:
        again = issue_bill(session, actor=SYSTEM, storage=context.storage, governorate="01", case_id=bill.case_id or "")
    assert again.demand_id != bill.demand_id
    in_parts(context, again)
    pay(context, again, again.piastres // 2)
    with pytest.raises(Conflict, match="demand-paid"), context.database.transaction() as session:
        cancel(session, actor=CASHIER, demand_id=again.demand_id, reason="خطأ")


def test_a_waiver_has_its_basis_its_evidence_and_two_people(context: Context, bill: Bill) -> None:
    in_parts(context, bill)
    pay(context, bill, bill.piastres // 2)
    with pytest.raises(Invalid, match="waiver-basis"):
        _ask_waiver(context, bill, b"")
    waiver = _ask_waiver(context, bill, b"a decision")
    with pytest.raises(Conflict, match="waiver-asked"):
        _ask_waiver(context, bill, b"a decision")
    with context.database.transaction() as session:
        refuse_waiver(session, actor=APPROVER, waiver_id=waiver, reason="لا ينطبق")
    waiver = _ask_waiver(context, bill, b"another decision")
    with context.database.transaction() as session:
        with pytest.raises(Forbidden):
            approve_waiver(session, actor=CASHIER, waiver_id=waiver)
        approved = approve_waiver(session, actor=APPROVER, waiver_id=waiver)
        assert context.storage.read(approved.evidence_sha256) == b"another decision"
    waived = bill.piastres - bill.piastres // 2
    assert (approved.piastres, books(context), case_state(context, bill)) == (waived, {"waived": waived}, "paid")
    assert pay(context, bill, waived, "T2").code == "bill-withdrawn"
    with pytest.raises(Conflict, match="demand-closed"):
        _revise(context, bill, -900)


def _ask_waiver(context: Context, bill: Bill, evidence: bytes) -> str:
    with context.database.transaction() as session:
        return request_waiver(
            session, actor=CASHIER, storage=context.storage, demand_id=bill.demand_id,
            legal_basis="قانون افتراضي للتجربة", evidence=evidence,
        ).id  # fmt: skip


def test_every_act_is_on_the_cases_timeline(context: Context, bill: Bill) -> None:
    in_parts(context, bill)
    _instalments(context, bill)
    _revise(context, bill, -900)
    with context.database.reading() as session:
        events = [row.event for row in timeline(session, bill.case_id or "")]
    issued = ["bill-issued"]
    assert events == [*issued, "parts-allowed", "bill-withdrawn", *issued * 3, "demand-cut", "demand-revised"]


def test_a_link_shows_and_pays_one_bill(context: Context, town: Town, bill: Bill) -> None:
    owner = Actor("engineer", "engineer", frozenset({Role.ENGINEER}))
    stranger = Actor("stranger", "stranger", frozenset({Role.ENGINEER}))
    second = make_bill(context, town)
    with context.database.transaction() as session:
        with pytest.raises(NotFound):
            invite(session, actor=stranger, reference=bill.reference)
        tokens = [invite(session, actor=owner, reference=bill.reference) for _ in range(2)]
        other = invite(session, actor=owner, reference=second.reference)
    with context.database.reading() as session:
        assert {invited_bill(session, token=token).id for token in tokens} == {bill.id}
        assert invited_bill(session, token=other).id == second.id
        assert inquire(session, actor=BANK, reference=tokens[0]).reference == bill.reference
        with pytest.raises(NotFound, match="invitation-unknown"):
            invited_bill(session, token="guessed")
    assert pay(context, bill, bill.piastres, reference=tokens[0]).state == "accepted"
    assert case_state(context, bill) == "paid"
    with context.database.transaction() as session:
        assert revoke(session, actor=owner, reference=bill.reference) == 2
    assert pay(context, bill, bill.piastres, "T2", reference=tokens[1]).code == "bill-unknown"


def test_arrears_are_listed_by_the_day_they_were_due(context: Context, bill: Bill) -> None:
    parts = _instalments(context, bill)
    pay(context, parts[0], parts[0].piastres)
    with context.database.reading() as session:
        assert overdue(session, on=date(2027, 3, 2)) == []
        late = overdue(session, on=date(2027, 4, 2))
    assert [row.id for row in late] == [part.id for part in parts[1:]]


def test_another_service_joins_without_touching_money(context: Context, bill: Bill) -> None:
    """An occupancy of the pavement: its handler alone is new."""
    gone_on: list[str] = []
    handler = subjects.Subject(lock=lambda *_: None, see=lambda *_: None, released=lambda _, i: gone_on.append(i))
    subjects.register("occupancy", handler)
    with context.database.transaction() as session:
        assessment = assessed_otherwise(bill.assessment, 0)
        owed_for = Owed(Service("occupancy", 204), "03", "occupancy", "OCC-1", "مطعم المثال", assessment)
        demand = open_demand(session, actor=SYSTEM, owed=owed_for)
        other = issue_whole(session, actor=SYSTEM, demand=demand)
    assert other.reference.startswith("03204000000001")
    assert (other.case_id, gone_on) == (None, [])
    assert pay(context, other, other.piastres).state == "accepted"
    assert gone_on == ["OCC-1"]
    with context.database.reading() as session:
        assert [row.id for row in bills_of(session, kind="occupancy", subject_id="OCC-1")] == [other.id]
        assert latest_bill(session, case_id=bill.case_id or "").id == bill.id
        assert session.scalars(select(Demand.payer).where(Demand.service == "occupancy")).all() == ["مطعم المثال"]


def test_an_expired_bill_assessed_otherwise_is_renewed_and_corrected(
    context: Context, bill: Bill, monkeypatch: pytest.MonkeyPatch
) -> None:
    with context.database.transaction() as session:
        session.get_one(Bill, bill.id).expires_at = utcnow() - timedelta(days=1)
    newest = assessed_otherwise(bill.assessment, 300)
    monkeypatch.setattr("permits.cases.fee.assess_case", lambda *_, **__: newest)
    with context.database.transaction() as session:
        again = issue_bill(session, actor=SYSTEM, storage=context.storage, governorate="01", case_id=bill.case_id or "")
    assert (again.piastres, again.demand_id) == (bill.piastres, bill.demand_id)
    with context.database.reading() as session:
        every = bills_of(session, kind="case", subject_id=bill.case_id or "")
        assert [(row.piastres, row.state) for row in every] == [
            (bill.piastres, "expired"), (bill.piastres, "issued"), (300, "issued"),
        ]  # fmt: skip
    assert books(context) == {"receivable": bill.piastres + 300}
    assert again.due_on >= today().isoformat()
