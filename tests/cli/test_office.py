"""`rukhsa office`: keys of payment providers, permits that failed, accounts of owners."""

import re

import pytest

from permits.db import utcnow
from permits.documents.issue import issue_failed
from permits.jobs import Context, unfinished
from permits.money import signature
from permits.money.providers import authenticate
from permits.money.tables import BillerKey
from permits.people.accounts import find_user
from permits.people.actor import SYSTEM, Role
from permits.people.clients import issue_token
from permits.register.accounts import links_of
from permits.register.parties import Identity, IdentityKind, identify, new_party
from tests.cli.conftest import Command
from tests.factories import make_actor
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


def test_an_owner_is_tied_to_his_account_by_a_registrar(
    context: Context, rukhsa: Command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUKHSA_NEW_PASSWORD", "long enough")
    names = ("--name-ar", "مواطن", "--name-en", "Citizen")
    assert rukhsa("office", "add-user", "citizen", "--role", "owner", *names) == 0
    assert rukhsa("office", "add-user", "both", "--role", "owner", "--role", "cashier", *names) == 2
    number = "01020304051"
    with context.database.transaction() as session:
        make_actor(session, Role.REGISTRAR, "clerk")
        party = new_party(session, name_ar="ليلى").id
        identity = Identity(IdentityKind.NATIONAL_NUMBER, number)
        identify(session, actor=SYSTEM, party_id=party, identity=identity)
        user = find_user(session, login="citizen")
    assert user is not None
    link = ("citizen", "--number", number, "--by", "clerk", "--seen", "هوية 5")
    assert rukhsa("office", "link-owner", *link, "--until", "2030-01-01") == 2
    assert rukhsa("office", "link-owner", *link, "--until", "2030-01-01", "--power-of-attorney", "وكالة 7") == 0
    with context.database.reading() as session:
        (known,) = links_of(session, user_id=user.id)
    assert (known.party_id, known.expires, known.power_of_attorney) == (party, "2030-01-01", "وكالة 7")
    assert rukhsa("office", "unlink-owner", "citizen", "--number", number, "--by", "citizen") == 2
    assert rukhsa("office", "unlink-owner", "citizen", "--number", number, "--by", "clerk") == 0
    with context.database.reading() as session:
        assert links_of(session, user_id=user.id) == []


def test_a_program_is_registered_renewed_ended_and_allowed_again(
    context: Context, rukhsa: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    def printed() -> str:
        (secret,) = re.findall(r"[A-Za-z0-9_-]{43}", capsys.readouterr().out)
        return str(secret)

    def let_in(secret: str) -> bool:
        with context.database.transaction() as session:
            return issue_token(session, client_id="court", secret=secret, scopes=[]) is not None

    add = ("office", "add-client", "court", "--name", "المحكمة", "--role", "registrar", "--scope", "sheets:read")
    assert rukhsa(*add) == 0
    first = printed()
    assert let_in(first)
    assert rukhsa(*add) == 2
    assert let_in(first)
    assert rukhsa("office", "renew-client", "court") == 0
    second = printed()
    assert (let_in(first), let_in(second)) == (False, True)
    assert rukhsa("office", "end-client", "court") == 0
    assert not let_in(second)
    assert rukhsa("office", "allow-client", "court") == 0
    assert let_in(second)
    assert rukhsa("office", "end-client", "nobody") == 2
