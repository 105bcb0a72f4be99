"""`python -m tests.bench.assets SIZE [SQLite|PostGIS]`: an inventory of generated property, listed and drawn.

Prints seconds as JSON: the import of the list, a page of it, the whole map, a part of the map by its box, and the
counts of the progress. The properties are rectangles on a lattice, all invented. Medians of five, each with an
empty session.
"""

import csv
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from shapely import box
from sqlalchemy import text
from sqlalchemy.orm import Session

from permits import schema
from permits.assets.figures import progress
from permits.assets.importing import import_inventory
from permits.assets.inventory import list_assets
from permits.assets.map import assets_in
from permits.assets.tables import Asset
from permits.db import Database
from permits.people.actor import SYSTEM
from permits.spatial import bounds_of
from tests.bench.databases import KINDS, database_of
from tests.bench.ids import Figures
from tests.bench.measure import run

SIZE = 12_000
GOAL = 2.0
_STEP, _ACROSS = 40.0, 120


def write_list(path: Path, size: int) -> None:
    """A list of so many properties."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(["رقم الجرد", "الاسم", "النطاق", "الاستعمال", "الجهة الحائزة", "المساحة"])
        for at in range(size):
            domain = "عام" if at % 3 == 0 else "خاص"
            writer.writerow([f"{at:05d}", f"عقار {at}", domain, "متنوع", "مديرية الأملاك", "600"])


def draw_all(session: Session) -> None:
    """Every property mapped, as the use case would leave it; done by the row here, since that is not measured."""
    for at, asset in enumerate(session.query(Asset).order_by(Asset.number)):
        row, column = divmod(at, _ACROSS)
        left, low = 196_000.0 + column * _STEP, 170_000.0 + row * _STEP
        asset.polygon, asset.grid, asset.stage = box(left, low, left + 30, low + 20), "EPSG:22770", "mapped"
        for name, bound in bounds_of(asset.polygon).items():
            setattr(asset, name, bound)


def measure(size: int, url: str, folder: Path) -> dict[str, float]:
    """Import the list, draw it, and ask."""
    database = Database(url, b"bench")
    schema.upgrade(database)
    write_list(folder / "list.csv", size)
    started = time.perf_counter()
    with database.transaction() as session:
        import_inventory(session, actor=SYSTEM, path=folder / "list.csv")
    told = {"import": time.perf_counter() - started}
    with database.transaction() as session:
        draw_all(session)
    if not database.embedded:
        with database.transaction() as session:
            session.execute(text("ANALYZE assets"))
    with database.reading() as session:
        some = assets_in(session, actor=SYSTEM, limit=1)["features"][0]["geometry"]["coordinates"][0]
        west, south = some[0]
        part = (west, south, west + 0.005, south + 0.005)
        told["page"] = _timed(session, lambda: list_assets(session, actor=SYSTEM, offset=size // 2))
        told["list"] = _timed(session, lambda: list_assets(session, actor=SYSTEM, limit=size))
        told["map"] = _timed(session, lambda: json.dumps(assets_in(session, actor=SYSTEM)))
        told["box"] = _timed(session, lambda: assets_in(session, actor=SYSTEM, box=part))
        told["progress"] = _timed(session, lambda: progress(session, actor=SYSTEM))
        told["in_box"] = float(len(assets_in(session, actor=SYSTEM, box=part)["features"]))
    database.close()
    return told


def _timed(session: Session, ask: Callable[[], object]) -> float:
    spent = []
    for _ in range(5):
        session.expunge_all()
        started = time.perf_counter()
        ask()
        spent.append(time.perf_counter() - started)
    return median(spent)


def rows() -> Iterator[Figures]:
    """The list and the whole map of an inventory, on each database that is there."""
    for name in KINDS:
        told = json.loads(run(("-m", "tests.bench.assets", str(SIZE), name)).said)
        detail = f"{SIZE:,} properties; a box of {told['in_box']:.0f} in {1000 * told['box']:.0f} ms"
        for what, of in (("listed", "list"), ("drawn on a map", "map")):
            yield f"council property on {name}: all {what}", detail, told[of], GOAL, " s"


def main() -> None:
    """Measure on one database and print."""
    size, kind = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "SQLite"
    with TemporaryDirectory() as folder, database_of(kind, folder) as url:
        told = measure(size, url, Path(folder))
    print(json.dumps({key: round(value, 4) for key, value in told.items()}))


if __name__ == "__main__":
    main()
