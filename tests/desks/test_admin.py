"""The administrator's page: each act for whoever may, and for nobody else, also after the right has ended."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from dashboards.pages.admin import Admin
from dashboards.visitor import Visitor
from permits import jobs
from permits.errors import Forbidden
from permits.i18n import translate
from permits.jobs import Context
from permits.people.accounts import check_password, find_user, open_login
from permits.people.actor import Role
from permits.people.tables import Login, User
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
    password = page.notice.object.removeprefix(before).removesuffix(after)
    with context.database.transaction() as session:
        assert check_password(session, login="rim", password=password)


@pytest.mark.parametrize("act", PRESSED)
def test_an_open_page_does_nothing_once_the_right_has_gone(context: Context, act: str) -> None:
    page = Admin(arrived(context, Role.ADMIN))
    choose(page, "rana")
    with context.database.transaction() as session:
        session.scalars(select(User).where(User.login == "admin")).one().roles = ["reviewer"]
        kept = [(user.login, user.roles, user.active, user.password) for user in session.scalars(select(User))]
    PRESSED[act](page)
    assert page.notice.object == translate("ar", "error-role-needed")
    with context.database.reading() as session:
        assert [(user.login, user.roles, user.active, user.password) for user in session.scalars(select(User))] == kept
        assert len(session.scalars(select(Login)).all()) == 1
    assert jobs.unfinished(context.database) == []


def test_the_state_says_what_to_do_before_anything_was_done(context: Context) -> None:
    page = Admin(arrived(context, Role.ADMIN))
    for key in ("admin-proof-none", "admin-backup-none", "admin-jobs-none"):
        assert translate("ar", key) in page.state.object
    assert "law-37-2021" in page.rest.object
    PRESSED["prove"](page)
    assert "audit.prove" in page.state.object
