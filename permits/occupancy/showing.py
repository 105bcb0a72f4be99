"""What everybody may see of a licence: its place on a small plan."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.pavement import surroundings
from permits.adapters.storage import Storage
from permits.documents.claims import OccupancyClaims
from permits.documents.token import Verdict
from permits.land.zones import get_zone
from permits.occupancy.plan import place_plan
from permits.occupancy.tables import Occupancy, OccupancyLicence

_SHOWN = 30.0


def place_of(session: Session, *, storage: Storage, checked: Verdict, language: str) -> str | None:
    """The plan of a licence that this office issued; None for every other document, and for a forged one."""
    if not isinstance(checked.claims, OccupancyClaims) or not (checked.genuine or checked.code == "revoked"):
        return None
    query = select(OccupancyLicence.occupancy_id).where(OccupancyLicence.number == checked.claims.number)
    occupancy = session.get(Occupancy, session.scalar(query) or "")
    if occupancy is None:
        return None
    return plan_of(session, storage=storage, occupancy=occupancy, language=language)


def plan_of(session: Session, *, storage: Storage, occupancy: Occupancy, language: str) -> str:
    """The plan of any occupancy, without its neighbours: who else stands there is not everybody's to see."""
    layers = storage.path(get_zone(session, occupancy.zone).layers_sha256)
    around = surroundings(layers, occupancy.polygon, reach=_SHOWN)
    return place_plan(occupancy.polygon, around, {}, language, font="inherit")
