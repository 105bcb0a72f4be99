"""Plots into the database by the hundred thousand: one statement for many rows, with the boxes of the spatial index."""

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Connection, text

from gis.zone import Plot

BATCH = 5000
COLUMNS = ("id", "zone", "number", "parcel", "use", "area", "polygon")
Progress = Callable[[int, int], None]
"""Called with (plots written, plots in all)."""


def write_plots(connection: Connection, zone: str, plots: Sequence[Plot], progress: Progress | None = None) -> None:
    """Write the plots of a zone, which must have none, in the caller's transaction."""
    write = _copy if connection.dialect.name == "postgresql" else _insert
    for start in range(0, len(plots), BATCH):
        batch = plots[start : start + BATCH]
        write(connection, zone, batch)
        if progress:
            progress(start + len(batch), len(plots))
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE plots"))


def forget_plots(connection: Connection, zone: str) -> None:
    """Take the plots of a zone out, with their boxes."""
    if connection.dialect.name == "sqlite":
        mine = "SELECT id FROM plots WHERE zone = :zone"
        connection.execute(text(f"DELETE FROM plot_boxes WHERE plot_id IN ({mine})"), {"zone": zone})  # noqa: S608 - our own text
    connection.execute(text("DELETE FROM plots WHERE zone = :zone"), {"zone": zone})


def _rows(zone: str, plots: Sequence[Plot], shapes: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for key, plot, shape in zip(_new_ids(len(plots)), plots, shapes, strict=True):
        use = plot.sheets[-1].use if plot.sheets else ""
        yield key, zone, plot.number, plot.parcel, use, plot.official_area, shape


def _new_ids(count: int) -> Iterator[str]:
    """UUIDv7 like `permits.db.new_id`, of one moment and in order: one by one they cost more than to write a row."""
    moment, chance = f"{time.time_ns() // 1_000_000:012x}", secrets.token_hex(10 * count)
    for some in sorted(chance[at : at + 20] for at in range(0, len(chance), 20)):
        variant = "89ab"[int(some[3], 16) & 3]
        yield f"{moment[:8]}-{moment[8:]}-7{some[:3]}-{variant}{some[4:7]}-{some[7:19]}"


def _polygons(plots: Sequence[Plot]) -> Any:
    return np.array([plot.polygon for plot in plots], dtype=object)


def _insert(connection: Connection, zone: str, plots: Sequence[Plot]) -> None:
    shapes = _polygons(plots)
    rows = list(_rows(zone, plots, shapely.to_wkb(shapes)))
    places = ", ".join("?" * len(COLUMNS))
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    connection.exec_driver_sql(f"INSERT INTO plots ({names}) VALUES ({places})", rows)  # noqa: S608 - our own names
    boxes = zip(*shapely.bounds(shapes).T.tolist(), (row[0] for row in rows), strict=True)
    connection.exec_driver_sql(
        "INSERT INTO plot_boxes (min_x, min_y, max_x, max_y, plot_id) VALUES (?, ?, ?, ?, ?)", list(boxes)
    )


def _copy(connection: Connection, zone: str, plots: Sequence[Plot]) -> None:
    """PostGIS reads a geometry from the hexadecimal of its WKB."""
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY plots ({names}) FROM STDIN") as copy:
        for row in _rows(zone, plots, shapely.to_wkb(_polygons(plots), hex=True)):
            copy.write_row(row)
