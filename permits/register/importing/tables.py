"""Tables of registers taken over: the file, its rows as written, the sheets it tells of, and what a registrar did.

What was written and what was said of it is never changed: the migration calls `permits.immutable.forbid_changes` for
each name in IMMUTABLE.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow

IMMUTABLE = ("register_batches", "register_rows", "register_corrections", "register_choices")


class Batch(Base):
    """A file that was taken in, once for its `sha256`; it tells how its register stood on `day` (ISO)."""

    __tablename__ = "register_batches"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(40))
    profile: Mapped[dict[str, Any]]
    columns: Mapped[dict[str, Any]]
    day: Mapped[str] = mapped_column(String(10))
    taken_by: Mapped[str] = mapped_column(String(80))
    taken_at: Mapped[datetime] = mapped_column(default=utcnow)


class Candidate(Base):
    """A sheet that a file tells of, the `position`-th; `outcome` is ready, asks, refused or known.

    `state` is open, entered (`sheet_id`), known (the register says it already) or rejected (`reason`).
    `reasons` are lists of row, column, code and value.
    """

    __tablename__ = "register_candidates"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    batch_id: Mapped[str] = mapped_column(Id, ForeignKey("register_batches.id"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(120))
    outcome: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), index=True)
    reasons: Mapped[dict[str, Any]]
    sheet_id: Mapped[str | None] = mapped_column(Id, ForeignKey("sheets.id"))
    reason: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(String(80), default="")
    decided_at: Mapped[datetime | None]


class Row(Base):
    """A row of the file as it was written, by our columns; `number` 1 is the first below the names."""

    __tablename__ = "register_rows"

    batch_id: Mapped[str] = mapped_column(Id, ForeignKey("register_batches.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[str] = mapped_column(Id, ForeignKey("register_candidates.id"), index=True)
    values: Mapped[dict[str, Any]]


class Correction(Base):
    """A value that a registrar set beside the written one, and why; the newest of a cell counts."""

    __tablename__ = "register_corrections"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    candidate_id: Mapped[str] = mapped_column(Id, ForeignKey("register_candidates.id"), index=True)
    row: Mapped[int]
    column: Mapped[str] = mapped_column(String(20))
    written: Mapped[str]
    value: Mapped[str]
    reason: Mapped[str]
    actor_id: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(default=utcnow)


class Choice(Base):
    """Who the owner of a row is: a party known already, or (None) a person of his own; the newest counts."""

    __tablename__ = "register_choices"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    candidate_id: Mapped[str] = mapped_column(Id, ForeignKey("register_candidates.id"), index=True)
    row: Mapped[int]
    party_id: Mapped[str | None] = mapped_column(Id, ForeignKey("parties.id"))
    actor_id: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(default=utcnow)
