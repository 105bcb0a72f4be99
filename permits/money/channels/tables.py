"""Table of payment attempts: a payer led to a provider's own page, and what became of it."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow


class Attempt(Base):
    """One attempt to pay a bill over a channel with a page of its own; bill and amount are fixed when it starts.

    `state` is one of `permits.money.channels.attempts.AttemptState`; `key` is what the payer's form was made with, so
    that a form sent twice is one attempt; `address` is the provider's page; `piastres` are new piastres.
    """

    __tablename__ = "payment_attempts"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    channel: Mapped[str] = mapped_column(String(40))
    provider: Mapped[str] = mapped_column(String(80))
    bill_id: Mapped[str] = mapped_column(Id, ForeignKey("bills.id"), index=True)
    piastres: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(20), index=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    started_by: Mapped[str] = mapped_column(String(80))
    address: Mapped[str | None]
    payment_id: Mapped[str | None] = mapped_column(Id, ForeignKey("payments.id"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
