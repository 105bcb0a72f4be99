"""Tables of the office's own modelling guides: the draft, its trials, what was published and what was withdrawn.

What is published stays as it is: the migration calls `permits.immutable.forbid_changes` for each name in IMMUTABLE.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow


class GuideDraft(Base):
    """A guide that is being changed: `content` is its YAML, `base` the guide it began from.

    `state` is open, published or discarded; one draft is open at a time. `revision` counts its changes.
    """

    __tablename__ = "guide_drafts"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    base: Mapped[str] = mapped_column(String(80))
    content: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(20), default="open", index=True)
    changed_by: Mapped[str] = mapped_column(Id, ForeignKey("users.id"))
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)


class GuideTrial(Base):
    """A draft tried on judged models against the guide in force: queued, running, then done or failed.

    `content` is the draft as it was tried; `result` holds codes and counts, by clause and by case.
    """

    __tablename__ = "guide_trials"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    content: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default="queued")
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    asked_by: Mapped[str] = mapped_column(Id, ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    changed_at: Mapped[datetime] = mapped_column(default=utcnow)


class GuidePublication(Base):
    """One published guide: `pack` is its id, `content` its YAML and `sha256` the hash of that."""

    __tablename__ = "guide_publications"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    pack: Mapped[str] = mapped_column(String(80), unique=True)
    version: Mapped[str] = mapped_column(String(40))
    valid_from: Mapped[str] = mapped_column(String(10))
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    published_by: Mapped[str] = mapped_column(Id, ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=utcnow)


class GuideWithdrawal(Base):
    """A published guide was withdrawn before its day, and why."""

    __tablename__ = "guide_withdrawals"

    publication_id: Mapped[str] = mapped_column(Id, ForeignKey("guide_publications.id"), primary_key=True)
    reason: Mapped[str]
    withdrawn_by: Mapped[str] = mapped_column(Id, ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=utcnow)


IMMUTABLE = ("guide_publications", "guide_withdrawals")
