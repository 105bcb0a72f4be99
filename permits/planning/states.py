"""How the plots of a zone stand: a permit stands, a case is under way, a permit stood once, or nothing of it."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.cases.tables import Case
from permits.cases.workflow import State
from permits.documents.tables import Permit, RevokedDocument
from permits.land.zones import get_zone
from permits.notices.board import Standing, standing_on
from permits.people.actor import STAFF, Actor

UNDER_WAY = (
    State.AT_SYNDICATE, State.IN_REVIEW, State.AWAITING_APPROVAL, State.AWAITING_PAYMENT, State.PAID, State.RETURNED,
)  # fmt: skip
"""States of a case that somebody works on; a draft is its engineer's own."""


class PlotState(StrEnum):
    """What a plot is coloured by, the weakest first; the text of each is `planner-state-<state>`."""

    NONE = "none"
    ENDED = "ended"
    UNDER_WAY = "under-way"
    PERMITTED = "permitted"


COLOURS: Mapping[PlotState, str] = {
    PlotState.NONE: "#e9e4d8",
    PlotState.ENDED: "#8f7bb3",
    PlotState.UNDER_WAY: "#e3a83b",
    PlotState.PERMITTED: "#3b8a63",
}
_RANK = {state: at for at, state in enumerate(PlotState)}


def plot_states(session: Session, *, actor: Actor, zone: str, on: date) -> dict[str, PlotState]:
    """The state of every plot that has one, by its number; a permit that stands outweighs a case under way."""
    actor.need(*STAFF)
    code = get_zone(session, zone).code
    found: dict[str, PlotState] = {}
    query = select(Case.plot).where(Case.zone == code, Case.state.in_([str(state) for state in UNDER_WAY]))
    for plot in session.scalars(query.distinct()):
        found[plot] = PlotState.UNDER_WAY
    for plot, standing in _permits(session, code, on):
        state = PlotState.ENDED if standing in (Standing.ENDED, Standing.REVOKED) else PlotState.PERMITTED
        found[plot] = max(found.get(plot, state), state, key=_RANK.__getitem__)
    return found


def _permits(session: Session, zone: str, on: date) -> list[tuple[str, Standing]]:
    query = (
        select(Case.plot, Permit.issued_on, Permit.expires_on, RevokedDocument.on_day)
        .join(Permit, Permit.case_id == Case.id)
        .outerjoin(RevokedDocument, RevokedDocument.number == Permit.number)
        .where(Case.zone == zone, Permit.document_sha256.is_not(None))
    )
    return [
        (plot, standing_on(date.fromisoformat(issued), date.fromisoformat(ends), on, revoked))
        for plot, issued, ends, revoked in session.execute(query)
    ]


def counts_of(states: Mapping[str, PlotState], plots: int) -> dict[PlotState, int]:
    """How many of `plots` stand so, in the order of states."""
    told = list(states.values())
    return {
        state: plots - len(told) if state is PlotState.NONE else told.count(state) for state in PlotState
    }  # fmt: skip
