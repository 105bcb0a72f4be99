"""Several workers on one PostgreSQL: they share the reviews, and one that never returns is replaced by the other."""

from pathlib import Path

import pytest
from sqlalchemy import select

from api.demo.office import SAMPLES, Office
from permits import audit, jobs
from permits.audit import AuditEvent, AuditRow
from permits.jobs import Worker
from tests.resilience import oracle, people
from tests.resilience.plant import Plant, wait_for

pytestmark = [
    pytest.mark.slow, pytest.mark.timeout(600),
    pytest.mark.parametrize(
        "database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
    ),
]  # fmt: skip

MODEL = SAMPLES / "models" / "complies.ifc"


def _busy(office: Office) -> dict[str, str]:
    """Who reviews what: job by worker. What the clock starts on the hour is nobody's here."""
    found = jobs.unfinished(office.context.database)
    return {
        job["worker"]: job["id"] for job in found if job["status"] == "PENDING" and job["id"].startswith("review.run:")
    }


def test_one_worker_dies_for_good_and_the_other_does_its_work(plant: Plant, tmp_path: Path) -> None:
    office, content = plant.office, MODEL.read_bytes()
    cases = people.open_cases(office, 5, zone="FZ-1", plot="103")
    for case in cases:
        people.upload_at_once(office, case, tmp_path / "uploads", content)
    for name in ("worker-1", "worker-2"):
        plant.add_worker(name).start()
    wait_for(lambda: set(_busy(office)) == {"worker-1", "worker-2"}, "both to work")
    left = _busy(office)["worker-1"]
    plant.programs["worker-1"].kill()
    wait_for(lambda: oracle.nothing_waits(office), "the other to do everything")
    oracle.uploads_are_whole(office, cases, content)
    oracle.chain_is_sound(office)
    assert oracle.jobs_that_failed(office) == []
    with office.context.database.reading() as session:
        resumed = session.scalars(select(AuditRow.subject).where(AuditRow.event == str(AuditEvent.JOB_RESUMED))).all()
        assert [job for job in resumed if job.startswith("review.run:")] == [left]
        assert session.scalars(select(Worker.id)).all() == ["worker-2"]
        assert audit.length(session) > len(cases)
