"""The desk's process is killed at any moment, again and again: what it printed is in its queue, whole and in order."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from permits.cash.desk import counter
from permits.cash.desk.counter import Desk
from permits.cash.entries import verify_entry
from permits.cash.sealed import bytes_of, public_key
from permits.jobs import Context
from tests.cash.centre import CODE, begin, close, more_numbers, refresh, sync
from tests.money.books import Town

ROOT = Path(__file__).parents[2]
WORK = """
import sys
from pathlib import Path
from permits.cash.desk import counter
from permits.money.reference import BillReference
desk = counter.open_desk(Path(sys.argv[1]))
print("ready", flush=True)
step = counter.till_of(desk).seq
while True:
    step += 1
    slip = counter.take(desk, reference=str(BillReference(1, 101, step)), piastres=1000 + step)
    print("taken", slip.number, slip.piastres + slip.rounding, flush=True)
    if step % 4 == 0:
        counter.void(desk, number=slip.number, reason="x")
        print("void", slip.number, 0, flush=True)
"""


def run_until_killed(folder: Path, seconds: float) -> list[list[str]]:
    """What the process had told when it was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", WORK, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(seconds)
        os.kill(child.pid, signal.SIGKILL)
        return [line.split() for line in child.stdout.read().splitlines(keepends=True) if line.endswith("\n")]


def killed_again_and_again(context: Context, desk: Desk, folder: Path, times: int) -> None:
    """Kill, look, go on; at last the office has every printed receipt once."""
    more_numbers(context, desk, 5000)
    begin(context, desk)
    refresh(context, desk)
    chance, told = random.Random(7), 0  # noqa: S311 - moments of a test
    taken: dict[str, int] = {}
    void: set[str] = set()
    for _ in range(times):
        for what, number, cash in run_until_killed(folder, chance.uniform(0.0, 0.4)):
            told += 1
            if what == "taken":
                taken[number] = int(cash)
            else:
                void.add(number)
        till = counter.till_of(desk)
        stand = {taking.number: taking.cash for taking in till.takings.values()}
        assert {n: c for n, c in taken.items() if n not in till.voids} == {n: c for n, c in stand.items() if n in taken}
        assert void <= set(till.voids)
        assert len(set(stand) - set(taken)) <= times  # on the disk and killed before it was told
        assert till.spent == len(stand) + len(till.voids)
    assert told > times
    key = public_key(CODE, bytes_of(desk.key["x"]))
    assert [verify_entry(s, desk=CODE, key=key).seq for s, _ in desk.store.entries()] == list(range(1, till.seq + 1))
    close(desk)
    done = sync(context, desk)
    assert (done.payments, done.conflicts) == (len(stand), len(stand))


@pytest.mark.slow
def test_killed_a_few_times(context: Context, town: Town, desk: Desk, tmp_path: Path) -> None:
    killed_again_and_again(context, desk, tmp_path / "desk", 2)


@pytest.mark.slow
def test_killed_many_times(context: Context, town: Town, desk: Desk, tmp_path: Path) -> None:
    killed_again_and_again(context, desk, tmp_path / "desk", 8)
