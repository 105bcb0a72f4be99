"""Corrections of what was demanded: by a further demand of the difference, or by taking the whole back unpaid."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import new_id, utcnow
from permits.errors import Conflict
from permits.money import bills, ledger
from permits.money.assessment import Assessment
from permits.money.credits import owe_back, spend_within_group
from permits.money.demands import (
    OFFICE,
    Claims,
    claims_of,
    entries_of,
    given_to,
    group,
    group_claims,
    keep,
    lock_group,
    reason_of,
)
from permits.money.tables import Bill, Credit, Demand
from permits.people.actor import Actor


@dataclass(frozen=True)
class Revised:
    """The demand of the difference, with the bill of what is owed more or the credit of what was asked too much."""

    demand: Demand
    bill: Bill | None
    credit: Credit | None


def differences(before: Claims, after: Claims) -> Claims:
    """What must be added to `before`, by fee and beneficiary, to come to `after`; nothing where they agree."""
    keys = [*before, *(key for key in after if key not in before)]
    changes = {key: after.get(key, 0) - before.get(key, 0) for key in keys}
    return {key: piastres for key, piastres in changes.items() if piastres}


def revise(session: Session, *, actor: Actor, demand_id: str, assessment: Assessment, reason: str) -> Revised | None:
    """Demand what a new assessment asks for otherwise than the group does; None where it asks for the same.

    More is billed. Less is first given to what the group still owes; what was paid too much stays a credit.
    """
    actor.need(*OFFICE)
    text = reason_of(reason)
    root = lock_group(session, demand_id)
    if any(demand.state in ("cancelled", "waived") for demand in group(session, root)):
        raise Conflict("demand-closed", state=root.state)
    changes = differences(group_claims(session, root), claims_of(assessment))
    if not changes:
        return None
    demand = _adjustment(root, assessment, changes)
    keep(session, demand, changes)
    audit.record(
        session, AuditEvent.DEMAND_REVISED, actor=actor, subject=root.subject_id, demand=demand.id, adjusts=root.id,
        piastres=demand.piastres, assessment=demand.assessment_sha256, reason=text,
    )  # fmt: skip
    if demand.piastres > 0:
        return Revised(demand, bills.issue_whole(session, actor=actor, demand=demand), None)
    return Revised(demand, None, _credit(session, root, demand) if demand.piastres else None)


def _adjustment(root: Demand, assessment: Assessment, changes: Claims) -> Demand:
    total = sum(changes.values())
    return Demand(
        id=new_id(), service=root.service, series=root.series, governorate=root.governorate, payer=root.payer,
        subject_kind=root.subject_kind, subject_id=root.subject_id, piastres=total, adjusts=root.id,
        state="open" if total > 0 else "settled", closed_at=None if total > 0 else utcnow(),
        assessment=assessment.canonical.decode(), assessment_sha256=assessment.sha256, release=root.release,
    )  # fmt: skip


def _credit(session: Session, root: Demand, demand: Demand) -> Credit:
    """What is owed less becomes the payer's, and is spent at once on what he still owes here."""
    credit = owe_back(session, account=ledger.OVERPAID, piastres=-demand.piastres, demand_id=demand.id)
    ledger.move(
        session, key=f"demand-credit:{demand.id}", debit=ledger.RECEIVABLE, credit=ledger.OVERPAID,
        piastres=credit.piastres,
    )  # fmt: skip
    spend_within_group(session, root=root, credit=credit)
    return credit


def cancel(session: Session, *, actor: Actor, demand_id: str, reason: str) -> Demand:
    """Take a demand back with all that adjusts it, before anything was paid; its bills are withdrawn."""
    actor.need(*OFFICE)
    text = reason_of(reason)
    root = lock_group(session, demand_id)
    members = group(session, root)
    if root.state != "open" or any(demand.state == "waived" for demand in members):
        raise Conflict("demand-closed", state=root.state)
    if _collected(session, members):
        raise Conflict("demand-paid")
    claims = group_claims(session, root)
    for demand in members:
        bills.withdraw_live(session, actor=actor, demand=demand)
        demand.state, demand.closed_at = "cancelled", utcnow()
    ledger.post(session, key=f"demand-cancelled:{root.id}", entries=entries_of(claims, sign=-1))
    audit.record(
        session, AuditEvent.DEMAND_CANCELLED, actor=actor, subject=root.subject_id, demand=root.id,
        piastres=sum(claims.values()), reason=text,
    )  # fmt: skip
    return root


def _collected(session: Session, members: Sequence[Demand]) -> int:
    """Money given to a group beyond what its own corrections gave it, in new piastres."""
    corrected = sum(-demand.piastres for demand in members if demand.piastres < 0)
    return sum(given_to(session, demand=demand) for demand in members) - corrected
