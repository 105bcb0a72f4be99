"""`python -m tests.bench.viewer MODEL`: the building in 3D, from the model to its first picture in Chromium.

Prints JSON: seconds to make the scene, bytes of it and of the viewer as they are sent, seconds from navigation to the
first picture with an empty cache (median of five, drawn without a graphics card), and the most draw calls of a picture.
"""

import gzip
import json
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy.orm import Session

from api.context import open_context
from api.demo.office import PASSWORD, Office, set_up
from api.demo.processes import free_port, running
from api.main import ASSETS
from permits.cases import running as reviewing
from permits.cases import scenes
from permits.cases.cases import open_case
from permits.cases.tables import Model, Review
from permits.people.actor import Role
from permits.settings import Settings
from tests.bench.ids import Figures
from tests.bench.measure import run

GOAL, CALLS, TIMES = 4.0, 10.0, 5
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_FIRST = ".view3d[data-ready=true]"


def _handed_in(session: Session, office: Office, model: Path) -> tuple[str, str]:
    engineer = office.actor(session, Role.ENGINEER)
    case = open_case(session, actor=engineer, office="DM-01", zone="FZ-1", plot="103", title="قياس")
    sha256 = office.context.storage.keep(model)
    row = Model(case_id=case.id, name=model.name, size=model.stat().st_size, sha256=sha256)
    session.add(row)
    session.flush()
    review = Review(model_id=row.id)
    session.add(review)
    session.flush()
    return case.id, review.id


def _prepared(office: Office, model: Path) -> tuple[str, float, int]:
    """The case, the seconds that its scene took, and the bytes of the scene as sent."""
    context = office.context
    with context.database.transaction() as session:
        case_id, review_id = _handed_in(session, office, model)
    reviewing.run_review(context, review_id=review_id)
    started = time.perf_counter()
    scenes.run_scene(context, review_id=review_id)
    seconds = time.perf_counter() - started
    with context.database.reading() as session:
        building = scenes.scene_of(session, case_id=case_id).building
    return case_id, seconds, len(gzip.compress(context.storage.read(building or "")))


def _visit(browser: Browser, address: str, case_id: str) -> tuple[float, int]:
    """Seconds to the first picture in a fresh browser, and the most draw calls after some looking round."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}/login")
        page.fill("#login", "engineer")
        page.fill("#password", PASSWORD)
        page.click("main button")
        page.goto(f"{address}/cases/{case_id}/building")
        page.wait_for_selector(_FIRST, timeout=120_000)
        return _looked_round(page)


def _looked_round(page: Page) -> tuple[float, int]:
    first = float(page.get_attribute(_FIRST, "data-first") or "nan") / 1000
    page.focus(".view3d .canvas")
    for key in ("ArrowLeft", "m", "Enter", "ArrowLeft", "Enter", "f"):
        page.keyboard.press(key)
    page.wait_for_timeout(1500)
    return first, int(page.get_attribute(_FIRST, "data-most") or 0)


def measure(model: Path, folder: Path) -> dict[str, float]:
    """Hand the model in, make its scene, and look at it."""
    port = free_port(0)
    address = f"http://127.0.0.1:{port}"
    settings = Settings(data_dir=folder, base_url=address)
    case_id, seconds, sent = _prepared(set_up(open_context(settings)), model)
    serving = running(["serve", "--port", str(port)], ready=f"{address}/livez", log=folder / "log", settings=settings)
    with serving, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        visits = [_visit(browser, address, case_id) for _ in range(TIMES)]
        browser.close()
    bundle = len(gzip.compress((ASSETS / "model3d.js").read_bytes()))
    first, calls = median(first for first, _ in visits), max(calls for _, calls in visits)
    return {"made": seconds, "sent": sent, "bundle": bundle, "first": first, "calls": calls}


def rows(model: Path) -> Iterator[Figures]:
    """The viewer with a real model; nothing where there is no Chromium."""
    if shutil.which("chromium") is None:
        print("no Chromium: the viewer is not measured", file=sys.stderr)
        return
    told = json.loads(run(("-m", "tests.bench.viewer", str(model))).said)
    sizes = (
        f"{model.name}: {told['sent'] / 1000:.0f} kB of building, {told['bundle'] / 1000:.0f} kB of viewer, with gzip"
    )
    yield (
        "building in 3D: from navigation to the first picture",
        f"{sizes}; drawn by software",
        told["first"],
        GOAL,
        " s",
    )
    yield "building in 3D: draw calls of a picture, at most", model.name, told["calls"], CALLS, ""
    yield "building in 3D: making the scene in a child", model.name, told["made"], None, " s"


def main() -> None:
    """Measure one model and print."""
    with TemporaryDirectory() as folder:
        told = measure(Path(sys.argv[1]), Path(folder))
    print(json.dumps({key: round(value, 3) for key, value in told.items()}))


if __name__ == "__main__":
    main()
