"""The migrations lead to the declared tables, and back to nothing, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from permits import schema
from permits.db import Database

EXTERNAL = {"spatial_ref_sys", "alembic_version"}


def test_one_head() -> None:
    assert len(ScriptDirectory.from_config(schema._config()).get_heads()) == 1


def test_migrations_match_the_tables(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or name in schema.METADATA.tables}
        )
        differences = [d for d in compare_metadata(context, schema.METADATA) if "_polygon" not in repr(d)]
    assert differences == []


def test_down_and_up_again(database: Database) -> None:
    schema.downgrade(database)
    left = {name for name in inspect(database.engine).get_table_names() if name in schema.METADATA.tables}
    assert left == set()
    schema.upgrade(database)
    assert set(schema.METADATA.tables) <= set(inspect(database.engine).get_table_names())
