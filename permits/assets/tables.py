"""Tables of council-owned property: the inventory, its evidence, contracts and their dues.

Evidence and dues are never changed: the migration calls `permits.immutable.forbid_changes` for each name in
IMMUTABLE. What was demanded of a due is a row of its own.
"""

from datetime import date, datetime

from shapely.geometry.base import BaseGeometry
from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow
from permits.spatial import Bounded


class Asset(Bounded, Base):
    """One property of the council; `number` is that of its inventory.

    `domain` is public or private, `stage` listed, documented, mapped or verified. `area` is square metres as text:
    as listed, and once mapped as measured on the ground. `polygon` lies in `grid`, and both are absent before.
    """

    __tablename__ = "assets"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str]
    domain: Mapped[str] = mapped_column(String(10))
    use: Mapped[str] = mapped_column(String(80))
    custodian: Mapped[str] = mapped_column(String(120))
    cadastral_zone: Mapped[str] = mapped_column(String(120), default="")
    parcel: Mapped[str] = mapped_column(String(40), default="")
    sheet_no: Mapped[str] = mapped_column(String(40), default="")
    area: Mapped[str] = mapped_column(String(20), default="")
    stage: Mapped[str] = mapped_column(String(12), index=True)
    grid: Mapped[str | None] = mapped_column(String(20))
    polygon: Mapped[BaseGeometry | None]
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)


class AssetEvidence(Base):
    """Why an asset reached a stage: what was seen, who says so and when; `sha256` a document in storage, or empty."""

    __tablename__ = "asset_evidence"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    asset_id: Mapped[str] = mapped_column(Id, ForeignKey("assets.id"), index=True)
    stage: Mapped[str] = mapped_column(String(12))
    evidence: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64), default="")
    actor_id: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(default=utcnow)


class AssetContract(Base):
    """A contract on an asset, or on the part of it in `polygon`, from `first_day` until the day before `end_day`.

    `kind` is lease, investment or occupancy; `area` square metres as text; `every_months` the length of a rent
    period, `index_rate` what each further year adds to the rent, as the text of an exact fraction of it.
    `ended_on`, where it is set, is the first day on which it no longer ran.
    """

    __tablename__ = "asset_contracts"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    asset_id: Mapped[str] = mapped_column(Id, ForeignKey("assets.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    party: Mapped[str]
    signed_on: Mapped[str] = mapped_column(String(10))
    first_day: Mapped[str] = mapped_column(String(10))
    end_day: Mapped[str] = mapped_column(String(10))
    notice_day: Mapped[str] = mapped_column(String(10))
    polygon: Mapped[BaseGeometry | None]
    area: Mapped[str] = mapped_column(String(20))
    every_months: Mapped[int]
    index_rate: Mapped[str] = mapped_column(String(20))
    index_status: Mapped[str] = mapped_column(String(20))
    ended_on: Mapped[str | None] = mapped_column(String(10))
    signed_by: Mapped[str] = mapped_column(String(80))

    @property
    def until(self) -> date:
        """The first day on which it does not run."""
        return date.fromisoformat(min(self.end_day, self.ended_on or self.end_day))


class ContractDue(Base):
    """What a contract owes on a day: rent of a period, or the guarantee; new piastres.

    `fee_sha256` is the hash of the fee that it was reckoned from, `factor` the indexation applied, as the text of
    an exact fraction.
    """

    __tablename__ = "contract_dues"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    contract_id: Mapped[str] = mapped_column(Id, ForeignKey("asset_contracts.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    first_day: Mapped[str] = mapped_column(String(10))
    end_day: Mapped[str] = mapped_column(String(10))
    due_day: Mapped[str] = mapped_column(String(10), index=True)
    piastres: Mapped[int] = mapped_column(BigInteger)
    factor: Mapped[str]
    fee_sha256: Mapped[str] = mapped_column(String(64))


class DemandedDue(Base):
    """A due that was demanded, once, and under which reference."""

    __tablename__ = "demanded_dues"

    due_id: Mapped[str] = mapped_column(Id, ForeignKey("contract_dues.id"), primary_key=True)
    reference: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(default=utcnow)


IMMUTABLE = ("asset_evidence", "contract_dues", "demanded_dues")
INDEXED = ("assets",)
