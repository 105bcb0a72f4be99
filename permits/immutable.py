"""Tables whose rows are never changed or removed: the database itself refuses."""

from sqlalchemy import Connection, text


def forbid_changes(connection: Connection, table: str) -> None:
    """Triggers that refuse UPDATE and DELETE on `table` (a name of our own schema, never input)."""
    if connection.dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            connection.execute(
                text(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
            )
        return
    connection.execute(
        text(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    )
    connection.execute(
        text(
            f"CREATE TRIGGER {table}_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    )


def allow_changes(connection: Connection, table: str) -> None:
    """Remove the triggers, for a migration down."""
    if connection.dialect.name == "sqlite":
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))
    else:
        connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_immutable ON {table}"))
