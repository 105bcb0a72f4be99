"""A database of each kind to measure on, for as long as that takes."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, text

ADMIN = os.environ.get("RUKHSA_TEST_POSTGRES", "")
KINDS = ("SQLite", "PostGIS") if ADMIN else ("SQLite",)


@contextmanager
def database_of(kind: str, folder: str) -> Iterator[str]:
    """The address of an empty database; one on PostgreSQL is dropped afterwards."""
    if kind == "SQLite":
        yield f"sqlite:///{folder}/bench.db"
        return
    name = f"rukhsa_bench_{uuid.uuid4().hex[:8]}"
    _say(f"CREATE DATABASE {name}")
    try:
        yield f"{ADMIN.rsplit('/', 1)[0]}/{name}"
    finally:
        _say(f"DROP DATABASE {name} WITH (FORCE)")


def _say(statement: str) -> None:
    engine = create_engine(ADMIN, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
