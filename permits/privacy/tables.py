"""The log of looks at personal data, and its daily seals."""

from datetime import datetime

from sqlalchemy import BigInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow


class Access(Base):
    """Who first looked at what on a day, and what of the persons was shown whole; never changed (triggers refuse).

    One row per person who looked, thing looked at and day: a page that refreshes itself adds nothing.
    """

    __tablename__ = "accesses"
    __table_args__ = (UniqueConstraint("day", "actor", "subject_kind", "subject_id", "seen"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    day: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(default=utcnow)
    actor: Mapped[str] = mapped_column(String(80), index=True)
    roles: Mapped[str] = mapped_column(String(120))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(40), index=True)
    seen: Mapped[str] = mapped_column(String(60))


class AccessSeal(Base):
    """The hash of a day's looks; the same stands in the audit chain, which proves it (triggers refuse a change)."""

    __tablename__ = "access_seals"

    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    looks: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
