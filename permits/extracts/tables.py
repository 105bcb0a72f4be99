"""Tables of ordered extracts: the order, what happened to it, and the paper made for it.

Events and papers are never changed: the migration calls `permits.immutable.forbid_changes` for each name in IMMUTABLE.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow

IMMUTABLE = ("extract_events", "extract_papers")


class ExtractOrder(Base):
    """One order of an extract, in so many copies, by one channel: digital, centre or post.

    `as_of` is a legal day (ISO) or empty for the day on which it is made, `known_at` the moment of the register's
    knowledge or None for that of its making. `ground` is why it may be asked for; `party_id` the owner it rests on.
    `fee` is the canonical bytes of the fee, `piastres` its total in new piastres.
    """

    __tablename__ = "extract_orders"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    zone: Mapped[str] = mapped_column(String(40), ForeignKey("zones.code"))
    plot: Mapped[str] = mapped_column(String(40))
    sheet_id: Mapped[str] = mapped_column(Id, ForeignKey("sheets.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    ground: Mapped[str] = mapped_column(String(20))
    party_id: Mapped[str | None] = mapped_column(Id, ForeignKey("parties.id"))
    applicant: Mapped[str]
    reason: Mapped[str]
    document: Mapped[str] = mapped_column(String(80))
    as_of: Mapped[str] = mapped_column(String(10))
    known_at: Mapped[datetime | None]
    copies: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    channel: Mapped[str] = mapped_column(String(10))
    centre: Mapped[str | None] = mapped_column(String(20), ForeignKey("cash_centres.code"))
    address: Mapped[str]
    fee: Mapped[str]
    fee_sha256: Mapped[str] = mapped_column(String(64))
    piastres: Mapped[int] = mapped_column(BigInteger)
    document_sha256: Mapped[str | None] = mapped_column(String(64))
    tracking: Mapped[str] = mapped_column(String(60), default="")
    ordered_by: Mapped[str] = mapped_column(String(80), index=True)
    ordered_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)


class ExtractEvent(Base):
    """One step of an order: what was done, from which state to which, by whom, and what was said of it."""

    __tablename__ = "extract_events"
    __table_args__ = (UniqueConstraint("order_id", "position"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    order_id: Mapped[str] = mapped_column(Id, ForeignKey("extract_orders.id"))
    position: Mapped[int]
    action: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[str] = mapped_column(String(80))
    data: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(default=utcnow)


class ExtractPaper(Base):
    """What the extract of an order says (`facts`), under the number of its row in `extracts`, and its token."""

    __tablename__ = "extract_papers"

    extract_id: Mapped[str] = mapped_column(Id, ForeignKey("extracts.id"), primary_key=True)
    order_id: Mapped[str] = mapped_column(Id, ForeignKey("extract_orders.id"), unique=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    token: Mapped[str]
    facts: Mapped[dict[str, Any]]
    made_at: Mapped[datetime] = mapped_column(default=utcnow)
