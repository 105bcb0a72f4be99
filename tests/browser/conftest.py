"""A real server in its own process, and Debian's Chromium that may talk to nobody else."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Request, expect, sync_playwright

from api.context import open_context
from api.demo.office import PASSWORD, Office, set_up
from api.demo.processes import free_port, running
from api.demo.stage import staged
from api.demo.telling import tell_all
from api.main import ASSETS
from permits.settings import Settings
from tests.conftest import unavailable

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass(frozen=True)
class Served:
    """The running server: its address, and the office behind it."""

    address: str
    office: Office


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        unavailable("browser", "no Chromium (Debian package chromium)")
    if not (ASSETS / "portal.js").exists():
        unavailable("browser", "no assets (make assets)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("server")
    port = free_port(0)
    address = f"http://127.0.0.1:{port}"
    settings = Settings(data_dir=folder, base_url=address)
    office = set_up(open_context(settings))
    with running(["serve", "--port", str(port)], ready=f"{address}/livez", log=folder / "log", settings=settings):
        yield Served(address, office)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An office in which the whole demonstration has been told: every page has something to show."""
    folder = tmp_path_factory.mktemp("told")
    settings = Settings(data_dir=folder, base_url=f"http://127.0.0.1:{free_port(0)}")
    with staged(settings, switch_port=0) as stage:
        tell_all(stage.office, stage.server, stage.switch)
        yield Served(stage.server, stage.office)


class Visit:
    """One person's browser; every request that leaves this machine and every script error is kept."""

    def __init__(self, context: BrowserContext, served: Served) -> None:
        self.page: Page = context.new_page()
        self.address = served.address
        self.strays: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._look)
        self.page.on("pageerror", lambda error: self.errors.append(f"{error}\n{error.stack}"))

    def _look(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.strays.append(request.url)

    def log_in(self, who: str) -> Page:
        """Log in and stand on one's own first page, which has been led to when this ends."""
        self.page.goto(f"{self.address}/login")
        self.page.fill("#login", who)
        self.page.fill("#password", PASSWORD)
        self.page.click("main button")
        self.page.wait_for_url(lambda url: not urlsplit(url).path.endswith("/login"), wait_until="domcontentloaded")
        return self.page


@pytest.fixture
def visits(browser: Browser, served: Served) -> Iterator["Visitors"]:
    visitors = Visitors(browser, served)
    yield visitors
    visitors.close()


class Visitors:
    """Browsers of several people at once."""

    def __init__(self, browser: Browser, served: Served) -> None:
        self.browser, self.served = browser, served
        self.visits: list[Visit] = []
        self.contexts: list[BrowserContext] = []

    def of(self, who: str, width: int = 1280) -> Page:
        """A fresh browser in which `who` is logged in."""
        context = self.browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
        visit = Visit(context, self.served)
        self.contexts.append(context)
        self.visits.append(visit)
        return visit.log_in(who)

    def close(self) -> None:
        """End every browser; none may have asked anybody else for anything, or met a script error."""
        for context in self.contexts:
            context.close()
        assert [stray for visit in self.visits for stray in visit.strays] == []
        assert [error for visit in self.visits for error in visit.errors] == []


def fits(page: Page) -> None:
    """Nothing stands out over the page's side. Waits: the page may still be coming, or drawing itself."""
    page.wait_for_function(
        "() => document.readyState === 'complete' && document.documentElement.scrollWidth <= innerWidth", timeout=15_000
    )


def hand_over(page: Page, file: Path | FilePayload) -> None:
    """Choose a file at a desk, and wait until the desk has the whole of it."""
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator("[data-word=whole]")).to_be_visible(timeout=20_000)


def picture(page: Page, name: str) -> None:
    """Keep a picture where RUKHSA_PICTURES names a folder; the README's are made so."""
    import os

    folder = os.environ.get("RUKHSA_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=False)
