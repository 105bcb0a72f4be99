"""`python -m tests.bench.uploads SIZE`: an engineer's upload while twenty reviewers open the queue of SIZE cases.

Prints as JSON the mean seconds of a piece of the size that a browser sends: of an upload alone, and of the same while
the twenty arrive within a minute. Between two pieces passes the time that such a piece needs on a line of 8 MB/s: the
loopback has none. The upload is never ended, so that no review begins beside it.
"""

import asyncio
import base64
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from api.context import open_context
from api.demo.office import PASSWORD, set_up
from api.demo.portal import Portal
from api.demo.processes import free_port, running
from permits.people.actor import Role
from permits.settings import Settings
from tests.bench.desks import REVIEWERS, SIZE, fill, log_in, storm
from tests.bench.ids import Figures
from tests.bench.measure import run

PIECE = b"ISO-10303-21;".ljust(4 << 20)
ALONE, LINE = 15, 0.5


class Line:
    """One upload that goes on and on."""

    def __init__(self, address: str) -> None:
        self.portal = Portal(address, str(Role.ENGINEER), PASSWORD)
        self.case_id = self.portal.open_case(zone="FZ-1", plot="103", title="bench")
        self.place, self.offset = "", 0

    def send(self) -> float:
        """Seconds of one piece; a new upload is begun before the last one would be whole."""
        if not self.place or self.offset > 300_000_000:
            self._begin()
        headers = {**self._headers(), "Upload-Offset": str(self.offset),
                   "Content-Type": "application/offset+octet-stream"}  # fmt: skip
        begun = time.perf_counter()
        answer = self.portal.http.patch(self.place, content=PIECE, headers=headers).raise_for_status()
        spent = time.perf_counter() - begun
        self.offset = int(answer.headers["upload-offset"])
        return spent

    def _begin(self) -> None:
        facts = {"case": self.case_id, "filename": "bench.ifc"}
        said = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in facts.items())
        headers = {**self._headers(), "Upload-Length": "400000000", "Upload-Metadata": said}
        self.place = self.portal.http.post("/files", headers=headers).raise_for_status().headers["location"]
        self.offset = 0

    def _headers(self) -> dict[str, str]:
        return {"X-CSRF": self.portal.csrf, "Tus-Resumable": "1.0.0"}


async def together(line: Line, address: str, cookies: list[str]) -> list[float]:
    """Seconds of each piece while the reviewers arrive."""
    spent: list[float] = []

    async def upload() -> None:
        while True:
            spent.append(await asyncio.to_thread(line.send))
            await asyncio.sleep(LINE)

    sending = asyncio.create_task(upload())
    await storm(address, cookies)
    sending.cancel()
    return spent


def measure(size: int, folder: Path) -> dict[str, float]:
    """The mean seconds of a piece, alone and beside the twenty, the slowest, and how many pieces that was."""
    address = f"http://127.0.0.1:{(port := free_port(0))}"
    settings = Settings(data_dir=folder, base_url=address)
    office = set_up(open_context(settings))
    with office.context.database.transaction() as session:
        fill(session, office, size)
    with running(["serve", "--port", str(port)], ready=f"{address}/livez", log=folder / "log", settings=settings):
        cookies = [log_in(address) for _ in range(REVIEWERS)]
        line = Line(address)
        alone = []
        for _ in range(ALONE):
            alone.append(line.send())
            time.sleep(LINE)
        beside = asyncio.run(together(line, address, cookies))
        line.portal.http.close()
    return {"alone": mean(alone), "beside": mean(beside), "slowest": max(beside), "pieces": len(beside)}


def rows() -> Iterator[Figures]:
    """What, detail, ratio, goal."""
    told = json.loads(run(("-m", "tests.bench.uploads", str(SIZE))).said)
    detail = (
        f"pieces of 4 MB at 8 MB/s; the server took {1000 * told['beside']:.0f} ms for each of {told['pieces']} / "
        f"{1000 * told['alone']:.0f} ms; slowest {told['slowest']:.1f} s"
    )
    what = f"an upload beside {REVIEWERS} reviewers who open the queue / alone"
    yield what, detail, (LINE + told["beside"]) / (LINE + told["alone"]), 1.25, ""


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        print(json.dumps(measure(int(sys.argv[1]), Path(folder))))
