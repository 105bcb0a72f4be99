"""One demand in several bills: instalments one after the other, or several payers side by side."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.errors import Conflict, Invalid
from permits.money.bills import Part, issue, withdraw_live
from permits.money.demands import OFFICE, lock_group, owed
from permits.money.money import split
from permits.money.tables import Bill, Demand
from permits.money.terms import Release, terms
from permits.people.actor import Actor


def equal_parts(piastres: int, *, payer: str, count: int, first: date, every: timedelta) -> list[Part]:
    """`count` instalments that sum to `piastres` exactly, the first due on `first`."""
    sums = split(piastres, [Fraction(1, count)] * count)
    return [Part(payer, part, first + n * every) for n, part in enumerate(sums)]


def payers_parts(piastres: int, shares: Sequence[tuple[str, Fraction]]) -> list[Part]:
    """One part for each named payer by his exact share; the shares sum to one, the parts to `piastres`."""
    return [Part(name, part) for (name, _), part in zip(shares, split(piastres, [s for _, s in shares]), strict=True)]


def pay_by_instalments(
    session: Session, *, actor: Actor, demand_id: str, parts: Sequence[Part], release: Release | None = None
) -> list[Bill]:
    """Replace a demand's bills by a schedule with a due day for each; `release` is the office's term unless given."""
    days = [part.due_on for part in parts if part.due_on is not None]
    if len(parts) < 2 or len(parts) > terms().most_instalments.value:
        raise Invalid("instalments-count", most=terms().most_instalments.value)
    if len(days) != len(parts) or any(later <= earlier for earlier, later in pairwise(days)):
        raise Invalid("instalments-days")
    demand = _open_demand(session, actor, demand_id)
    demand.release = str(release or terms().instalments_release.value)
    return _cut(session, actor, demand, parts)


def pay_by_several(session: Session, *, actor: Actor, demand_id: str, parts: Sequence[Part]) -> list[Bill]:
    """Replace a demand's bills by one for each of several named payers."""
    if len(parts) < 2 or any(not part.payer.strip() for part in parts):
        raise Invalid("payers-needed")
    demand = _open_demand(session, actor, demand_id)
    demand.release = str(Release.ALL_PAID)
    return _cut(session, actor, demand, parts)


def _open_demand(session: Session, actor: Actor, demand_id: str) -> Demand:
    """A demand that is still owed, its group locked."""
    actor.need(*OFFICE)
    lock_group(session, demand_id)
    demand = session.get_one(Demand, demand_id, populate_existing=True)
    if demand.state != "open":
        raise Conflict("demand-closed", state=demand.state)
    return demand


def _cut(session: Session, actor: Actor, demand: Demand, parts: Sequence[Part]) -> list[Bill]:
    withdraw_live(session, actor=actor, demand=demand)
    bills = issue(session, actor=actor, demand=demand, parts=parts)
    audit.record(
        session, AuditEvent.DEMAND_CUT, actor=actor, subject=demand.subject_id, demand=demand.id,
        piastres=owed(session, demand=demand), references=[bill.reference for bill in bills], release=demand.release,
    )  # fmt: skip
    return bills
