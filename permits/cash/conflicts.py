"""Takings that a person must look at: money that fitted no bill when its shift was booked, and numbers used twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.cash.booking import account
from permits.cash.desks import blocks_of, lock_desk
from permits.cash.importing import replay
from permits.cash.tables import CashConflict
from permits.db import utcnow
from permits.errors import Conflict, NotFound
from permits.money import ledger
from permits.money.credits import available
from permits.money.demands import reason_of
from permits.money.tables import Credit
from permits.people.actor import Actor, Role

DECIDERS = (Role.CASHIER, Role.ACCOUNTANT, Role.APPROVER, Role.SYSTEM)


def open_conflicts(session: Session, *, actor: Actor) -> Sequence[CashConflict]:
    """Every conflict that nobody has decided, oldest first."""
    actor.need(*DECIDERS)
    return session.scalars(select(CashConflict).where(CashConflict.state == "open").order_by(CashConflict.id)).all()


def decide(session: Session, *, actor: Actor, conflict_id: str, decision: str) -> CashConflict:
    """Close a conflict with what was decided, once its money has been given to a bill or paid back."""
    actor.need(*DECIDERS)
    conflict = session.scalar(select(CashConflict).where(CashConflict.id == conflict_id).with_for_update())
    if conflict is None:
        raise NotFound("cash-conflict-unknown")
    if conflict.state != "open":
        raise Conflict("cash-conflict-decided")
    held = session.scalars(select(Credit).where(Credit.payment_id == conflict.payment_id))
    left = sum(available(session, credit) for credit in held)
    if left:
        raise Conflict("cash-credit-open", left=left)
    conflict.state, conflict.decision = "decided", reason_of(decision)
    conflict.decided_by, conflict.decided_at = actor.id, utcnow()
    audit.record(
        session, AuditEvent.CASH_CONFLICT_DECIDED, actor=actor, subject=account(conflict.desk),
        number=conflict.number, code=conflict.code, decision=conflict.decision,
    )  # fmt: skip
    return conflict


@dataclass(frozen=True)
class Agreement:
    """A desk as the office has it: `queue` is what its entries leave in its hands, `books` what the ledger says.

    `used` and `voided` are receipt numbers, in order; `free` is how many of its blocks it has not touched.
    """

    desk: str
    seq: int
    queue: int
    books: int
    used: tuple[str, ...]
    voided: dict[str, str]
    free: int

    @property
    def agrees(self) -> bool:
        """Whether the desk and the ledger say the same."""
        return self.queue == self.books


def agreement(session: Session, *, actor: Actor, desk: str) -> Agreement:
    """Compare a desk with the books, and account for every number of its blocks."""
    actor.need(Role.CASHIER, Role.APPROVER, Role.ADMIN, Role.SYSTEM)
    lock_desk(session, desk)
    till = replay(session, desk)
    size = sum(block.last - block.first + 1 for block in blocks_of(session, desk))
    used = tuple(sorted(taking.number for taking in till.takings.values() if taking.book is None))
    return Agreement(
        desk=desk, seq=till.seq, queue=till.undeposited, books=ledger.balance(session, account(desk)),
        used=used, voided=dict(sorted(till.voids.items())), free=size - till.spent,
    )  # fmt: skip
