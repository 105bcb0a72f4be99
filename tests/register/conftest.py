"""One database of each kind for a whole module: every test works in a transaction that is rolled back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from permits.db import Database
from tests.conftest import AUDIT_KEY


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def books(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An empty register, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        path = tmp_path_factory.mktemp("books") / "rukhsa.db"
        shutil.copy(template, path)
        database = Database(f"sqlite:///{path}", AUDIT_KEY)
        yield database
        database.close()
        return
    with request.getfixturevalue("postgres").lend() as database:
        yield database


@pytest.fixture
def passing(books: Database) -> Iterator[Session]:
    """A writing session of which nothing stays."""
    with Session(
        books.engine.execution_options(writing=True), expire_on_commit=False, info=dict(books._info)
    ) as session:
        yield session
        session.rollback()
