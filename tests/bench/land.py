"""`python -m tests.bench.land SIZE [DATABASE]`: a town imported, then asked for points and footprints.

Prints plots per second of the import and the medians in milliseconds, as JSON. The town is written as a zone file
first, which does not count. Without an address the database is SQLite in a folder of its own; on PostgreSQL the
address must be that of an empty database, whose tables are taken away again.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy.orm import Session

from gis.zone_file import write_zone
from permits import schema
from permits.adapters.storage import LocalStorage
from permits.db import Database
from permits.land.zones import import_zone, plot_covering, plots_touching
from permits.people.actor import SYSTEM
from tests.bench.databases import KINDS, database_of
from tests.bench.ids import Figures
from tests.bench.measure import run
from tests.bench.town import asked, town

SIZE, QUERIES = 1_000_000, 2000


def measure(size: int, url: str, folder: Path) -> dict[str, float]:
    """Import the town and ask it."""
    zone = town(size)
    layers = folder / "town.gpkg"
    write_zone(zone, layers)
    points, footprints = asked(zone, QUERIES)
    database = Database(url, b"bench")
    schema.upgrade(database)
    del zone
    started = time.perf_counter()
    with database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=LocalStorage(folder / "objects"), layers=layers)
    seconds = time.perf_counter() - started
    with database.reading() as session:
        by_point = _timed(session, points, lambda point: plot_covering(session, zone="T", point=point))
        by_shape = _timed(session, footprints, lambda shape: plots_touching(session, zone="T", shape=shape))
    database.close()
    told = {"seconds": seconds, "rate": size / seconds}
    return told | _middles("point", by_point) | _middles("footprint", by_shape)


def _timed(session: Session, shapes: Sequence[Any], ask: Callable[[Any], object]) -> list[float]:
    """Milliseconds of each question, the session emptied before each so that nothing is remembered."""
    spent = []
    for shape in shapes:
        session.expunge_all()
        started = time.perf_counter()
        ask(shape)
        spent.append(1000 * (time.perf_counter() - started))
    return spent


def _middles(name: str, spent: Sequence[float]) -> dict[str, float]:
    return {f"{name}_p50": median(spent), f"{name}_p99": quantiles(spent, n=100)[98]}


def rows() -> Iterator[Figures]:
    """The figures on SQLite, and on PostgreSQL where RUKHSA_TEST_POSTGRES names one."""
    for name in KINDS:
        ran = run(("-m", "tests.bench.land", str(SIZE), name))
        told = json.loads(ran.said)
        detail = f"{SIZE:,} plots with their sheets, {told['seconds']:.0f} s, {ran.megabytes:.0f} MB"
        goal = 66.7 if name == "SQLite" else None
        yield f"land on {name}: a plot imported", detail, 1e6 / told["rate"], goal, " µs"
        for what, limit in (("point", 1.0), ("footprint", 5.0)):
            p99 = f"{QUERIES} questions, median; p99 {told[f'{what}_p99']:.2f} ms"
            yield f"land on {name}: plots at a {what}", p99, told[f"{what}_p50"], limit, " ms"


def main() -> None:
    """Measure on one database and print."""
    size, kind = int(sys.argv[1]), sys.argv[2]
    with TemporaryDirectory() as folder, database_of(kind, folder) as url:
        told = measure(size, url, Path(folder))
    print(json.dumps(told))


if __name__ == "__main__":
    main()
