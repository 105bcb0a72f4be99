"""What was handed in for a review, and on which land it is judged: what each job about it begins with."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from bim.tie_points import TiePoint, read_lines
from gis.roles import CorrectedRole
from permits.cases.handing import holder_of
from permits.cases.tables import Model, Review
from permits.land.edge_roles import corrections_of
from permits.land.tables import Zone


@dataclass(frozen=True)
class Submitted:
    """One submission: the hashes of its file and of its zone's layers, and by what it is placed and judged."""

    model_sha256: str
    name: str
    layers_sha256: str
    plot: str
    on: date
    ties: tuple[TiePoint, ...]
    roles: tuple[CorrectedRole, ...]


def submitted(session: Session, review: Review) -> Submitted:
    """What a review is of."""
    model = session.get_one(Model, review.model_id)
    holder = holder_of(session, model)
    layers = session.get_one(Zone, holder.zone).layers_sha256
    applied_on, ties = date.fromisoformat(holder.applied_on), read_lines(model.ties)
    roles = corrections_of(session, zone=holder.zone, plot=holder.plot)
    return Submitted(model.sha256, model.name, layers, holder.plot, applied_on, ties, roles)
