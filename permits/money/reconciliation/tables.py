"""Tables of the reconciliation: bank statements, late items, breaks with their events, closed days, claims."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow

IMMUTABLE = ("bank_statements", "bank_lines", "day_items", "break_events", "day_closes")


class BankStatement(Base):
    """One statement of an account of ours, kept by its hash; `seq` counts the statements of the account from 1."""

    __tablename__ = "bank_statements"
    __table_args__ = (UniqueConstraint("account", "seq"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    account: Mapped[str] = mapped_column(String(40))
    seq: Mapped[int]
    first_day: Mapped[str] = mapped_column(String(10))
    last_day: Mapped[str] = mapped_column(String(10))
    opening: Mapped[int] = mapped_column(BigInteger)
    closing: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    imported_at: Mapped[datetime] = mapped_column(default=utcnow)


class BankLine(Base):
    """One movement of a statement: in positive, out negative; `kind` and `awaited_id` name what it was awaited for.

    `kind` is settlement, clawback, deposit, transfer, or unannounced: then `awaited_id` is the payment in suspense
    that it became, null where it went out.
    """

    __tablename__ = "bank_lines"
    __table_args__ = (UniqueConstraint("account", "entry"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    statement_id: Mapped[str] = mapped_column(Id, ForeignKey("bank_statements.id"), index=True)
    account: Mapped[str] = mapped_column(String(40))
    entry: Mapped[str] = mapped_column(String(60))
    day: Mapped[str] = mapped_column(String(10), index=True)
    piastres: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str]
    counterparty: Mapped[str]
    kind: Mapped[str] = mapped_column(String(20))
    awaited_id: Mapped[str | None] = mapped_column(String(130), index=True)


class DayItem(Base):
    """What belongs to another day than its own, because that was closed when it came; in new piastres.

    `kind` is payment, reversal, clawback, shift, deposit, transfer or line.
    """

    __tablename__ = "day_items"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    item: Mapped[str] = mapped_column(String(130), primary_key=True)
    party: Mapped[str] = mapped_column(String(80), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), index=True)
    piastres: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(default=utcnow)


class Break(Base):
    """A difference between two sides of a day as it stands now; its history is in `break_events`.

    `stage` is theirs (their side less ours) or bank (the bank's less what was announced to it). `state` is open,
    explained or settled.
    """

    __tablename__ = "breaks"
    __table_args__ = (UniqueConstraint("party", "day", "key"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    party: Mapped[str] = mapped_column(String(80), index=True)
    day: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(30))
    stage: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str]
    piastres: Mapped[int] = mapped_column(BigInteger)
    owner: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), index=True)
    reason: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None]
    explained_by: Mapped[str | None] = mapped_column(String(80))
    opened_on: Mapped[str] = mapped_column(String(10))


class BreakEvent(Base):
    """One thing that happened to a break: opened, changed, explained, reassigned, reopened or settled."""

    __tablename__ = "break_events"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    break_id: Mapped[str] = mapped_column(Id, ForeignKey("breaks.id"), index=True)
    event: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(80))
    data: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(default=utcnow)


class DayClose(Base):
    """A day that is closed for ever: its sums, its breaks and the ledger then; `content` is what `sha256` covers."""

    __tablename__ = "day_closes"

    party: Mapped[str] = mapped_column(String(80), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    ours: Mapped[int] = mapped_column(BigInteger)
    theirs: Mapped[int] = mapped_column(BigInteger)
    announced: Mapped[int] = mapped_column(BigInteger)
    bank: Mapped[int] = mapped_column(BigInteger)
    breaks: Mapped[int]
    content: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    closed_by: Mapped[str] = mapped_column(String(80))
    closed_at: Mapped[datetime] = mapped_column(default=utcnow)


class ClaimDecision(Base):
    """What becomes of a claim on a payer: `way` is demand or write_off; `state` requested, approved or refused."""

    __tablename__ = "claim_decisions"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    payment_id: Mapped[str] = mapped_column(Id, ForeignKey("payments.id"), index=True)
    way: Mapped[str] = mapped_column(String(10))
    piastres: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(String(20), default="requested")
    requested_by: Mapped[str] = mapped_column(String(80))
    requested_at: Mapped[datetime] = mapped_column(default=utcnow)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]
