"""The registrar puts on record that the first owner of a plot applies, and that every other owner consents."""

from sqlalchemy.orm import Session

from permits.cases.applicants import declare_applicant, owners_of, record_consent
from permits.cases.tables import Case
from permits.people.actor import Actor
from permits.register.gate import Applicant


def declare_owners(session: Session, *, registrar: Actor, case_id: str) -> None:
    """Nothing where the plot has no sheet: then nothing is asked of its owners either."""
    found = owners_of(session, actor=registrar, case=session.get_one(Case, case_id))
    for owner in found[:1]:
        declare_applicant(session, actor=registrar, case_id=case_id, applicant=Applicant(owner.party))
    for at, owner in enumerate(found[1:], 1):
        document = f"موافقة {at} (وهمية)"
        record_consent(session, actor=registrar, case_id=case_id, party_id=owner.party, document=document)
