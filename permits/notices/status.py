"""Where a case is, for whoever knows its number: no name, no model, no remark; whose turn it is and what is due."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.calendar import local_day
from permits.cases.tables import Case
from permits.cases.workflow import WORKFLOWS, Clock, State
from permits.documents.issue import find_permit
from permits.documents.revoking import revocation_of
from permits.errors import NotFound
from permits.land.zones import get_zone
from permits.money.bills import find_bill
from permits.money.payments import BillView, view_of
from permits.text import fold


@dataclass(frozen=True)
class CaseStatus:
    """A case as everybody may know it; `turn` is whose time runs, `since` the day on which it came to its state.

    `bill` is what is to be paid or was paid, `permit` the number of the permit and `revoked` whether it still stands.
    """

    number: str
    plot: str
    zone_ar: str
    zone_en: str
    state: str
    turn: Clock
    applied_on: date
    since: date
    bill: BillView | None
    permit: str
    permit_ends: date | None
    revoked: bool


def status_of(session: Session, *, number: str) -> CaseStatus:
    """The case of a number, in any digits and spacing; NotFound where there is none, or only a draft."""
    case = session.scalar(select(Case).where(Case.number == _plain(number)))
    if case is None or case.state == State.DRAFT:
        raise NotFound("case-number-unknown", number=number.strip()[:40])
    zone, bill = get_zone(session, case.zone), find_bill(session, case_id=case.id)
    permit = find_permit(session, case_id=case.id)
    return CaseStatus(
        number=case.number, plot=case.plot, zone_ar=zone.name_ar, zone_en=zone.name_en, state=case.state,
        turn=_turn(case), applied_on=date.fromisoformat(case.applied_on), since=local_day(case.changed_at),
        bill=view_of(session, bill) if bill else None, permit=permit.number if permit else "",
        permit_ends=date.fromisoformat(permit.expires_on) if permit else None,
        revoked=bool(permit and revocation_of(session, permit.number)),
    )  # fmt: skip


def _plain(number: str) -> str:
    return "".join(fold(number).upper().split())


def _turn(case: Case) -> Clock:
    """Whose time runs in the state: every row that leads there says the same, and a test holds them to it."""
    return next(row.clock for row in WORKFLOWS[case.workflow] if row.target == case.state)
