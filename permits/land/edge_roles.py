"""Use cases of edge roles: what the streets say, what the office corrected and why, and what every review uses."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.planning import edges_of_plot
from gis.roles import CorrectedRole, corrected, ends, lost
from gis.site import Edge, EdgeRole
from permits import audit
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.errors import Conflict, Invalid, NotFound
from permits.land.tables import EdgeRoleCorrection, Plot
from permits.land.zones import get_zone
from permits.people.actor import Actor, Role
from permits.people.tables import User

MAY_CORRECT = (Role.REVIEWER, Role.APPROVER)


@dataclass(frozen=True)
class Told:
    """One correction for people: the edge's place in the boundary, None where it is gone; who, when and why."""

    edge: int | None
    named: EdgeRole
    role: EdgeRole
    reason: str
    name_ar: str
    name_en: str
    at: datetime


@dataclass(frozen=True)
class EdgeRoles:
    """The edges of a plot in boundary order with the roles that count, and every correction, oldest first."""

    edges: tuple[Edge, ...]
    corrections: tuple[Told, ...]
    lost: tuple[CorrectedRole, ...]


def corrections_of(session: Session, *, zone: str, plot: str) -> tuple[CorrectedRole, ...]:
    """The corrections of a plot's edges, oldest first: of one edge the last counts."""
    return tuple(map(_role, _rows(session, zone, plot)))


def newest_correction(session: Session, *, zone: str, plot: str) -> int:
    """The number of a plot's newest correction, 0 without any."""
    rows = _rows(session, zone, plot)
    return rows[-1].number if rows else 0


def edge_roles(session: Session, *, storage: Storage, zone: str, plot: str) -> EdgeRoles:
    """The edges of a plot as imported now, with what the office corrected; raises the land's errors."""
    named = edges_of_plot(storage.path(get_zone(session, zone).layers_sha256), plot)
    rows = _rows(session, zone, plot)
    people = {user.id: user for user in session.scalars(select(User).where(User.id.in_({r.actor_id for r in rows})))}
    told = tuple(_told(row, named, people[row.actor_id]) for row in rows)
    roles = tuple(map(_role, rows))
    return EdgeRoles(corrected(named, roles), told, lost(named, roles))


def correct_edge_role(
    session: Session, *, actor: Actor, storage: Storage, zone: str, plot: str, edge: int, role: str, reason: str
) -> EdgeRoleCorrection:
    """Give the edge at a place of the boundary (from 0) another role; the streets' own role takes a correction back.

    Raises Conflict where it has that role already, or where the plot would be left without a front.
    """
    actor.need(*MAY_CORRECT)
    if role not in list(EdgeRole):
        raise Invalid("edge-role-invalid")
    if not reason.strip():
        raise Invalid("reason-needed")
    _lock(session, zone, plot)
    sha256 = get_zone(session, zone).layers_sha256
    named = edges_of_plot(storage.path(sha256), plot)
    if not 0 <= edge < len(named):
        raise Invalid("edge-role-invalid")
    before = corrections_of(session, zone=zone, plot=plot)
    start, end = ends(named[edge])
    given = CorrectedRole(start, end, EdgeRole(role))
    _refuse_useless(named, before, given, edge)
    row = EdgeRoleCorrection(
        zone=zone, plot=plot, number=newest_correction(session, zone=zone, plot=plot) + 1, start_x=start[0],
        start_y=start[1], end_x=end[0], end_y=end[1], named=str(named[edge].role), role=role, reason=reason.strip(),
        layers_sha256=sha256, actor_id=actor.id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(
        session, AuditEvent.EDGE_ROLE_CORRECTED, actor=actor, subject=f"plot:{zone}:{plot}", number=row.number,
        edge=[f"{value:.3f}" for value in (*start, *end)], named=row.named, role=role, reason=row.reason,
    )  # fmt: skip
    return row


def _refuse_useless(
    named: tuple[Edge, ...], before: tuple[CorrectedRole, ...], given: CorrectedRole, edge: int
) -> None:
    if corrected(named, before)[edge].role is given.role:
        raise Conflict("edge-role-same")
    if not any(one.role is EdgeRole.FRONT for one in corrected(named, (*before, given))):
        raise Conflict("edge-role-no-front")


def _lock(session: Session, zone: str, plot: str) -> None:
    """Two corrections of one plot come one after the other."""
    query = select(Plot.id).where(Plot.zone == zone, Plot.number == plot).with_for_update()
    if session.scalar(query) is None:
        raise NotFound("plot-unknown", plot=plot)


def _rows(session: Session, zone: str, plot: str) -> list[EdgeRoleCorrection]:
    mine = select(EdgeRoleCorrection).where(EdgeRoleCorrection.zone == zone, EdgeRoleCorrection.plot == plot)
    return list(session.scalars(mine.order_by(EdgeRoleCorrection.number)))


def _role(row: EdgeRoleCorrection) -> CorrectedRole:
    return CorrectedRole((row.start_x, row.start_y), (row.end_x, row.end_y), EdgeRole(row.role))


def _told(row: EdgeRoleCorrection, named: tuple[Edge, ...], user: User) -> Told:
    gone = lost(named, (_role(row),))
    place = None if gone else next(at for at, edge in enumerate(named) if not lost((edge,), (_role(row),)))
    return Told(place, EdgeRole(row.named), EdgeRole(row.role), row.reason, user.name_ar, user.name_en, row.at)
