"""What became of dividing the building of a case."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, utcnow


class CaseDivision(Base):
    """The division of a case's approved model: `state` is asked, ready, refused or entered.

    `report_sha256` is the kept division (rukhsa-strata), `why` the code of a refusal, `entry` the number of the
    journal's entry that opened the sheets.
    """

    __tablename__ = "case_divisions"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), primary_key=True)
    model_sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10))
    report_sha256: Mapped[str | None] = mapped_column(String(64))
    why: Mapped[str] = mapped_column(String(120), default="")
    asked_by: Mapped[str] = mapped_column(String(80))
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    entry: Mapped[int | None] = mapped_column(BigInteger)
