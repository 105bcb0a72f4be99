"""Every page in both languages at the width of a phone, of an old screen and of a wide one, and as axe-core sees it."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from api.demo.office import login_of
from api.main import ROUTERS
from dashboards.app import PAGES
from permits.i18n import LANGUAGES
from permits.people.accounts import set_language
from permits.people.actor import Role
from tests.browser.conftest import Served, Visit, picture
from tests.browser.pages import DESKS, NO_PAGES, PORTAL, PageOf, address, name, places
from tests.conftest import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDTHS = (1440, 1024, 390)
AXE = ROOT / "api" / "web" / "node_modules" / "axe-core" / "axe.min.js"
ASKED = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
IDLE = "() => window.Bokeh?.documents?.length > 0 && Bokeh.documents.every((one) => one.is_idle)"


def test_no_page_is_left_out() -> None:
    gets = {route.path for module in ROUTERS for route in module.router.routes if "GET" in route.methods}  # type: ignore[attr-defined] - all are APIRoutes
    own = {path for path in gets if not path.startswith(("/api/", "/biller/"))}
    assert {page.route for page in PORTAL} | set(NO_PAGES) == own
    assert {page.route for page in DESKS} == set(PAGES)


class Readers:
    """A browser for each reader, logged in once."""

    def __init__(self, browser: Browser, served: Served) -> None:
        self.browser, self.served, self.found = browser, served, places(served)
        self.visits: dict[Role | None, Visit] = {}

    def open(self, page: PageOf, language: str) -> Page:
        """The page, once all of it is there."""
        visit = self._visit(page.reader)
        path = address(page, self.found)
        if page.reader:
            with self.served.office.context.database.transaction() as session:
                set_language(session, actor=self.served.office.actor(session, page.reader), language=language)
        else:
            path += ("&" if "?" in path else "?") + f"lang={language}"
        answer = visit.page.goto(self.served.address + path)
        assert answer
        assert answer.status == 200, path
        visit.page.wait_for_load_state("networkidle")
        if page in DESKS:
            visit.page.wait_for_function(IDLE)
        return visit.page

    def put_back(self) -> None:
        """Everybody reads Arabic again: the office is other tests' too."""
        with self.served.office.context.database.transaction() as session:
            for reader in filter(None, self.visits):
                set_language(session, actor=self.served.office.actor(session, reader), language="ar")

    def _visit(self, reader: Role | None) -> Visit:
        if reader not in self.visits:
            visit = Visit(self.browser.new_context(viewport={"width": WIDTHS[0], "height": 900}), self.served)
            self.visits[reader] = visit
            if reader:
                visit.log_in(login_of(reader))
        return self.visits[reader]


@pytest.fixture(scope="module")
def readers(browser: Browser, told: Served) -> Iterator[Readers]:
    readers = Readers(browser, told)
    yield readers
    for visit in readers.visits.values():
        visit.page.context.close()
    readers.put_back()
    assert [stray for visit in readers.visits.values() for stray in visit.strays] == []
    assert [error for visit in readers.visits.values() for error in visit.errors] == []


def faults(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.1 AA: rule, element, what to do."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("(asked) => axe.run(document, asked)", ASKED)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("page", [*PORTAL, *DESKS], ids=lambda page: page.route + page.query)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_can_be_read_by_everybody(readers: Readers, page: PageOf, language: str) -> None:
    shown = readers.open(page, language)
    assert shown.locator("html").get_attribute("lang") == language
    assert shown.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    wide = []
    for width in WIDTHS:
        shown.set_viewport_size({"width": width, "height": 900})
        if shown.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(width)
        picture(shown, f"{name(page)}-{language}-{width}")
    found = [f"wider than {width} px" for width in wide] + faults(shown)
    shown.set_viewport_size({"width": WIDTHS[0], "height": 900})
    assert not found, chr(10).join(found)
