"""Tables of issued permits, and of the documents that were revoked.

What is revoked stays so: the migration calls `permits.immutable.forbid_changes` for each name in IMMUTABLE.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow


class Permit(Base):
    """One permit, numbered without gaps per office and year.

    `facts` is what the document says and `fingerprint` its hash; the document itself is in storage once
    `document_sha256` is set.
    """

    __tablename__ = "permits"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), unique=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    issued_on: Mapped[str] = mapped_column(String(10))
    expires_on: Mapped[str] = mapped_column(String(10))
    token: Mapped[str]
    facts: Mapped[dict[str, Any]]
    fingerprint: Mapped[str] = mapped_column(String(64))
    document_sha256: Mapped[str | None] = mapped_column(String(64))
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


class RevocationRequest(Base):
    """Somebody asks for a permit to be revoked; another one decides. `reason` is a code."""

    __tablename__ = "revocation_requests"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str]
    asked_by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(default=utcnow)


class RevokedDocument(Base):
    """A permit or licence that no longer stands from `on_day` (ISO) on; `subject` is its case or occupancy."""

    __tablename__ = "revocations"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    subject: Mapped[str] = mapped_column(Id)
    on_day: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str]
    asked_by: Mapped[str] = mapped_column(String(80))
    decided_by: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(default=utcnow)


IMMUTABLE = ("revocation_requests", "revocations")
