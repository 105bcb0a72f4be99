"""`python -m tests.fuzz --count N --seed S`: mutate real files, review each, tell what became of them."""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bim.launch import Child
from tests.fuzz.catalogue import MODULES, case, kinds, origin
from tests.fuzz.registry import OPERATORS
from tests.fuzz.trial import LIMITS, Result, tried

RESULTS = Path(__file__).with_name("results.json")
_BATCH = 20


def batch(numbers: Sequence[int], seed: int) -> list[Result]:
    """Some cases one after the other, the child of each started while the one before is at work."""
    results, children = [], [Child()]
    try:
        for at, number in enumerate(numbers):
            if at + 1 < len(numbers):
                children.append(Child())
            results.append(tried(case(seed, number), children.pop(0)))
    finally:
        for child in children:
            child.end()
    return results


def run(count: int, seed: int, workers: int, first: int = 0) -> list[Result]:
    """The results of `count` cases, in order; failures are told on the error stream as they come."""
    numbers = range(first, first + count)
    batches = [numbers[at : at + _BATCH] for at in range(0, count, _BATCH)]
    results: list[Result] = []
    with ProcessPoolExecutor(workers) as pool:
        for found in pool.map(partial(batch, seed=seed), batches):
            results += found
            for result in found:
                if result.ours:
                    sys.stderr.write(f"{result.outcome} {result.code} {result.case}\n    {result.detail}\n")
            sys.stderr.write(f"{len(results)}/{count}\n")
    return results


def summary(results: Sequence[Result], seed: int, workers: int, elapsed: float) -> dict[str, Any]:
    """What is committed of a run."""
    by_operator = {
        name: {
            "subject": operator.subject,
            **Counter("ours" if r.ours else r.outcome for r in results if r.case.operator == name),
        }
        for name, operator in OPERATORS.items()
    }
    return {
        "on": datetime.now(UTC).date().isoformat(),
        "with": {"ifcopenshell": version("ifcopenshell"), "python": ".".join(map(str, sys.version_info[:3]))},
        "count": len(results),
        "seed": seed,
        "workers": workers,
        "seconds": round(elapsed),
        "limits": {"memory": LIMITS.memory, "wall": LIMITS.wall},
        "slowest": round(max(r.seconds for r in results), 1),
        "outcomes": dict(Counter(r.outcome for r in results).most_common()),
        "refusals": dict(Counter(r.code for r in results if r.outcome == "refused").most_common()),
        "verdicts": dict(Counter(r.code for r in results if r.outcome == "report").most_common()),
        "said_otherwise": sum(bool(r.better) for r in results),
        "with_rule_errors": sum(bool(r.errors) for r in results),
        "rule_errors": len({error.split()[0] for r in results for error in r.errors}),
        "sources": dict(Counter(origin(r.case.source) for r in results).most_common()),
        "files": {name: len(kind.names) for name, kind in kinds().items()},
        "operators": by_operator,
        "ours": [[r.outcome, r.code, r.case.operator, r.case.source, r.case.seed] for r in results if r.ours],
    }


def main() -> int:
    """Exit with 1 where anything is our failure."""
    parser = argparse.ArgumentParser(prog="tests.fuzz")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", type=Path, help="where to leave the results, as JSON")
    given = parser.parse_args()
    started = time.monotonic()
    results = run(given.count, given.seed, given.workers, given.first)
    found = summary(results, given.seed, given.workers, time.monotonic() - started)
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 1 if found["ours"] else 0


if __name__ == "__main__":
    assert MODULES
    raise SystemExit(main())
