"""Who applies in a case and which owners consent, as the registrar has checked it; and what the register says then."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.cases.debts import debts_on
from permits.cases.tables import Case
from permits.db import utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.people.actor import STAFF, Actor, Role
from permits.privacy.accesses import look
from permits.privacy.sight import Subject
from permits.register.gate import Applicant, Application, Condition, permit_gate
from permits.register.sheets import Owner, owners, sheet_of_plot
from permits.register.tables import CaseApplicant, CaseConsent, Party

OPEN = frozenset({"draft", "returned", "at_syndicate", "in_review", "awaiting_approval"})
"""States of a case before its approval: afterwards nothing of this changes."""


def declare_applicant(session: Session, *, actor: Actor, case_id: str, applicant: Applicant) -> CaseApplicant:
    """Put on record who applies; said again before approval, it takes the place of what was said."""
    _need_open(session, actor, case_id)
    _need_party(session, applicant.party)
    row = session.get(CaseApplicant, case_id) or CaseApplicant(case_id=case_id)
    row.party_id, row.agent = applicant.party, applicant.agent.strip()
    row.power_of_attorney = applicant.power_of_attorney.strip()
    row.expires = applicant.expires.isoformat() if applicant.expires else None
    row.declared_by, row.at = actor.id, utcnow()
    session.add(row)
    session.flush()
    audit.record(
        session, AuditEvent.APPLICANT_DECLARED, actor=actor, subject=case_id, party=applicant.party,
        power_of_attorney=row.power_of_attorney,
    )  # fmt: skip
    return row


def record_consent(session: Session, *, actor: Actor, case_id: str, party_id: str, document: str) -> CaseConsent:
    """Put on record that an owner consents, by the number of the document that says so."""
    _need_open(session, actor, case_id)
    _need_party(session, party_id)
    if not document.strip():
        raise Invalid("document-number-needed")
    row = session.get(CaseConsent, (case_id, party_id)) or CaseConsent(case_id=case_id, party_id=party_id)
    row.document, row.recorded_by, row.at = document.strip(), actor.id, utcnow()
    session.add(row)
    session.flush()
    audit.record(
        session, AuditEvent.CONSENT_RECORDED, actor=actor, subject=case_id, party=party_id, document=row.document
    )  # fmt: skip
    return row


@dataclass(frozen=True)
class Declared:
    """Who applies and who consents, as far as the reader may see them; `applicant` is empty where nobody is declared.

    `consents` are pairs of a name and the number of its document.
    """

    applicant: str
    agent: str
    power_of_attorney: str
    expires: str
    consents: tuple[tuple[str, str], ...]


def declared(session: Session, *, actor: Actor, case_id: str, language: str) -> Declared:
    """What is on record, for the desks; the look is kept in the caller's transaction."""
    actor.need(*STAFF)
    row = session.get(CaseApplicant, case_id)
    consents = session.scalars(_consents(case_id)).all()
    if row is None and not consents:
        return Declared("", "", "", "", ())
    sight = look(session, actor=actor, subject=Subject.CASE, subject_id=case_id)

    def name(party_id: str) -> str:
        return sight.name(str(getattr(session.get_one(Party, party_id), f"name_{language}")), language)

    said = tuple((name(one.party_id), one.document) for one in consents)
    if row is None:
        return Declared("", "", "", "", said)
    agent = sight.name(row.agent, language) if row.agent else ""
    return Declared(name(row.party_id), agent, row.power_of_attorney, row.expires or "", said)


def owners_of(session: Session, *, actor: Actor, case: Case) -> list[Owner]:
    """The owners of a case's sheet for whoever declares them; none without one sheet. The look is kept."""
    actor.need(Role.REGISTRAR)
    try:
        sheet = sheet_of_plot(session, zone=case.zone, plot=case.plot)
    except (NotFound, Conflict):  # the gate tells which, on the same page
        return []
    look(session, actor=actor, subject=Subject.SHEET, subject_id=sheet.id)
    return owners(session, sheet=sheet)


def register_conditions(session: Session, *, case: Case) -> tuple[Condition, ...]:
    """What the register says to a case today, and what is in arrears on its property."""
    return permit_gate(session, _application(session, case), debts=debts_on)


def _application(session: Session, case: Case) -> Application:
    row = session.get(CaseApplicant, case.id)
    consents = session.scalars(_consents(case.id))
    return Application(
        zone=case.zone, plot=case.plot, on=today(), applicant=_applicant(row) if row else None,
        consents={consent.party_id: consent.document for consent in consents},
    )  # fmt: skip


def _consents(case_id: str) -> Select[CaseConsent]:
    return select(CaseConsent).where(CaseConsent.case_id == case_id).order_by(CaseConsent.party_id)


def _applicant(row: CaseApplicant) -> Applicant:
    expires = date.fromisoformat(row.expires) if row.expires else None
    return Applicant(row.party_id, row.agent, row.power_of_attorney, expires)


def _need_open(session: Session, actor: Actor, case_id: str) -> None:
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    case = session.get(Case, case_id, with_for_update=True)
    if case is None:
        raise NotFound("case-unknown")
    if case.state not in OPEN:
        raise Conflict("wrong-state", state=case.state, action="declare_applicant")


def _need_party(session: Session, party_id: str) -> None:
    if session.get(Party, party_id) is None:
        raise NotFound("party-unknown")
