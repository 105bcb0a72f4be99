"""The fee of an approved case: worked out from its reviewed model and its value zone, demanded, billed, and settled."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.planning import load_zone
from permits import jobs
from permits.adapters.storage import Storage
from permits.cases.cases import get_case
from permits.cases.reviews import report
from permits.cases.tables import Case
from permits.cases.workflow import Action, State, advance, lock_case
from permits.errors import Conflict
from permits.land.tables import Zone
from permits.money.assessment import Assessment, AssessmentError, Input, assess
from permits.money.bills import find_bill, has_lapsed, issue_whole, renew
from permits.money.demands import OFFICE, Owed, Service, open_demand, open_root
from permits.money.money import Epoch
from permits.money.revisions import revise
from permits.money.subjects import Named, Subject
from permits.money.tables import CASE, Bill, Demand
from permits.money.tariff import Tariff, tariff_on
from permits.people.actor import SYSTEM, Actor
from permits.people.tables import User
from permits.register.tables import CaseApplicant, Party

PERMIT = Service("building-permit", 101)

_MEASURES = {"floor_area": "gross_floor_area", "balcony_area": "balcony_area"}
"""Which measure of the report is which input of the tariff."""


def issue_bill(
    session: Session, *, actor: Actor, storage: Storage, governorate: str, case_id: str,
    declared: Sequence[Input] = (),
) -> Bill:  # fmt: skip
    """Bill an approved case; a bill that has expired is replaced, one that is live refuses.

    `declared` brings what neither the model nor the land tells. What is owed otherwise than when it was first
    demanded becomes a demand of the difference. A bill of nought settles itself.
    """
    actor.need(*OFFICE)
    case = lock_case(session, case_id)
    if case.state != State.AWAITING_PAYMENT:
        raise Conflict("wrong-state", state=case.state, action="bill")
    live = find_bill(session, case_id=case.id)
    demand = open_root(session, kind=CASE, subject_id=case.id)
    if demand and live and not has_lapsed(live):
        raise Conflict("bill-exists", reference=live.reference)
    assessment = assess_case(session, storage=storage, case=case, declared=declared)
    if demand is None:
        owed = Owed(PERMIT, governorate, CASE, case.id, _payer(session, case), assessment)
        return issue_whole(session, actor=actor, demand=open_demand(session, actor=actor, owed=owed))
    return _again(session, actor, demand, assessment)


def _again(session: Session, actor: Actor, demand: Demand, assessment: Assessment) -> Bill:
    """The bills of a demand that have expired once more, and the difference if it is now assessed otherwise."""
    renewed = renew(session, actor=actor, demand_id=demand.id)
    revised = revise(session, actor=actor, demand_id=demand.id, assessment=assessment, reason="bill-expired")
    bills = [*renewed, *([revised.bill] if revised and revised.bill else [])]
    return bills[0] if bills else issue_whole(session, actor=actor, demand=demand)


def _payer(session: Session, case: Case) -> str:
    """Who is told what is owed: the owner on record as applicant, else whoever applied for him.

    Others are named when the demand is divided among them.
    """
    applicant = session.get(CaseApplicant, case.id)
    if applicant is not None:
        return session.get_one(Party, applicant.party_id).name_ar
    return session.get_one(User, case.engineer_id).name_ar


def _released(session: Session, case_id: str) -> None:
    """Enough was paid: the case goes on, and its permit is asked for in the same transaction."""
    advance(session, case_id=case_id, action=Action.SETTLE, actor=SYSTEM)
    jobs.enqueue(session, "permit.issue", case_id, case_id=case_id)


def _see(session: Session, actor: Actor, case_id: str) -> Case:
    return get_case(session, actor=actor, case_id=case_id)


def _numbered(session: Session, number: str) -> str | None:
    return session.scalar(select(Case.id).where(Case.number == number))


def _named(session: Session, case_id: str) -> Named:
    case = session.get_one(Case, case_id)
    engineer = session.get_one(User, case.engineer_id)
    return Named(case.number, case.plot, {"ar": engineer.name_ar, "en": engineer.name_en})


SUBJECT = Subject(lock=lock_case, see=_see, released=_released, named=_named, numbered=_numbered)
"""What money does with a case."""


def assess_case(session: Session, *, storage: Storage, case: Case, declared: Sequence[Input] = ()) -> Assessment:
    """The fee of a case on the day it was applied for; raises Conflict naming the input that is missing."""
    on = date.fromisoformat(case.applied_on)
    tariff = tariff_on(on)
    measured = _measured(report(session, storage=storage, case_id=case.id), tariff)
    value = _value(session, storage=storage, case=case, on=on)
    given = {item.name: item for item in [*measured, value, *declared]}
    try:
        return assess(tariff, on=on, inputs=list(given.values()))
    except AssessmentError as error:
        raise Conflict(f"fee-input-{error.code.replace('_', '-')}", name=error.name) from error


def _measured(content: dict[str, Any], tariff: Tariff) -> list[Input]:
    """The tariff's areas as the review measured them, each naming its measure and the model's hash."""
    model = content["model"]["sha256"]
    whole = {m["name"]: m for m in content["measures"] if m["storey"] is None and not m["subject"]}
    return [
        Input(
            name, Decimal(str(whole[measure]["value"])), tariff.inputs[name].unit, "measure",
            f"{measure} ({whole[measure]['method']}) of model sha256:{model}",
        )
        for name, measure in _MEASURES.items()
        if measure in whole and name in tariff.inputs
    ]  # fmt: skip


def _value(session: Session, *, storage: Storage, case: Case, on: date) -> Input:
    """The prevailing value per square metre where the plot lies, in the pound it was decided in."""
    zone = session.get_one(Zone, case.zone)
    land = load_zone(storage.path(zone.layers_sha256))
    polygon = next((plot.polygon for plot in land.plots if plot.number == case.plot), None)
    found = land.value_at(polygon.representative_point(), on=on) if polygon else None
    if found is None:
        raise Conflict("fee-input-missing", name="value_m2")
    epoch = Epoch.OLD if found.epoch == "old" else Epoch.NEW
    return Input(
        "value_m2", found.value_per_m2, f"{epoch}/m2", "value_zone",
        f"{found.code} from {found.valid_from.isoformat()}", str(found.status),
    )  # fmt: skip
