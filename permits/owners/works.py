"""What stands on the plots of a sheet: cases with their permits, and occupancies in front; no person is named."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from permits.cases.cases import may_see
from permits.cases.tables import Case
from permits.cases.workflow import State
from permits.documents.issue import find_permit
from permits.land.tables import Plot
from permits.occupancy.tables import Occupancy
from permits.occupancy.workflow import OccupancyState
from permits.people.actor import Actor

UNSEEN = (State.DRAFT, State.WITHDRAWN)
"""A draft anybody may open, and what was given up: neither says anything of the property."""
PLACED = (OccupancyState.ASSESSED, OccupancyState.PAID, OccupancyState.LICENSED, OccupancyState.RENEWED)


@dataclass(frozen=True)
class Work:
    """A case on one's plot; `permit` is its number or empty, `open` whether this account may read the case itself."""

    case: Case
    permit: str
    open: bool


def works_on(session: Session, *, actor: Actor, plots: Sequence[Plot]) -> list[Work]:
    """The cases on plots, the newest first."""
    query = select(Case).where(_on(Case, plots), Case.state.not_in([str(state) for state in UNSEEN]))
    found = []
    for case in session.scalars(query.order_by(Case.opened_at.desc(), Case.id)):
        permit = find_permit(session, case_id=case.id)
        found.append(Work(case, permit.number if permit else "", may_see(session, case, actor)))
    return found


def occupancies_on(session: Session, *, plots: Sequence[Plot]) -> list[Occupancy]:
    """What stands or is about to stand on the street in front of plots, the earliest first."""
    query = select(Occupancy).where(_on(Occupancy, plots), Occupancy.state.in_([str(state) for state in PLACED]))
    return list(session.scalars(query.order_by(Occupancy.first_day, Occupancy.id)))


def _on(kind: type[Case] | type[Occupancy], plots: Sequence[Plot]) -> ColumnElement[bool]:
    return or_(false(), *((kind.zone == plot.zone) & (kind.plot == plot.number) for plot in plots))
