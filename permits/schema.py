"""The schema: every table in one place, and its migrations up and down."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from permits import audit, jobs, numbering
from permits.assets import tables as assets
from permits.cases import tables as cases
from permits.cash import tables as cash
from permits.db import Base, Database
from permits.divisions import tables as divisions
from permits.documents import tables as documents
from permits.extracts import tables as extracts
from permits.guides import tables as guides
from permits.land import tables as land
from permits.money import tables as money
from permits.money.channels import tables as channels
from permits.money.reconciliation import tables as reconciliation
from permits.occupancy import tables as occupancy
from permits.people import tables as people
from permits.planning import tables as planning
from permits.privacy import tables as privacy
from permits.register import tables as register
from permits.register.importing import tables as register_importing
from permits.register.national import tables as register_national

SUBJECTS = (
    audit, people, land, cases, money, channels, cash, reconciliation, documents, register, register_importing,
    register_national, extracts, occupancy, assets, privacy, divisions, planning, guides, numbering, jobs,
)  # fmt: skip
"""Every module that declares tables; importing them fills the metadata."""

METADATA = Base.metadata


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database to `revision`, and the job engine's own tables to theirs."""
    _run(database, lambda config: command.upgrade(config, revision))
    jobs.prepare(database)


def downgrade(database: Database, revision: str = "base") -> None:
    """Take the database back to `revision`."""
    _run(database, lambda config: command.downgrade(config, revision))


def _run(database: Database, action: Callable[[Config], None]) -> None:
    config = _config()
    with database.engine.execution_options(writing=True).connect() as connection:
        if database.embedded:  # SQLite changes a table by making it anew, which its foreign keys would forbid
            _sqlite(connection, "PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                action(config)
                if database.embedded and (broken := _sqlite(connection, "PRAGMA foreign_key_check")):
                    raise RuntimeError(f"the migration leaves keys that lead nowhere: {broken[:5]}")
        finally:
            if database.embedded:
                _sqlite(connection, "PRAGMA foreign_keys=ON")


def _sqlite(connection: Connection, statement: str) -> list[Any]:
    """A statement past SQLAlchemy, which would begin a transaction, in which this setting is not heard."""
    raw: Any = connection.connection.dbapi_connection
    return list(raw.execute(statement).fetchall())
