"""The database goes away for a while in the middle of a review: the worker waits for it and goes on."""

import time
from pathlib import Path

import psutil
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from api.demo.office import SAMPLES
from tests.conftest import POSTGRES
from tests.resilience import oracle, people
from tests.resilience.plant import Plant, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True),
]  # fmt: skip

MODEL = SAMPLES / "models" / "complies.ifc"
AWAY = 15.0


def _as_admin(*statements: str) -> None:
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_a_database_that_was_away_costs_no_review(plant: Plant, tmp_path: Path) -> None:
    office, content = plant.office, MODEL.read_bytes()
    (case,) = people.open_cases(office, 1, zone="FZ-1", plot="103")
    people.upload_at_once(office, case, tmp_path / "uploads", content)
    name = make_url(office.context.database.url).database
    worker = plant.add_worker("worker-1")
    worker.start()
    process = psutil.Process(worker.pid)
    wait_for(lambda: bool(process.children()), "the review to begin")
    _as_admin(
        f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",  # noqa: S608 - our own name
    )
    time.sleep(AWAY)
    _as_admin(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    office.context.database.close()
    wait_for(lambda: oracle.nothing_waits(office), "the review")
    oracle.uploads_are_whole(office, [case], content)
    assert oracle.jobs_that_failed(office) == []
