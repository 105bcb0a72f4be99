"""`python -m tests.bench.guide MODEL`: open a model and judge it by the whole guide, alone in a process.

Prints the seconds of opening and of judging, the peak memory in MB, and a line with the milliseconds of each clause;
what several clauses share counts for the first of them.
"""

import gc
import json
import resource
import sys
import time
from datetime import date
from pathlib import Path

import ifcopenshell

from bim import step
from bim.extract import Structure
from bim.guide import judge
from bim.guide.checks import Subject
from bim.guide.pack import Stage, guide_in_force

DAY = date(2026, 6, 1)


def main() -> None:
    """Open, judge, and say how long each took."""
    model = Path(sys.argv[1])
    gc.disable()  # as the review's child does
    guide = guide_in_force(DAY).at(Stage.LICENCE, DAY)
    asked = judge.specifications(guide)
    header = step.read_header(model.read_bytes()[:4096])
    started = time.perf_counter()
    opened = ifcopenshell.open(model)
    read = time.perf_counter()
    clauses = {}
    subject = Subject(opened, Structure(opened), header, model.stat().st_size)
    last = read
    for finding in judge.judge(subject, guide, asked):
        now = time.perf_counter()
        clauses[finding.rule] = (now - last) * 1000
        last = now
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"open": read - started, "judge": last - read, "peak": peak, "clauses": clauses}))


if __name__ == "__main__":
    main()
