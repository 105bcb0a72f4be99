"""Fixtures of the whole suite: shared third-party data, and both databases."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

from permits import schema
from permits.adapters.storage import LocalStorage
from permits.db import Database
from permits.jobs import Context
from permits.settings import Settings
from tests.postgres import Databases

ROOT = Path(__file__).parent.parent
POSTGRES = os.environ.get("RUKHSA_TEST_POSTGRES", "")
AUDIT_KEY = b"test audit key"
DEMANDED = os.environ.get("RUKHSA_DEMAND", "").split(",")

# A slow moment of the machine is no finding: nothing here measures time.
hypothesis_settings.register_profile("rukhsa", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("rukhsa")

TOGETHER = (
    "tests/accuracy/", "tests/browser/", "tests/conformance/test_ids.py", "tests/resilience/", "tests/soak/",
)  # fmt: skip
"""Where the tests of a place share a server, a large file or what was measured: one worker does them, in order."""


class Places(LoadScopeScheduling):
    """Gives each test to whichever worker is free, and those of a place to one."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Places:
    """What pytest-xdist asks for; its own groups by marks are not seen by pytest 9.2."""
    return Places(config, log)


def unavailable(what: str, reason: str) -> None:
    """Skip with a visible reason, or fail where the run demands `what`."""
    if what in DEMANDED:
        pytest.fail(f"demanded but unavailable: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real third-party data; RUKHSA_SHARED names the folder."""
    folder = Path(os.environ.get("RUKHSA_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        unavailable("shared", f"no third-party data at {folder} (set RUKHSA_SHARED)")
    return folder


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite database to copy from."""
    path = tmp_path_factory.mktemp("template") / "rukhsa.db"
    database = Database(f"sqlite:///{path}", AUDIT_KEY)
    schema.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """Databases as the migrations leave them."""
    if not POSTGRES:
        unavailable("postgres", "no PostgreSQL (set RUKHSA_TEST_POSTGRES to an admin address)")
    databases = Databases(POSTGRES, AUDIT_KEY)
    yield databases
    databases.drop()


KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@contextmanager
def fresh(request: pytest.FixtureRequest, folder: Path) -> Iterator[Database]:
    """An empty, migrated database of the kind that the fixture's parameter names."""
    if request.param != "sqlite":
        with request.getfixturevalue("postgres").lend() as database:
            yield database
        return
    shutil.copy(request.getfixturevalue("sqlite_template"), folder / "rukhsa.db")
    database = Database(f"sqlite:///{folder / 'rukhsa.db'}", AUDIT_KEY)
    yield database
    database.close()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh database, once on SQLite and once on PostgreSQL."""
    with fresh(request, tmp_path) as database:
        yield database


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """Settings of a fresh installation on that database."""
    return Settings(data_dir=tmp_path / "var", database_url=database.url)


@pytest.fixture
def context(database: Database, settings: Settings) -> Context:
    """What jobs and programs work with."""
    return Context(database, LocalStorage(settings.data_dir / "objects"), settings)
