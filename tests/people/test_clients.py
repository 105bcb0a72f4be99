"""Client credentials: wrong secrets, wrong scopes, ended tokens."""

from datetime import timedelta

import pytest

from permits import audit
from permits.db import Database, utcnow
from permits.errors import Forbidden, Unauthenticated
from permits.people.actor import SYSTEM, Role
from permits.people.clients import Scope, create_client, grant, issue_token
from permits.people.tables import Token


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
