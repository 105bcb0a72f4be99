"""The XML dialect over HTTP: batches, replays, split sums, states, and what is refused with which code."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from xml.etree.ElementTree import Element

import httpx
import pytest
from defusedxml.ElementTree import fromstring

from api.routes.mfep import BODY_LIMIT
from api.sandbox_switch.mfep import PATH, MfepBiller, _sign
from permits.db import utcnow
from permits.jobs import Context
from permits.money.bills import renew
from permits.money.channels.mfep.codes import CODES, LATER, SUCCESS
from permits.money.tables import Bill
from permits.people.actor import SYSTEM
from tests.conftest import ROOT
from tests.money.books import SECRET, Town, make_bill
from tests.money.channels.conftest import with_cleaning
from tests.money.collecting import books, in_parts
from tests.money.serving import biller_app, serving
from tests.switch.desk import Desk, Owed, message


@pytest.fixture
def biller(context: Context, town: Town) -> Iterator[MfepBiller]:
    with serving(biller_app(context)) as address:
        yield MfepBiller(address, "bank-1", SECRET)


def _sent(biller: MfepBiller, content: bytes, **query: str) -> tuple[int, Element]:
    answer = httpx.post(biller.address + PATH, content=content, params=query, trust_env=False)
    return answer.status_code, fromstring(answer.content)


def _pull(biller: MfepBiller, reference: str) -> Element:
    """The BillRec of a signed question."""
    status, root = _sent(biller, biller._message("BILPULRQ", {"AcctInfo": biller._account(reference)}))
    assert status == 200
    found = root.find("MsgBody/BillsRec/BillRec")
    assert found is not None
    return found


def _code(root: Element) -> str | None:
    return root.findtext("MsgHeader/Result/ErrorCode")


def test_a_batch_is_answered_one_by_one_and_again_the_same(biller: MfepBiller, context: Context, town: Town) -> None:
    bills = [make_bill(context, town) for _ in range(2)]
    good, late = (message(_owed(bill)) for bill in bills)
    wrong, strange = message(_owed(bills[0]), amount="0.001"), message(_owed(bills[0]), more="x")
    bodies = [good, wrong, late, strange, good]
    answers = biller.notify_all(bodies)
    assert [answer.status_code for answer in answers] == [200, 422, 200, 422, 200]
    assert answers[0].json() == answers[4].json()
    assert [answer.status_code for answer in biller.notify_all(bodies)] == [200, 422, 200, 422, 200]
    assert biller.notify_all([good])[0].json() == answers[0].json()
    assert books(context) == {}


def _owed(bill: Bill) -> Owed:
    return Owed(bill.reference, Decimal(bill.piastres) / 100, Decimal(0))


def test_the_guid_comes_back_and_the_answer_is_signed(biller: MfepBiller, context: Context, town: Town) -> None:
    asked = biller._message(
        "BILPULRQ", {"AcctInfo": biller._account(make_bill(context, town).reference)}, guid="1" * 32
    )
    status, root = _sent(biller, asked)
    assert (status, _code(root), root.findtext("MsgHeader/GUID")) == (200, "0", "1" * 32)
    assert root.findtext("MsgFooter/Security/Signature") == _sign(SECRET, root)
    assert root.findtext("MsgHeader/TrsInf/ResTyp") == "BILPULRS"


def test_a_header_that_was_changed_is_not_believed(biller: MfepBiller, context: Context, town: Town) -> None:
    asked = biller._message("BILPULRQ", {"AcctInfo": biller._account("1")}, guid="1" * 32)
    for old, new in ((b"1" * 32, b"2" * 32), (b"</Signature>", b"0</Signature>")):
        status, root = _sent(biller, asked.replace(old, new))
        assert (status, _code(root)) == (401, "2")
    other = asked.replace(b"<Security>", b"<Security><SignatureMethod>none</SignatureMethod>")
    assert _code(_sent(biller, other)[1]) == "2"


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "1"), (b"{}", 422, "1"), (b"<MFEP/>", 422, "1"), (b"<x/>", 422, "1"),
        (b'<!DOCTYPE MFEP [<!ENTITY f SYSTEM "file:///etc/hostname">]><MFEP>&f;</MFEP>', 422, "1"),
        (b"<MFEP>" + b" " * BODY_LIMIT + b"</MFEP>", 413, "13"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_in_the_dialect(
    biller: MfepBiller, content: bytes, status: int, code: str
) -> None:
    answered, root = _sent(biller, content, GUID="abc")
    assert (answered, _code(root), root.findtext("MsgHeader/GUID")) == (status, code, "abc")
    assert root.find("MsgFooter") is None


def test_another_billers_question_is_refused(biller: MfepBiller) -> None:
    _, root = _sent(biller, biller._message("BILPULRQ", {"AcctInfo": {"BillingNo": "1", "BillerCode": "999"}}))
    assert _code(root) == "12"


def test_what_is_owed_is_told_by_beneficiary_and_sums(biller: MfepBiller, context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    with_cleaning(context, bill)
    least = in_parts(context, bill)
    record = _pull(biller, bill.reference)
    amounts = [round(float(part.findtext("Amount") or "0") * 100) for part in record.iter("SubPmt")]
    assert len(amounts) > 1
    assert sum(amounts) == bill.piastres
    assert record.findtext("PmtConst/AllowPart") == "true"
    assert record.findtext("PmtConst/Lower") == f"{least / 100:.3f}"
    assert record.findtext("DueAmount") == f"{bill.piastres / 100:.3f}"
    assert "." in (record.findtext("AdditionalInfo/CustName") or "")


def test_the_states_of_a_bill(biller: MfepBiller, context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    assert _pull(biller, bill.reference).findtext("BillStatus") == "BillNew"
    with context.database.transaction() as session:
        session.get_one(Bill, bill.id).expires_at = utcnow() - timedelta(hours=1)
    record = _pull(biller, bill.reference)
    assert (record.findtext("Result/ErrorCode"), record.findtext("DueAmount")) == ("14", "0.000")
    with context.database.transaction() as session:
        (again,) = renew(session, actor=SYSTEM, demand_id=bill.demand_id)
    assert _pull(biller, again.reference).findtext("BillStatus") == "BillUpdated"
    in_parts(context, again)
    desk = Desk(biller)
    part = _owed(again)
    desk.pay(message(part, amount=f"{part.amount / 2:.2f}"))
    assert _pull(biller, again.reference).findtext("BillStatus") == "BillPartiallyPaid"
    desk.pay(message(part))
    assert _pull(biller, again.reference).findtext("BillStatus") == "BillOverPaid"
    whole = make_bill(context, town)
    desk.pay(message(_owed(whole)))
    assert _pull(biller, whole.reference).findtext("BillStatus") == "BillPaid"


def test_every_code_is_documented_and_none_is_four() -> None:
    page = (ROOT / "docs" / "mfep.md").read_text(encoding="utf-8")
    results = [SUCCESS, LATER, *CODES.values()]
    assert [
        result for result in results if f"| {result.code} | {result.severity} | {result.description} |" not in page
    ] == []
    codes = [result.code for result in results]
    assert len(codes) == len(set(codes))
    assert "4" not in codes
