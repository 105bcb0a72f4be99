"""Use cases of the registrar: ask for the division of an approved building, see it, enter it on the sheets.

The model is read in a confined child by a job; what it found is kept, and a person enters it.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bim.refusals import RefusedError, ReviewFailedError, StoppedError
from bim.strata.report import Strata
from gis.errors import LandError
from permits import audit, jobs
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.calendar import today
from permits.cases.cases import get_case
from permits.cases.reviews import current_model
from permits.cases.tables import Case
from permits.cases.workflow import State
from permits.divisions.tables import CaseDivision
from permits.documents.issue import permit_of
from permits.errors import Conflict, NotFound
from permits.jobs import Context
from permits.land.zones import get_zone
from permits.people.actor import SYSTEM, Actor, Role
from permits.register.acts.strata import division_of
from permits.register.deed import Deed
from permits.register.journal import Document, journal_of
from permits.register.opening import enter_strata
from permits.register.sheets import sheet_of_plot
from permits.register.tables import Sheet
from permits.strata.check import divide_model

JOB = "division.run"
DOCUMENT = "building-permit"


def ask_division(session: Session, *, actor: Actor, case_id: str) -> CaseDivision:
    """Ask for the division of the model that a permit was given for; asked again after a refusal, it is tried again."""
    actor.need(Role.REGISTRAR)
    case = get_case(session, actor=actor, case_id=case_id)
    if case.state != State.PERMIT_ISSUED:
        raise Conflict("wrong-state", state=case.state, action="ask_division")
    model = current_model(session, case_id=case_id)
    if model is None:
        raise NotFound("no-model")
    known = session.get(CaseDivision, case_id, with_for_update=True)
    if known and known.state != "refused":
        return known
    row = known or CaseDivision(case_id=case_id, asked_by=actor.id, model_sha256=model.sha256)
    row.state, row.why = "asked", ""
    session.add(row)
    session.flush()
    audit.record(session, AuditEvent.DIVISION_ASKED, actor=actor, subject=case_id, model=model.sha256)
    tries = len([one for one in audit.timeline(session, case_id) if one.event == AuditEvent.DIVISION_ASKED])
    jobs.enqueue(session, JOB, f"{case_id}:{tries}", case_id=case_id)
    return row


def run_division(context: Context, *, case_id: str) -> None:
    """Divide the model; a division that is not waited for is left alone."""
    with context.database.reading() as session:
        row, case = session.get_one(CaseDivision, case_id), session.get_one(Case, case_id)
        layers = get_zone(session, case.zone).layers_sha256
    if row.state != "asked":
        return
    model, land = context.storage.path(row.model_sha256), context.storage.path(layers)
    try:
        found = divide_model(model, layers=land, plot=case.plot, on=today())
    except StoppedError:  # this machine is being shut down: the job is tried again
        raise
    except (RefusedError, ReviewFailedError, LandError) as error:  # the same again would fail again
        division_failed(context, error=str(error), case_id=case_id)
        return
    sha256 = context.storage.keep_bytes(found.to_json())
    with context.database.transaction() as session:
        kept = session.get_one(CaseDivision, case_id, with_for_update=True)
        if kept.state == "asked":
            kept.state, kept.report_sha256 = "ready", sha256
            audit.record(
                session, AuditEvent.DIVISION_READY, actor=SYSTEM, subject=case_id, verdict=found.verdict, report=sha256
            )


def division_failed(context: Context, *, error: str, case_id: str) -> None:
    """The building could not be divided; the registrar sees why and may ask again."""
    with context.database.transaction() as session:
        row = session.get_one(CaseDivision, case_id, with_for_update=True)
        if row.state == "asked":
            row.state, row.why = "refused", error[:120]
            audit.record(session, AuditEvent.DIVISION_REFUSED, actor=SYSTEM, subject=case_id, error=row.why)


def dividable(session: Session, *, actor: Actor, most: int = 200) -> Sequence[Case]:
    """The cases whose building has its permit, the newest first."""
    actor.need(Role.REGISTRAR)
    query = select(Case).where(Case.state == str(State.PERMIT_ISSUED)).order_by(Case.id.desc())
    return session.scalars(query.limit(most)).all()


def division_of_case(session: Session, *, actor: Actor, storage: Storage, case_id: str) -> Strata | None:
    """What was found, None before that."""
    actor.need(Role.REGISTRAR)
    row = session.get(CaseDivision, case_id)
    return Strata.from_json(storage.read(row.report_sha256)) if row and row.report_sha256 else None


def enter_division(session: Session, *, actor: Actor, storage: Storage, case_id: str) -> list[Sheet]:
    """Open a sheet for each section on the strength of the permit; Invalid where a check does not pass."""
    actor.need(Role.REGISTRAR)
    row = session.get(CaseDivision, case_id, with_for_update=True)
    found = division_of_case(session, actor=actor, storage=storage, case_id=case_id)
    if row is None or found is None:
        raise NotFound("division-unknown")
    if row.state == "entered":
        raise Conflict("division-entered")
    case, permit = session.get_one(Case, case_id), permit_of(session, case_id=case_id)
    sheet = sheet_of_plot(session, zone=case.zone, plot=case.plot)
    deed = Deed(actor, Document(DOCUMENT, permit.number, today()))
    opened = enter_strata(session, deed=deed, sheet_id=sheet.id, division=division_of(found))
    row.state, row.entry = "entered", journal_of(session, sheet.id)[-1].number
    audit.record(
        session, AuditEvent.DIVISION_ENTERED, actor=actor, subject=case_id, sheets=len(opened), entry=row.entry
    )
    return opened
