"""Extracts in the portal: the fee before the order, the order, following it without a login, and the paper."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.main import create_app
from permits.extracts import preparing
from permits.extracts.tables import ExtractOrder
from permits.extracts.tracking import tracking_code
from permits.jobs import Context
from tests.extracts.counter import OWNER, Counter, open_counter, pay
from tests.factories import PASSWORD

HTML = {"accept": "text/html"}
FORM = {"zone": "Z", "plot": "7", "purpose": "owner", "applicant": OWNER, "channel": "digital", "copies": "٢"}


@pytest.fixture
def counter(context: Context) -> Counter:
    return open_counter(context)


@pytest.fixture
def client(context: Context, counter: Counter) -> Iterator[TestClient]:
    client = TestClient(create_app(context, work=False), base_url="http://testserver")
    yield client
    client.close()


def enter(client: TestClient, who: str) -> dict[str, str]:
    client.cookies.clear()
    client.post("/login", data={"login": who, "password": PASSWORD})
    page = client.get("/extracts/new", headers=HTML).text
    return {"csrf": re.search(r'data-csrf="([^"]+)"', page)[1]}  # type: ignore[index] - a missing token fails the test


def placed(client: TestClient, context: Context, form: dict[str, str]) -> ExtractOrder:
    page = client.post("/extracts", data={**form, "step": "place"}, headers=HTML)
    assert page.status_code == 200, page.text
    with context.database.reading() as session:
        return session.get_one(ExtractOrder, str(page.url).rsplit("/", 1)[-1])


def test_the_fee_is_told_before_anything_is_ordered(client: TestClient) -> None:
    page = client.post("/extracts", data={**enter(client, "owner"), **FORM, "step": "quote"}, headers=HTML)
    assert "٦٫٠٠" in page.text
    assert "الأرقام الوطنية ما عدا خاناتها الأخيرة" in page.text
    assert "لا طلبات بعد" in client.get("/extracts", headers=HTML).text


def test_what_is_wrong_is_said_on_the_form_which_keeps_its_answers(client: TestClient) -> None:
    csrf = enter(client, "stranger")
    page = client.post("/extracts", data={**csrf, **FORM, "step": "place"}, headers=HTML)
    assert (page.status_code, OWNER in page.text) == (403, True)
    assert "لا يحق لك طلب البيان لهذا الغرض" in page.text
    for wrong in ({"copies": "x"}, {"as_of": "2026-13-01"}, {"plot": "99"}, {"channel": "post"}, {"purpose": "x"}):
        page = client.post("/extracts", data={**csrf, **FORM, **wrong}, headers=HTML)
        assert (page.status_code in (404, 422), 'role="alert"' in page.text) == (True, True), wrong
    assert client.post("/extracts", data={**csrf, **FORM, "plot": "7" * 41}).status_code == 422
    assert client.post("/extracts", data=FORM).status_code == 403  # a form that we did not make


def test_ordered_paid_and_downloaded_by_its_owner_alone(context: Context, client: TestClient) -> None:
    order = placed(client, context, enter(client, "owner") | FORM)
    path = f"/extracts/{order.id}"
    page = client.get(path, headers=HTML).text
    assert "بانتظار الدفع" in page
    assert "ادفع بهذا الرقم" in page
    assert client.get(f"{path}/extract.pdf").status_code == 404
    assert pay(context, order).code == "accepted"
    preparing.prepare_extract(context, order_id=order.id)
    assert "تنزيل البيان" in client.get(path, headers=HTML).text
    assert client.get(f"{path}/extract.pdf").content.startswith(b"%PDF-")
    enter(client, "stranger")
    assert [client.get(p).status_code for p in (path, f"{path}/extract.pdf")] == [404, 404]
    assert order.number not in client.get("/extracts", headers=HTML).text


def test_followed_and_fetched_without_a_login(context: Context, client: TestClient) -> None:
    order = placed(client, context, enter(client, "owner") | FORM)
    client.cookies.clear()
    known = {"number": order.number, "code": tracking_code(context.settings, order.number)}
    assert client.get("/extracts/track", headers=HTML).status_code == 200
    page = client.post("/extracts/track", data=known, headers=HTML).text
    assert "ادفع الفاتورة" in page
    assert OWNER not in page
    assert client.post("/extracts/track/extract.pdf", data=known).status_code == 404
    pay(context, order)
    preparing.prepare_extract(context, order_id=order.id)
    assert client.post("/extracts/track/extract.pdf", data=known).content.startswith(b"%PDF-")
    for wrong in ({"code": "AAAAAAAAAA"}, {"number": "DM-01-2026-E-000009"}):
        for path in ("/extracts/track", "/extracts/track/extract.pdf"):
            assert client.post(path, data={**known, **wrong}, headers=HTML).status_code == 404
    assert client.get("/extracts", headers=HTML, follow_redirects=False).status_code == 303


def test_cancelled_in_the_portal_and_read_in_english(context: Context, client: TestClient) -> None:
    csrf = enter(client, "owner")
    order = placed(client, context, csrf | FORM | {"channel": "centre", "centre": "MZ"})
    page = client.get(f"/extracts/{order.id}?lang=en", headers=HTML).text
    assert "Mazzeh centre" in page
    done = client.post(f"/extracts/{order.id}/cancel", data=csrf, headers=HTML)
    assert "أُلغي الطلب قبل الدفع" in done.text


def test_a_scanned_extract_is_told_on_the_page_of_checks(context: Context, client: TestClient) -> None:
    order = placed(client, context, enter(client, "owner") | FORM)
    pay(context, order)
    preparing.prepare_extract(context, order_id=order.id)
    with context.database.reading() as session:
        token = preparing.paper_of(session, order_id=order.id).token
    client.cookies.clear()
    page = client.get(f"/verify/{token}", headers=HTML).text
    assert "الوثيقة صحيحة وسارية" in page
    assert "للمالك أو وكيله" in page
    told = client.get(f"/verify/{token}").json()["claims"]
    assert (told["kind"], told["parcel"], told["purpose"]) == ("extract", "100", "owner")
