"""Use cases of whoever asks for a place: apply, see one's applications."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import new_id
from permits.errors import Invalid, NotFound
from permits.land.zones import find_plot, get_zone
from permits.numbering import take_number
from permits.occupancy.checks import as_json
from permits.occupancy.judging import judge
from permits.occupancy.tables import Occupancy
from permits.occupancy.terms import terms
from permits.occupancy.workflow import OccupancyState
from permits.people.actor import STAFF, Actor, Role
from permits.services.catalogue import find_service
from permits.shapes import ground_area, read_shape
from permits.spatial import bounds_of

SERVICE = "pavement-occupancy"
LONGEST_NAME = 200


class OccupancyKind(StrEnum):
    """What stands there; the text of each is `occupancy-kind-<code>`."""

    STALL = "stall"
    TABLES = "tables"
    GOODS = "goods"
    KIOSK = "kiosk"
    MATERIALS = "materials"
    SCAFFOLD = "scaffold"


@dataclass(frozen=True)
class Wish:
    """What is asked for; `shape` is GeoJSON in WGS84 or a list of corners in the zone's grid, as text.

    `street_class` is a code of the tariff; `plot` the plot in front of which it stands, or empty.
    """

    zone: str
    kind: str
    street_class: str
    holder: str
    first_day: date
    last_day: date
    shape: str
    plot: str = ""


def apply(
    session: Session, *, actor: Actor, storage: Storage, office: str, wish: Wish, renews: Occupancy | None = None
) -> Occupancy:  # fmt: skip
    """A new application with the checks as they stand; raises Invalid, NotFound and the land's errors."""
    actor.need(Role.ENGINEER, Role.REVIEWER, Role.APPROVER, Role.CASHIER, Role.SYSTEM)
    zone = get_zone(session, wish.zone)
    _require(session, wish)
    shape = read_shape(wish.shape, zone.grid)
    number = f"{office}-{today().year}-A-{take_number(session, f'occupancy:{office}:{today().year}'):06d}"
    occupancy = Occupancy(
        id=new_id(), number=number, state=str(OccupancyState.APPLIED), zone=wish.zone, plot=wish.plot, kind=wish.kind,
        street_class=wish.street_class, holder=wish.holder.strip(), first_day=wish.first_day.isoformat(),
        last_day=wish.last_day.isoformat(), polygon=shape, **bounds_of(shape), area=str(ground_area(shape, zone.grid)),
        renews=renews.id if renews else None, applied_by=actor.id, applied_on=today().isoformat(),
    )  # fmt: skip
    session.add(occupancy)
    session.flush()
    occupancy.checks = as_json(judge(session, storage=storage, occupancy=occupancy))
    audit.record(
        session, AuditEvent.OCCUPANCY_APPLIED, actor=actor, subject=occupancy.id, number=number, use=wish.kind,
        area=occupancy.area, first_day=occupancy.first_day, last_day=occupancy.last_day,
        renews=renews.number if renews else "",
    )  # fmt: skip
    return occupancy


def _require(session: Session, wish: Wish) -> None:
    """Raise for what no check of the place can mend."""
    if wish.kind not in set(OccupancyKind):
        raise Invalid("occupancy-kind-unknown", kind=wish.kind[:40])
    if wish.street_class not in street_classes():
        raise Invalid("occupancy-class-unknown", name=wish.street_class[:40])
    if not wish.holder.strip() or len(wish.holder) > LONGEST_NAME:
        raise Invalid("occupancy-holder-needed", longest=LONGEST_NAME)
    longest = int(terms().longest_days.value)
    days = (wish.last_day - wish.first_day).days + 1
    if not 1 <= days <= longest:
        raise Invalid("occupancy-days", longest=longest)
    if wish.first_day < today():
        raise Invalid("occupancy-days-past")
    if wish.plot:
        find_plot(session, zone=wish.zone, number=wish.plot)


def street_classes() -> dict[str, dict[str, str]]:
    """The classes of streets that the tariff prices, with their names by language."""
    field = next(one for one in find_service(SERVICE).fields if one.name == "street_class")
    return {code: {"ar": name.ar, "en": name.en} for code, name in field.choices.items()}


def get_occupancy(session: Session, *, actor: Actor, occupancy_id: str) -> Occupancy:
    """An occupancy this actor may see: staff every one, others their own."""
    found = session.get(Occupancy, occupancy_id)
    if found is None or not _may_see(found, actor):
        raise NotFound("occupancy-unknown")
    return found


def list_occupancies(
    session: Session, *, actor: Actor, states: list[OccupancyState] | None = None, most: int = 500
) -> list[Occupancy]:  # fmt: skip
    """The occupancies this actor may see, the longest unchanged first."""
    query = select(Occupancy).order_by(Occupancy.changed_at).limit(most)
    if states is not None:
        query = query.where(Occupancy.state.in_([str(state) for state in states]))
    if not actor.has(*STAFF, Role.SYSTEM):
        query = query.where(Occupancy.applied_by == actor.id)
    return list(session.scalars(query))


def _may_see(occupancy: Occupancy, actor: Actor) -> bool:
    return actor.has(*STAFF, Role.SYSTEM) or occupancy.applied_by == actor.id
