"""Tables of money: demands, bills, payments, receipts, credits, refunds, waivers, the ledger, settlements and keys.

Every amount is an integer of new piastres. Rows of the tables in IMMUTABLE are never changed: the migrations that
create them call `permits.immutable.forbid_changes`; `permits.money.guards` makes the database balance the ledger.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from permits.db import Base, Id, new_id, utcnow

CASE = "case"
"""The kind of subject that a case of the procedure is."""

IMMUTABLE = (
    "ledger_transactions", "ledger_entries", "receipts", "settlement_lines", "demand_lines", "credits", "allotments",
)  # fmt: skip


class Demand(Base):
    """What somebody owes for a service (تكليف); `state` is open, settled, cancelled or waived.

    `assessment` is the canonical computation whose hash is `assessment_sha256`. `adjusts` names the demand that this
    one corrects: its lines are then differences, and `piastres` may be negative. `minimum_part` is the least that is
    accepted at once, null where the whole must be paid. `release` is all_paid or first_paid: when the subject goes on;
    `released_at` is when it did.
    """

    __tablename__ = "demands"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    service: Mapped[str] = mapped_column(String(60))
    series: Mapped[int]
    governorate: Mapped[str] = mapped_column(String(2))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(80), index=True)
    payer: Mapped[str]
    piastres: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(20), default="open")
    assessment: Mapped[str]
    assessment_sha256: Mapped[str] = mapped_column(String(64))
    adjusts: Mapped[str | None] = mapped_column(Id, ForeignKey("demands.id"), index=True)
    minimum_part: Mapped[int | None] = mapped_column(BigInteger)
    release: Mapped[str] = mapped_column(String(20), default="all_paid")
    opened_at: Mapped[datetime] = mapped_column(default=utcnow)
    closed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]


class DemandLine(Base):
    """What one beneficiary gets of one fee of a demand; the lines of a demand sum to it."""

    __tablename__ = "demand_lines"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    demand_id: Mapped[str] = mapped_column(Id, ForeignKey("demands.id"), index=True)
    code: Mapped[str] = mapped_column(String(80))
    beneficiary: Mapped[str] = mapped_column(String(80))
    piastres: Mapped[int] = mapped_column(BigInteger)


class Bill(Base):
    """A demand or a part of it, under a reference that can be paid until it expires.

    `state` is one of `permits.money.bills.BillState`; `position` counts the parts of a demand from 1.
    """

    __tablename__ = "bills"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    demand_id: Mapped[str] = mapped_column(Id, ForeignKey("demands.id"), index=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    payer: Mapped[str]
    position: Mapped[int] = mapped_column(default=1)
    piastres: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(20), default="issued")
    issued_at: Mapped[datetime] = mapped_column(default=utcnow)
    due_on: Mapped[str] = mapped_column(String(10))
    expires_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    demand: Mapped[Demand] = relationship(lazy="selectin")

    @property
    def case_id(self) -> str | None:
        """The case that it bills, None where it bills something else."""
        return self.demand.subject_id if self.demand.subject_kind == CASE else None

    @property
    def assessment(self) -> str:
        """The canonical computation of its demand."""
        return self.demand.assessment

    @property
    def assessment_sha256(self) -> str:
        """Its hash."""
        return self.demand.assessment_sha256


class Invitation(Base):
    """A link with which somebody without an account sees and pays one bill; only the hash of its token is kept."""

    __tablename__ = "bill_invitations"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    bill_id: Mapped[str] = mapped_column(Id, ForeignKey("bills.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[str] = mapped_column(String(80))
    invited_at: Mapped[datetime] = mapped_column(default=utcnow)
    revoked_at: Mapped[datetime | None]


class Payment(Base):
    """One transaction a provider told us of; `state` is received, accepted or suspense, `code` says why.

    State, code and `left_piastres` (of the bill, after this payment) are what the provider was answered, for ever;
    what became later of money in suspense is told by its credit.
    """

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
    left_piastres: Mapped[int | None] = mapped_column(BigInteger)
    receipt_number: Mapped[str | None] = mapped_column(String(80), unique=True)
    received_at: Mapped[datetime] = mapped_column(default=utcnow)
    acknowledged_at: Mapped[datetime | None]


class Receipt(Base):
    """The receipt of an accepted payment, numbered without gaps per office and year; one per payment.

    `bill_id` is the bill that the payment was given to; `piastres` is the money taken, with what was too much.
    """

    __tablename__ = "receipts"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    bill_id: Mapped[str] = mapped_column(Id, ForeignKey("bills.id"), index=True)
    payment_id: Mapped[str] = mapped_column(Id, ForeignKey("payments.id"), unique=True)
    piastres: Mapped[int] = mapped_column(BigInteger)
    issued_at: Mapped[datetime] = mapped_column(default=utcnow)


class Credit(Base):
    """Money that we hold and do not own, to be given to a bill or paid back; `account` is suspense or overpaid.

    It comes of a payment, or of the demand by which less is owed than was paid.
    """

    __tablename__ = "credits"
    __table_args__ = (UniqueConstraint("payment_id", "account"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    account: Mapped[str] = mapped_column(String(20))
    payment_id: Mapped[str | None] = mapped_column(Id, ForeignKey("payments.id"))
    demand_id: Mapped[str | None] = mapped_column(Id, ForeignKey("demands.id"), unique=True)
    piastres: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(default=utcnow)


class Allotment(Base):
    """Money given to a demand, through its bill where it has one: of a payment, or of a credit."""

    __tablename__ = "allotments"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    demand_id: Mapped[str] = mapped_column(Id, ForeignKey("demands.id"), index=True)
    bill_id: Mapped[str | None] = mapped_column(Id, ForeignKey("bills.id"), index=True)
    payment_id: Mapped[str | None] = mapped_column(Id, ForeignKey("payments.id"), index=True)
    credit_id: Mapped[str | None] = mapped_column(Id, ForeignKey("credits.id"), index=True)
    piastres: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(default=utcnow)


class Refund(Base):
    """Money of a credit paid back; `state` is requested, approved, refused or paid; two people stand for it."""

    __tablename__ = "refunds"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    credit_id: Mapped[str] = mapped_column(Id, ForeignKey("credits.id"), index=True)
    piastres: Mapped[int] = mapped_column(BigInteger)
    payee: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(String(20), default="requested")
    requested_by: Mapped[str] = mapped_column(String(80))
    requested_at: Mapped[datetime] = mapped_column(default=utcnow)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]
    transfer_reference: Mapped[str | None] = mapped_column(String(80), unique=True)
    paid_at: Mapped[datetime | None]


class Waiver(Base):
    """What is left of a demand, given up by law; `state` is requested, approved or refused; two people stand for it."""

    __tablename__ = "waivers"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    demand_id: Mapped[str] = mapped_column(Id, ForeignKey("demands.id"), index=True)
    legal_basis: Mapped[str]
    evidence_sha256: Mapped[str] = mapped_column(String(64))
    piastres: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(20), default="requested")
    requested_by: Mapped[str] = mapped_column(String(80))
    requested_at: Mapped[datetime] = mapped_column(default=utcnow)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]


class LedgerTransaction(Base):
    """One event of the books; `key` is unique, so that an event is booked once. Written after its entries."""

    __tablename__ = "ledger_transactions"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    at: Mapped[datetime] = mapped_column(default=utcnow)


class LedgerEntry(Base):
    """One side of a transaction: debit positive, credit negative; the entries of a transaction sum to nought."""

    __tablename__ = "ledger_entries"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    transaction_id: Mapped[str] = mapped_column(
        Id, ForeignKey("ledger_transactions.id", deferrable=True, initially="DEFERRED"), index=True
    )
    account: Mapped[str] = mapped_column(String(80), index=True)
    piastres: Mapped[int] = mapped_column(BigInteger)


class Settlement(Base):
    """One settlement file of a provider, kept by its hash; `day` is the provider's settlement day.

    `awaited` is what the bank's statement must show of it: nought where it was booked before statements were read.
    """

    __tablename__ = "settlements"
    __table_args__ = (UniqueConstraint("provider", "day"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    provider: Mapped[str] = mapped_column(String(80))
    day: Mapped[str] = mapped_column(String(10))
    sha256: Mapped[str] = mapped_column(String(64))
    piastres: Mapped[int] = mapped_column(BigInteger)
    awaited: Mapped[int] = mapped_column(BigInteger, default=0)
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
