"""Measure fresh processes: wall time, peak memory, and what they print."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Run:
    """One process: seconds of the clock, MB of its largest process, its last line."""

    seconds: float
    megabytes: float
    said: str


def run(arguments: Sequence[str], *, codes: tuple[int, ...] = (0,)) -> Run:
    """Run `python ARGUMENTS` to its end; raise where it ends otherwise than by one of `codes`.

    The kernel counts the peak of a process and of the children it waited for, and gives the largest.
    """
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        started = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=output, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode not in codes:
            raise RuntimeError(f"{arguments} ended with {process.returncode}: {errors.read()[-2000:]}")
        return Run(seconds, usage.ru_maxrss / 1024, (output.read().splitlines() or [""])[-1])


def pairs(ours: Sequence[str], theirs: Sequence[str], count: int, codes: tuple[int, ...] = (0,)) -> list[list[Run]]:
    """`count` runs of each, one of ours and one of theirs in turn, so that a busy machine slows both."""
    found: list[list[Run]] = [[], []]
    for _ in range(count):
        found[0].append(run(ours, codes=codes))
        found[1].append(run(theirs))
    return found


def middle(runs: Sequence[Run]) -> Run:
    """The median of time and of memory, each on its own."""
    return Run(median(r.seconds for r in runs), median(r.megabytes for r in runs), runs[-1].said)
