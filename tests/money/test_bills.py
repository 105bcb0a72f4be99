"""A bill is the fee of the reviewed model on its plot, with every number's provenance, once."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from permits.audit import timeline
from permits.cases.fee import issue_bill
from permits.cases.tables import Case
from permits.db import utcnow
from permits.errors import Conflict, Forbidden
from permits.jobs import Context, unfinished
from permits.money import ledger
from permits.money.assessment import Input
from permits.money.bills import latest_bill
from permits.money.ledger import Entry, Unbalanced
from permits.money.reference import parse_reference
from permits.money.tables import Bill
from permits.money.tariff import Tariff, tariff_on
from permits.people.actor import SYSTEM, Actor, Role
from permits.register.parties import new_party
from permits.register.tables import CaseApplicant
from tests.money.books import Town, make_bill, make_case, report


def _bill(context: Context, town: Town, content: dict[str, Any] | None = None, **more: Any) -> Bill:
    with context.database.transaction() as session:
        case = make_case(session, context, town, content)
        return issue_bill(
            session, actor=SYSTEM, storage=context.storage, governorate="01", case_id=case.id, **more
        )  # fmt: skip


def test_the_owner_on_record_as_applicant_is_told_what_is_owed(context: Context, town: Town) -> None:
    assert _bill(context, town).payer == "م. هالة النموذج"
    with context.database.transaction() as session:
        case, owner = make_case(session, context, town), new_party(session, name_ar="ليلى المثال")
        session.add(CaseApplicant(
            case_id=case.id, party_id=owner.id, agent="وكيل", power_of_attorney="77", declared_by="registrar"
        ))  # fmt: skip
        session.flush()
        bill = issue_bill(session, actor=SYSTEM, storage=context.storage, governorate="01", case_id=case.id)
        assert bill.payer == "ليلى المثال"


def test_a_bill_names_the_model_and_the_value_zone(context: Context, town: Town) -> None:
    bill = _bill(context, town)
    assert parse_reference(bill.reference).sequence == 1
    floor = next(line for line in json.loads(bill.assessment)["lines"] if line["code"] == "PRM.FLOOR")
    used = {item["name"]: item for item in floor["inputs"]}
    assert used["floor_area"]["reference"].endswith("9f" * 32)
    assert used["floor_area"]["value"] == "480.25"
    assert used["value_m2"]["source"] == "value_zone"
    assert used["value_m2"]["status"] == "fictitious"
    value = Decimal(used["value_m2"]["value"])
    expected = (Decimal("0.01") * value * Decimal("480.25")).quantize(Decimal(1))
    assert floor["piastres"] == int(expected)
    with context.database.reading() as session:
        assert ledger.balances(session) == {"receivable": bill.piastres, "revenue:municipality": -bill.piastres}
        assert [row.event for row in timeline(session, bill.case_id)] == ["bill-issued"]


def test_a_case_has_one_live_bill(context: Context, town: Town) -> None:
    bill = _bill(context, town)
    with context.database.transaction() as session, pytest.raises(Conflict, match="bill-exists"):
        issue_bill(session, actor=SYSTEM, storage=context.storage, governorate="01", case_id=bill.case_id)


def test_an_expired_bill_is_replaced_and_its_booking_taken_back(context: Context, town: Town) -> None:
    old = _bill(context, town)
    with context.database.transaction() as session:
        session.get_one(Bill, old.id).expires_at = utcnow() - timedelta(days=1)
    with context.database.transaction() as session:
        new = issue_bill(session, actor=SYSTEM, storage=context.storage, governorate="01", case_id=old.case_id)
    assert new.reference != old.reference
    with context.database.reading() as session:
        assert session.get_one(Bill, old.id).state == "expired"
        assert latest_bill(session, case_id=old.case_id).id == new.id
        assert ledger.balance(session, ledger.RECEIVABLE) == new.piastres
        assert ledger.unbalanced(session) == []


def test_what_was_not_measured_is_not_charged_as_nothing(context: Context, town: Town) -> None:
    with pytest.raises(Conflict) as caught:
        _bill(context, town, report(balcony_area=None))
    assert (caught.value.code, caught.value.values) == ("fee-input-missing", {"name": "balcony_area"})
    declared = [Input("balcony_area", Decimal(12), "m2", "declared", "owner's letter", "provisional")]
    bill = _bill(context, town, report(balcony_area=None), declared=declared)
    assert "owner's letter" in bill.assessment


def test_a_bill_of_nought_settles_itself(context: Context, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def free(day: Any) -> Tariff:
        tariff = tariff_on(day)
        params = {name: param.model_copy(update={"value": Decimal(0)}) for name, param in tariff.params.items()}
        return tariff.model_copy(update={"params": params})

    monkeypatch.setattr("permits.cases.fee.tariff_on", free)
    bill = _bill(context, town)
    assert (bill.piastres, bill.state) == (0, "paid")
    with context.database.reading() as session:
        assert session.get_one(Case, bill.case_id).state == "paid"
        assert ledger.balances(session) == {}
    assert [job["id"] for job in unfinished(context.database)] == [f"permit.issue:{bill.case_id}"]


def test_only_an_approved_case_is_billed_and_only_by_the_office(context: Context, town: Town) -> None:
    with context.database.transaction() as session:
        case = make_case(session, context, town)
        stranger = Actor("x", "x", frozenset({Role.ENGINEER}))
        with pytest.raises(Forbidden):
            issue_bill(session, actor=stranger, storage=context.storage, governorate="01", case_id=case.id)
        case.state = "in_review"
        session.flush()
        with pytest.raises(Conflict, match="wrong-state"):
            issue_bill(session, actor=SYSTEM, storage=context.storage, governorate="01", case_id=case.id)


def test_entries_that_do_not_balance_are_never_booked(context: Context, town: Town) -> None:
    with context.database.transaction() as session, pytest.raises(Unbalanced):
        ledger.post(session, key="x", entries=[Entry("bank", 5), Entry("suspense", -4)])


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger_entries SET piastres = 0", "DELETE FROM ledger_entries", "DELETE FROM ledger_transactions"],
)
def test_the_books_refuse_to_be_changed(context: Context, town: Town, statement: str) -> None:
    make_bill(context, town)
    with pytest.raises(DatabaseError, match="append-only"), context.database.transaction() as session:
        session.execute(text(statement))
