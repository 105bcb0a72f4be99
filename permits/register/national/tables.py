"""Tables of the announcements to a national register; the events are append-only (see IMMUTABLE)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow

IMMUTABLE = ("national_events",)


class Standing(StrEnum):
    """Where an announcement is: `sent` awaits a later answer, `settled` was closed by a registrar."""

    WAITING = "waiting"
    SENT = "sent"
    TAKEN = "taken"
    REFUSED = "refused"
    DIFFERING = "differing"
    SETTLED = "settled"


UNDER_WAY = (Standing.WAITING, Standing.SENT)
STOPPED = (Standing.REFUSED, Standing.DIFFERING)
DONE = (Standing.TAKEN, Standing.SETTLED)


class NationalReach(Base):
    """How far the journal was looked through: from entry `start`, set once, to entry `reached`. One row."""

    __tablename__ = "national_reach"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    start: Mapped[int] = mapped_column(BigInteger)
    reached: Mapped[int] = mapped_column(BigInteger)


class Announcement(Base):
    """That an entry is to be announced on a sheet that it changed; `content` is what is signed, fixed when queued.

    `code` is why it was refused, `theirs` the hash of the sheet that the national register holds instead.
    """

    __tablename__ = "national_announcements"
    __table_args__ = (Index("uq_national_announcements_entry", "sheet_id", "number", unique=True),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    sheet_id: Mapped[str] = mapped_column(Id, ForeignKey("sheets.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    content: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10), default=str(Standing.WAITING), index=True)
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    code: Mapped[str] = mapped_column(String(64), default="")
    theirs: Mapped[str] = mapped_column(String(64), default="")


class AnnouncementEvent(Base):
    """What happened to an announcement: an answer (its kind), `unheard`, `again` or `settled` with the reason.

    `source` is the acknowledgement that it came by, so that each counts once.
    """

    __tablename__ = "national_events"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    announcement_id: Mapped[str] = mapped_column(Id, ForeignKey("national_announcements.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str]
    actor_id: Mapped[str] = mapped_column(String(80))
    source: Mapped[str | None] = mapped_column(String(64), unique=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)
