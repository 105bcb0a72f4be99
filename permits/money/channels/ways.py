"""Through which channels a bill can be paid now, and what each is told of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.db import utcnow
from permits.money import ledger
from permits.money.bills import LIVE, BillState, left_of, state_of
from permits.money.channels.registry import Account, Agreement, Channels
from permits.money.credits import least_of
from permits.money.money import split
from permits.money.tables import Bill, Credit, DemandLine, Payment

CURRENCY = "SYP"


@dataclass(frozen=True)
class Way:
    """One channel for one bill: the least and the most that it takes at once, in new piastres."""

    channel: Agreement
    least: int
    most: int


@dataclass(frozen=True)
class Share:
    """What one beneficiary gets of what is left of a bill, in new piastres, and where it is delivered to."""

    beneficiary: str
    piastres: int
    account: Account


def ways(session: Session, *, channels: Channels, bill: Bill) -> list[Way]:
    """The channels that a bill can be paid through as it stands; none once it cannot be paid."""
    left = left_of(session, bill)
    if state_of(bill, utcnow()) not in LIVE or left <= 0:
        return []
    least = least_of(session, bill) or left
    return [way for channel in channels.channels if (way := _way(channel, least, left))]


def _way(channel: Agreement, least: int, left: int) -> Way | None:
    """Only the whole where the channel has no parts; nothing where its limit is below what must be paid."""
    can = channel.capabilities
    least = least if can.parts else left
    most = min(left, channel.most or left)
    return Way(channel, least, most) if CURRENCY in can.currencies and least <= most else None


def shares(session: Session, *, channel: Agreement, bill: Bill, piastres: int) -> Sequence[Share]:
    """So much of a bill by beneficiary, in proportion to its demand, summing exactly.

    None where the channel does not split, where a beneficiary has no account with it, or where the demand takes from
    one beneficiary what it gives another: then the whole goes to the office's own account.
    """
    query = select(DemandLine).where(DemandLine.demand_id == bill.demand_id)
    parts: Counter[str] = Counter()
    for line in session.scalars(query):
        parts[line.beneficiary] += line.piastres
    named = sorted(to for to, part in parts.items() if part)
    whole = sum(parts.values())
    if not channel.capabilities.split or whole <= 0 or any(parts[to] < 0 or to not in channel.accounts for to in named):
        return []
    divided = split(piastres, [Fraction(parts[to], whole) for to in named])
    return [Share(to, part, channel.accounts[to]) for to, part in zip(named, divided, strict=True)]


def was_replaced(session: Session, bill: Bill) -> bool:
    """Whether this bill stands for an earlier one of its demand that can no longer be paid."""
    gone = (str(BillState.EXPIRED), str(BillState.WITHDRAWN))
    earlier = select(Bill.id).where(
        Bill.demand_id == bill.demand_id, Bill.issued_at < bill.issued_at, Bill.state.in_(gone)
    )
    return session.scalar(earlier.limit(1)) is not None


def is_overpaid(session: Session, bill: Bill) -> bool:
    """Whether more than was owed was paid on a bill."""
    excess = select(Credit.id).join(Payment, Payment.id == Credit.payment_id)
    found = excess.where(Payment.bill_id == bill.id, Credit.account == ledger.OVERPAID)
    return session.scalar(found.limit(1)) is not None
