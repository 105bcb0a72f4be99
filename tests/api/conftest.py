"""The whole web application over a fresh database, without jobs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from api.main import create_app
from permits.jobs import Context
from permits.people.actor import Actor, Role
from permits.registry import register_jobs
from tests.factories import PASSWORD, make_actor, make_case, make_client, make_zone

BASE = "http://testserver"


@dataclass
class Web:
    """The application, and the people and the case in it."""

    context: Context
    client: TestClient
    engineer: Actor
    reviewer: Actor
    case_id: str
    secret: str

    def log_in(self, who: str) -> str:
        """Log in; the token that our forms and scripts carry."""
        self.client.cookies.clear()
        answer = self.client.post("/login", data={"login": who, "password": PASSWORD}, follow_redirects=False)
        assert answer.status_code == 303
        page = self.client.get("/cases", headers={"accept": "text/html"}).text
        return re.search(r'data-csrf="([^"]+)"', page)[1]  # type: ignore[index] - a missing token fails the test

    def token(self, *scopes: str) -> str:
        """A bearer token of the syndicate's client."""
        form = {"grant_type": "client_credentials", "client_id": "s", "client_secret": self.secret}
        return str(self.client.post("/oauth/token", data={**form, "scope": " ".join(scopes)}).json()["access_token"])


@pytest.fixture
def web(context: Context) -> Iterator[Web]:
    register_jobs()
    with context.database.transaction() as session:
        make_zone(session)
        engineer, reviewer = make_actor(session, Role.ENGINEER), make_actor(session, Role.REVIEWER)
        case = make_case(session, engineer)
        secret = make_client(session)
    client = TestClient(create_app(context, work=False), base_url=BASE)
    yield Web(context, client, engineer, reviewer, case.id, secret)
    client.close()
