"""The money of an occupancy: its fee is demanded when it is assessed, and what is paid carries it to the licence."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.money.bills import bills_of, issue_whole
from permits.money.demands import Owed, Service, given_to, open_demand, open_root
from permits.money.revisions import cancel
from permits.money.subjects import Named, Subject
from permits.money.tables import Bill
from permits.occupancy.applying import get_occupancy
from permits.occupancy.licensing import settled
from permits.occupancy.tables import Occupancy
from permits.occupancy.workflow import OccupancyState, lock
from permits.people.actor import SYSTEM, Actor
from permits.services.catalogue import find_service
from permits.services.fees import ServiceFee

KIND = "occupancy"


def demand_fee(session: Session, *, occupancy: Occupancy, fee: ServiceFee, governorate: str) -> Bill:
    """Demand an assessed fee from the holder and bill it; the card charges by one act."""
    (assessment,) = fee.assessments
    card = find_service(fee.service).card
    owed = Owed(Service(card.code, card.number), governorate, KIND, occupancy.id, occupancy.holder, assessment)
    return issue_whole(session, actor=SYSTEM, demand=open_demand(session, actor=SYSTEM, owed=owed))


def take_back(session: Session, *, occupancy_id: str, reason: str) -> None:
    """Cancel what is demanded of an occupancy that ends unpaid; a part that was paid is a person's to give back."""
    root = open_root(session, kind=KIND, subject_id=occupancy_id)
    if root is not None and root.state == "open" and not given_to(session, demand=root):
        cancel(session, actor=SYSTEM, demand_id=root.id, reason=reason)


def bill_of(session: Session, *, occupancy_id: str) -> Bill | None:
    """The newest bill of an occupancy, if there is one."""
    return next(iter(bills_of(session, kind=KIND, subject_id=occupancy_id)[::-1]), None)


def _see(session: Session, actor: Actor, occupancy_id: str) -> Occupancy:
    return get_occupancy(session, actor=actor, occupancy_id=occupancy_id)


def _released(session: Session, occupancy_id: str) -> None:
    """Go on to the licence; one that ended meanwhile stays ended, its money a person's to give back."""
    if lock(session, occupancy_id).state == OccupancyState.ASSESSED:
        settled(session, occupancy_id=occupancy_id, actor=SYSTEM)


def _numbered(session: Session, number: str) -> str | None:
    return session.scalar(select(Occupancy.id).where(Occupancy.number == number))


def _named(session: Session, occupancy_id: str) -> Named:
    occupancy = session.get_one(Occupancy, occupancy_id)
    return Named(occupancy.number, occupancy.plot)


SUBJECT = Subject(lock=lock, see=_see, released=_released, named=_named, numbered=_numbered)
"""What money does with an occupancy."""
