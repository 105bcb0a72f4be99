"""`python -m tests.bench.guide [MODEL]`: milliseconds of each named check on a large model, most first.

Each check is timed once on one opened model, in the guide's order; what several share counts for the first.
"""

import os
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import ifcopenshell

from bim import step
from bim.extract import Structure
from bim.guide.checks import CHECKS, Subject
from bim.guide.pack import guide_in_force
from tests.bench.measure import ROOT

LARGE = "revit2012_janesville_restaurant.ifc"


def rows(model: Path) -> Iterator[tuple[str, str, float]]:
    """Code, check and milliseconds."""
    scan = step.scan(model)
    opened = ifcopenshell.open(model)
    subject = Subject(opened, Structure(opened), scan.header, scan.size)
    for entry in guide_in_force(date(2026, 6, 1)).entries.values():
        if entry.check:
            started = time.perf_counter()
            CHECKS[entry.check](subject, entry.params)
            yield entry.code, entry.check, (time.perf_counter() - started) * 1000


def main() -> None:
    """Print the table."""
    shared = Path(os.environ.get("RUKHSA_SHARED", ROOT.parent / "shared"))
    found = list(rows(Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "ifc" / LARGE))
    for code, name, spent in sorted(found, key=lambda row: -row[2]):
        print(f"{spent:>8.2f}  {code}  {name}")
    print(f"{sum(spent for *_, spent in found):>8.2f}  {len(found)} checks")


if __name__ == "__main__":
    main()
