"""Client credentials: wrong secrets, wrong scopes, ended tokens; programs in the administrator's hands."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from permits import audit
from permits.db import Database, utcnow
from permits.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from permits.people.actor import SYSTEM, Actor, Role
from permits.people.clients import Scope, create_client, grant, issue_token, programs, renew_secret, set_allowed
from permits.people.tables import Client, Token

ADMIN = Actor("admin", "admin", frozenset({Role.ADMIN}))


@pytest.fixture
def secret(database: Database) -> str:
    with database.transaction() as session:
        return create_client(
            session, actor=SYSTEM, client_id="syndicate", name="نقابة المهندسين", role=Role.SYNDICATE,
            scopes=[Scope.CASES_READ, Scope.CASES_STAMP],
        )  # fmt: skip


def _token(database: Database, secret: str, *scopes: str) -> str | None:
    with database.transaction() as session:
        issued = issue_token(session, client_id="syndicate", secret=secret, scopes=list(scopes))
        return issued[0] if issued else None


def test_token_carries_the_scopes_asked_for(database: Database, secret: str) -> None:
    token = _token(database, secret, "cases:read")
    with database.reading() as session:
        granted = grant(session, token=token or "")
    assert granted.need(Scope.CASES_READ).has(Role.SYNDICATE)
    with pytest.raises(Forbidden, match="scope-needed"):
        granted.need(Scope.CASES_STAMP)


@pytest.mark.parametrize(("wrong", "scope"), [("wrong", "cases:read"), (None, "models:read")])
def test_wrong_secret_or_scope_gives_no_token_and_is_kept(
    database: Database, secret: str, wrong: str | None, scope: str
) -> None:
    assert _token(database, wrong or secret, scope) is None
    with database.reading() as session:
        assert [row.event for row in audit.timeline(session, "client:syndicate")] == ["token-refused"]


def test_token_ends(database: Database, secret: str) -> None:
    token = _token(database, secret) or ""
    with database.transaction() as session:
        for row in session.query(Token):
            row.expires_at = utcnow() - timedelta(seconds=1)
    with database.reading() as session, pytest.raises(Unauthenticated):
        grant(session, token=token)


def test_an_administrator_sees_when_a_program_was_last_given_a_token(database: Database, secret: str) -> None:
    def seen() -> Any:
        with database.reading() as session:
            (one,) = programs(session, actor=ADMIN)
            return one

    assert (seen().id, seen().scopes, seen().active, seen().used) == (
        "syndicate", ("cases:read", "cases:stamp"), True, None,
    )  # fmt: skip
    assert _token(database, "wrong") is None
    assert seen().used is None
    begun = utcnow()
    _token(database, secret)
    assert begun <= seen().used <= utcnow()


def test_a_new_secret_ends_the_old_one_and_its_tokens(database: Database, secret: str) -> None:
    token = _token(database, secret) or ""
    with database.transaction() as session:
        renewed = renew_secret(session, actor=ADMIN, client_id="syndicate")
    assert _token(database, secret) is None
    with database.reading() as session, pytest.raises(Unauthenticated):
        grant(session, token=token)
    assert _token(database, renewed)
    with database.reading() as session:
        rows = [row for row in audit.timeline(session, "syndicate") if row.event == "client-secret-renewed"]
        assert [row.actor for row in rows] == ["admin"]
        assert renewed not in rows[0].data


def test_a_program_that_ended_gets_nothing_until_it_is_allowed_again(database: Database, secret: str) -> None:
    token = _token(database, secret) or ""
    for allowed, code in ((False, "program-ended"), (True, "program-allowed")):
        with database.transaction() as session:
            set_allowed(session, actor=ADMIN, client_id="syndicate", allowed=allowed)
        with database.reading() as session, pytest.raises(Unauthenticated):
            grant(session, token=token)  # nor does a token of before come back
        assert (_token(database, secret) is not None) is allowed
        with database.transaction() as session, pytest.raises(Conflict, match=code):
            set_allowed(session, actor=ADMIN, client_id="syndicate", allowed=allowed)
    with database.reading() as session:
        told = [row.event for row in audit.timeline(session, "syndicate")]
        assert told == ["client-created", "token-issued", "client-ended", "client-allowed-again", "token-issued"]


GIVEN: dict[str, Any] = {"client_id": "court", "name": "المحكمة", "role": Role.REGISTRAR, "scopes": [Scope.SHEETS_READ]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"client_id": "محكمة"}, "program-id"), ({"client_id": ""}, "program-id"),
        ({"client_id": "system"}, "program-id"),
        ({"client_id": "c" * 81}, "program-id"), ({"name": " "}, "program-name-needed"),
        ({"role": Role.SYSTEM}, "roles-needed"), ({"role": Role.BILLER}, "roles-needed"),
        ({"scopes": []}, "scopes-needed"),
    ],
)  # fmt: skip
def test_a_program_that_cannot_be_is_refused(database: Database, changes: dict[str, Any], code: str) -> None:
    with database.transaction() as session:
        with pytest.raises(Invalid, match=code):
            create_client(session, actor=ADMIN, **{**GIVEN, **changes})
        assert session.query(Client).count() == 0


def test_a_known_program_is_not_registered_over(database: Database, secret: str) -> None:
    with database.transaction() as session:
        with pytest.raises(Conflict, match="program-exists"):
            create_client(session, actor=ADMIN, **{**GIVEN, "client_id": " syndicate "})
        with pytest.raises(NotFound, match="program-unknown"):
            renew_secret(session, actor=ADMIN, client_id="nobody")
    assert _token(database, secret)


ACTS: dict[str, Callable[[Session, Actor], Any]] = {
    "list": lambda session, actor: programs(session, actor=actor),
    "add": lambda session, actor: create_client(session, actor=actor, **GIVEN),
    "renew": lambda session, actor: renew_secret(session, actor=actor, client_id="syndicate"),
    "end": lambda session, actor: set_allowed(session, actor=actor, client_id="syndicate", allowed=False),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_an_administrator_may(database: Database, secret: str, act: str) -> None:
    with database.transaction() as session:
        for role in set(Role) - {Role.ADMIN, Role.SYSTEM}:
            with pytest.raises(Forbidden, match="role-needed"):
                ACTS[act](session, Actor("x", "x", frozenset({role})))
    assert _token(database, secret)
