"""`python -m tests.bench.guide [MODEL]`: processor time of each named check on a large model, most first.

Checks run in the guide's order; what several share counts for the first of them.
"""

import os
import sys
import time
from datetime import date
from pathlib import Path

import ifcopenshell

from bim import step
from bim.extract import Structure
from bim.guide.checks import CHECKS, Subject
from bim.guide.pack import guide_in_force
from tests.bench.measure import ROOT

LARGE = "revit2012_janesville_restaurant.ifc"


def rows(model: Path, rounds: int = 5) -> list[tuple[str, str, float]]:
    """Code, check and the least milliseconds of processor time of some rounds, each on a fresh subject."""
    scan = step.scan(model)
    opened = ifcopenshell.open(model)
    entries = [e for e in guide_in_force(date(2026, 6, 1)).entries.values() if e.check]
    spent: dict[str, list[float]] = {entry.code: [] for entry in entries}
    for _ in range(rounds):
        subject = Subject(opened, Structure(opened), scan.header, scan.size)
        for entry in entries:
            started = time.process_time()
            CHECKS[entry.check or ""](subject, entry.params)
            spent[entry.code].append((time.process_time() - started) * 1000)
    return [(entry.code, entry.check or "", min(spent[entry.code])) for entry in entries]


def main() -> None:
    """Print the table."""
    shared = Path(os.environ.get("RUKHSA_SHARED", ROOT.parent / "shared"))
    found = rows(Path(sys.argv[1]) if len(sys.argv) > 1 else shared / "ifc" / LARGE)
    for code, name, spent in sorted(found, key=lambda row: -row[2]):
        print(f"{spent:>8.2f}  {code}  {name}")
    print(f"{sum(spent for *_, spent in found):>8.2f}  {len(found)} checks")


if __name__ == "__main__":
    main()
