"""Demands (التحقق): what somebody owes for a service. Opened once, corrected by further demands, never edited.

A demand and those that adjust it are one group, named by its first demand, the root. Whoever changes anything of a
group holds its subject first and then its root: `lock_group`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import new_id, utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.money import ledger, subjects
from permits.money.assessment import Assessment
from permits.money.ledger import Entry
from permits.money.tables import Allotment, Bill, Demand, DemandLine
from permits.money.terms import Release, terms
from permits.people.actor import Actor, Role

OFFICE = (Role.APPROVER, Role.CASHIER, Role.SYSTEM)
"""Who opens and changes demands; a service that lets others ask for it does so as the system."""

Claims = Mapping[tuple[str, str], int]
"""New piastres by code of the fee and beneficiary."""


@dataclass(frozen=True)
class Service:
    """A payable service: its code in the catalogue, and its three digits in bill references."""

    code: str
    number: int


@dataclass(frozen=True)
class Owed:
    """Who owes what for what; `payer` is a name as people wrote it."""

    service: Service
    governorate: str
    subject_kind: str
    subject_id: str
    payer: str
    assessment: Assessment


def open_demand(session: Session, *, actor: Actor, owed: Owed) -> Demand:
    """Demand what was assessed and book it; it is paid through the bills that are issued for it."""
    actor.need(*OFFICE)
    demand = Demand(
        id=new_id(), service=owed.service.code, series=owed.service.number, governorate=owed.governorate,
        subject_kind=owed.subject_kind, subject_id=owed.subject_id, payer=owed.payer, piastres=owed.assessment.total,
        state="open", assessment=owed.assessment.canonical.decode(), assessment_sha256=owed.assessment.sha256,
        release=str(Release.ALL_PAID),
    )  # fmt: skip
    keep(session, demand, claims_of(owed.assessment))
    audit.record(
        session, AuditEvent.DEMAND_OPENED, actor=actor, subject=demand.id, of=f"{owed.subject_kind}:{owed.subject_id}",
        service=demand.service, piastres=demand.piastres, assessment=demand.assessment_sha256,
    )  # fmt: skip
    return demand


def keep(session: Session, demand: Demand, claims: Claims) -> None:
    """Write a demand with its lines and book it."""
    session.add(demand)
    session.flush()
    session.add_all(
        DemandLine(demand_id=demand.id, code=code, beneficiary=beneficiary, piastres=piastres)
        for (code, beneficiary), piastres in claims.items()
    )
    ledger.post(session, key=f"demand:{demand.id}", entries=entries_of(claims))


def claims_of(assessment: Assessment) -> Claims:
    """What an assessment asks for, by fee and beneficiary."""
    claims: Counter[tuple[str, str]] = Counter()
    for line in assessment.lines:
        for part in line.parts:
            claims[line.code, part.beneficiary] += part.piastres
    return claims


def entries_of(claims: Claims, *, sign: int = 1) -> list[Entry]:
    """The booking of claims; with `sign` -1 its contrary."""
    revenues = [Entry(ledger.revenue(to), -sign * piastres) for (_, to), piastres in claims.items()]
    return [Entry(ledger.RECEIVABLE, sign * sum(claims.values())), *revenues]


def demand_of(session: Session, demand_id: str) -> Demand:
    """A demand, or NotFound."""
    demand = session.get(Demand, demand_id)
    if demand is None:
        raise NotFound("demand-unknown")
    return demand


def lines_of(session: Session, demand: Demand) -> Sequence[DemandLine]:
    """What a demand asks for by fee and beneficiary; the lines sum to it."""
    return session.scalars(select(DemandLine).where(DemandLine.demand_id == demand.id).order_by(DemandLine.id)).all()


def open_root(session: Session, *, kind: str, subject_id: str) -> Demand | None:
    """The demand that a subject still has to settle, if there is one."""
    query = select(Demand).where(Demand.subject_kind == kind, Demand.subject_id == subject_id)
    return session.scalar(query.where(Demand.adjusts.is_(None), Demand.state == "open"))


def lock_group(session: Session, demand_id: str) -> Demand:
    """The root of a demand's group, its subject and itself locked until the caller's transaction ends."""
    demand = demand_of(session, demand_id)
    subjects.find(demand.subject_kind).lock(session, demand.subject_id)
    root = select(Demand).where(Demand.id == (demand.adjusts or demand.id))
    return session.scalars(root.with_for_update().execution_options(populate_existing=True)).one()


def group(session: Session, root: Demand) -> Sequence[Demand]:
    """A root and what adjusts it, oldest first, as they stand now."""
    query = select(Demand).where((Demand.id == root.id) | (Demand.adjusts == root.id)).order_by(Demand.id)
    return session.scalars(query.execution_options(populate_existing=True)).all()


def group_claims(session: Session, root: Demand) -> Claims:
    """What a group asks for altogether, by fee and beneficiary."""
    query = (
        select(DemandLine.code, DemandLine.beneficiary, func.sum(DemandLine.piastres))
        .where(DemandLine.demand_id.in_([demand.id for demand in group(session, root) if demand.state != "cancelled"]))
        .group_by(DemandLine.code, DemandLine.beneficiary)
        .order_by(DemandLine.code, DemandLine.beneficiary)
    )
    return {(code, to): int(piastres) for code, to, piastres in session.execute(query)}


def given_to(session: Session, *, demand: Demand) -> int:
    """What was given to a demand, in new piastres."""
    query = select(func.sum(Allotment.piastres)).where(Allotment.demand_id == demand.id)
    return int(session.scalar(query) or 0)


def owed(session: Session, *, demand: Demand) -> int:
    """What is still to be paid of a demand, in new piastres; nothing once it is closed."""
    return demand.piastres - given_to(session, demand=demand) if demand.state == "open" else 0


def settle_if_paid(session: Session, *, demand: Demand) -> None:
    """Close a demand of which nothing is left, and let its subject go on once enough was paid."""
    if demand.state == "open" and owed(session, demand=demand) == 0:
        demand.state, demand.closed_at = "settled", utcnow()
        session.flush()
    release_if_due(session, root=demand_of(session, demand.adjusts or demand.id))


def release_if_due(session: Session, *, root: Demand) -> None:
    """Tell the subject that it may go on, the first time that this is so."""
    if root.released_at is None and root.state != "cancelled" and _due(session, root):
        root.released_at = utcnow()
        session.flush()
        subjects.find(root.subject_kind).released(session, root.subject_id)


def _due(session: Session, root: Demand) -> bool:
    if all(demand.state != "open" for demand in group(session, root)):
        return True
    first = select(Bill.id).where(Bill.demand_id == root.id, Bill.position == 1, Bill.state == "paid")
    return root.release == Release.FIRST_PAID and session.scalar(first.limit(1)) is not None


def allow_parts(session: Session, *, actor: Actor, demand_id: str) -> int:
    """Let a demand be paid in parts; the least part, by the office's terms, in new piastres."""
    actor.need(*OFFICE)
    root = lock_group(session, demand_id)
    if root.state != "open":
        raise Conflict("demand-closed", state=root.state)
    root.minimum_part = least_part(root)
    audit.record(
        session, AuditEvent.PARTS_ALLOWED, actor=actor, subject=root.subject_id, demand=root.id,
        minimum=root.minimum_part,
    )  # fmt: skip
    return root.minimum_part


def least_part(root: Demand) -> int:
    """The least that is accepted at once of a demand that may be paid in parts, in new piastres."""
    return root.minimum_part or max(1, -(-root.piastres * terms().minimum_part.value // 100))


def reason_of(text: str) -> str:
    """A reason that says something, or Invalid."""
    if not text.strip():
        raise Invalid("reason-needed")
    return text.strip()
