"""The audit chain: every act is a row whose hash covers the row before it.

A changed or missing row breaks the chain; a cut tail differs from the sealed head (an HMAC with the
installation's audit key, rewritten in the same transaction); a whole database set back in time differs
from the signed checkpoints that the office keeps outside (`rukhsa audit checkpoint`).
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, String, Text, event, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from permits.db import SEAL_KEY, Base, canonical, utcnow
from permits.people.actor import Actor

GENESIS = "0" * 64
_PENDING = "audit"
_LOCK = 0x52554B48  # one advisory lock serialises the chain on PostgreSQL


class AuditEvent(StrEnum):
    """Every act that is kept; the timeline of both faces shows these."""

    INSTALLED = "installed"
    ZONE_IMPORTED = "zone-imported"
    ZONE_IMPORT_DECIDED = "zone-import-decided"
    SHEETS_PROPOSED = "sheets-proposed"
    SHEETS_DECIDED = "sheets-decided"
    SHEETS_IN_FORCE = "sheets-in-force"
    SHEETS_FAILED = "sheets-failed"
    GUIDE_DRAFTED = "guide-drafted"
    GUIDE_CHANGED = "guide-changed"
    GUIDE_TRIED = "guide-tried"
    GUIDE_PUBLISHED = "guide-published"
    GUIDE_WITHDRAWN = "guide-withdrawn"
    EDGE_ROLE_CORRECTED = "edge-role-corrected"
    ACCOUNT_CREATED = "account-created"
    ROLES_CHANGED = "roles-changed"
    ACCOUNT_CLOSED = "account-closed"
    ACCOUNT_OPENED_AGAIN = "account-opened-again"
    PASSWORD_RENEWED = "password-renewed"  # noqa: S105 - the name of an event
    LOGINS_ENDED = "logins-ended"
    CLIENT_CREATED = "client-created"
    CLIENT_SECRET_RENEWED = "client-secret-renewed"  # noqa: S105 - the name of an event
    CLIENT_ENDED = "client-ended"
    CLIENT_ALLOWED_AGAIN = "client-allowed-again"
    LOGGED_IN = "logged-in"
    LOGIN_REFUSED = "login-refused"
    LOGGED_OUT = "logged-out"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - the name of an event
    TOKEN_ISSUED = "token-issued"  # noqa: S105 - the name of an event
    TOKEN_REFUSED = "token-refused"  # noqa: S105 - the name of an event
    CASE_OPENED = "case-opened"
    CASE_AMENDED = "case-amended"
    PRECHECK_OPENED = "precheck-opened"
    PRECHECK_TAKEN_OVER = "precheck-taken-over"
    PRECHECKS_SWEPT = "prechecks-swept"
    UPLOADS_SWEPT = "uploads-swept"
    MODEL_SAME = "model-same"
    COMPARISON_FAILED = "comparison-failed"
    MESSAGE_SENT = "message-sent"
    REQUEST_SENT = "request-sent"
    REQUEST_ANSWERED = "request-answered"
    REQUEST_WITHDRAWN = "request-withdrawn"
    MODEL_UPLOADED = "model-uploaded"
    MODEL_READ = "model-read"
    UPLOAD_REFUSED = "upload-refused"
    REVIEW_FINISHED = "review-finished"
    REVIEW_FAILED = "review-failed"
    REVIEW_CANCELLED = "review-cancelled"
    REVIEW_ASKED_AGAIN = "review-asked-again"
    STATE_CHANGED = "state-changed"
    STAMPED = "stamped"
    RETURNED = "returned"
    CASE_CLAIMED = "case-claimed"
    CASE_RELEASED = "case-released"
    CASE_ASSIGNED = "case-assigned"
    CASE_TAKEN_OVER = "case-taken-over"
    CASE_REMINDED = "case-reminded"
    STANDING_RECORDED = "standing-recorded"
    PHRASE_ADDED = "phrase-added"
    PHRASE_RETIRED = "phrase-retired"
    FINDING_DECIDED = "finding-decided"
    FEE_ASSESSED = "fee-assessed"
    DEMAND_OPENED = "demand-opened"
    DEMAND_REVISED = "demand-revised"
    DEMAND_CANCELLED = "demand-cancelled"
    DEMAND_CUT = "demand-cut"
    PARTS_ALLOWED = "parts-allowed"
    WAIVER_REQUESTED = "waiver-requested"
    WAIVER_APPROVED = "waiver-approved"
    WAIVER_REFUSED = "waiver-refused"
    BILL_ISSUED = "bill-issued"
    BILL_WITHDRAWN = "bill-withdrawn"
    PAYER_INVITED = "payer-invited"
    INVITATION_REVOKED = "invitation-revoked"
    BILL_INQUIRED = "bill-inquired"
    PAYMENT_ACCEPTED = "payment-accepted"
    PAYMENT_DUPLICATE = "payment-duplicate"
    PAYMENT_SUSPENDED = "payment-suspended"
    PAYMENT_ALLOTTED = "payment-allotted"
    PAYMENT_REVERSED = "payment-reversed"
    PAYMENT_REFUSED = "payment-refused"
    PAYMENT_ACKNOWLEDGED = "payment-acknowledged"
    ATTEMPT_STARTED = "attempt-started"
    ATTEMPT_ENDED = "attempt-ended"
    RECEIPT_ISSUED = "receipt-issued"
    REFUND_REQUESTED = "refund-requested"
    REFUND_APPROVED = "refund-approved"
    REFUND_REFUSED = "refund-refused"
    REFUND_PAID = "refund-paid"
    SETTLEMENT_IMPORTED = "settlement-imported"
    STATEMENT_IMPORTED = "statement-imported"
    BREAK_EXPLAINED = "break-explained"
    BREAK_REASSIGNED = "break-reassigned"
    DAY_CLOSED = "day-closed"
    CLAIM_ASKED = "claim-asked"
    CLAIM_DECIDED = "claim-decided"
    SILENCE_TOLD = "silence-told"
    CASH_CENTRE_ADDED = "cash-centre-added"
    CASH_DESK_REGISTERED = "cash-desk-registered"
    CASH_BLOCK_GIVEN = "cash-block-given"
    CASH_SNAPSHOT_MADE = "cash-snapshot-made"
    CASH_IMPORTED = "cash-imported"
    CASH_SHIFT_BOOKED = "cash-shift-booked"
    CASH_DEPOSITED = "cash-deposited"
    CASH_CONFLICT_DECIDED = "cash-conflict-decided"
    PERMIT_ISSUED = "permit-issued"
    PERMIT_FAILED = "permit-failed"
    PERMIT_ASKED_AGAIN = "permit-asked-again"
    REVOCATION_ASKED = "revocation-asked"
    DOCUMENT_REVOKED = "document-revoked"
    OCCUPANCY_APPLIED = "occupancy-applied"
    OCCUPANCY_CHANGED = "occupancy-changed"
    LICENCE_ISSUED = "licence-issued"
    LICENCE_FAILED = "licence-failed"
    ASSETS_LISTED = "assets-listed"
    ASSET_ADVANCED = "asset-advanced"
    CONTRACT_SIGNED = "contract-signed"
    CONTRACT_ENDED = "contract-ended"
    SHEET_OPENED = "sheet-opened"
    SHEET_READ = "sheet-read"
    SHEET_ANNOTATED = "sheet-annotated"
    EXTRACT_ISSUED = "extract-issued"
    EXTRACT_ORDERED = "extract-ordered"
    EXTRACT_ORDER_CHANGED = "extract-order-changed"
    EXTRACT_READ = "extract-read"
    EXTRACT_FAILED = "extract-failed"
    ACCOUNT_LINKED = "account-linked"
    ACCOUNT_UNLINKED = "account-unlinked"
    PARTY_REGISTERED = "party-registered"
    PARTIES_SEARCHED = "parties-searched"
    ACT_ENTERED = "act-entered"
    ENTRY_REVERSED = "entry-reversed"
    REGISTER_TAKEN_IN = "register-taken-in"
    REGISTER_CANDIDATE_DECIDED = "register-candidate-decided"
    REGISTER_HANDED_OVER = "register-handed-over"
    ANNOUNCEMENT_STOPPED = "announcement-stopped"
    ANNOUNCEMENT_AGAIN = "announcement-again"
    ANNOUNCEMENT_SETTLED = "announcement-settled"
    SIGNAL_ON_PERSON = "signal-on-person"
    APPLICANT_DECLARED = "applicant-declared"
    CONSENT_RECORDED = "consent-recorded"
    CONDITION_OVERRIDDEN = "condition-overridden"
    PERMIT_SIGNAL_CLOSED = "permit-signal-closed"
    DIVISION_ASKED = "division-asked"
    DIVISION_READY = "division-ready"
    DIVISION_REFUSED = "division-refused"
    DIVISION_ENTERED = "division-entered"
    ACCESSES_SEALED = "accesses-sealed"
    JOB_RESUMED = "job-resumed"
    JOB_FAILED = "job-failed"
    JOB_ASKED_AGAIN = "job-asked-again"
    PROOF_ASKED = "proof-asked"
    CHAIN_PROVED = "chain-proved"
    BACKUP_MADE = "backup-made"


class AuditRow(Base):
    """One act; never changed, never deleted (triggers refuse both)."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    event: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(120), index=True)
    data: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The sealed end of the chain: one row."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True)
class Break:
    """Where the chain breaks: `kind` is changed, missing, truncated, unsealed or set_back; `seq` the row."""

    kind: str
    seq: int


@dataclass(frozen=True)
class Verdict:
    """What a verification found: how many rows were read, the last hash, the first break if any."""

    rows: int
    head: str
    broken: Break | None


def _seal(session: Session, seq: int, digest: str) -> str:
    key: bytes = session.info[SEAL_KEY]
    return hmac.new(key, f"{seq}:{digest}".encode(), hashlib.sha256).hexdigest()


def _digest(previous: str, row: AuditRow) -> str:
    body = canonical([row.seq, row.at, row.event, row.actor, row.subject, row.data])
    return hashlib.sha256(b"\x00" + previous.encode() + body.encode()).hexdigest()


def record(session: Session, kind: AuditEvent, *, actor: Actor, subject: str, **data: Any) -> None:
    """Append one act in the caller's transaction. `data` holds strings, integers, lists and maps only.

    The rows are chained when the transaction commits, so that the lock on the chain's end is the last one
    taken: a use case that still has to lock a case or a number can never wait for it crosswise.
    """
    row = AuditRow(
        at=utcnow().isoformat(timespec="microseconds"), event=str(kind), actor=actor.id, subject=subject,
        data=canonical(data),
    )  # fmt: skip
    session.info.setdefault(_PENDING, []).append(row)


@contextmanager
def tried(session: Session) -> Iterator[None]:
    """What is done within is taken back, with every act recorded of it: for telling what something would do."""
    waiting = list(session.info.get(_PENDING, []))
    attempt = session.begin_nested()
    try:
        yield
    finally:
        attempt.rollback()
        session.info[_PENDING] = waiting
        session.expire_all()


def hold(session: Session) -> None:
    """Keep the chain's end for the caller's transaction; on SQLite a writing transaction always does.

    A use case that must see what another one is just writing, and no other row to lock, waits here. It
    locks nothing more afterwards.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


@event.listens_for(Session, "before_commit")
def chain_pending(session: Session) -> None:
    """Give the waiting acts their numbers and hashes; reading the chain in the same transaction does so too."""
    pending: list[AuditRow] = session.info.pop(_PENDING, [])
    if not pending:
        return
    hold(session)
    head = session.get(AuditHead, 1, populate_existing=True)
    if head is None:
        head = AuditHead(id=1, seq=0, hash=GENESIS, seal="")
        session.add(head)
    for row in pending:
        row.seq = head.seq + 1
        row.hash = _digest(head.hash, row)
        head.seq, head.hash = row.seq, row.hash
        session.add(row)
    head.seal = _seal(session, head.seq, head.hash)
    session.flush()


def verify(session: Session, *, checkpoints: list[tuple[int, str]] | None = None) -> Verdict:
    """Read the whole chain; `checkpoints` are (seq, hash) pairs kept outside the database."""
    chain_pending(session)
    outside = dict(checkpoints or [])
    previous, expected = GENESIS, 1
    with closing(session.scalars(select(AuditRow).order_by(AuditRow.seq).execution_options(yield_per=1000))) as rows:
        for row in rows:
            if broken := _break_at(row, previous, expected, outside):
                return Verdict(expected - 1, previous, broken)
            previous, expected = row.hash, expected + 1
    count = expected - 1
    return Verdict(count, previous, _check_head(session, count, previous, max(outside, default=0)))


def _break_at(row: AuditRow, previous: str, expected: int, outside: dict[int, str]) -> Break | None:
    if row.seq != expected:
        return Break("missing", expected)
    if row.hash != _digest(previous, row):
        return Break("changed", row.seq)
    return Break("set_back", row.seq) if outside.get(row.seq, row.hash) != row.hash else None


def _check_head(session: Session, rows: int, digest: str, furthest: int) -> Break | None:
    head = session.get(AuditHead, 1)
    if head is None:
        return Break("unsealed", rows) if rows else (Break("set_back", furthest) if furthest else None)
    if not hmac.compare_digest(head.seal, _seal(session, head.seq, head.hash)):
        return Break("unsealed", head.seq)
    if head.seq != rows or head.hash != digest:
        return Break("truncated", rows + 1)
    return Break("set_back", furthest) if furthest > rows else None


def timeline(session: Session, subject: str) -> list[AuditRow]:
    """The acts on one subject, oldest first."""
    chain_pending(session)
    return list(session.scalars(select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.seq)))


@dataclass(frozen=True)
class News:
    """What was done since an act: the number of the last one, and which kinds of act they were."""

    seq: int
    events: frozenset[str]


def news(session: Session, *, since: int, subject: str | None = None) -> News:
    """The kinds of act after `since`, of one subject or of all: what an open page asks instead of reading anew.

    Acts are numbered in the order in which they are committed, so that none can appear behind `since` later.
    """
    query = select(AuditRow.seq, AuditRow.event).where(AuditRow.seq > since)
    if subject is not None:
        query = query.where(AuditRow.subject == subject)
    rows = session.execute(query).all()
    return News(max((row.seq for row in rows), default=since), frozenset(row.event for row in rows))


def reached(session: Session) -> int:
    """The number of the last act."""
    return session.scalar(select(func.max(AuditRow.seq))) or 0


def moment(row: AuditRow) -> datetime:
    """When the act happened."""
    return datetime.fromisoformat(row.at)


def length(session: Session) -> int:
    """How many acts are kept."""
    chain_pending(session)
    return session.scalar(select(func.count()).select_from(AuditRow)) or 0
