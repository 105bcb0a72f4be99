"""Every desk by role, over HTTP and over its websocket, at a real server: Panel keeps one application per process."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from api.context import open_context
from api.demo.office import PASSWORD, Office, login_of, set_up
from api.demo.processes import free_port, running
from api.guard import COOKIE
from dashboards.app import PAGES
from permits.cases.cases import open_case
from permits.db import utcnow
from permits.i18n import translate
from permits.people.accounts import digest
from permits.people.actor import STAFF, Role
from permits.people.tables import Login, User
from permits.settings import Settings
from tests.assets.council import listed

pytestmark = pytest.mark.slow
REFUSED = translate("ar", "error-role-needed")
WORKERS = {
    "/desk/cash": {Role.CASHIER, Role.APPROVER}, "/desk/accounts": {Role.ACCOUNTANT},
    "/desk/register": {Role.REGISTRAR, Role.CASHIER}, "/desk/land": {Role.ADMIN}, "/desk/audit": {Role.SYNDICATE},
    "/desk/planner": {Role.PLANNER, Role.ADMIN}, "/desk/guide": {Role.PLANNER, Role.ADMIN},
    "/desk/governor": {Role.GOVERNOR}, "/desk/admin": {Role.ADMIN},
}  # fmt: skip
"""Desks of some roles; every other desk is of all staff."""
PEOPLE = tuple(role for role in Role if role not in (Role.SYSTEM, Role.BILLER))
ASSET = "A-1"
FORGED_TITLE = "<script>steal()</script>"


@dataclass(frozen=True)
class Served:
    """The server, its office, and a case whose title is a script."""

    address: str
    office: Office
    case_id: str
    clients: list[httpx.Client]

    def come(self, role: Role) -> httpx.Client:
        """A browser in which somebody of the role is logged in."""
        client = httpx.Client(base_url=self.address, timeout=60, headers={"accept": "text/html"})
        client.post("/login", data={"login": login_of(role), "password": PASSWORD})
        self.clients.append(client)
        return client

    def page(self, client: httpx.Client, path: str) -> tuple[int, str]:
        """Status and text of a desk."""
        named = {"/desk/case": self.case_id, "/desk/asset": ASSET}.get(path)
        answer = client.get(f"{path}?id={named}" if named else path)
        return answer.status_code, answer.text

    def connects(self, path: str, cookie: str, token: str, origin: str | None = "own") -> bool:
        """Whether the desk's websocket opens and says its first word."""
        address = self.address.replace("http:", "ws:") + f"{path}/ws"
        headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
        sent = Origin(self.address) if origin == "own" else origin and Origin(origin)
        try:
            with connect(
                address, subprotocols=[Subprotocol("bokeh"), Subprotocol(token or "none")], origin=sent or None,
                additional_headers=headers,
            ) as socket:  # fmt: skip
                return bool(socket.recv(30))
        except InvalidStatus:
            return False


def cookie(client: httpx.Client) -> str:
    return client.cookies[COOKIE]


def token_of(page: str) -> str:
    found = re.search(r'"token":"([^"]+)"', page)
    return found[1] if found else ""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("rights")
    address = f"http://127.0.0.1:{free_port(0)}"
    settings = Settings(data_dir=folder, base_url=address)
    office = set_up(open_context(settings))
    with office.context.database.transaction() as session:
        engineer = office.actor(session, Role.ENGINEER)
        case = open_case(session, actor=engineer, office="DM-01", zone="FZ-1", plot="410", title=FORGED_TITLE)
    listed(office.context, ASSET)
    port = address.rpartition(":")[2]
    with running(["serve", "--port", port], ready=f"{address}/livez", log=folder / "log", settings=settings):
        yield Served(address, office, case.id, [])


@pytest.fixture(autouse=True)
def closing(served: Served) -> Iterator[None]:
    yield
    while served.clients:
        served.clients.pop().close()


@pytest.mark.parametrize("role", PEOPLE)
def test_every_desk_by_role(served: Served, role: Role) -> None:
    stolen = token_of(served.page(served.come(Role.ADMIN), "/desk")[1])
    client, wrong = served.come(role), []
    for path in PAGES:
        status, page = served.page(client, path)
        may = role in WORKERS.get(path, STAFF)
        if role not in STAFF and not may:
            right = status == 403 and not token_of(page)
        else:  # a page of staff that is not his own says so, and holds nothing else
            right = status == 200 and (REFUSED in page) is not may and len(token_of(page)) > 50
            right = right and served.connects(path, cookie(client), token_of(page))
        if not right or served.connects(path, cookie(client), stolen):
            wrong.append((path, status))
    assert wrong == []


@pytest.fixture
def reviewer(served: Served) -> tuple[httpx.Client, str]:
    """A reviewer and the token of his open page."""
    client = served.come(Role.REVIEWER)
    token = token_of(served.page(client, "/desk")[1])
    assert served.connects("/desk", cookie(client), token)
    return client, token


def test_a_socket_is_of_one_login_and_one_origin(served: Served, reviewer: tuple[httpx.Client, str]) -> None:
    client, token = reviewer
    own = cookie(client)
    assert not served.connects("/desk", "", token)
    assert not served.connects("/desk", "invented", token)
    for foreign in (None, "http://evil.example", "null", served.address.replace("127.0.0.1", "localhost")):
        assert not served.connects("/desk", own, token, foreign), foreign
    for forged in ("", "forged", token[:-4] + "AAAA", token.partition(".")[0], f"{token}x"):
        assert not served.connects("/desk", own, forged), forged
    other = served.come(Role.APPROVER)
    assert not served.connects("/desk", cookie(other), token)
    assert not served.connects("/desk", own, token_of(served.page(other, "/desk")[1]))
    again = served.come(Role.REVIEWER)  # the same person in another browser is another login
    assert not served.connects("/desk", cookie(again), token)


def test_an_expired_and_an_ended_session_open_nothing(served: Served, reviewer: tuple[httpx.Client, str]) -> None:
    client, token = reviewer
    with served.office.context.database.transaction() as session:
        session.get_one(Login, digest(cookie(client))).expires_at = utcnow() - timedelta(seconds=1)
    assert not served.connects("/desk", cookie(client), token)
    assert served.page(client, "/desk")[0] == 303


def test_who_lost_his_role_loses_his_desk(served: Served) -> None:
    client = served.come(Role.CASHIER)
    assert REFUSED not in served.page(client, "/desk/cash")[1]
    database = served.office.context.database

    def give(*roles: Role) -> None:
        with database.transaction() as session:
            session.scalars(select(User).where(User.login == "cashier")).one().roles = [str(one) for one in roles]

    try:
        give(Role.GOVERNOR)
        assert REFUSED in served.page(client, "/desk/cash")[1]
        give()
        assert served.page(client, "/desk/cash")[0] == 403
    finally:
        give(Role.CASHIER)


def test_a_title_is_text_and_never_script(served: Served) -> None:
    page = served.page(served.come(Role.REVIEWER), "/desk/case")[1]
    assert FORGED_TITLE not in page
    assert "&lt;script&gt;steal()" in page
