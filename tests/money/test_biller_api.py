"""The biller over HTTP: signed requests, problem+json for faults, the same answer for the same message."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from httpx import Client, Response

from api.routes import biller
from permits.db import utcnow
from permits.documents.issue import issue_permit, permit_of
from permits.documents.revocations import RevocationReason
from permits.documents.revoking import withdraw
from permits.jobs import Context
from permits.money import signature
from permits.money.tables import Bill
from permits.people.actor import SYSTEM
from tests.money.books import SECRET, Town, make_bill
from tests.money.collecting import books, in_parts
from tests.money.serving import biller_app, serving


@pytest.fixture
def client(context: Context, town: Town) -> Iterator[Client]:
    with serving(biller_app(context)) as address, Client(base_url=address, trust_env=False) as client:
        yield client


def send(
    client: Client, method: str, path: str, body: bytes = b"", *, secret: bytes = SECRET, key: str = "bank-1"
) -> Response:
    stamp = str(int(utcnow().timestamp()))
    signed = signature.sign(secret, timestamp=stamp, method=method, path=path, body=body)
    headers = {"X-Key-Id": key, "X-Timestamp": stamp, "X-Signature": signed}
    return client.request(method, path, content=body, headers=headers)


def message(bill: Bill, **changes: Any) -> bytes:
    amount = f"{bill.piastres // 100}.{bill.piastres % 100:02d}"
    content = {
        "transaction": "T1", "reference": bill.reference, "amount": amount, "currency": "SYP",
        "paid_at": utcnow().isoformat(), "settlement_day": "2026-11-21", "channel": "mobile",
    }  # fmt: skip
    return json.dumps(content | changes).encode()


def test_a_bill_is_asked_for_paid_and_acknowledged(client: Client, context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    asked = send(client, "GET", f"/biller/v1/bills/{bill.reference}").json()
    assert (asked["state"], asked["currency"]) == ("issued", "SYP")
    body = message(bill, amount=asked["amount"])
    first = send(client, "POST", "/biller/v1/payments", body)
    assert (first.status_code, first.json()["state"]) == (200, "accepted")
    assert send(client, "POST", "/biller/v1/payments", body).json() == first.json()
    path = f"/biller/v1/payments/{first.json()['payment']}/acknowledgement"
    assert send(client, "POST", path).json() == first.json()
    assert send(client, "GET", f"/biller/v1/bills/{bill.reference}").json()["state"] == "paid"


def test_a_part_and_too_much_are_told(client: Client, context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    whole = f"{bill.piastres // 100}.{bill.piastres % 100:02d}"
    asked = send(client, "GET", f"/biller/v1/bills/{bill.reference}").json()
    assert [asked[name] for name in ("amount", "least", "total")] == [whole] * 3
    least = in_parts(context, bill)
    path = "/biller/v1/payments"
    half = f"{bill.piastres // 200}.00"
    first = send(client, "POST", path, message(bill, amount=half)).json()
    assert (first["state"], first["code"]) == ("accepted", "part")
    asked = send(client, "GET", f"/biller/v1/bills/{bill.reference}").json()
    assert (asked["state"], asked["amount"], asked["total"]) == ("partly_paid", first["left"], whole)
    assert round(float(asked["least"]) * 100) == least
    last = send(client, "POST", path, message(bill, transaction="T2")).json()
    assert (last["state"], last["code"], last["left"]) == ("accepted", "overpaid", "0.00")
    assert books(context)["overpaid"] == -(bill.piastres // 200) * 100
    asked = send(client, "GET", f"/biller/v1/bills/{bill.reference}").json()
    assert (asked["state"], asked["amount"], asked["least"]) == ("paid", whole, "0.00")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"amount": "1"}, 200, "amount-differs"),
        ({"amount": "0"}, 422, "payment-amount"),
        ({"amount": "1.001"}, 422, "payment-amount"),
        ({"amount": 5}, 422, "message-unreadable"),
        ({"currency": "USD"}, 422, "message-unreadable"),
        ({"paid_at": "2026-11-21T10:00:00"}, 422, "message-unreadable"),
        ({"extra": "x"}, 422, "message-unreadable"),
        ({"reference": "junk"}, 200, "bill-unknown"),
    ],
)
def test_what_is_told_wrongly_is_named(
    client: Client, context: Context, town: Town, change: dict[str, Any], status: int, code: str
) -> None:
    answer = send(client, "POST", "/biller/v1/payments", message(make_bill(context, town), **change))
    assert answer.status_code == status
    assert code in (answer.json().get("code"), answer.json().get("title"))


def test_other_content_under_the_same_number_is_409(client: Client, context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    send(client, "POST", "/biller/v1/payments", message(bill))
    answer = send(client, "POST", "/biller/v1/payments", message(bill, channel="kiosk"))
    assert (answer.status_code, answer.json()["title"]) == (409, "payment-conflict")
    assert answer.headers["content-type"] == "application/problem+json"


def test_who_did_not_sign_is_refused(client: Client, context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    for answer in (
        client.get(f"/biller/v1/bills/{bill.reference}"),
        send(client, "GET", f"/biller/v1/bills/{bill.reference}", secret=b"guessed"),
        send(client, "POST", "/biller/v1/payments", message(bill), key="other"),
    ):
        assert answer.status_code == 401


def test_unknown_and_misread_bills(client: Client, town: Town) -> None:
    assert send(client, "GET", "/biller/v1/bills/123").status_code == 422
    assert send(client, "GET", "/biller/v1/bills/0110100099999931").status_code in (404, 422)


def test_a_flood_is_cut_off(client: Client, town: Town) -> None:
    answer = send(client, "POST", "/biller/v1/payments", b"x" * (biller.BODY_LIMIT + 1))
    assert answer.status_code == 413


def test_a_permit_is_checked_by_anybody(client: Client, context: Context, town: Town) -> None:
    bill = make_bill(context, town)
    send(client, "POST", "/biller/v1/payments", message(bill))
    issue_permit(context, case_id=bill.case_id)
    with context.database.reading() as session:
        permit = permit_of(session, case_id=bill.case_id)
    answer = client.get(f"/verify/{permit.token}").json()
    assert (answer["valid"], answer["claims"]["number"]) == (True, permit.number)
    shown = client.get(f"/verify/{permit.token}", headers={"Accept": "text/html"}).text
    assert "الوثيقة صحيحة وسارية." in shown
    assert permit.number in shown
    assert client.get("/verify/rubbish").status_code == 422
    assert client.get("/verify", headers={"Accept": "text/html"}).status_code == 200
    assert '"d"' not in client.get("/verify/keys.json").text
    with context.database.transaction() as session:
        withdraw(
            session,
            actor=SYSTEM,
            number=permit.number,
            subject=bill.case_id,
            reason=RevocationReason.COURT_ORDER,
            note="test",
            asked_by="test",
        )
    assert client.get(f"/verify/{permit.token}").json()["code"] == "revoked"
    with context.database.transaction() as session:
        session.delete(permit_of(session, case_id=bill.case_id))
    assert client.get(f"/verify/{permit.token}").json()["code"] == "unknown_permit"


def test_a_message_cut_off_half_way_is_not_a_fault_of_ours(
    context: Context, town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    with serving(biller_app(context)) as address:
        host, _, port = address.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port))) as line:
            line.sendall(b"POST /biller/v1/payments HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{")
    assert "Traceback" not in capfd.readouterr().err
