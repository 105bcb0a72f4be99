"""What a person sets for himself: language, digits, password, other logins."""

import pytest
from sqlalchemy import select

from permits.audit import AuditEvent, AuditRow
from permits.digits import Digits
from permits.errors import Invalid, Unauthenticated
from permits.jobs import Context
from permits.people import preferences, roster
from permits.people.accounts import check_password, find_user, live_login, open_login
from permits.people.actor import Role
from tests.api.conftest import Web, web  # noqa: F401 - a fixture
from tests.factories import PASSWORD, make_actor

NEW = "another long password"


def test_a_new_password_ends_every_other_login(context: Context) -> None:
    with context.database.transaction() as session:
        actor = make_actor(session, Role.ENGINEER)
        user = find_user(session, login="engineer")
        assert user
        here, row = open_login(session, user=user, minutes=10)
        there, _ = open_login(session, user=user, minutes=10)
        for old, new, code in (
            ("wrong", NEW, "password-wrong"),
            (PASSWORD, "short", "password-short"),
            (PASSWORD, PASSWORD, "password-same"),
        ):
            with pytest.raises(Invalid, match=code):
                preferences.change_password(session, actor=actor, old=old, new=new, ref=row.ref)
        assert preferences.other_logins(session, actor=actor, ref=row.ref) == 1
        preferences.change_password(session, actor=actor, old=PASSWORD, new=NEW, ref=row.ref)
        assert live_login(session, sid=here).actor == actor
        with pytest.raises(Unauthenticated):
            live_login(session, sid=there)
        assert check_password(session, login="engineer", password=NEW)
        assert check_password(session, login="engineer", password=PASSWORD) is None
    with context.database.reading() as session:
        events = set(session.scalars(select(AuditRow.event)))
    assert {AuditEvent.PASSWORD_CHANGED, AuditEvent.LOGINS_ENDED} <= events


def test_only_what_exists_can_be_preferred(context: Context) -> None:
    with context.database.transaction() as session:
        actor = make_actor(session, Role.ENGINEER)
        for language, digits in (("fr", Digits.LATIN), ("ar", "roman")):
            with pytest.raises(Invalid):
                preferences.prefer(session, actor=actor, language=language, digits=digits)


def test_the_pages_are_read_as_their_reader_prefers(web: Web) -> None:  # noqa: F811 - the fixture
    csrf = web.log_in("engineer")
    html = {"accept": "text/html"}
    assert "المقسم: <b><bdi>7</bdi>" in web.client.get(f"/cases/{web.case_id}", headers=html).text
    form = {"csrf": csrf, "language": "ar", "digits": "arab"}
    assert web.client.post("/account", data=form, follow_redirects=False).status_code == 303
    assert "<bdi>٧</bdi>" in web.client.get(f"/cases/{web.case_id}", headers=html).text
    assert web.client.post("/account", data={**form, "digits": "roman"}).status_code == 422
    assert web.client.post("/account", data={**form, "csrf": "stale"}, headers=html).status_code == 403
    wrong = {"csrf": csrf, "old": "wrong", "new": NEW}
    assert "غير صحيحة" in web.client.post("/account/password", data=wrong, headers=html).text


@pytest.mark.slow
def test_a_password_that_was_told_opens_nothing_but_its_change(web: Web) -> None:  # noqa: F811 - the fixture
    with web.context.database.transaction() as session:
        admin = make_actor(session, Role.ADMIN)
        told = roster.renew_password(session, actor=admin, user_id=web.reviewer.id)
    html = {"accept": "text/html"}
    web.client.post("/login", data={"login": "reviewer", "password": told}, follow_redirects=False)
    for path in ("/", "/desk", "/cases", f"/cases/{web.case_id}"):
        led = web.client.get(path, headers=html, follow_redirects=False)
        assert (led.status_code, led.headers["location"]) == (303, "/account")
        refused = web.client.get(path)
        assert (refused.status_code, refused.json()["title"]) == (403, "password-first")
    part = web.client.get("/messages/unread", headers=html | {"hx-request": "true"}, follow_redirects=False)
    assert part.status_code == 403, "no page is put into a part of a page"
    page = web.client.get("/account", headers=html).text
    assert "كلمة مرورك مؤقتة" in page
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    chosen = {"csrf": csrf, "old": told, "new": NEW}
    assert web.client.post("/account/password", data=chosen, follow_redirects=False).status_code == 303
    assert web.client.get("/desk", headers=html).status_code == 200
    assert "كلمة مرورك مؤقتة" not in web.client.get("/account", headers=html).text
