"""Tables of imported zones, their versions and plots.

Versions are append-only: the migration calls `permits.immutable.forbid_changes` for each name in IMMUTABLE.
"""

from datetime import datetime
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, ForeignKey, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow


class Zone(Base):
    """One planning zone as imported; the layer file itself is kept in storage under its hash.

    Reviews read the plot from that very file, so that the office and the engineer judge the same bytes.
    """

    __tablename__ = "zones"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name_ar: Mapped[str]
    name_en: Mapped[str]
    state: Mapped[str] = mapped_column(String(20))
    fictitious: Mapped[bool]
    grid: Mapped[str] = mapped_column(String(20))
    layers_sha256: Mapped[str] = mapped_column(String(64))
    backdrop: Mapped[dict[str, Any]]
    imported_at: Mapped[datetime] = mapped_column(default=utcnow)


class ZoneVersion(Base):
    """One import of a zone: never changed, never deleted; its file stays in storage under its hash.

    `valid_from` is the day (ISO) from which the office holds the land to be so, `changes` how many plots of each
    `gis.versions.ChangeKind` differ from the version before, and "sheets" how many have other planning sheets.
    """

    __tablename__ = "zone_versions"
    __table_args__ = (UniqueConstraint("zone", "number"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    zone: Mapped[str] = mapped_column(String(40), ForeignKey("zones.code"))
    number: Mapped[int]
    layers_sha256: Mapped[str] = mapped_column(String(64))
    valid_from: Mapped[str] = mapped_column(String(10))
    plots: Mapped[int]
    changes: Mapped[dict[str, Any]]
    imported_at: Mapped[datetime] = mapped_column(default=utcnow)
    imported_by: Mapped[str] = mapped_column(String(80))


class ZoneImport(Base):
    """A zone file handed in at the desk: queued, judging, waiting for a decision, then discarded, or writing and done.

    It ends as refused or failed where it cannot be taken. `result` holds codes and numbers: counts of defects and
    changes, the versions in force it was held `against`, or why the file is refused. `preview_sha256` and `map_sha256`
    are what the page shows of it before it comes into force; `reason` is why it was decided so.
    """

    __tablename__ = "zone_imports"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    layers_sha256: Mapped[str] = mapped_column(String(64))
    valid_from: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20))
    result: Mapped[dict[str, Any]]
    asked_by: Mapped[str] = mapped_column(Id, ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)
    preview_sha256: Mapped[str | None] = mapped_column(String(64))
    map_sha256: Mapped[str | None] = mapped_column(String(64))
    decided_by: Mapped[str | None] = mapped_column(Id, ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")


class Plot(Base):
    """One plot of a zone, with what the map and the search show."""

    __tablename__ = "plots"
    __table_args__ = (UniqueConstraint("zone", "number"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    zone: Mapped[str] = mapped_column(String(40), ForeignKey("zones.code"))
    number: Mapped[str] = mapped_column(String(40), index=True)
    parcel: Mapped[str] = mapped_column(String(40), index=True)
    use: Mapped[str] = mapped_column(String(40))
    area: Mapped[float]
    polygon: Mapped[BaseGeometry]


class EdgeRoleCorrection(Base):
    """A role that the office gave to an edge of a plot: never changed, never deleted; a later one replaces it.

    The edge is told by its two end points, metres of the zone's grid, in the land of `layers_sha256`, where its
    streets gave it the role `named`. `number` counts the corrections of one plot.
    """

    __tablename__ = "edge_role_corrections"
    __table_args__ = (UniqueConstraint("zone", "plot", "number"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    zone: Mapped[str] = mapped_column(String(40), ForeignKey("zones.code"))
    plot: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    start_x: Mapped[float]
    start_y: Mapped[float]
    end_x: Mapped[float]
    end_y: Mapped[float]
    named: Mapped[str] = mapped_column(String(10))
    role: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str]
    layers_sha256: Mapped[str] = mapped_column(String(64))
    actor_id: Mapped[str] = mapped_column(Id, ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=utcnow)


IMMUTABLE = ("zone_versions", "edge_role_corrections")
_INDEX = {
    "sqlite": "CREATE VIRTUAL TABLE plot_boxes USING rtree(id, min_x, max_x, min_y, max_y, +plot_id TEXT)",
    "postgresql": "CREATE INDEX ix_plots_polygon ON plots USING gist (polygon)",
}
_DROP = {"sqlite": "DROP TABLE IF EXISTS plot_boxes", "postgresql": "DROP INDEX IF EXISTS ix_plots_polygon"}


def create_index(connection: Connection) -> None:
    """The spatial index of the plots: an R*Tree on SQLite, GiST on PostgreSQL."""
    connection.execute(text(_INDEX[connection.dialect.name]))


def drop_index(connection: Connection) -> None:
    """Undo `create_index`."""
    connection.execute(text(_DROP[connection.dialect.name]))
