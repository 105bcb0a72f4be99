"""The database: one engine per address, the column types both databases share, and the only commit.

SQLite runs in WAL with `synchronous=FULL` (a power cut loses no committed row); writing transactions
begin IMMEDIATE so that two writers wait for each other instead of failing late.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import shapely
import uuid6
from shapely.geometry.base import BaseGeometry
from sqlalchemy import JSON, DateTime, Dialect, Engine, LargeBinary, MetaData, String, Text, create_engine, event, func
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> str:
    """A UUIDv7: unique without a server, and sorted by time."""
    return str(uuid6.uuid7())


def utcnow() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes, kept in UTC; SQLite has no time zones, so they are put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - signature of the base class
        """Refuse a datetime without a zone: nobody could say what moment it names."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("datetime without time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - signature of the base class
        """Aware again."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class _Postgis(UserDefinedType[bytes]):
    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "geometry"

    def bind_expression(self, bindvalue: Any) -> Any:
        return func.ST_GeomFromWKB(bindvalue)

    def column_expression(self, colexpr: Any) -> Any:
        return func.ST_AsBinary(colexpr, type_=PlaneGeometry())


ischema_names["geometry"] = _Postgis  # so that reading the schema back knows the type


class PlaneGeometry(TypeDecorator[BaseGeometry]):
    """A shapely geometry in the grid of its zone: WKB on SQLite, PostGIS geometry on PostgreSQL."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type of the database at hand."""
        return dialect.type_descriptor(_Postgis() if dialect.name == "postgresql" else LargeBinary())

    def process_bind_param(self, value: BaseGeometry | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - signature of the base class
        """To WKB."""
        return None if value is None else bytes(shapely.to_wkb(value))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> BaseGeometry | None:  # noqa: ARG002 - signature of the base class
        """From WKB."""
        return None if value is None else shapely.from_wkb(bytes(value))


class Base(DeclarativeBase):
    """Every table of the application."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy as a class attribute
        datetime: UtcDateTime,
        BaseGeometry: PlaneGeometry,
        dict[str, Any]: JSON,
        list[str]: JSON,
        str: Text,
    }


Id = String(36)
SEAL_KEY = "seal_key"
"""Where a session carries the key of the audit chain."""


def canonical(value: Any) -> str:
    """JSON of strings, integers, booleans, lists and maps in one fixed form, fit for hashing."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    @event.listens_for(engine, "checkin")
    def _checkin(connection: Any, _: Any) -> None:
        """A commit that a deferred key refuses leaves its transaction open, and SQLAlchemy takes it for ended."""
        if connection is not None and connection.in_transaction:
            connection.rollback()


class Database:
    """One database; `transaction()` is the only place of the product that commits.

    `seal_key` seals the end of its audit chain; every session carries it.
    """

    def __init__(self, url: str, seal_key: bytes) -> None:
        self.url = url
        self._info = {SEAL_KEY: seal_key}
        if url.startswith("sqlite:///"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(url, pool_pre_ping=True, connect_args={"timeout": 30} if self.embedded else {})
        if self.embedded:
            _prepare_sqlite(self.engine)

    @property
    def embedded(self) -> bool:
        """True for SQLite."""
        return self.url.startswith("sqlite")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A writing session: committed at the end, rolled back with its jobs on any exception."""
        with Session(self.engine.execution_options(writing=True), expire_on_commit=False, info=self._info) as session:
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that keeps nothing."""
        with Session(self.engine, expire_on_commit=False, info=self._info) as session:
            yield session

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()
