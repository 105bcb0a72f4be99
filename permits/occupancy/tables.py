"""Tables of occupancies of public property and their licences.

Licences are never removed; the table of revocations in `permits.documents.tables` says which no longer stand.
"""

from datetime import date, datetime
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow
from permits.spatial import Bounded


class Occupancy(Bounded, Base):
    """One application to occupy a piece of public property from `first_day` to `last_day`, both counted.

    `polygon` lies in the grid of its zone; `area` is square metres on the ground, as text. `checks` is the reasoned
    list of `permits.occupancy.checks` as it stood at the assessment, `accepted` why the officer let what was
    undecided pass, `fee` the canonical bytes of the fee and `piastres` its total in new piastres.
    """

    __tablename__ = "occupancies"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    zone: Mapped[str] = mapped_column(String(40), ForeignKey("zones.code"), index=True)
    plot: Mapped[str] = mapped_column(String(40), default="")
    kind: Mapped[str] = mapped_column(String(20))
    street_class: Mapped[str] = mapped_column(String(8))
    holder: Mapped[str]
    first_day: Mapped[str] = mapped_column(String(10))
    last_day: Mapped[str] = mapped_column(String(10))
    polygon: Mapped[BaseGeometry]
    area: Mapped[str] = mapped_column(String(20))
    checks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    accepted: Mapped[dict[str, Any]] = mapped_column(default=dict)
    fee: Mapped[str | None]
    fee_sha256: Mapped[str | None] = mapped_column(String(64))
    piastres: Mapped[int | None] = mapped_column(BigInteger)
    renews: Mapped[str | None] = mapped_column(Id, ForeignKey("occupancies.id"))
    applied_by: Mapped[str] = mapped_column(String(80))
    applied_on: Mapped[str] = mapped_column(String(10))
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return date.fromisoformat(self.first_day), date.fromisoformat(self.last_day)


class OccupancyLicence(Base):
    """The licence of an occupancy, numbered without gaps per office and year.

    `facts` is what the document says and `fingerprint` its hash; the document is in storage once
    `document_sha256` is set.
    """

    __tablename__ = "occupancy_licences"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    occupancy_id: Mapped[str] = mapped_column(Id, ForeignKey("occupancies.id"), unique=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    issued_on: Mapped[str] = mapped_column(String(10))
    token: Mapped[str]
    facts: Mapped[dict[str, Any]]
    fingerprint: Mapped[str] = mapped_column(String(64))
    document_sha256: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


INDEXED = ("occupancies",)
"""Tables with a spatial index."""
