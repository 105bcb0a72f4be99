"""An orderly stop in the middle of a review: the program ends soon, and the review is done after the next start."""

import signal
from pathlib import Path

import psutil
import pytest

from api.demo.office import SAMPLES
from tests.resilience import oracle, people
from tests.resilience.plant import Plant, wait_for

pytestmark = [pytest.mark.slow]

MODEL = SAMPLES / "models" / "complies.ifc"


@pytest.mark.parametrize("whole_group", [False, True], ids=["program", "its children too"])
def test_a_stopped_program_leaves_its_review_to_the_next_start(plant: Plant, tmp_path: Path, whole_group: bool) -> None:
    """A service manager tells a program to end, and by default its children with it."""
    office, content = plant.office, MODEL.read_bytes()
    (case,) = people.open_cases(office, 1, zone="FZ-1", plot="103")
    people.upload_at_once(office, case, tmp_path / "uploads", content)
    embedded = office.context.database.embedded
    program = plant.add_server() if embedded else plant.add_worker("worker-1")
    program.start()
    process = psutil.Process(program.pid)
    wait_for(lambda: bool(process.children()), "the review to begin")
    told = [*process.children(), process] if whole_group else [process]
    for one in told:
        one.send_signal(signal.SIGTERM)
    program.wait(60)
    program.start()
    wait_for(lambda: oracle.nothing_waits(office), "the review")
    oracle.uploads_are_whole(office, [case], content)
    assert oracle.jobs_that_failed(office) == []
