"""The soak: people pay while faults happen and both sides are killed; then the days are settled and judged."""

import json
import math
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import httpx

from api.context import open_context
from api.demo.office import set_up
from api.demo.processes import free_port
from api.sandbox_switch.faults import Fault
from permits.calendar import today
from permits.money.settlement import import_settlement
from permits.people.actor import SYSTEM
from permits.settings import Settings
from tests.resilience.plant import Plant, fetch
from tests.soak.office import make_bills, register
from tests.soak.verdict import Verdict, judge

RATES = {
    Fault.DUPLICATE: 0.01, Fault.FLOOD: 0.002, Fault.CUT: 0.01, Fault.CUT_BODY: 0.01, Fault.TIMEOUT: 0.01,
    Fault.AT_ONCE: 0.01, Fault.EARLY_ACKNOWLEDGEMENT: 0.01, Fault.LATE: 0.01, Fault.WRONG_SIGNATURE: 0.005,
    Fault.CLOCK_BEHIND: 0.01, Fault.OTHER_CONTENT: 0.005, Fault.WRONG_AMOUNT: 0.01, Fault.PART: 0.01,
    Fault.EXCESS: 0.01, Fault.UNTOLD: 0.01, Fault.UNSETTLED: 0.005, Fault.SETTLED_SHORT: 0.005,
    Fault.SETTLED_TWICE: 0.005, Fault.OUTAGE: 0.0005, Fault.REVERSED: 0.01, Fault.REVERSED_LATE: 0.01,
}  # fmt: skip
"""Of the payments, some 17 in 100 have a fault."""
WITHOUT_INQUIRY = 0.02
PROVIDER = "sandbox"
DAYS = 3
PAYERS = 4
PATIENCE = 300.0
HOUR_SECONDS = 1.0
_PAYMENTS_PER_KILL = 400
_OPEN = ("taken", "answered", "taken_back", "open")
_SILENT = '{"states": {"open": 1}}'
_DOWN = (httpx.HTTPError, OSError)


@dataclass
class Soak:
    """One run over an office of its own; `kills` counts kill -9 by program."""

    plant: Plant
    count: int
    chance: random.Random
    kills: dict[str, int] = field(default_factory=dict)
    paid: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)

    def pay_all(self, bills: list[tuple[str, int]]) -> None:
        """Payers pay one bill each after another while the power fails."""
        waiting: queue.SimpleQueue[tuple[int, str, int]] = queue.SimpleQueue()
        for number, (reference, piastres) in enumerate(bills):
            waiting.put((number, reference, piastres))
        payers = [threading.Thread(target=self._pay_from, args=(waiting,), daemon=True) for _ in range(PAYERS)]
        for payer in payers:
            payer.start()
        settled = False
        for threshold in self._moments():
            self._until(partial(self._has_paid, threshold))
            self._kill_one()
            if not settled and threshold > self.count // DAYS:
                settled = self._settle_early()
        for payer in payers:
            while payer.is_alive():
                payer.join(1)

    def _moments(self) -> list[int]:
        """After how many payments somebody is killed: twice at least, and at least once for every 500 payments."""
        kills = max(2, math.ceil(self.count / _PAYMENTS_PER_KILL))
        return sorted(self.chance.randrange(self.count) for _ in range(kills))

    def _has_paid(self, count: int) -> bool:
        return self.paid >= count

    def _kill_one(self) -> None:
        names = sorted(self.plant.programs, key=lambda name: (self.kills.get(name, 0), self.chance.random()))
        victim = self.plant.programs[names[0]]
        victim.wait_ready()
        time.sleep(self.chance.uniform(0, 0.5))
        victim.kill()
        self.kills[victim.name] = self.kills.get(victim.name, 0) + 1
        victim.start()

    def _pay_from(self, waiting: "queue.SimpleQueue[tuple[int, str, int]]") -> None:
        with httpx.Client(base_url=self.plant.switch, timeout=20, trust_env=False) as bank:
            while not self.stopped.is_set():
                try:
                    number, reference, piastres = waiting.get_nowait()
                except queue.Empty:
                    return
                self._pay(bank, number, reference, piastres)
                self.paid += 1

    def _pay(self, bank: httpx.Client, number: int, reference: str, piastres: int) -> None:
        """Until the bank has taken it, once under its order whatever is killed meanwhile."""
        day = today() + timedelta(days=number * DAYS // self.count)
        asked = {"reference": reference, "order": f"order-{number}", "day": day.isoformat()}
        if random.Random(number).random() < WITHOUT_INQUIRY:  # noqa: S311 - to be had again
            amount = f"{piastres // 100}.{piastres % 100:02d}"
            asked |= {"amount": amount, "fault": str(Fault.BEFORE_INQUIRY)}
        while not self.stopped.is_set():
            with suppress(*_DOWN):
                answer = bank.post("/pay", json=asked)
                if answer.is_success:
                    return
                if answer.status_code < 500:
                    raise AssertionError(f"{reference}: {answer.text}")
            time.sleep(0.1)

    def settle(self) -> None:
        """Everything told, every day cut and imported; then what is taken back after that is told too."""
        for program in self.plant.programs.values():
            program.wait_ready()
        self._until(self._all_told)
        for day in self._standing()["days"]:
            self._settle_day(date.fromisoformat(day))
        self._until(self._all_told)

    def _settle_early(self) -> bool:
        """The first day is settled while payments go on, some of it told only afterwards; whether it could be."""
        with suppress(*_DOWN):
            self._settle_day(today())
            return True
        return False

    def _settle_day(self, day: date) -> None:
        answer = httpx.post(f"{self.plant.switch}/settlement/{day}", timeout=120, trust_env=False)
        content = answer.raise_for_status().content
        with self.plant.office.context.database.transaction() as session:
            import_settlement(session, actor=SYSTEM, content=content)

    def _standing(self) -> dict[str, dict[str, int]]:
        content: dict[str, dict[str, int]] = json.loads(
            fetch(f"{self.plant.switch}/standing") or '{"states": {"open": 1}}'
        )
        return content

    def _all_told(self) -> bool:
        states = self._standing()["states"]
        return not any(states.get(state) for state in _OPEN)

    def _until(self, true: Callable[[], bool]) -> None:
        """Wait for something as long as anything goes on."""
        end, before = time.monotonic() + PATIENCE, self._progress()
        while not true():
            if (now := self._progress()) != before:
                end, before = time.monotonic() + PATIENCE, now
            assert time.monotonic() < end, f"stuck after {self.paid} payments: {self._standing()}"
            time.sleep(0.5)

    def _progress(self) -> tuple[int, str]:
        return self.paid, json.dumps(self._standing()["states"])

    def verdict(self) -> Verdict:
        """The office's books against the bank's."""
        theirs = json.loads(fetch(f"{self.plant.switch}/ledger") or "{}")
        with self.plant.office.context.database.reading() as session:
            return judge(session, provider=PROVIDER, theirs=theirs)


@contextmanager
def office(folder: Path, database: str, count: int, seed: int) -> Iterator[Soak]:
    """An office with its server and the bank's switch as processes, both new."""
    context = open_context(Settings(data_dir=folder, database_url=database))
    register()
    plant = Plant(set_up(context), f"http://127.0.0.1:{free_port(0)}", f"http://127.0.0.1:{free_port(0)}")
    script = json.dumps({"seed": seed, "rates": RATES})
    (folder / "script.jsonl").write_text(script + "\n", encoding="ascii")
    plant.add_server("--no-jobs").module = "tests.soak.server"
    switch = plant.add_switch()
    switch.arguments += ["--hour", str(HOUR_SECONDS), "--script", str(folder / "script.jsonl")]
    soak = Soak(plant, count, random.Random(seed))  # noqa: S311 - moments to be had again by their seed
    try:
        yield soak
    finally:
        soak.stopped.set()
        plant.end()
        context.database.close()


def run(folder: Path, database: str, *, count: int, seed: int) -> tuple[Verdict, dict[str, float]]:
    """The whole soak: its verdict, and the seconds and kills that it took."""
    with office(folder, database, count, seed) as soak:
        began = time.monotonic()
        bills = make_bills(soak.plant.office.context, count)
        billed = time.monotonic()
        for program in soak.plant.programs.values():
            program.start()
        for program in soak.plant.programs.values():
            program.wait_ready()
        paying = time.monotonic()
        soak.pay_all(bills)
        soak.settle()
        settled = time.monotonic()
        figures = {"seconds_billing": billed - began, "seconds_paying": settled - paying}
        return soak.verdict(), figures | {f"killed_{name}": float(n) for name, n in sorted(soak.kills.items())}
