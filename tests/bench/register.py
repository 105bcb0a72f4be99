"""`python -m tests.bench.register acts N|owners N SQLite|PostGIS`: the register in large, printed as JSON.

Random acts on sheets in memory, each of which must stay exactly one whole: the check is made here again, beside that
of the acts themselves. And a sheet of many co-owners as its page reads it.
"""

import json
import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from permits import schema
from permits.calendar import today
from permits.db import Database
from permits.register.sheets import extract_facts
from permits.register.tables import Sheet
from tests.bench.databases import KINDS, database_of
from tests.bench.ids import Figures
from tests.bench.measure import run as run_apart
from tests.register.offices import people, register
from tests.register.towns import act_on, new_sheet

SHEETS = 1000
ACTS = 1_000_000
OWNERS, OPENINGS = 2000, 9
LIFE = 150
"""Acts on a sheet before another takes its place: exact fractions grow with every generation."""


def run(acts: int, seed: int = 7) -> tuple[float, int, int]:
    """Seconds, the longest denominator in digits, the most owners of one sheet; AssertionError on the first fault."""
    draw = Random(seed)  # noqa: S311 - a town, not a secret
    sheets, ages = [new_sheet(draw) for _ in range(SHEETS)], [0] * SHEETS
    longest = most = 0
    start = time.perf_counter()
    for _ in range(acts):
        at = draw.randrange(SHEETS)
        state = act_on(sheets[at], draw)
        total = sum(state.holdings.values(), Fraction(0))
        if total != 1 or min(state.holdings.values()) <= 0:
            raise AssertionError(f"a sheet holds {total}")
        most = max(most, len(state.holdings))
        ages[at] += 1
        if ages[at] == LIFE:
            longest = max(longest, *(len(str(share.denominator)) for share in state.holdings.values()))
            state, ages[at] = new_sheet(draw), 0
        sheets[at] = state
    return time.perf_counter() - start, longest, most


def opening(url: str, owners: int) -> float:
    """Seconds, in the middle, in which a sheet of so many co-owners is read in a fresh session."""
    database = Database(url, b"bench")
    schema.upgrade(database)
    with database.transaction() as session:
        who = people(session, *(f"مالك {number}" for number in range(owners)))
        sheet_id = register(session, "1", dict.fromkeys(who.values(), Fraction(1, owners))).id
    spent = []
    for _ in range(OPENINGS):
        start = time.perf_counter()
        with database.reading() as session:
            sheet = session.get_one(Sheet, sheet_id)
            facts = extract_facts(session, sheet=sheet, number="", as_of=today(), language="ar")
        spent.append(time.perf_counter() - start)
        if len(facts.owners) != owners:
            raise AssertionError(f"{len(facts.owners)} owners")
    database.close()
    return median(spent)


def rows() -> Iterator[Figures]:
    """A million acts, and a sheet of two thousand owners on each database that is there."""
    told = json.loads(run_apart(("-m", "tests.bench.register", "acts", str(ACTS))).said)
    detail = (
        f"{ACTS:,} on {SHEETS:,} sheets, one whole after each; denominators of {told['longest']} digits, "
        f"{told['most']} owners at most"
    )
    yield "random sales, gifts and inheritances", detail, told["seconds"], None, " s"
    for kind in KINDS:
        spent = json.loads(run_apart(("-m", "tests.bench.register", "owners", str(OWNERS), kind)).said)["seconds"]
        yield f"a sheet on {kind}: read to be shown", f"{OWNERS:,} co-owners, median of {OPENINGS}", spent, 0.3, " s"


def main() -> None:
    """Measure one thing and print it."""
    what, size = sys.argv[1], int(sys.argv[2])
    if what == "acts":
        seconds, longest, most = run(size)
        print(json.dumps({"seconds": seconds, "longest": longest, "most": most}))
        return
    with TemporaryDirectory() as folder, database_of(sys.argv[3], folder) as url:
        print(json.dumps({"seconds": opening(url, size)}))


if __name__ == "__main__":
    main()
