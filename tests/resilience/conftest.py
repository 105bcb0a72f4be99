"""An office of real processes on either database."""

from collections.abc import Iterator

import pytest

from api.context import open_context
from api.demo.office import set_up
from api.demo.processes import free_port
from permits.db import Database
from permits.settings import Settings, keep_once
from tests.conftest import AUDIT_KEY
from tests.resilience.plant import Plant


@pytest.fixture
def plant(database: Database, settings: Settings) -> Iterator[Plant]:
    """An office that is set up; its programs are not started yet."""
    keys = settings.data_dir / "keys"
    keys.mkdir(parents=True)
    keep_once(keys / "audit.secret", AUDIT_KEY)  # the chain of the programs is proved in this process
    office = set_up(open_context(settings.model_copy(update={"worker_dead_seconds": 4.0})))
    plant = Plant(office, f"http://127.0.0.1:{free_port(0)}", f"http://127.0.0.1:{free_port(0)}")
    yield plant
    plant.end()
    office.context.database.close()
