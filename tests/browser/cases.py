"""Cases that the browser's tests begin with."""

from sqlalchemy.orm import Session

from permits.cases.cases import open_case
from permits.cases.tables import CaseTurn, Model, Review
from permits.cases.workflow import State, clock_of
from permits.people.actor import Actor


def judged_case(session: Session, engineer: Actor, *, plot: str, title: str, state: State) -> str:
    """A case on a plot of zone FZ-1 that has come to `state` with a judged model: its id."""
    case = open_case(session, actor=engineer, office="DM-01", zone="FZ-1", plot=plot, title=title)
    case.state = str(state)
    session.add(CaseTurn(case_id=case.id, state=case.state, clock=str(clock_of(state)), at=case.opened_at))
    model = Model(case_id=case.id, name="m.ifc", size=1, sha256="a" * 64)
    session.add(model)
    session.flush()
    session.add(Review(model_id=model.id, state="done", summary=None))
    return case.id
