"""`python -m tests.bench.maps SIZE`: the planner's map of a town, from navigation until nothing is left to draw.

Prints JSON: seconds in a fresh browser without a graphics card (median), the same again with what the browser kept,
and megabytes of the map as it is sent. A third of the plots have a state.
"""

import gzip
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from api.context import open_context
from api.demo.office import PASSWORD, Office, set_up
from api.demo.processes import free_port, running
from gis.zone_file import write_zone
from permits.cases.tables import Case
from permits.cases.workflow import WORKFLOW, State
from permits.db import new_id
from permits.land.zones import import_zone, map_text
from permits.people.actor import SYSTEM, Role
from permits.settings import Settings
from tests.bench.ids import Figures
from tests.bench.measure import run
from tests.bench.town import town
from tests.bench.viewer import FLAGS

SIZE, GOAL, TIMES, EVERY = 50_000, 6.0, 3, 30
_IDLE = "[data-idle]"


def _prepared(office: Office, folder: Path, size: int) -> int:
    """The town with cases on every thirtieth plot; returns the bytes of its map as sent."""
    land = town(size)
    write_zone(land, folder / "town.gpkg")
    with office.context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=office.context.storage, layers=folder / "town.gpkg")
        engineer = office.actor(session, Role.ENGINEER).id
        for at, plot in enumerate(land.plots[::EVERY]):
            session.add(
                Case(
                    id=new_id(), number=f"B-{at:06d}", workflow=WORKFLOW, state=str(State.IN_REVIEW), zone="T",
                    plot=plot.number, title="قياس", engineer_id=engineer, applied_on="2026-01-01",
                )
            )  # fmt: skip
        session.flush()
        return len(gzip.compress(map_text(session, "T").encode()))


def _seconds(context: BrowserContext, address: str) -> float:
    """The map counts the milliseconds from its page's navigation until it is idle."""
    page = context.new_page()
    page.goto(f"{address}/desk/planner?zone=T")
    page.wait_for_selector(_IDLE, timeout=120_000)
    spent = float(page.get_attribute(_IDLE, "data-idle") or "nan") / 1000
    page.close()
    return spent


def _visit(browser: Browser, address: str) -> tuple[float, float]:
    """First and second time of one planner."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}/login")
        page.fill("#login", "planner")
        page.fill("#password", PASSWORD)
        page.evaluate("document.querySelector('main form').submit()")
        page.wait_for_url("**/desk/planner")
        page.close()
        return _seconds(context, address), _seconds(context, address)


def measure(size: int, folder: Path) -> dict[str, float]:
    """Serve the town and look at it."""
    port = free_port(0)
    address = f"http://127.0.0.1:{port}"
    settings = Settings(data_dir=folder, base_url=address)
    sent = _prepared(set_up(open_context(settings)), folder, size)
    serving = running(["serve", "--port", str(port)], ready=f"{address}/livez", log=folder / "log", settings=settings)
    with serving, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        visits = [_visit(browser, address) for _ in range(TIMES)]
        browser.close()
    first, again = (median(times) for times in zip(*visits, strict=True))
    return {"first": first, "again": again, "megabytes": sent / 1e6}


def rows(size: int = SIZE) -> Iterator[Figures]:
    """The planner's map; nothing where there is no Chromium."""
    if shutil.which("chromium") is None:
        print("no Chromium: the planner's map is not measured", file=sys.stderr)
        return
    told = json.loads(run(("-m", "tests.bench.maps", str(size))).said)
    detail = f"{size} plots, {told['megabytes']:.2f} MB of map with gzip; drawn by software"
    yield "planner's map: from navigation to idle", detail, told["first"], GOAL, " s"
    yield "planner's map: the same again", detail, told["again"], None, " s"


def main() -> None:
    """Measure one size and print."""
    with TemporaryDirectory() as folder:
        told = measure(int(sys.argv[1]), Path(folder))
    print(json.dumps({key: round(value, 3) for key, value in told.items()}))


if __name__ == "__main__":
    main()
