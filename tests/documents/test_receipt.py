"""The receipt of a paid bill: what it says, and who may have it."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from starlette.testclient import TestClient

from api.guard import COOKIE
from api.main import create_app
from permits.cases.tables import Review
from permits.documents.receipt import ReceiptFacts, numbered_receipt, receipt_facts, receipt_page, receipt_pdf
from permits.documents.render import font_folder
from permits.documents.sheet import Office
from permits.errors import NotFound
from permits.jobs import Context
from permits.money.assessment import read_assessment
from permits.money.tables import Bill
from permits.people.accounts import open_login
from permits.people.actor import SYSTEM, Actor, Role
from permits.people.tables import User
from tests.extracts.counter import bill_of, open_counter, ordered
from tests.extracts.counter import pay as pay_order
from tests.factories import make_actor
from tests.money.books import OFFICE, make_bill, open_books
from tests.money.collecting import in_parts, pay
from tests.money.test_payments import notice_of, tell


@pytest.fixture
def bill(context: Context) -> Bill:
    return make_bill(context, open_books(context))


def _facts(context: Context, bill: Bill, actor: Actor = SYSTEM, language: str = "ar") -> ReceiptFacts:
    with context.database.reading() as session:
        return receipt_facts(session, actor=actor, case_id=bill.case_id, language=language)


def test_a_receipt_says_what_was_paid_line_by_line(context: Context, bill: Bill) -> None:
    with pytest.raises(NotFound, match="no-receipt"):
        _facts(context, bill)
    answer = tell(context, notice_of(bill, "TX-77"))
    facts = _facts(context, bill)
    assert (facts.number, facts.reference, facts.transaction) == (answer.receipt, bill.reference, "TX-77")
    assert (facts.applicant, facts.channel, facts.total) == ("م. هالة النموذج", "mobile", bill.piastres)
    assert sum(line.piastres for line in facts.lines) == facts.total
    assert facts.assessment_sha256 == read_assessment(bill.assessment).sha256
    assert "provisional" in facts.statuses
    assert _facts(context, bill, language="en").applicant == "e"


def test_only_who_may_see_the_case_has_its_receipt(context: Context, bill: Bill) -> None:
    tell(context, notice_of(bill))
    with context.database.transaction() as session:
        stranger, cashier = make_actor(session, Role.ENGINEER, "other"), make_actor(session, Role.CASHIER)
    with pytest.raises(NotFound, match="case-unknown"):
        _facts(context, bill, stranger)
    assert _facts(context, bill, cashier).number == f"{OFFICE}-{_facts(context, bill).paid_on.year}-R-000001"


@pytest.fixture
def client(context: Context, bill: Bill) -> Iterator[TestClient]:
    with context.database.transaction() as session:
        counts = {"pass": 1, "fail": 0, "undecided": 0, "not_applicable": 0, "refusal": None, "questions": []}
        session.scalars(select(Review)).one().summary = counts
        sid, _ = open_login(session, user=session.get_one(User, "engineer"), minutes=5)
    client = TestClient(create_app(context, work=False), base_url="http://testserver")
    client.cookies.set(COOKIE, sid)
    yield client
    client.close()


def test_the_page_offers_the_receipt_once_the_bill_is_paid(context: Context, bill: Bill, client: TestClient) -> None:
    place = f"/cases/{bill.case_id}"
    assert "receipt.pdf" not in client.get(place).text
    refused = client.get(f"{place}/receipt.pdf")
    assert (refused.status_code, refused.json()["title"]) == (404, "no-receipt")
    answer = tell(context, notice_of(bill))
    shown = client.get(place).text
    assert f'href="{place}/receipt.pdf"' in shown
    assert "تنزيل الإيصال" in shown
    pdf = client.get(f"{place}/receipt.pdf?lang=en")
    assert (pdf.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    assert (answer.receipt or "") in text
    assert bill.reference in text.replace(" ", "")


def test_a_receipt_of_a_part_says_which_bill_it_was_for(context: Context, bill: Bill) -> None:
    in_parts(context, bill)
    pay(context, bill, bill.piastres // 2)
    pay(context, bill, bill.piastres, "T2")
    facts = _facts(context, bill, language="en")
    assert [line.piastres for line in facts.lines] == [bill.piastres - bill.piastres // 2, bill.piastres // 2]
    assert facts.total == bill.piastres
    pdf = receipt_pdf(facts, language="en", office=Office("a", "b"), fonts=font_folder())
    assert "kept as the payer's credit" in " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())


def test_any_receipt_is_had_by_its_number_by_who_may_see_what_was_paid(context: Context) -> None:
    counter = open_counter(context)
    order = ordered(context, counter.owner)
    number = pay_order(context, order).receipt or ""
    with context.database.transaction() as session:
        facts = numbered_receipt(session, actor=counter.owner, number=f" {number.lower()}", language="ar")
        with pytest.raises(NotFound, match="extract-order-unknown"):
            numbered_receipt(session, actor=counter.stranger, number=number, language="ar")
        with pytest.raises(NotFound, match="no-receipt"):
            numbered_receipt(session, actor=counter.owner, number="R-0", language="ar")
    assert (facts.kind, facts.case, facts.plot, facts.applicant) == ("extract", order.number, "7", order.applicant)
    assert (facts.number, facts.reference, facts.total) == (number, bill_of(context, order).reference, order.piastres)
    rows = receipt_page(facts, language="ar", office=Office("a", "b"))["payment"]
    assert ("extract-order", order.number, True) in rows


def test_the_route_gives_the_receipt_of_a_case_by_its_number(
    context: Context, bill: Bill, client: TestClient
) -> None:  # fmt: skip
    number = tell(context, notice_of(bill)).receipt
    assert f'href="/receipts/{number}.pdf"' in client.get(f"/bills/{bill.reference}").text
    pdf = client.get(f"/receipts/{number}.pdf")
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")
    assert client.get("/receipts/none.pdf").json()["title"] == "no-receipt"
