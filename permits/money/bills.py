"""Bills: a demand, or a part of it, as somebody pays it: a snapshot with a reference, a due day and an expiry."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import DAMASCUS, local_day
from permits.db import new_id, utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.money.demands import OFFICE, group, lock_group, owed, settle_if_paid
from permits.money.reference import BillReference
from permits.money.tables import CASE, Allotment, Bill, Demand
from permits.money.terms import terms
from permits.numbering import take_number
from permits.people.actor import Actor


class BillState(StrEnum):
    """Where a bill stands; the last three are ends."""

    ISSUED = "issued"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class BillEvent(StrEnum):
    """What happens to a bill."""

    PAY_PART = "pay_part"
    PAY = "pay"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    REOPEN_PART = "reopen_part"
    REOPEN = "reopen"


LIVE = (BillState.ISSUED, BillState.PARTLY_PAID)
TRANSITIONS = {
    (state, event): target
    for state in LIVE
    for event, target in (
        (BillEvent.PAY_PART, BillState.PARTLY_PAID), (BillEvent.PAY, BillState.PAID),
        (BillEvent.EXPIRE, BillState.EXPIRED), (BillEvent.WITHDRAW, BillState.WITHDRAWN),
    )
} | {
    (state, event): target
    for state in (BillState.PARTLY_PAID, BillState.PAID)
    for event, target in ((BillEvent.REOPEN_PART, BillState.PARTLY_PAID), (BillEvent.REOPEN, BillState.ISSUED))
}  # fmt: skip
"""The one table of what may happen to a bill: nothing to one that has ended, but that its money is taken back."""


@dataclass(frozen=True)
class Part:
    """What one bill asks for: of whom, how many new piastres, until when; without a day, the usual term."""

    payer: str
    piastres: int
    due_on: date | None = None


def change(bill: Bill, event: BillEvent) -> None:
    """Let an event happen to a bill: the only writer of its state."""
    target = TRANSITIONS.get((BillState(bill.state), event))
    if target is None:
        raise Conflict("bill-not-live", reference=bill.reference, state=bill.state)
    bill.state = str(target)
    bill.settled_at = utcnow() if target is BillState.PAID else None


def issue(session: Session, *, actor: Actor, demand: Demand, parts: Sequence[Part]) -> list[Bill]:
    """Bill what is left of a demand in parts that sum to it; a bill of nought settles itself."""
    left = owed(session, demand=demand)
    if not parts or sum(part.piastres for part in parts) != left:
        raise Invalid("parts-sum", owed=left, parts=sum(part.piastres for part in parts))
    if any(part.piastres <= 0 for part in parts) and left != 0:
        raise Invalid("part-amount")
    bills = [_write(session, actor, demand, part, position) for position, part in enumerate(parts, 1)]
    if left == 0:
        for bill in bills:
            change(bill, BillEvent.PAY)
        settle_if_paid(session, demand=demand)
    return bills


def issue_whole(session: Session, *, actor: Actor, demand: Demand) -> Bill:
    """One bill of all that is left of a demand, for whoever it was demanded of."""
    (bill,) = issue(session, actor=actor, demand=demand, parts=[Part(demand.payer, owed(session, demand=demand))])
    return bill


def _write(session: Session, actor: Actor, demand: Demand, part: Part, position: int) -> Bill:
    number = take_number(session, f"bill:{demand.governorate}:{demand.series}")
    term = timedelta(days=terms().bill_days.value)
    due_on = part.due_on or local_day(utcnow() + term)
    bill = Bill(
        id=new_id(), demand=demand, reference=str(BillReference(int(demand.governorate), demand.series, number)),
        payer=part.payer, position=position, piastres=part.piastres, state=str(BillState.ISSUED), issued_at=utcnow(),
        due_on=due_on.isoformat(), expires_at=_end_of(part.due_on) + term if part.due_on else utcnow() + term,
    )  # fmt: skip
    session.add(bill)
    session.flush()
    audit.record(
        session, AuditEvent.BILL_ISSUED, actor=actor, subject=demand.subject_id, reference=bill.reference,
        piastres=bill.piastres, demand=demand.id, assessment=demand.assessment_sha256, due=bill.due_on,
    )  # fmt: skip
    return bill


def _end_of(day: date) -> datetime:
    """A bill can be paid for the usual term after its due day has ended here."""
    return datetime.combine(day + timedelta(days=1), time(), DAMASCUS)


def withdraw_live(session: Session, *, actor: Actor, demand: Demand) -> None:
    """Withdraw every bill of a locked demand that could still be paid; what was paid on them stays given."""
    for bill in live_bills(session, demand=demand):
        change(bill, BillEvent.WITHDRAW)
        audit.record(
            session, AuditEvent.BILL_WITHDRAWN, actor=actor, subject=demand.subject_id, reference=bill.reference
        )
    session.flush()


def renew(session: Session, *, actor: Actor, demand_id: str) -> list[Bill]:
    """New bills for the expired ones of a group, each for what is left of it; Conflict where none has expired."""
    actor.need(*OFFICE)
    root = lock_group(session, demand_id)
    live = [bill for demand in group(session, root) for bill in live_bills(session, demand=demand)]
    lapsed = [bill for bill in live if has_lapsed(bill)]
    if live and not lapsed:
        raise Conflict("bill-exists", reference=live[0].reference)
    renewed = []
    for bill in lapsed:
        left = left_of(session, bill)
        change(bill, BillEvent.EXPIRE)
        renewed.append(_write(session, actor, bill.demand, Part(bill.payer, left), bill.position))
    return renewed


def reopen(session: Session, *, actor: Actor, bill: Bill, piastres: int) -> Bill:
    """So much of what paid a bill was taken back: it is owed under it again, under a new one where it has ended.

    The caller holds the group's lock and has taken the money off the bill.
    """
    if bill.state in (BillState.EXPIRED, BillState.WITHDRAWN):
        return _write(session, actor, bill.demand, Part(bill.payer, piastres), bill.position)
    change(bill, BillEvent.REOPEN if left_of(session, bill) == bill.piastres else BillEvent.REOPEN_PART)
    session.flush()
    return bill


def has_lapsed(bill: Bill) -> bool:
    """Whether a bill's time is over now."""
    return state_of(bill, utcnow()) == BillState.EXPIRED


def state_of(bill: Bill, at: datetime) -> str:
    """The bill's state at a moment: one whose time is over has expired, whether or not anyone wrote it down."""
    return str(BillState.EXPIRED) if bill.state in LIVE and at > bill.expires_at else bill.state


def left_of(session: Session, bill: Bill) -> int:
    """What is still to be paid on a bill, in new piastres."""
    given = session.scalar(select(func.sum(Allotment.piastres)).where(Allotment.bill_id == bill.id))
    return bill.piastres - int(given or 0)


def live_bills(session: Session, *, demand: Demand) -> Sequence[Bill]:
    """The bills of a demand that nobody has paid, withdrawn or replaced, the first due first."""
    query = select(Bill).where(Bill.demand_id == demand.id, Bill.state.in_(list(map(str, LIVE))))
    return session.scalars(query.order_by(Bill.due_on, Bill.id).execution_options(populate_existing=True)).all()


def overdue(session: Session, *, on: date) -> Sequence[Bill]:
    """The bills whose due day was before `on` and which are not wholly paid: the arrears (المتأخرات)."""
    query = select(Bill).where(Bill.state.in_(list(map(str, LIVE))), Bill.due_on < on.isoformat())
    return session.scalars(query.order_by(Bill.due_on, Bill.id)).all()


def bills_of(session: Session, *, kind: str, subject_id: str) -> Sequence[Bill]:
    """Every bill of a subject, oldest first."""
    query = select(Bill).join(Demand).where(Demand.subject_kind == kind, Demand.subject_id == subject_id)
    return session.scalars(query.order_by(Bill.id)).all()


def find_bill(session: Session, *, case_id: str) -> Bill | None:
    """The bill of a case to look at: the first due of those that are not paid, else the newest; None without one."""
    return foremost(bills_of(session, kind=CASE, subject_id=case_id))


def foremost(bills: Sequence[Bill]) -> Bill | None:
    """Of bills, oldest first, the first due of those that are not paid, else the newest; None of none."""
    live = sorted((bill for bill in bills if bill.state in LIVE), key=lambda bill: (bill.due_on, bill.id))
    return next(iter([*live, *bills[::-1]]), None)


def latest_bill(session: Session, *, case_id: str) -> Bill:
    """The bill of a case to look at, or NotFound."""
    bill = find_bill(session, case_id=case_id)
    if bill is None:
        raise NotFound("bill-unknown", reference="")
    return bill


def computation(bill: Bill) -> dict[str, Any]:
    """The kept computation of a bill's demand."""
    content: dict[str, Any] = json.loads(bill.assessment)
    return content
