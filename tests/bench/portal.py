"""`python -m tests.bench.portal`: what a first visit of each portal page brings over the line, in Chromium, as JSON.

The server packs with gzip; every page is opened in a browser that has seen nothing yet, logged in by its cookie alone,
so that scripts, styles and fonts count. Pages with the map or the building in 3D are told without a goal.
"""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from api.demo.office import PASSWORD, login_of
from api.demo.processes import free_port
from api.demo.stage import staged
from api.demo.telling import tell_all
from permits.settings import Settings
from tests.bench.ids import Figures
from tests.bench.measure import run
from tests.browser.conftest import FLAGS, Served
from tests.browser.pages import PORTAL, PageOf, address, places

MOST_KB = 150.0
WITH_A_MAP = ("/cases/new", "/precheck", "/cases/{case_id}/building")
"""Pages that draw the map or the building at once."""


def weigh(browser: Browser, served: Served, page: PageOf, path: str) -> tuple[float, float]:
    """Kilobytes over the line and seconds until everything is there, on a first visit."""
    known = browser.new_context()
    if page.reader:
        entry = known.new_page()
        entry.goto(f"{served.address}/login")
        entry.fill("#login", login_of(page.reader))
        entry.fill("#password", PASSWORD)
        entry.click("main button")
    fresh = browser.new_context()
    fresh.add_cookies(known.cookies())  # type: ignore[arg-type] - what one context gives, the other takes
    bytes_, seconds = _opened(fresh.new_page(), served.address + path)
    known.close()
    fresh.close()
    return bytes_ / 1000, seconds


def _opened(page: Page, at: str) -> tuple[int, float]:
    wire = page.context.new_cdp_session(page)
    sizes: list[int] = []
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda told: sizes.append(int(told["encodedDataLength"])))
    started = time.perf_counter()
    page.goto(at)
    page.wait_for_load_state("networkidle")
    return sum(sizes), time.perf_counter() - started


def measure() -> list[dict[str, object]]:
    """Every page of the portal in an office in which the demonstration was told."""
    found = []
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings = Settings(data_dir=Path(folder), base_url=f"http://127.0.0.1:{free_port(0)}")
        with staged(settings, switch_port=0) as stage:
            tell_all(stage.office, stage.server, stage.switch)
            served = Served(stage.server, stage.office)
            filled = places(served)
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            for page in PORTAL:
                kilobytes, seconds = weigh(browser, served, page, address(page, filled))
                found.append({"page": page.route + page.query, "kB": kilobytes, "seconds": seconds})
            browser.close()
    return found


def rows() -> Iterator[Figures]:
    """The weight of each page; none where there is no Chromium."""
    if shutil.which("chromium") is None:
        return
    for told in json.loads(run(("-m", "tests.bench.portal")).said):
        goal = None if told["page"] in WITH_A_MAP else MOST_KB
        what = f"portal, first visit of `{told['page']}`"
        yield what, f"all there after {told['seconds']:.2f} s, half a second of quiet with it", told["kB"], goal, " kB"


if __name__ == "__main__":
    print(json.dumps(measure()))
