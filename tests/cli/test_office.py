"""`rukhsa office`: keys of payment providers, and permits that failed."""

import re

import pytest

from permits.db import utcnow
from permits.documents.issue import issue_failed
from permits.jobs import Context, unfinished
from permits.money import signature
from permits.money.providers import authenticate
from permits.money.tables import BillerKey
from tests.cli.conftest import Command
from tests.money.books import make_bill, open_books
from tests.money.test_payments import notice_of, tell


def test_the_secret_that_is_printed_signs_messages(
    context: Context, rukhsa: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rukhsa("office", "add-biller", "switch-1", "--provider", "switch") == 0
    (secret,) = re.findall(r"\b[0-9a-f]{64}\b", capsys.readouterr().out)
    stamp = str(int(utcnow().timestamp()))
    given = signature.sign(bytes.fromhex(secret), timestamp=stamp, method="GET", path="/p", body=b"")
    with context.database.reading() as session:
        actor = authenticate(
            session, key_id="switch-1", timestamp=stamp, method="GET", path="/p", body=b"", given=given
        )  # fmt: skip
    assert actor.id == "switch"


def test_a_key_is_not_replaced_by_another_of_its_name(
    context: Context, rukhsa: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rukhsa("office", "add-biller", "switch-1", "--provider", "switch") == 0
    with context.database.reading() as session:
        before = session.get_one(BillerKey, "switch-1").secret
    capsys.readouterr()
    assert rukhsa("office", "add-biller", "switch-1", "--provider", "other") == 2
    said = capsys.readouterr().out
    assert "choose another name" in said
    assert "secret" not in said
    with context.database.reading() as session:
        assert session.get_one(BillerKey, "switch-1").secret == before
    assert rukhsa("office", "add-biller", "switch-2", "--provider", " ") == 2


def test_failed_permits_are_asked_for_again(
    context: Context, rukhsa: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    bill = make_bill(context, open_books(context))
    tell(context, notice_of(bill))
    assert rukhsa("office", "retry-permits") == 0
    assert capsys.readouterr().out == ""
    issue_failed(context, error="typesetting", case_id=bill.case_id)
    assert rukhsa("office", "retry-permits") == 0
    assert capsys.readouterr().out.startswith("T-")
    assert len(unfinished(context.database)) == 2
