"""Bills: the fee of an approved case, worked out from its reviewed model and its value zone, with a reference."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.planning import load_zone
from permits import audit, jobs
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.cases.reviews import report
from permits.cases.tables import Case
from permits.cases.workflow import Action, State, advance, lock_case
from permits.db import new_id, utcnow
from permits.errors import Conflict, NotFound
from permits.land.tables import Zone
from permits.money import ledger
from permits.money.assessment import Assessment, AssessmentError, Input, assess
from permits.money.ledger import Entry
from permits.money.money import Epoch
from permits.money.reference import BillReference
from permits.money.tables import Bill
from permits.money.tariff import Tariff, tariff_on
from permits.money.terms import terms
from permits.numbering import take_number
from permits.people.actor import SYSTEM, Actor, Role

PERMIT_SERVICE = 101
"""The code of building permits in our own bill references."""

_MEASURES = {"floor_area": "gross_floor_area", "balcony_area": "balcony_area"}
"""Which measure of the report is which input of the tariff."""


def issue_bill(
    session: Session, *, actor: Actor, storage: Storage, governorate: str, case_id: str,
    declared: Sequence[Input] = (),
) -> Bill:  # fmt: skip
    """Bill an approved case; a bill that has expired is replaced, one that is live refuses.

    `declared` brings what neither the model nor the land tells. A bill of nought settles itself.
    """
    actor.need(Role.APPROVER, Role.CASHIER, Role.SYSTEM)
    case = lock_case(session, case_id)
    if case.state != State.AWAITING_PAYMENT:
        raise Conflict("wrong-state", state=case.state, action="bill")
    _retire_expired(session, case)
    assessment = assess_case(session, storage=storage, case=case, declared=declared)
    number = take_number(session, f"bill:{governorate}:{PERMIT_SERVICE}")
    bill = Bill(
        id=new_id(), case_id=case.id, reference=str(BillReference(int(governorate), PERMIT_SERVICE, number)),
        piastres=assessment.total, assessment=assessment.canonical.decode(), assessment_sha256=assessment.sha256,
        state="issued", issued_at=utcnow(), expires_at=utcnow() + timedelta(days=terms().bill_days.value),
    )  # fmt: skip
    session.add(bill)
    session.flush()
    _book(session, bill, assessment)
    audit.record(
        session, AuditEvent.BILL_ISSUED, actor=actor, subject=case.id, reference=bill.reference,
        piastres=bill.piastres, assessment=assessment.sha256, tariff=assessment.tariff_sha256,
    )  # fmt: skip
    if bill.piastres == 0:
        settle(session, bill=bill, actor=SYSTEM)
    return bill


def settle(session: Session, *, bill: Bill, actor: Actor) -> None:
    """Nothing is owed any more: the case goes on, and its permit is asked for in the same transaction."""
    bill.state, bill.settled_at = "paid", utcnow()
    advance(session, case_id=bill.case_id, action=Action.SETTLE, actor=actor)
    jobs.enqueue(session, "permit.issue", bill.case_id, case_id=bill.case_id)


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


def _retire_expired(session: Session, case: Case) -> None:
    """Take back the booking of an expired bill, so that the case owes what the new one says."""
    for old in session.scalars(
        select(Bill).where(Bill.case_id == case.id, Bill.state.in_(["issued", "paid"])).with_for_update()
    ):
        if old.state == "paid" or utcnow() <= old.expires_at:
            raise Conflict("bill-exists", reference=old.reference)
        old.state = "expired"
        entries = [replace(entry, piastres=-entry.piastres) for entry in _entries(_snapshot_parts(old), old.piastres)]
        ledger.post(session, key=f"bill-expired:{old.id}", entries=entries)


def _book(session: Session, bill: Bill, assessment: Assessment) -> None:
    parts = [(part.beneficiary, part.piastres) for line in assessment.lines for part in line.parts]
    ledger.post(session, key=f"bill:{bill.id}", entries=_entries(parts, bill.piastres))


def _entries(parts: Sequence[tuple[str, int]], total: int) -> list[Entry]:
    return [Entry(ledger.RECEIVABLE, total), *(Entry(ledger.revenue(to), -piastres) for to, piastres in parts)]


def _snapshot_parts(bill: Bill) -> list[tuple[str, int]]:
    lines = computation(bill)["lines"]
    return [(part["beneficiary"], part["piastres"]) for line in lines for part in line["parts"]]


def computation(bill: Bill) -> dict[str, Any]:
    """The kept computation of a bill."""
    content: dict[str, Any] = json.loads(bill.assessment)
    return content


def find_bill(session: Session, *, case_id: str) -> Bill | None:
    """The newest bill of a case, if there is one."""
    return session.scalar(select(Bill).where(Bill.case_id == case_id).order_by(Bill.id.desc()).limit(1))


def latest_bill(session: Session, *, case_id: str) -> Bill:
    """The newest bill of a case, or NotFound."""
    bill = find_bill(session, case_id=case_id)
    if bill is None:
        raise NotFound("bill-unknown", reference="")
    return bill
