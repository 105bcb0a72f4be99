"""Forged and stale messages: on record, counted, and never more than one entry a minute for a key."""

from datetime import UTC, datetime, timedelta

from httpx import Client
from sqlalchemy import select

from permits import audit
from permits.audit import AuditEvent, AuditRow
from permits.db import utcnow
from permits.jobs import Context
from permits.money import refusals, signature
from permits.money.refusals import Refused, Tally
from permits.money.tables import Payment
from tests.money.books import SECRET, Town, make_bill
from tests.money.serving import biller_app, serving
from tests.money.test_biller_api import message, send

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_the_first_is_told_at_once_and_the_rest_of_its_minute_by_one_entry() -> None:
    tally = Tally()
    tally.add(key_id="bank-1", code="signature-wrong")
    assert tally.due(NOON) == [Refused("bank-1", "signature-wrong", 1)]
    for _ in range(500):
        tally.add(key_id="bank-1", code="signature-wrong")
        assert tally.due(NOON + timedelta(seconds=59)) == []
    tally.add(key_id="bank-1", code="signature-stale")
    assert tally.due(NOON + refusals.PAUSE) == [Refused("bank-1", "signature-stale", 501)]
    assert tally.due(NOON + 5 * refusals.PAUSE) == []


def test_invented_key_ids_count_as_one() -> None:
    tally = Tally()
    for number in range(100):
        tally.add(key_id=f"guess-{number}", code="biller-key-unknown")
    tally.add(key_id="bank-1", code="signature-wrong")
    assert tally.due(NOON) == [
        Refused("unknown", "biller-key-unknown", 100),
        Refused("bank-1", "signature-wrong", 1),
    ]


def _kept(context: Context) -> list[AuditRow]:
    with context.database.reading() as session:
        assert audit.verify(session).broken is None
        assert session.scalars(select(Payment)).all() == []
        query = select(AuditRow).where(AuditRow.event == str(AuditEvent.PAYMENT_REFUSED)).order_by(AuditRow.seq)
        return list(session.scalars(query))


def test_forged_and_stale_notices_are_on_record_and_change_nothing(context: Context, town: Town) -> None:
    body = message(make_bill(context, town))
    old = str(int(utcnow().timestamp()) - signature.WINDOW_SECONDS - 5)
    path = "/biller/v1/payments"
    stale = {
        "X-Key-Id": "bank-1", "X-Timestamp": old,
        "X-Signature": signature.sign(SECRET, timestamp=old, method="POST", path=path, body=body),
    }  # fmt: skip
    app = biller_app(context)
    with serving(app) as address, Client(base_url=address, trust_env=False) as client:
        answers = [send(client, "POST", path, body, secret=b"guessed"), client.post(path, content=body, headers=stale)]
        answers += [send(client, "POST", path, body, key=f"invented-{n}") for n in range(5)]
    assert [answer.status_code for answer in answers] == [401] * 7
    assert [answer.json()["title"] for answer in answers[:3]] == [
        "signature-wrong", "signature-stale", "biller-key-unknown",
    ]  # fmt: skip
    assert [(row.subject, row.data) for row in _kept(context)] == [
        ("biller-key:bank-1", '{"code":"signature-wrong","times":1}'),
        ("biller-key:unknown", '{"code":"biller-key-unknown","times":1}'),
    ]
    rest = app.state.refusals.due(utcnow() + refusals.PAUSE)
    assert rest == [Refused("bank-1", "signature-stale", 1), Refused("unknown", "biller-key-unknown", 4)]


def test_what_is_over_is_told_with_the_next_good_message(context: Context, town: Town) -> None:
    bill, app = make_bill(context, town), biller_app(context)
    with serving(app) as address, Client(base_url=address, trust_env=False) as client:
        for _ in range(3):
            send(client, "POST", "/biller/v1/payments", b"{}", secret=b"guessed")
        app.state.refusals._counts["bank-1"].told_at = utcnow() - refusals.PAUSE
        assert send(client, "GET", f"/biller/v1/bills/{bill.reference}").status_code == 200
    assert [row.data for row in _kept(context)] == [
        '{"code":"signature-wrong","times":1}',
        '{"code":"signature-wrong","times":2}',
    ]
