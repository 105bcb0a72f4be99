"""Accounts in the hands of the administrator: nobody his own, and never none."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent, AuditRow
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context
from permits.people.accounts import check_password, open_login
from permits.people.actor import Actor, Role
from permits.people.roster import (
    add_person,
    change_roles,
    end_logins,
    people,
    renew_password,
    set_active,
)
from permits.people.tables import Login, User
from tests.factories import PASSWORD, make_actor


def events(session: Session) -> list[str]:
    audit.chain_pending(session)
    return list(session.scalars(select(AuditRow.event).order_by(AuditRow.seq)))


@pytest.fixture
def admin(context: Context) -> Actor:
    with context.database.transaction() as session:
        return make_actor(session, Role.ADMIN)


@pytest.mark.slow
def test_an_account_is_added_changed_closed_and_opened(context: Context, admin: Actor) -> None:
    with context.database.transaction() as session:
        user, password = add_person(
            session, actor=admin, login=" rim ", name_ar="ريم", name_en="Rim", roles=["reviewer"]
        )
        assert check_password(session, login="rim", password=password)
        open_login(session, user=user, minutes=5)
        assert [(one.login, one.logins) for one in people(session, actor=admin)] == [("admin", 0), ("rim", 1)]
        change_roles(session, actor=admin, user_id=user.id, roles=["cashier", "reviewer"])
        assert user.roles == ["reviewer", "cashier"]
        assert session.scalars(select(Login)).all() == []
        set_active(session, actor=admin, user_id=user.id, active=False)
        assert check_password(session, login="rim", password=password) is None
        set_active(session, actor=admin, user_id=user.id, active=True)
        renewed = renew_password(session, actor=admin, user_id=user.id)
        assert check_password(session, login="rim", password=password) is None
        assert check_password(session, login="rim", password=renewed)
        open_login(session, user=user, minutes=5)
        assert end_logins(session, actor=admin, user_id=user.id) == 1
        assert {"account-created", "roles-changed", "account-closed", "account-opened-again", "password-renewed",
                "logins-ended"} <= set(events(session))  # fmt: skip
        kept = session.scalars(select(AuditRow.data)).all()
        assert not any(password in data or renewed in data for data in kept)
        changed = session.scalars(select(AuditRow).where(AuditRow.event == str(AuditEvent.ROLES_CHANGED))).one()
        assert json.loads(changed.data) == {"before": ["reviewer"], "roles": ["reviewer", "cashier"]}


def test_nobody_changes_his_own_rights(context: Context, admin: Actor) -> None:
    with context.database.transaction() as session:
        make_actor(session, Role.ADMIN, "second")
        with pytest.raises(Conflict, match="own-account"):
            change_roles(session, actor=admin, user_id=admin.id, roles=["admin", "reviewer"])
        with pytest.raises(Conflict, match="own-account"):
            set_active(session, actor=admin, user_id=admin.id, active=False)


def test_the_last_administrator_stays(context: Context, admin: Actor) -> None:
    """One whose own account was just closed still holds his old right: the last one cannot be ended by him."""
    with context.database.transaction() as session:
        second = make_actor(session, Role.ADMIN, "second")
        set_active(session, actor=admin, user_id=second.id, active=False)
        for act in (
            lambda: set_active(session, actor=second, user_id=admin.id, active=False),
            lambda: change_roles(session, actor=second, user_id=admin.id, roles=["reviewer"]),
        ):
            with pytest.raises(Conflict, match="last-admin"):
                act()
        assert session.get_one(User, admin.id).active


def test_what_cannot_be_is_refused(context: Context, admin: Actor) -> None:
    with context.database.transaction() as session:
        reviewer = make_actor(session, Role.REVIEWER)
        for roles in ([], ["king"], ["system"]):
            with pytest.raises(Invalid):
                change_roles(session, actor=admin, user_id=reviewer.id, roles=roles)
        with pytest.raises(Conflict, match="account-of-staff"):
            change_roles(session, actor=admin, user_id=reviewer.id, roles=["owner", "cashier"])
        with pytest.raises(Conflict, match="account-of-syndicate"):
            change_roles(session, actor=admin, user_id=reviewer.id, roles=["syndicate", "engineer"])
        with pytest.raises(Invalid):
            add_person(session, actor=admin, login="x", name_ar=" ", name_en="x", roles=["cashier"])
        with pytest.raises(NotFound):
            renew_password(session, actor=admin, user_id="nobody")
        assert check_password(session, login="reviewer", password=PASSWORD)


ACTS: dict[str, Callable[[Session, Actor], Any]] = {
    "people": lambda session, actor: people(session, actor=actor),
    "add": lambda session, actor: add_person(
        session, actor=actor, login="a", name_ar="a", name_en="a", roles=["cashier"]
    ),
    "roles": lambda session, actor: change_roles(session, actor=actor, user_id="u", roles=["cashier"]),
    "close": lambda session, actor: set_active(session, actor=actor, user_id="u", active=False),
    "password": lambda session, actor: renew_password(session, actor=actor, user_id="u"),
    "logins": lambda session, actor: end_logins(session, actor=actor, user_id="u"),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_an_administrator_may(context: Context, act: str) -> None:
    with context.database.transaction() as session:
        for role in set(Role) - {Role.ADMIN}:
            with pytest.raises(Forbidden):
                ACTS[act](session, Actor("x", "x", frozenset({role})))
