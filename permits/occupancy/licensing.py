"""From the payment to the licence: `settled` in the payment's transaction, then a job that makes the document.

Like the permit's: number, facts and token are written in one transaction, the document is typeset outside of any,
then document and state are kept together. Each step is safe to run again.
"""

import json
import logging
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.pavement import Surroundings, surroundings
from permits import audit, jobs
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import new_id
from permits.documents.claims import point_of
from permits.documents.issue import address_of, office_of
from permits.documents.keys import signing_key
from permits.documents.render import FAMILIES, font_folder
from permits.documents.sheet import canonical_facts, fingerprint
from permits.documents.token import sign
from permits.jobs import Context
from permits.land.zones import get_zone
from permits.numbering import take_number
from permits.occupancy.checks import from_json
from permits.occupancy.judging import neighbours
from permits.occupancy.licence import LicenceFacts, claims_of, licence_pdf
from permits.occupancy.licence import from_json as facts_from_json
from permits.occupancy.plan import place_plan
from permits.occupancy.tables import Occupancy, OccupancyLicence
from permits.occupancy.workflow import OccupancyAction, OccupancyState, lock, take
from permits.people.actor import SYSTEM, Actor
from permits.settings import Settings
from permits.shapes import standing_point

log = logging.getLogger(__name__)
JOB = "occupancy.license"
_SHOWN = 30.0


def settled(session: Session, *, occupancy_id: str, actor: Actor) -> Occupancy:
    """The fee is paid: go on to the licence. The one function that a payment calls; a second call changes nothing."""
    occupancy = lock(session, occupancy_id)
    if occupancy.state in (OccupancyState.PAID, OccupancyState.LICENSED):
        return occupancy
    take(session, occupancy_id=occupancy_id, action=OccupancyAction.SETTLE, actor=actor)
    session.flush()
    jobs.enqueue(session, JOB, occupancy_id, occupancy_id=occupancy_id)
    return occupancy


def license_occupancy(context: Context, *, occupancy_id: str) -> None:
    """Issue the licence of a paid occupancy; one that is issued is left alone."""
    with context.database.transaction() as session:
        occupancy = lock(session, occupancy_id)
        if occupancy.state != OccupancyState.PAID:
            return
        licence = _draft(session, context.storage, context.settings, occupancy)
        around = _around(session, context.storage, occupancy)
        plan = place_plan(occupancy.polygon, around, neighbours(session, occupancy), "ar", font=", ".join(FAMILIES))
    pdf = licence_pdf(
        facts_from_json(licence.facts), plan, language="ar", office=office_of(context.settings),
        address=address_of(context.settings, licence.token), fonts=font_folder(),
    )  # fmt: skip
    sha256 = context.storage.keep_bytes(pdf)
    with context.database.transaction() as session:
        if lock(session, occupancy_id).state == OccupancyState.PAID:
            _finish(session, occupancy_id, sha256)


def licensing_failed(context: Context, *, error: str, occupancy_id: str) -> None:
    """The occupancy stays paid and its timeline says so."""
    log.error("licence of occupancy %s not issued: %s", occupancy_id, error)
    with context.database.transaction() as session:
        if lock(session, occupancy_id).state == OccupancyState.PAID:
            audit.record(session, AuditEvent.LICENCE_FAILED, actor=SYSTEM, subject=occupancy_id, error=error)


def licence_of(session: Session, *, occupancy_id: str) -> OccupancyLicence | None:
    """The issued licence, if its document is there."""
    found = session.scalar(select(OccupancyLicence).where(OccupancyLicence.occupancy_id == occupancy_id))
    return found if found and found.document_sha256 else None


def _draft(session: Session, storage: Storage, settings: Settings, occupancy: Occupancy) -> OccupancyLicence:
    known = session.scalar(select(OccupancyLicence).where(OccupancyLicence.occupancy_id == occupancy.id))
    if known:
        return known
    day = today()
    number = f"{settings.office}-{day.year}-O-{take_number(session, f'licence:{settings.office}:{day.year}'):06d}"
    facts = _facts(session, storage, occupancy, number)
    licence = OccupancyLicence(
        id=new_id(), occupancy_id=occupancy.id, number=number, issued_on=day.isoformat(),
        token=sign(claims_of(facts, issuer=f"SY-{settings.governorate}"), signing_key(settings)),
        facts=json.loads(canonical_facts(facts)), fingerprint=fingerprint(facts),
    )  # fmt: skip
    session.add(licence)
    session.flush()
    return licence


def _finish(session: Session, occupancy_id: str, sha256: str) -> None:
    licence = session.scalars(select(OccupancyLicence).where(OccupancyLicence.occupancy_id == occupancy_id)).one()
    licence.document_sha256 = sha256
    occupancy = take(session, occupancy_id=occupancy_id, action=OccupancyAction.LICENSE, actor=SYSTEM)
    if occupancy.renews and lock(session, occupancy.renews).state in (OccupancyState.LICENSED, OccupancyState.EXPIRED):
        take(session, occupancy_id=occupancy.renews, action=OccupancyAction.RENEW, actor=SYSTEM, note=licence.number)
    audit.record(
        session, AuditEvent.LICENCE_ISSUED, actor=SYSTEM, subject=occupancy_id, number=licence.number,
        document=sha256, fingerprint=licence.fingerprint,
    )  # fmt: skip


def _around(session: Session, storage: Storage, occupancy: Occupancy) -> Surroundings:
    layers = storage.path(get_zone(session, occupancy.zone).layers_sha256)
    return surroundings(layers, occupancy.polygon, reach=_SHOWN)


def _facts(session: Session, storage: Storage, occupancy: Occupancy, number: str) -> LicenceFacts:
    """Everything the licence says, from the application, its checks, its fee and its land."""
    zone = get_zone(session, occupancy.zone)
    around = _around(session, storage, occupancy)
    street = min(around.streets, key=lambda one: one.polygon.distance(occupancy.polygon), default=None)
    fee = json.loads(occupancy.fee or "{}")["assessments"]
    first, last = occupancy.days
    old = occupancy.renews and session.scalar(
        select(OccupancyLicence.number).where(OccupancyLicence.occupancy_id == occupancy.renews)
    )
    return LicenceFacts(
        number=number, application=occupancy.number, renews=old or "", issued=today(), first_day=first, last_day=last,
        kind=occupancy.kind, holder=occupancy.holder, zone=zone.name_ar, street=street.name["ar"] if street else "",
        plot=occupancy.plot, area=Decimal(occupancy.area), clear_width=_clear_width(occupancy),
        point=point_of(*standing_point(occupancy.polygon, zone.grid)), act=" · ".join(one["act_ar"] for one in fee),
        paid=occupancy.piastres or 0, fee_sha256=occupancy.fee_sha256 or "",
        statuses=tuple(sorted(_statuses(occupancy, fee) | ({"fictitious"} if zone.fictitious else set()))),
    )  # fmt: skip


def _clear_width(occupancy: Occupancy) -> str:
    return next((c.value for c in from_json(occupancy.checks) if c.code == "clear-width"), "")


def _statuses(occupancy: Occupancy, fee: list[dict[str, Any]]) -> set[str]:
    """How sure every number behind the licence is."""
    lines = [line for one in fee for line in one["lines"]]
    found = {line["status"] for line in lines} | {used["status"] for line in lines for used in line["inputs"]}
    return found | {check.status for check in from_json(occupancy.checks)}
