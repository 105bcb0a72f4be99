"""Offices for the walks of the manual: one for each language in which everything may be changed, and the told one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from api.context import open_context
from api.demo.office import PEOPLE, login_of, set_up
from api.demo.processes import free_port, running
from permits.calendar import today
from permits.i18n import LANGUAGES
from permits.people.accounts import set_language
from permits.people.actor import Role
from permits.settings import Settings
from tests.browser.conftest import Served, Visit
from tests.browser.manual.walk import Walk

DESK, PHONE = 1280, 390
"""Widths of the pictures."""


@dataclass
class Walks:
    """Walks of several people through one office, in one language."""

    browser: Browser
    served: Served
    language: str
    visits: list[Visit] = field(default_factory=list)

    def of(self, role: Role | None, width: int = DESK, login: str = "") -> Walk:
        """A fresh browser in which the office's person of a role is logged in; without a role, a passer-by."""
        browser = self.browser.new_context(viewport={"width": width, "height": 800}, locale=self.language)
        browser.add_cookies([{"name": "lang", "value": self.language, "url": self.served.address}])
        visit = Visit(browser, self.served)
        self.visits.append(visit)
        if role:
            visit.log_in(login or login_of(role))
        return Walk(visit.page, self.served.address, self.language)

    def end(self) -> None:
        """Close every browser; none may have asked another host for anything, or met a script error."""
        for visit in self.visits:
            visit.page.context.close()
        assert [stray for visit in self.visits for stray in visit.strays] == []
        assert [error for visit in self.visits for error in visit.errors] == []


def _everybody_reads(served: Served, language: str) -> None:
    with served.office.context.database.transaction() as session:
        for role in PEOPLE:
            set_language(session, actor=served.office.actor(session, role), language=language)


@pytest.fixture(scope="session", params=LANGUAGES)
def manned(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """An office of the walks' own, in which everybody reads one language; its register is a year old."""
    folder = tmp_path_factory.mktemp(f"manual-{request.param}")
    port = free_port(0)
    address = f"http://127.0.0.1:{port}"
    settings = Settings(data_dir=folder, base_url=address)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("permits.register.sheets.today", lambda: today() - timedelta(days=365))
        served = Served(address, set_up(open_context(settings)))
    _everybody_reads(served, request.param)
    with running(["serve", "--port", str(port)], ready=f"{address}/livez", log=folder / "log", settings=settings):
        yield served, request.param


@pytest.fixture
def walks(browser: Browser, manned: tuple[Served, str]) -> Iterator[Walks]:
    walks = Walks(browser, *manned)
    yield walks
    walks.end()


@pytest.fixture(params=LANGUAGES)
def readers(browser: Browser, told: Served, request: pytest.FixtureRequest) -> Iterator[Walks]:
    """Walks through the told office by people who change nothing; everybody reads Arabic again afterwards."""
    walks = Walks(browser, told, request.param)
    _everybody_reads(told, request.param)
    yield walks
    _everybody_reads(told, "ar")
    walks.end()
