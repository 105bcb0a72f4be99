"""Tables of money: bills, payments, receipts, the ledger, settlements and the keys of payment providers.

Every amount is an integer of new piastres. Ledger rows are immutable: the migration that creates them
calls `permits.immutable.forbid_changes` for each name in IMMUTABLE.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from permits.db import Base, Id, new_id, utcnow

IMMUTABLE = ("ledger_transactions", "ledger_entries", "receipts", "settlement_lines")


class Bill(Base):
    """The snapshot of what one case owes; `state` is issued, paid, expired or withdrawn.

    `assessment` is the canonical computation whose hash is `assessment_sha256`.
    """

    __tablename__ = "bills"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("cases.id"), index=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    piastres: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(20), default="issued")
    assessment: Mapped[str]
    assessment_sha256: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(default=utcnow)
    expires_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class Payment(Base):
    """One transaction a provider told us of; `state` is received, accepted or suspense, `code` says why."""

    __tablename__ = "payments"
    __table_args__ = (UniqueConstraint("provider", "provider_txn"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    provider: Mapped[str] = mapped_column(String(80))
    provider_txn: Mapped[str] = mapped_column(String(80))
    payload_sha256: Mapped[str] = mapped_column(String(64))
    reference: Mapped[str] = mapped_column(String(80))
    bill_id: Mapped[str | None] = mapped_column(Id, ForeignKey("bills.id"), index=True)
    piastres: Mapped[int] = mapped_column(BigInteger)
    channel: Mapped[str] = mapped_column(String(80))
    paid_at: Mapped[datetime]
    settlement_day: Mapped[str] = mapped_column(String(10), index=True)
    state: Mapped[str] = mapped_column(String(20), default="received")
    code: Mapped[str] = mapped_column(String(40), default="received")
    received_at: Mapped[datetime] = mapped_column(default=utcnow)
    acknowledged_at: Mapped[datetime | None]


class Receipt(Base):
    """The receipt of an accepted payment, numbered without gaps per office and year; one per bill."""

    __tablename__ = "receipts"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    bill_id: Mapped[str] = mapped_column(Id, ForeignKey("bills.id"), unique=True)
    payment_id: Mapped[str] = mapped_column(Id, ForeignKey("payments.id"), unique=True)
    piastres: Mapped[int] = mapped_column(BigInteger)
    issued_at: Mapped[datetime] = mapped_column(default=utcnow)


class LedgerTransaction(Base):
    """One event of the books; `key` is unique, so that an event is booked once."""

    __tablename__ = "ledger_transactions"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)


class LedgerEntry(Base):
    """One side of a transaction: debit positive, credit negative; the entries of a transaction sum to nought."""

    __tablename__ = "ledger_entries"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    transaction_id: Mapped[str] = mapped_column(Id, ForeignKey("ledger_transactions.id"), index=True)
    account: Mapped[str] = mapped_column(String(80), index=True)
    piastres: Mapped[int] = mapped_column(BigInteger)


class Settlement(Base):
    """One settlement file of a provider, kept by its hash; `day` is the provider's settlement day."""

    __tablename__ = "settlements"
    __table_args__ = (UniqueConstraint("provider", "day"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    provider: Mapped[str] = mapped_column(String(80))
    day: Mapped[str] = mapped_column(String(10))
    sha256: Mapped[str] = mapped_column(String(64))
    piastres: Mapped[int] = mapped_column(BigInteger)
    summary: Mapped[dict[str, Any]]
    imported_at: Mapped[datetime] = mapped_column(default=utcnow)


class SettlementLine(Base):
    """One compared line: `kind` is matched, missing_here, missing_there, amount_differs or duplicate."""

    __tablename__ = "settlement_lines"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    settlement_id: Mapped[str] = mapped_column(Id, ForeignKey("settlements.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    provider_txn: Mapped[str] = mapped_column(String(80))
    file_piastres: Mapped[int | None] = mapped_column(BigInteger)
    our_piastres: Mapped[int | None] = mapped_column(BigInteger)


class BillerKey(Base):
    """A payment provider's signing key; the secret is hexadecimal, both sides hold it."""

    __tablename__ = "biller_keys"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    provider: Mapped[str] = mapped_column(String(80))
    secret: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
