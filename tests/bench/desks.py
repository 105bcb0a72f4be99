"""`python -m tests.bench.desks SIZE`: reviewers at the queue of an office with SIZE open cases.

Prints seconds as JSON. A real server in a process of its own, on SQLite as an office installs it. Every reviewer is a
client without a browser, written here: it asks for the page as a browser does, opens the page's websocket with the
token in it, and has the queue when the server has sent the document with the table's rows. Drawing it is not counted;
so is nothing of the scripts, which a browser keeps after the first visit. Twenty arrive within a minute, three seconds
apart; before that one reviewer opens it as the first of the process, and again.
"""

import asyncio
import json
import re
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from sqlalchemy.orm import Session
from websockets.asyncio.client import connect

from api.context import open_context
from api.demo.office import PASSWORD, Office, set_up
from api.demo.processes import free_port, running
from permits.cases.tables import Case, CaseTurn, Model, Review
from permits.cases.workflow import WORKFLOW, State
from permits.db import new_id, utcnow
from permits.people.actor import Role
from permits.settings import Settings
from tests.bench.ids import Figures
from tests.bench.measure import run

SIZE = 2_000
REVIEWERS = 20
APART = 3.0
TOKEN = re.compile(r'"token":"([^"]+)"')


def fill(session: Session, office: Office, size: int) -> None:
    """Open cases in review, each handed in, returned once and handed in again, with a finished review."""
    engineer, now = office.actor(session, Role.ENGINEER), utcnow()
    asked = [{"position": n, "rule": "SET-01", "outcome": "fail", "severity": "error"} for n in range(5)]
    course = (("draft", "engineer", 60), ("at_syndicate", "office", 50), ("in_review", "office", 45),
              ("returned", "engineer", 30), ("at_syndicate", "office", 12), ("in_review", "office", 8))  # fmt: skip
    for number in range(size):
        case = Case(
            id=new_id(), number=f"BENCH-{number:06d}", workflow=WORKFLOW, state=str(State.IN_REVIEW), zone="FZ-1",
            plot="103", title=f"بناء سكني {number}", engineer_id=engineer.id, applied_on="2026-01-01",
        )  # fmt: skip
        session.add(case)
        session.flush()
        for state, clock, days in course:
            at = now - timedelta(days=days + number % 20)
            session.add(CaseTurn(id=new_id(), case_id=case.id, state=state, clock=clock, at=at))
        model = Model(case_id=case.id, name="m.ifc", size=1, sha256="a" * 64)
        session.add(model)
        session.flush()
        session.add(Review(model_id=model.id, state="done", summary={"questions": asked}))


async def opened(address: str, cookie: str) -> float:
    """Seconds until a reviewer's client holds the rows of the queue."""
    begun = time.perf_counter()
    headers = {"Cookie": cookie, "Accept": "text/html"}
    async with httpx.AsyncClient(base_url=address, timeout=120) as http:
        page = (await http.get("/desk", headers=headers)).raise_for_status().text
    found = TOKEN.search(page)
    if found is None:
        raise LookupError("the page has no token")
    socket = address.replace("http://", "ws://") + "/desk/ws"
    async with connect(
        socket, origin=address, subprotocols=["bokeh", found[1]], additional_headers={"Cookie": cookie},
        max_size=None,
    ) as bokeh:  # fmt: skip
        await bokeh.recv()  # the header, metadata and content of the acknowledgement
        for part in (json.dumps({"msgid": "1", "msgtype": "PULL-DOC-REQ"}), "{}", "{}"):
            await bokeh.send(part)
        while "BENCH-" not in str(await asyncio.wait_for(bokeh.recv(), 120)):
            pass
    return time.perf_counter() - begun


async def storm(address: str, cookies: list[str]) -> list[float]:
    """The times of reviewers that arrive one after another, whether or not the one before is served."""

    async def arrive(number: int, cookie: str) -> float:
        await asyncio.sleep(number * APART)
        return await opened(address, cookie)

    return await asyncio.gather(*(arrive(number, cookie) for number, cookie in enumerate(cookies)))


def log_in(address: str) -> str:
    """A login's cookie, as it is sent."""
    form = {"login": str(Role.REVIEWER), "password": PASSWORD}
    answer = httpx.post(f"{address}/login", data=form, timeout=60)
    return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())


def measure(size: int, folder: Path) -> dict[str, float]:
    """First, again, and the slowest and the middle of the twenty."""
    address = f"http://127.0.0.1:{(port := free_port(0))}"
    settings = Settings(data_dir=folder, base_url=address)
    office = set_up(open_context(settings))
    with office.context.database.transaction() as session:
        fill(session, office, size)
    with running(["serve", "--port", str(port)], ready=f"{address}/livez", log=folder / "log", settings=settings):
        cookies = [log_in(address) for _ in range(REVIEWERS)]
        first = asyncio.run(opened(address, cookies[0]))
        again = asyncio.run(opened(address, cookies[0]))
        times = sorted(asyncio.run(storm(address, cookies)))
    return {"first": first, "again": again, "slowest": times[-1], "middle": times[len(times) // 2]}


def rows() -> Iterator[Figures]:
    """What, detail, seconds, goal, unit."""
    told = json.loads(run(("-m", "tests.bench.desks", str(SIZE))).said)
    detail = f"{SIZE} open cases, SQLite, websocket clients without a browser"
    yield "the queue of cases: first page of the process", detail, told["first"], 3.0, " s"
    yield "the queue of cases: again", detail, told["again"], 1.0, " s"
    middle = f"{detail}; median {told['middle']:.2f} s"
    yield f"the queue of cases: slowest of {REVIEWERS} within a minute", middle, told["slowest"], 3.0, " s"


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        print(json.dumps(measure(int(sys.argv[1]), Path(folder))))
