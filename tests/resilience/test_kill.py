"""Power cuts: server or worker are killed again and again while models come in, money comes in, permits go out.

RUKHSA_KILLS and RUKHSA_KILL_SEED ask for more kills, or others.
"""

import os
import random
import time
from functools import partial

import pytest
from sqlalchemy import select

from api.demo.office import SAMPLES
from permits.money.tables import Bill
from tests.resilience import oracle, people
from tests.resilience.people import Engineer, Person
from tests.resilience.plant import Plant, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

KILLS = int(os.environ.get("RUKHSA_KILLS", "30"))
SEED = int(os.environ.get("RUKHSA_KILL_SEED", "20261121"))
CASES = 6
MODEL = SAMPLES / "models" / "complies.ifc"
FAULTS = ("none", "duplicate", "cut")


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - moments of a test, to be had again by their seed


def _cut_power(plant: Plant, victims: list[str], chance: random.Random, times: int, longest: float) -> None:
    """Kill one of the programs at a moment nobody chose, `times` over; a third of the kills hit one that starts."""
    for _ in range(times):
        victim = plant.programs[chance.choice(victims)]
        if chance.random() < 2 / 3:
            victim.wait_ready()
        time.sleep(chance.uniform(0, longest))
        victim.kill()
        victim.start()


def _leave_alone(plant: Plant, people: list[Person]) -> None:
    """No more power cuts: people finish their errands, and the programs their jobs."""
    for program in plant.programs.values():
        program.wait_ready()
    for person in people:
        person.finish(180)
    wait_for(lambda: oracle.nothing_waits(plant.office), "the last job")


def _start(plant: Plant) -> list[str]:
    """On SQLite the server runs the jobs, on PostgreSQL a worker does; the names of those to kill."""
    if plant.office.context.database.embedded:
        started, victims = [plant.add_server()], ["server"]
    else:
        started, victims = [plant.add_server("--no-jobs"), plant.add_worker("worker-1")], ["server", "worker-1"]
    for program in [*started, plant.add_switch()]:
        program.start()
    for program in plant.programs.values():
        program.wait_ready()
    return victims


def _upload_under_cuts(plant: Plant, victims: list[str], cases: list[str], content: bytes, kills: int) -> None:
    with Engineer(plant.address, content, _chance(SEED)) as engineer:
        person = Person([partial(engineer.upload, case) for case in cases])
        person.start()
        _cut_power(plant, victims, _chance(SEED + 1), kills, 3.0)
        _leave_alone(plant, [person])


def _pay_under_cuts(plant: Plant, victims: list[str], references: list[str], kills: int) -> None:
    """Each payment meets its share of the kills, on the way to its receipt or to its permit."""
    chance, payers = _chance(SEED + 2), []
    for number, reference in enumerate(references):
        payers.append(Person([partial(people.pay, plant.switch, reference, chance.choice(FAULTS))]))
        payers[-1].start()
        share = kills * (number + 1) // len(references) - kills * number // len(references)
        _cut_power(plant, victims, chance, share, 1.5)
    _leave_alone(plant, payers)
    wait_for(lambda: people.acknowledged(plant.switch) == len(references), "the bank to have all its answers")
    wait_for(lambda: oracle.nothing_waits(plant.office), "the last permit")


def test_nothing_is_lost_and_nothing_done_twice(plant: Plant) -> None:
    victims, content = _start(plant), MODEL.read_bytes()
    cases = people.open_cases(plant.office, CASES, zone="FZ-1", plot="103")
    _upload_under_cuts(plant, victims, cases, content, KILLS // 2)
    oracle.uploads_are_whole(plant.office, cases, content)
    for case in cases:
        people.carry_to_payment(plant.office, case)
    with plant.office.context.database.reading() as session:
        references = list(session.scalars(select(Bill.reference)))
    _pay_under_cuts(plant, victims, references, KILLS - KILLS // 2)
    oracle.money_is_booked_once(plant.office, cases, plant.switch)
    oracle.permits_are_issued_once(plant.office, cases)
    oracle.chain_is_sound(plant.office)
    assert oracle.jobs_that_failed(plant.office) == []
