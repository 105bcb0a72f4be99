"""Use cases of the officer: assess an application and set its fee, or refuse it."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.calendar import today
from permits.errors import Conflict, Invalid
from permits.land.tables import Zone
from permits.money.lines import AssessmentError, Input
from permits.occupancy import billing
from permits.occupancy.applying import SERVICE
from permits.occupancy.checks import Check, CheckOutcome, as_json
from permits.occupancy.judging import judge
from permits.occupancy.licensing import settled
from permits.occupancy.tables import Occupancy
from permits.occupancy.workflow import OccupancyAction, lock, take
from permits.people.actor import SYSTEM, Actor, Role
from permits.services.fees import ServiceFee, assess_service

_NOTHING: Mapping[str, str] = {}


def assess(
    session: Session, *, actor: Actor, storage: Storage, governorate: str, occupancy_id: str,
    accepted: Mapping[str, str] = _NOTHING, exempt: Mapping[str, str] = _NOTHING,
) -> Occupancy:  # fmt: skip
    """Check the place once more, set the fee and demand it; from now on the place is held against others.

    `accepted` is, by the code of each check that is undecided, why the officer lets it pass; `exempt` claims of the
    tariff with their evidence. Raises Conflict where a check is unmet or an undecided one was not accepted. A fee of
    nought is settled at once.
    """
    actor.need(Role.REVIEWER, Role.APPROVER)
    occupancy = lock(session, occupancy_id)
    _hold_zone(session, occupancy.zone)
    checks = judge(session, storage=storage, occupancy=occupancy)
    reasons = _accepted(checks, accepted)
    fee = fee_of(occupancy, exempt=exempt)
    take(session, occupancy_id=occupancy_id, action=OccupancyAction.ASSESS, actor=actor)
    occupancy.checks, occupancy.accepted = as_json(checks), dict(reasons)
    occupancy.fee, occupancy.fee_sha256, occupancy.piastres = fee.canonical.decode(), fee.sha256, fee.total
    audit.record(
        session, AuditEvent.FEE_ASSESSED, actor=actor, subject=occupancy.id, piastres=fee.total, sha256=fee.sha256,
        accepted=dict(reasons),
    )  # fmt: skip
    session.flush()
    if fee.total == 0:
        settled(session, occupancy_id=occupancy_id, actor=SYSTEM)
    else:
        billing.demand_fee(session, occupancy=occupancy, fee=fee, governorate=governorate)
    return occupancy


def refuse(session: Session, *, actor: Actor, occupancy_id: str, reason: str) -> Occupancy:
    """Refuse an application, or one that was assessed and not paid."""
    if not reason.strip():
        raise Invalid("reason-needed")
    refused = take(
        session, occupancy_id=occupancy_id, action=OccupancyAction.REFUSE, actor=actor, note=reason.strip()
    )  # fmt: skip
    billing.take_back(session, occupancy_id=occupancy_id, reason=reason)
    return refused


def fee_of(occupancy: Occupancy, *, exempt: Mapping[str, str] = _NOTHING) -> ServiceFee:
    """Square metres by days by the rate of the street's class, each input with where it comes from."""
    first, last = occupancy.days
    drawn = f"polygon of {occupancy.number}"
    inputs = [
        Input("area", Decimal(occupancy.area), "m2", "measure", drawn, "confirmed"),
        Input("first_day", first, "date", "declared", occupancy.number, "declared"),
        Input("last_day", last, "date", "declared", occupancy.number, "declared"),
        Input("street_class", Decimal(occupancy.street_class), "1", "declared", occupancy.number, "declared"),
    ]
    try:
        return assess_service(SERVICE, today(), inputs, exempt=exempt)
    except AssessmentError as error:
        raise Conflict("occupancy-fee-impossible", why=error.code, name=error.name) from error


def _hold_zone(session: Session, zone: str) -> None:
    """Two assessments of one zone are one after the other: the second sees what the first one holds."""
    session.scalars(select(Zone.code).where(Zone.code == zone).with_for_update(key_share=True)).one()


def _accepted(checks: tuple[Check, ...], accepted: Mapping[str, str]) -> dict[str, str]:
    """Why each undecided check may pass; raises Conflict."""
    unmet = sorted(check.code for check in checks if check.outcome is CheckOutcome.UNMET)
    if unmet:
        raise Conflict("occupancy-unmet", checks=", ".join(unmet))
    open_ = [check.code for check in checks if check.outcome is CheckOutcome.UNDECIDED]
    reasons = {code: accepted.get(code, "").strip() for code in open_}
    if missing := sorted(code for code, reason in reasons.items() if not reason):
        raise Conflict("occupancy-undecided", checks=", ".join(missing))
    return reasons
