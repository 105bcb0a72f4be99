"""Waivers (الإعفاء): what is left of a demand is given up, on a legal basis, with its evidence, by two people."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.db import new_id, utcnow
from permits.errors import Conflict, Invalid, NotFound, TooLarge
from permits.money import ledger
from permits.money.bills import withdraw_live
from permits.money.demands import OFFICE, demand_of, lock_group, owed, reason_of, settle_if_paid
from permits.money.four_eyes import need_another
from permits.money.tables import Demand, Waiver
from permits.people.actor import Actor, Role

MOST_BYTES = 15 << 20
"""Of the evidence."""


def request_waiver(
    session: Session, *, actor: Actor, storage: Storage, demand_id: str, legal_basis: str, evidence: bytes
) -> Waiver:
    """Ask that what is left of an open demand be given up; the evidence is kept by its hash."""
    actor.need(*OFFICE)
    if not legal_basis.strip() or not evidence:
        raise Invalid("waiver-basis")
    if len(evidence) > MOST_BYTES:
        raise TooLarge("file-large", most=MOST_BYTES >> 20)
    demand = _open_demand(session, demand_id)
    asked = select(Waiver.id).where(Waiver.demand_id == demand.id, Waiver.state == "requested")
    if session.scalar(asked.limit(1)):
        raise Conflict("waiver-asked")
    waiver = Waiver(
        id=new_id(), demand_id=demand.id, legal_basis=legal_basis.strip(), state="requested",
        evidence_sha256=storage.keep_bytes(evidence), requested_by=actor.id, requested_at=utcnow(),
    )  # fmt: skip
    session.add(waiver)
    session.flush()
    _record(session, AuditEvent.WAIVER_REQUESTED, actor, demand, waiver, basis=waiver.legal_basis)
    return waiver


def approve_waiver(session: Session, *, actor: Actor, waiver_id: str) -> Waiver:
    """Another person agrees: nothing is owed any more, and the subject goes on as if it had been paid."""
    waiver, demand = _decide(session, actor, waiver_id, "approved")
    waiver.piastres = owed(session, demand=demand)
    withdraw_live(session, actor=actor, demand=demand)
    demand.state, demand.closed_at = "waived", utcnow()
    ledger.move(
        session, key=f"waiver:{waiver.id}", debit=ledger.WAIVED, credit=ledger.RECEIVABLE, piastres=waiver.piastres
    )
    _record(session, AuditEvent.WAIVER_APPROVED, actor, demand, waiver, piastres=waiver.piastres)
    settle_if_paid(session, demand=demand)
    return waiver


def refuse_waiver(session: Session, *, actor: Actor, waiver_id: str, reason: str) -> Waiver:
    """Another person does not agree: the demand stays."""
    text = reason_of(reason)
    waiver, demand = _decide(session, actor, waiver_id, "refused")
    _record(session, AuditEvent.WAIVER_REFUSED, actor, demand, waiver, reason=text)
    return waiver


def list_waivers(session: Session, *, actor: Actor, most: int = 100) -> Sequence[tuple[Waiver, Demand]]:
    """What was asked to be given up, with its demand: those that wait for a decision first, then the newest."""
    actor.need(*OFFICE)
    query = select(Waiver, Demand).join(Demand, Demand.id == Waiver.demand_id)
    query = query.order_by((Waiver.state == "requested").desc(), Waiver.id.desc()).limit(most)
    return [(waiver, demand) for waiver, demand in session.execute(query)]


def _decide(session: Session, actor: Actor, waiver_id: str, state: str) -> tuple[Waiver, Demand]:
    """Its demand is locked first, then the waiver is read as it stands now."""
    actor.need(Role.APPROVER)
    demand_id = session.scalar(select(Waiver.demand_id).where(Waiver.id == waiver_id))
    if demand_id is None:
        raise NotFound("waiver-unknown")
    demand = _open_demand(session, demand_id)
    waiver = session.get_one(Waiver, waiver_id, populate_existing=True)
    if waiver.state != "requested":
        raise Conflict("waiver-state", state=waiver.state)
    need_another(waiver.requested_by, actor)
    waiver.state, waiver.decided_by, waiver.decided_at = state, actor.id, utcnow()
    return waiver, demand


def _open_demand(session: Session, demand_id: str) -> Demand:
    """A demand of which something is left, its group locked."""
    lock_group(session, demand_id)
    demand = demand_of(session, demand_id)
    session.refresh(demand)
    if demand.state != "open":
        raise Conflict("demand-closed", state=demand.state)
    return demand


def _record(
    session: Session, event: AuditEvent, actor: Actor, demand: Demand, waiver: Waiver, **more: str | int
) -> None:
    audit.record(
        session, event, actor=actor, subject=demand.subject_id, demand=demand.id, waiver=waiver.id,
        evidence=waiver.evidence_sha256, **more,
    )  # fmt: skip
