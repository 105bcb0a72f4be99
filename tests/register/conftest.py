"""One database of each kind for a whole module: every test works in a transaction that is rolled back."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from permits.db import Database
from tests.conftest import KINDS, fresh


@pytest.fixture(scope="module", params=KINDS)
def books(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An empty register, once on SQLite and once on PostgreSQL."""
    with fresh(request, tmp_path_factory.mktemp("books")) as database:
        yield database


@pytest.fixture
def passing(books: Database) -> Iterator[Session]:
    """A writing session of which nothing stays."""
    with Session(
        books.engine.execution_options(writing=True), expire_on_commit=False, info=dict(books._info)
    ) as session:
        yield session
        session.rollback()
