"""Spatial index of a table with a `polygon`: an R*Tree on SQLite, GiST on PostgreSQL.

The table keeps the four bounds of its polygon beside it, and triggers copy them into the R*Tree, so that no use case
can forget to. A row without a polygon is in no index.
"""

from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import ColumnElement, Connection, func, text
from sqlalchemy.orm import Mapped, Session, mapped_column

BOUNDS = ("min_x", "max_x", "min_y", "max_y")
Box = tuple[float, float, float, float]
"""Left, low, right, high, in the grid of the polygons."""


class Bounded:
    """The bounds of a polygon, metres of its grid."""

    min_x: Mapped[float | None] = mapped_column()
    max_x: Mapped[float | None] = mapped_column()
    min_y: Mapped[float | None] = mapped_column()
    max_y: Mapped[float | None] = mapped_column()


def bounds_of(polygon: BaseGeometry | None) -> dict[str, float | None]:
    """The columns of `Bounded` for a polygon."""
    if polygon is None:
        return dict.fromkeys(BOUNDS)
    left, low, right, high = map(float, polygon.bounds)
    return {"min_x": left, "max_x": right, "min_y": low, "max_y": high}


def create_index(connection: Connection, table: str) -> None:
    """Index `table` (a name of our own schema, never input) in the database at hand."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"CREATE INDEX ix_{table}_polygon ON {table} USING gist (polygon)"))
        return
    boxes, names = f"{table}_boxes", ", ".join(BOUNDS)
    connection.execute(text(f"CREATE VIRTUAL TABLE {boxes} USING rtree(id, {names}, +row_id TEXT)"))
    put = (
        f"INSERT INTO {boxes} ({names}, row_id) SELECT {', '.join(f'NEW.{b}' for b in BOUNDS)}, NEW.id "
        "WHERE NEW.min_x IS NOT NULL;"
    )
    drop = f"DELETE FROM {boxes} WHERE row_id = OLD.id;"  # noqa: S608 - our own names
    for verb, body in (("INSERT", put), ("DELETE", drop), ("UPDATE OF " + names, drop + put)):
        name = f"{table}_box_{verb.split()[0].lower()}"
        connection.execute(text(f"CREATE TRIGGER {name} AFTER {verb} ON {table} BEGIN {body} END"))


def drop_index(connection: Connection, table: str) -> None:
    """Undo `create_index`."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"DROP INDEX IF EXISTS ix_{table}_polygon"))
        return
    for verb in ("insert", "delete", "update"):
        connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_box_{verb}"))
    connection.execute(text(f"DROP TABLE IF EXISTS {table}_boxes"))


def touching(session: Session, model: Any, box: Box) -> ColumnElement[bool]:
    """The condition that a row's bounds meet a box; the answer for its shape is shapely's."""
    left, low, right, high = box
    if session.get_bind().dialect.name == "postgresql":
        met: ColumnElement[bool] = model.polygon.op("&&")(func.ST_MakeEnvelope(left, low, right, high))
        return met
    table = model.__tablename__
    found = text(
        f"{table}.id IN (SELECT row_id FROM {table}_boxes WHERE max_x >= :left AND min_x <= :right "  # noqa: S608 - our own names
        "AND max_y >= :low AND min_y <= :high)"
    )
    condition: Any = found.bindparams(left=left, right=right, low=low, high=high)
    return condition  # type: ignore[no-any-return]  # a text clause stands where a condition may
