"""The administrator's page: each act for whoever may, and for nobody else, also after the right has ended."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboards.pages.admin import Admin
from dashboards.visitor import Visitor
from permits import jobs
from permits.cash.desk import counter
from permits.cash.tables import CashBlock, CashDesk, Centre
from permits.documents.keys import public_keys
from permits.errors import Forbidden
from permits.i18n import translate
from permits.jobs import Context
from permits.people.accounts import check_password, find_user, open_login
from permits.people.actor import Role
from permits.people.clients import issue_token
from permits.people.tables import Client, Login, User
from permits.registry import register_jobs
from tests.factories import make_actor, make_client

PRESSED: dict[str, Callable[[Admin], None]] = {
    "roles": lambda page: _press(page.forms.buttons["admin-change-roles"]),
    "password": lambda page: _press(page.forms.buttons["admin-new-password"]),
    "logins": lambda page: _press(page.forms.buttons["admin-end-logins"]),
    "close": lambda page: _press(page.forms.buttons["admin-close"]),
    "open": lambda page: _press(page.forms.buttons["admin-open-again"]),
    "add": lambda page: _press(page.forms.add),
    "prove": lambda page: _press(page.prove),
    "again": lambda page: _press(page.again),
    "program": lambda page: _press(page.programs.add),
    "secret": lambda page: _press(page.programs.renew),
    "end": lambda page: _press(page.programs.end),
    "allow": lambda page: _press(page.programs.allow),
    "hide": lambda page: _press(page.programs.hide),
    "centre": lambda page: _press(page.desks.add_centre),
    "desk": lambda page: _press(page.desks.add_desk),
    "numbers": lambda page: _press(page.desks.add_numbers),
}


def _press(button) -> None:  # type: ignore[no-untyped-def] - a widget of Panel
    button.clicks += 1


def arrived(context: Context, role: Role) -> Visitor:
    register_jobs()
    jobs.prepare(context.database)
    with context.database.transaction() as session:
        make_actor(session, role)
        make_actor(session, Role.ADMIN, "second")
        make_actor(session, Role.CASHIER, "rana")
        make_client(session)
        user = find_user(session, login=str(role))
        assert user
        return Visitor(context, open_login(session, user=user, minutes=5)[1].ref)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_administrator_opens_it(context: Context, role: Role) -> None:
    with pytest.raises(Forbidden):
        Admin(arrived(context, role))


def choose(page: Admin, login: str) -> None:
    page.forms.person.value = next(key for key, one in page.forms._known.items() if one.login == login)


def test_roles_password_logins_and_closing(context: Context) -> None:
    page = Admin(arrived(context, Role.ADMIN))
    choose(page, "rana")
    assert page.forms.roles.value == ["cashier"]
    page.forms.roles.value = ["cashier", "accountant"]
    PRESSED["roles"](page)
    assert page.notice.object == translate("ar", "admin-done")
    PRESSED["password"](page)
    assert "rana" in page.notice.object
    PRESSED["close"](page)
    with context.database.reading() as session:
        user = session.scalars(select(User).where(User.login == "rana")).one()
        assert (user.roles, user.active) == (["cashier", "accountant"], False)
    assert translate("ar", "admin-closed") in page.people.object
    PRESSED["open"](page)
    choose(page, "admin")
    PRESSED["close"](page)
    assert page.notice.object == translate("ar", "error-own-account")
    assert page.notice.alert_type == "danger"


def test_a_new_account_can_log_in_with_what_is_shown(context: Context) -> None:
    page = Admin(arrived(context, Role.ADMIN))
    for name, text in (("login", "rim"), ("name-ar", "ريم"), ("name-en", "Rim")):
        page.forms.texts[name].value_input = text
    PRESSED["add"](page)
    assert page.notice.object == translate("ar", "error-roles-needed")
    page.forms.new_roles.value = ["reviewer"]
    PRESSED["add"](page)
    before, after = translate("ar", "admin-password", login="rim", password="\0").split("\0")
    password = page.notice.object.replace("\\", "").removeprefix(before).removesuffix(after)
    with context.database.transaction() as session:
        assert check_password(session, login="rim", password=password)


def everything(session: Session) -> list[object]:
    """What the page can change."""
    users = [(user.login, user.roles, user.active, user.password) for user in session.scalars(select(User))]
    clients = [(one.id, one.secret, one.active) for one in session.scalars(select(Client))]
    counts = [session.scalar(select(func.count()).select_from(kind)) for kind in (Centre, CashDesk, CashBlock)]
    return [*users, *clients, *counts]


@pytest.mark.parametrize("act", PRESSED)
def test_an_open_page_does_nothing_once_the_right_has_gone(context: Context, act: str) -> None:
    page = Admin(arrived(context, Role.ADMIN))
    choose(page, "rana")
    with context.database.transaction() as session:
        session.scalars(select(User).where(User.login == "admin")).one().roles = ["reviewer"]
        kept = everything(session)
    PRESSED[act](page)
    assert page.notice.object == translate("ar", "error-role-needed")
    with context.database.reading() as session:
        assert everything(session) == kept
        assert len(session.scalars(select(Login)).all()) == 1
    assert jobs.unfinished(context.database) == []


def test_the_state_says_what_to_do_before_anything_was_done(context: Context) -> None:
    page = Admin(arrived(context, Role.ADMIN))
    for key in ("admin-proof-none", "admin-backup-none", "admin-jobs-none"):
        assert translate("ar", key) in page.state.object
    assert "law-37-2021" in page.rest.object
    PRESSED["prove"](page)
    assert "audit.prove" in page.state.object


def told_secret(page: Admin) -> str:
    (secret,) = re.findall(r"<code[^>]*data-secret>([^<]+)</code>", str(page.programs.secret.object))
    return str(secret)


def let_in(context: Context, program: str, secret: str) -> bool:
    with context.database.transaction() as session:
        return issue_token(session, client_id=program, secret=secret, scopes=[]) is not None


def test_a_program_is_registered_renewed_ended_and_allowed_again(context: Context) -> None:
    page = Admin(arrived(context, Role.ADMIN))
    page.programs.id.value_input, page.programs.name.value_input = "court", "محكمة البداية"
    page.programs.role.value = "registrar"
    PRESSED["program"](page)
    assert page.notice.object == translate("ar", "error-scopes-needed")
    page.programs.scopes.value = ["sheets:read"]
    PRESSED["program"](page)
    first = told_secret(page)
    assert let_in(context, "court", first)
    assert page.programs.program.value == "court"
    PRESSED["hide"](page)
    assert (page.programs.secret.object, page.programs.hide.visible) == ("", False)
    assert translate("ar", "scope-sheets-read") in page.programs.table.object
    PRESSED["secret"](page)
    second = told_secret(page)
    assert (let_in(context, "court", first), let_in(context, "court", second)) == (False, True)
    PRESSED["end"](page)
    assert page.programs.secret.object == ""
    assert not let_in(context, "court", second)
    PRESSED["end"](page)
    assert page.notice.object == translate("ar", "error-program-ended", program="court")
    PRESSED["allow"](page)
    assert let_in(context, "court", second)


def test_a_desk_is_registered_by_its_public_key_and_given_numbers(context: Context, tmp_path: Path) -> None:
    page = Admin(arrived(context, Role.ADMIN))
    desks = page.desks
    for name, text in (("code", "C07"), ("ar", "مركز الوعر"), ("en", "Al-Waer")):
        desks.centre_texts[name].value_input = text
    PRESSED["centre"](page)
    assert desks.centre.value == "C07"
    keys = public_keys(context.settings)
    desks.until.value_input = "2099-12-31"
    public = counter.init_desk(tmp_path / "desk", code="C07-1", office_keys=keys)
    private = b'{"keys": [' + (tmp_path / "desk" / counter.KEY).read_bytes() + b"]}"
    for wrong in (b"", b"\xff", private):
        desks.key.value = wrong
        PRESSED["desk"](page)
        assert page.notice.object == translate("ar", "error-cash-key-unreadable")
    desks.key.value, desks.until.value_input = public.encode(), "2020-01-01"
    PRESSED["desk"](page)
    assert page.notice.object == translate("ar", "error-cash-until-past", day="2020-01-01")
    desks.until.value_input = "2099-12-31"
    PRESSED["desk"](page)
    assert page.notice.object == translate("ar", "admin-desk-added", desk="C07-1")
    desks.count.value = 40
    PRESSED["numbers"](page)
    assert ">40</td>" in desks.table.object
    assert translate("ar", "admin-last-package-none") in desks.table.object
    assert '"d"' not in desks.table.object
