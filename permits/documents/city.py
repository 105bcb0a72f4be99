"""The city model of a zone: every building with a permit in force, as CityJSON, from the reports kept of its review."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bim.report import Report
from gis.cityjson import CityObject, cityjson
from gis.envelope import Prism
from permits.adapters.storage import Storage
from permits.cases.reviews import raw_report
from permits.cases.tables import Case
from permits.documents.permit import PermitFacts, from_json
from permits.documents.tables import Permit
from permits.land.tables import Zone
from permits.land.zones import get_zone
from permits.people.actor import STAFF, Actor, Role
from permits.review.volumes import region_of

_BUILT = ("storey", "projection")


@dataclass(frozen=True)
class Unshown:
    """A permit whose building has no solids in the model, and why: no_volumes, not_placed or other_grid."""

    permit: str
    reason: str


@dataclass(frozen=True)
class CityModel:
    """The document, the permits in it, and those of them without solids: these are in it by their attributes alone."""

    document: bytes
    permits: tuple[str, ...]
    unshown: tuple[Unshown, ...]


def city_model(session: Session, *, actor: Actor, storage: Storage, zone: str) -> CityModel:
    """Every issued and not revoked permit of a zone as a Building in the zone's grid, by permit number."""
    actor.need(*STAFF, Role.SYNDICATE, Role.SYSTEM)
    land = get_zone(session, zone)
    objects, unshown = [], []
    for case, permit in _in_force(session, zone):
        report = Report.from_json(raw_report(session, storage=storage, case_id=case.id))
        facts, reason = from_json(permit.facts), _hindrance(report, land)
        if reason:
            unshown.append(Unshown(permit.number, reason))
        objects.append(_building(facts, report, land, reason))
    document = cityjson(objects, grid=land.grid, title=land.name_ar)
    return CityModel(document, tuple(one.id for one in objects), tuple(unshown))


def _in_force(session: Session, zone: str) -> Sequence[tuple[Case, Permit]]:
    query = select(Case, Permit).join(Permit, Permit.case_id == Case.id).where(Case.zone == zone)
    issued = query.where(Permit.document_sha256.is_not(None), Permit.revoked_at.is_(None))
    return [(case, permit) for case, permit in session.execute(issued.order_by(Permit.number))]


def _hindrance(report: Report, land: Zone) -> str:
    """Why a building cannot stand in the model; empty where it can."""
    if not any(volume.kind in _BUILT for volume in report.volumes):
        return "no_volumes"  # a report of before volumes were kept, or of a building that had none
    if report.placement is None:
        return "not_placed"
    return "" if report.placement.grid == land.grid else "other_grid"


def _building(facts: PermitFacts, report: Report, land: Zone, reason: str) -> CityObject:
    levelled = report.placement is not None and report.placement.levelled
    attributes: dict[str, str | float | int] = {
        "permitNumber": facts.number, "plot": facts.plot, "use": facts.use, "storeysAboveGround": facts.floors,
        "measuredHeight": float(facts.height), "issuedOn": facts.issued.isoformat(),
        "expiresOn": facts.expires.isoformat(), "modelSha256": facts.model_sha256,
        "fictitious": land.fictitious or "fictitious" in facts.statuses,
    }  # fmt: skip
    if reason:
        attributes["solidsMissing"] = reason
    elif not levelled:
        attributes["levelsOf"] = "model"
    prisms = () if reason else tuple(_prisms(report))
    return CityObject(facts.number, "Building", prisms, attributes, bare=True)


def _prisms(report: Report) -> Iterator[Prism]:
    for volume in report.volumes:
        if volume.kind in _BUILT:
            yield Prism(region_of(volume.rings), volume.bottom, volume.top)
