"""PostgreSQL databases of a test process, emptied between tests: to make a new one takes longer than most tests."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from permits import schema
from permits.db import Database

_TABLES = """
    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""
_FORM = """
    SELECT md5(string_agg(one, ';' ORDER BY one)) FROM (
        SELECT format('%s.%s %s', attrelid::regclass, attname, atttypid::regtype) AS one FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid
        WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^pg_|^information'
        UNION ALL SELECT format('%s %s', tgrelid::regclass, tgname) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname !~ '^pg_'
    ) AS form
"""


class Databases:
    """Makes a database as the migrations leave it, and makes it so again after each test."""

    def __init__(self, admin: str, audit_key: bytes) -> None:
        self._admin, self._audit_key = admin, audit_key
        self._names: list[str] = []
        self._free: list[str] = []
        self._template = self._create("rukhsa_template")
        database = self.open(self._template)
        schema.upgrade(database)
        database.close()
        with self._connected(self._template) as connection:
            self._form = connection.scalar(text(_FORM))
            tables = list(connection.scalars(text(_TABLES)))
            self._tables = [t for t in tables if not connection.scalar(text(f"SELECT count(*) FROM {t}"))]  # noqa: S608 - names of the catalogue

    def open(self, name: str) -> Database:
        """The database of a name."""
        return Database(self._admin.rsplit("/", 1)[0] + "/" + name, self._audit_key)

    @contextmanager
    def lend(self) -> Iterator[Database]:
        """An empty database; one whose form a test has changed, or that somebody still holds, is not used again."""
        name = self._free.pop() if self._free else self._create("rukhsa", f"TEMPLATE {self._template}")
        database = self.open(name)
        yield database
        database.close()
        if self._emptied(name):
            self._free.append(name)

    def drop(self) -> None:
        """Drop all that was made."""
        for name in self._names:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _emptied(self, name: str) -> bool:
        with self._connected(name) as connection:
            if connection.scalar(text(_FORM)) != self._form:
                return False
            asked = " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT FROM {t})" for t in self._tables)  # noqa: S608 - names of the catalogue
            try:
                connection.execute(text("SET lock_timeout = '2s'; SET session_replication_role = replica"))
                for table in connection.scalars(text(asked)).all():  # no trigger refuses it in this role
                    connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - the same
            except DBAPIError:
                return False
        return True

    def _create(self, prefix: str, how: str = "") -> str:
        name = f"{prefix}_{uuid.uuid4().hex[:12]}"
        self._run(f"CREATE DATABASE {name} {how}")
        self._names.append(name)
        return name

    def _run(self, statement: str) -> None:
        with self._connected(self._admin.rsplit("/", 1)[1]) as connection:
            connection.execute(text(statement))

    @contextmanager
    def _connected(self, name: str) -> Iterator[Connection]:
        engine = create_engine(self._admin.rsplit("/", 1)[0] + "/" + name, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()
