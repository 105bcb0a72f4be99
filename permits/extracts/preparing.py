"""The job that makes an extract once its fee is paid: number, facts and token first, then the paper.

Number, facts and token are written in one transaction, the document is typeset outside of any, then document and
state are kept together. Each step is safe to run again.
"""

import json
import logging
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit, jobs
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import new_id, utcnow
from permits.documents.issue import address_of, office_of
from permits.documents.keys import signing_key
from permits.documents.render import font_folder
from permits.documents.sheet import canonical_facts, fingerprint
from permits.documents.token import sign
from permits.errors import Conflict, NotFound
from permits.extracts.billing import JOB
from permits.extracts.content import read_content, redact
from permits.extracts.paper import PaperFacts, claims_of, from_json, paper_pdf, valid_until
from permits.extracts.purposes import sees
from permits.extracts.tables import ExtractOrder, ExtractPaper
from permits.extracts.terms import terms
from permits.extracts.workflow import Channel, OrderAction, OrderState, lock, take
from permits.jobs import Context
from permits.numbering import take_number
from permits.people.actor import SYSTEM, Actor, Role
from permits.register.tables import Extract, Sheet
from permits.settings import Settings

log = logging.getLogger(__name__)


def prepare_extract(context: Context, *, order_id: str) -> None:
    """Make the extract of a paid order; one that is made is left alone."""
    with context.database.transaction() as session:
        order = lock(session, order_id)
        if order.state != OrderState.PAID:
            return
        paper = _draft(session, context.settings, order)
    pdf = document_of(context.settings, paper)
    sha256 = context.storage.keep_bytes(pdf)
    with context.database.transaction() as session:
        order = lock(session, order_id)
        if order.state == OrderState.PAID:
            order.document_sha256 = sha256
            take(session, order_id=order_id, action=OrderAction.PREPARE, actor=SYSTEM, extract=paper.number)
            if order.channel == Channel.DIGITAL:
                take(session, order_id=order_id, action=OrderAction.OFFER, actor=SYSTEM)


def document_of(settings: Settings, paper: ExtractPaper) -> bytes:
    """The paper of an extract from what is kept of it, the same bytes every time."""
    address = address_of(settings, paper.token)
    return paper_pdf(from_json(paper.facts), office=office_of(settings), address=address, fonts=font_folder())


def preparing_failed(context: Context, *, error: str, order_id: str) -> None:
    """The order stays paid and its history says so; somebody must look, and then `prepare_again`."""
    log.error("extract of order %s not made: %s", order_id, error)
    with context.database.transaction() as session:
        if lock(session, order_id).state == OrderState.PAID:
            audit.record(session, AuditEvent.EXTRACT_FAILED, actor=SYSTEM, subject=order_id, error=error)


def prepare_again(session: Session, *, actor: Actor, order_id: str) -> None:
    """Ask once more for an extract whose job failed; named by the failure, so that asking twice is asking once."""
    actor.need(Role.REGISTRAR, Role.ADMIN)
    order = lock(session, order_id)
    failed = [row for row in audit.timeline(session, order_id) if row.event == AuditEvent.EXTRACT_FAILED]
    if order.state != OrderState.PAID or not failed:
        raise Conflict("extract-wrong-state", state=order.state, action=str(OrderAction.PREPARE))
    jobs.enqueue(session, JOB, f"{order_id}:{failed[-1].seq}", order_id=order_id)


def paper_of(session: Session, *, order_id: str) -> ExtractPaper:
    """What the extract of an order says, or NotFound."""
    found = session.scalar(select(ExtractPaper).where(ExtractPaper.order_id == order_id))
    if found is None:
        raise NotFound("extract-not-ready")
    return found


def _draft(session: Session, settings: Settings, order: ExtractOrder) -> ExtractPaper:
    known = session.scalar(select(ExtractPaper).where(ExtractPaper.order_id == order.id))
    if known:
        return known
    year = today().year
    number = f"{settings.office}-{year}-X-{take_number(session, f'extract:{settings.office}:{year}'):06d}"
    facts = paper_facts(session, order=order, number=number)
    extract = Extract(
        id=new_id(), number=number, sheet_id=order.sheet_id, as_of=facts.as_of.isoformat(),
        fingerprint=fingerprint(facts),
    )  # fmt: skip
    session.add(extract)
    session.flush()
    paper = ExtractPaper(
        extract_id=extract.id, order_id=order.id, number=number, facts=json.loads(canonical_facts(facts)),
        token=sign(claims_of(facts, issuer=f"SY-{settings.governorate}"), signing_key(settings)),
    )  # fmt: skip
    session.add(paper)
    session.flush()
    audit.record(
        session, AuditEvent.EXTRACT_ISSUED, actor=SYSTEM, subject=order.sheet_id, number=number,
        fingerprint=extract.fingerprint, as_of=extract.as_of, order=order.number, purpose=order.purpose,
    )  # fmt: skip
    return paper


def paper_facts(session: Session, *, order: ExtractOrder, number: str) -> PaperFacts:
    """What the extract of an order says, read from the register as of the order's day and moment."""
    sheet = session.get_one(Sheet, order.sheet_id)
    day, known = date.fromisoformat(order.as_of) if order.as_of else today(), order.known_at or utcnow()
    whole = read_content(session, sheet=sheet, as_of=day, known=known, language=order.language)
    return PaperFacts(
        number=number, order=order.number, purpose=order.purpose, applicant=order.applicant, reason=order.reason,
        document=order.document, language=order.language, as_of=day, known=known.isoformat(), issued=today(),
        valid_until=valid_until(today(), int(terms().valid_days.value)), content=redact(whole, sees(order.purpose)),
    )  # fmt: skip
