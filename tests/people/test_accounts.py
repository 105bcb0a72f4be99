"""Logins: right and wrong passwords, locks, endings; and what the audit chain keeps of them."""

from datetime import timedelta

import pytest

from permits import audit
from permits.db import Database, utcnow
from permits.errors import Conflict, Forbidden, Unauthenticated
from permits.people import accounts
from permits.people.actor import SYSTEM, Role
from permits.people.tables import Login, User
from tests.factories import PASSWORD, make_actor


@pytest.fixture
def engineer(database: Database) -> str:
    with database.transaction() as session:
        return make_actor(session, Role.ENGINEER).id


def _login(database: Database, password: str) -> str | None:
    with database.transaction() as session:
        user = accounts.check_password(session, login="engineer", password=password)
        return accounts.open_login(session, user=user, minutes=10)[0] if user else None


def test_right_password_opens_a_login(database: Database, engineer: str) -> None:
    sid = _login(database, PASSWORD)
    with database.reading() as session:
        live = accounts.live_login(session, sid=sid or "")
        assert live.actor.id == engineer
        assert live.actor.has(Role.ENGINEER)
        assert accounts.live_ref(session, ref=live.ref) == live


def test_five_wrong_passwords_lock_and_are_kept(database: Database, engineer: str) -> None:
    assert [_login(database, "wrong") for _ in range(5)] == [None] * 5
    assert _login(database, PASSWORD) is None
    with database.reading() as session:
        kept = [row.event for row in audit.timeline(session, engineer)]
    assert kept.count("login-refused") == 6
    with database.transaction() as session:
        session.get_one(User, engineer).locked_until = utcnow() - timedelta(seconds=1)
    assert _login(database, PASSWORD)


def test_unknown_name_is_refused_and_kept(database: Database) -> None:
    with database.transaction() as session:
        assert accounts.check_password(session, login="ghost", password="x") is None
    with database.reading() as session:
        assert [row.event for row in audit.timeline(session, "login:ghost")] == ["login-refused"]


def test_login_ends_by_time_and_by_logout(database: Database, engineer: str) -> None:
    first, second = _login(database, PASSWORD) or "", _login(database, PASSWORD) or ""
    with database.transaction() as session:
        session.get_one(Login, accounts.digest(first)).expires_at = utcnow()
        accounts.close_login(session, sid=second)
    for sid in (first, second, "invented"):
        with database.reading() as session, pytest.raises(Unauthenticated):
            accounts.live_login(session, sid=sid)


def test_login_slides(database: Database, engineer: str) -> None:
    sid = _login(database, PASSWORD) or ""
    with database.transaction() as session:
        accounts.extend_login(session, sid=sid, minutes=60)
    with database.reading() as session:
        assert accounts.live_login(session, sid=sid).expires_at > utcnow() + timedelta(minutes=50)


def test_a_name_is_given_once_and_only_by_an_administrator(database: Database, engineer: str) -> None:
    with database.transaction() as session, pytest.raises(Conflict):
        accounts.create_user(
            session, actor=SYSTEM, login="engineer", password="p", name_ar="n", name_en="n", roles=[Role.ENGINEER]
        )
    with database.transaction() as session:
        other = make_actor(session, Role.REVIEWER)
        with pytest.raises(Forbidden):
            accounts.create_user(
                session, actor=other, login="n", password="p", name_ar="n", name_en="n", roles=[Role.ADMIN]
            )


def test_a_created_account_logs_in(database: Database) -> None:
    with database.transaction() as session:
        user = accounts.create_user(
            session, actor=SYSTEM, login="new", password="secret", name_ar="جديد", name_en="new", roles=[Role.CASHIER]
        )
        assert "secret" not in user.password
        assert accounts.check_password(session, login="new", password="secret") is user
