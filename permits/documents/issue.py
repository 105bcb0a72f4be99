"""The job that issues a permit once its fee is paid.

Three steps, each safe to run again: number, facts and token are written in one transaction; the document
is typeset outside of any; then document, annotation and the case's last state are kept together.
"""

import json
import logging
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit, jobs
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.calendar import today
from permits.cases.reviews import report
from permits.cases.tables import Case, Stamp
from permits.cases.workflow import Action, State, advance, lock_case
from permits.db import new_id
from permits.documents.keys import signing_key
from permits.documents.permit import Holder, PermitFacts, claims_of, from_json, permit_pdf
from permits.documents.render import font_folder
from permits.documents.sheet import Office, canonical_facts, fingerprint
from permits.documents.tables import Permit
from permits.documents.token import sign
from permits.errors import Conflict, NotFound
from permits.i18n import translate
from permits.jobs import Context
from permits.land.tables import Plot, Zone
from permits.money.bills import computation, latest_bill
from permits.money.receipts import paid_for, receipts_of
from permits.money.terms import terms
from permits.numbering import take_number
from permits.people.actor import SYSTEM, Actor, Role
from permits.people.tables import User
from permits.register.permit_marks import annotate_permit
from permits.register.sheets import owners, sheet_of_plot
from permits.settings import Settings

log = logging.getLogger(__name__)

_TRIES = (AuditEvent.PERMIT_FAILED, AuditEvent.PERMIT_ASKED_AGAIN)


@dataclass(frozen=True)
class _Drafted:
    """A permit whose number and token are fixed, without its document yet."""

    facts: PermitFacts
    token: str


def issue_permit(context: Context, *, case_id: str) -> None:
    """Issue the permit of a paid case; a case whose permit is issued is left alone."""
    with context.database.transaction() as session:
        case = lock_case(session, case_id)
        if case.state == State.PERMIT_ISSUED:
            return
        drafted = _draft(session, context, case)
    settings = context.settings
    pdf = permit_pdf(
        drafted.facts, language="ar", office=office_of(settings), address=address_of(settings, drafted.token),
        fonts=font_folder(),
    )  # fmt: skip
    sha256 = context.storage.keep_bytes(pdf)
    with context.database.transaction() as session:
        case = lock_case(session, case_id)
        if case.state == State.PERMIT_ISSUED:
            return
        _finish(session, case, sha256)


def issue_failed(context: Context, *, error: str, case_id: str) -> None:
    """The case stays paid and its timeline says so; somebody must look, and then `ask_again`."""
    log.error("permit of case %s not issued: %s", case_id, error)
    with context.database.transaction() as session:
        if lock_case(session, case_id).state == State.PAID:
            audit.record(session, AuditEvent.PERMIT_FAILED, actor=SYSTEM, subject=case_id, error=error)


def ask_again(session: Session, *, actor: Actor) -> list[Case]:
    """Ask once more for every permit whose job failed for good; the cases asked for.

    A job is named by the failure that it follows, so that asking twice is asking once.
    """
    actor.need(Role.ADMIN, Role.SYSTEM)
    asked = []
    for case in session.scalars(select(Case).where(Case.state == str(State.PAID)).order_by(Case.changed_at)):
        told = [row for row in audit.timeline(session, case.id) if row.event in _TRIES]
        if told and told[-1].event == AuditEvent.PERMIT_FAILED:
            audit.record(session, AuditEvent.PERMIT_ASKED_AGAIN, actor=actor, subject=case.id)
            jobs.enqueue(session, "permit.issue", f"{case.id}:{told[-1].seq}", case_id=case.id)
            asked.append(case)
    return asked


def _draft(session: Session, context: Context, case: Case) -> _Drafted:
    known = session.scalar(select(Permit).where(Permit.case_id == case.id))
    if known:
        return _Drafted(from_json(known.facts), known.token)
    if case.state != State.PAID:
        raise Conflict("wrong-state", state=case.state, action="issue")
    settings = context.settings
    day = today()
    number = f"{settings.office}-{day.year}-{take_number(session, f'permit:{settings.office}:{day.year}'):06d}"
    facts = permit_facts(session, storage=context.storage, case=case, number=number, issued=day)
    token = sign(claims_of(facts, issuer=f"SY-{settings.governorate}"), signing_key(settings))
    session.add(
        Permit(
            id=new_id(), case_id=case.id, number=number, issued_on=facts.issued.isoformat(),
            expires_on=facts.expires.isoformat(), token=token, facts=json.loads(canonical_facts(facts)),
            fingerprint=fingerprint(facts),
        )
    )  # fmt: skip
    session.flush()
    return _Drafted(facts, token)


def _finish(session: Session, case: Case, document_sha256: str) -> None:
    permit = session.scalars(select(Permit).where(Permit.case_id == case.id)).one()
    permit.document_sha256 = document_sha256
    annotate_permit(
        session, actor=SYSTEM, zone=case.zone, plot=case.plot, permit=permit.number,
        expires=date.fromisoformat(permit.expires_on),
    )  # fmt: skip
    advance(session, case_id=case.id, action=Action.ISSUE, actor=SYSTEM)
    audit.record(
        session, AuditEvent.PERMIT_ISSUED, actor=SYSTEM, subject=case.id,
        number=permit.number, document=document_sha256, fingerprint=permit.fingerprint,
    )  # fmt: skip


def permit_facts(session: Session, *, storage: Storage, case: Case, number: str, issued: date) -> PermitFacts:
    """Everything the permit of a case says, from its review, its land, its register sheet and its bill."""
    content = report(session, storage=storage, case_id=case.id)
    measured = _measures(content)
    plot = session.scalars(select(Plot).where(Plot.zone == case.zone, Plot.number == case.plot)).one()
    zone = session.get_one(Zone, case.zone)
    bill = latest_bill(session, case_id=case.id)
    computed = computation(bill)
    sheet = sheet_of_plot(session, zone=case.zone, plot=case.plot)
    receipts = receipts_of(session, kind="case", subject_id=case.id)
    stamp = session.scalar(select(Stamp).where(Stamp.case_id == case.id).order_by(Stamp.id.desc()).limit(1))
    return PermitFacts(
        number=number, case=case.number, issued=issued, expires=_years_later(issued, terms().permit_years.value),
        plot=case.plot, zone=zone.name_ar, parcel=plot.parcel, plot_area=Decimal(str(plot.area)),
        owners=tuple(Holder(owner.name_ar, owner.share) for owner in owners(session, sheet=sheet)),
        title=case.title, designer=session.get_one(User, case.engineer_id).name_ar,
        auditor=stamp.auditor if stamp else "—", use=plot.use, floors=int(measured["storey_count"]),
        floor_area=measured["gross_floor_area"], footprint=measured["footprint_area"], height=measured["height"],
        model_sha256=content["model"]["sha256"], act=computed["act_ar"],
        receipt=", ".join(receipt.number for receipt in receipts) or "—",
        paid=paid_for(session, kind="case", subject_id=case.id),
        statuses=tuple(sorted(_statuses(computed, content, zone, sheet.status))),
    )  # fmt: skip


def _measures(content: dict[str, Any]) -> dict[str, Decimal]:
    """The measures of the whole building; Conflict where the review could not measure what a permit must say."""
    of_building = (m for m in content["measures"] if m["storey"] is None and not m["subject"])
    whole = {m["name"]: Decimal(str(m["value"])) for m in of_building}
    for name in ("storey_count", "gross_floor_area", "footprint_area", "height"):
        if name not in whole:
            raise Conflict("permit-measure-missing", name=name)
    return whole


def _statuses(computed: dict[str, Any], content: dict[str, Any], zone: Zone, sheet: str) -> set[str]:
    """How sure every number behind the permit is."""
    lines = {line["status"] for line in computed["lines"]}
    inputs = {used["status"] for line in computed["lines"] for used in line["inputs"]}
    packs = {pack["status"] for pack in content["packs"]}
    land = {"fictitious"} if zone.fictitious else set()
    return lines | inputs | packs | land | {sheet, str(terms().permit_years.status)}


def _years_later(day: date, years: int) -> date:
    """The last day of a term of whole years that begins on `day`."""
    try:
        return day.replace(year=day.year + years) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(day.year + years, 2, 28)


def office_of(settings: Settings) -> Office:
    """The office as printed."""
    return Office(translate("ar", "document-authority", code=settings.governorate), settings.office)


def address_of(settings: Settings, token: str) -> str:
    """What the QR code holds: the public address of the check, with the token."""
    return f"{settings.base_url.rstrip('/')}/verify/{token}"


def find_permit(session: Session, *, case_id: str) -> Permit | None:
    """The issued permit of a case, if its document is there."""
    permit = session.scalar(select(Permit).where(Permit.case_id == case_id))
    return permit if permit and permit.document_sha256 else None


def permit_of(session: Session, *, case_id: str) -> Permit:
    """The permit of a case, or NotFound."""
    permit = session.scalar(select(Permit).where(Permit.case_id == case_id))
    if permit is None:
        raise NotFound("permit-unknown")
    return permit
