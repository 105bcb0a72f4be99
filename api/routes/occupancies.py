"""Occupancies of public property through the API: what stands where and until when, for a program that may know."""

from typing import Any

from fastapi import APIRouter
from shapely.geometry import mapping

from api.deps import ContextDep, GrantDep
from gis.crs import to_display
from permits.jobs import Context
from permits.land.zones import get_zone
from permits.occupancy import applying
from permits.occupancy.licensing import licence_of
from permits.occupancy.tables import Occupancy
from permits.occupancy.workflow import OccupancyState
from permits.people.actor import Actor
from permits.people.clients import Scope
from permits.privacy.accesses import LIST, look
from permits.privacy.sight import About, Sight, Subject

router = APIRouter(prefix="/api/v1")


@router.get("/occupancies")
def index(context: ContextDep, grant: GrantDep, state: OccupancyState = OccupancyState.LICENSED) -> dict[str, Any]:
    """The occupancies in one state; without a word, those with a licence in force."""
    actor = grant.need(Scope.OCCUPANCIES_READ)
    with context.database.transaction() as session:
        found = applying.list_occupancies(session, actor=actor, states=[state])
        sight = look(session, actor=actor, subject=Subject.OCCUPANCY, subject_id=LIST)
        return {"occupancies": [_public(one, sight) for one in found]}


@router.get("/occupancies/{occupancy_id}")
def show(context: ContextDep, grant: GrantDep, occupancy_id: str) -> dict[str, Any]:
    """One occupancy with its place in WGS84 (for drawing) and its licence."""
    return _whole(context, grant.need(Scope.OCCUPANCIES_READ), occupancy_id)


def _whole(context: Context, actor: Actor, occupancy_id: str) -> dict[str, Any]:
    with context.database.transaction() as session:
        one = applying.get_occupancy(session, actor=actor, occupancy_id=occupancy_id)
        sight = look(session, actor=actor, subject=Subject.OCCUPANCY, subject_id=one.id)
        licence = licence_of(session, occupancy_id=one.id)
        place = mapping(to_display(one.polygon, get_zone(session, one.zone).grid))
        numbered = {"number": licence.number, "token": licence.token} if licence else None
        return {**_public(one, sight), "geometry": place, "licence": numbered}


def _public(one: Occupancy, sight: Sight) -> dict[str, Any]:
    return {
        "id": one.id, "number": one.number, "state": one.state, "kind": one.kind, "zone": one.zone, "plot": one.plot,
        "first_day": one.first_day, "last_day": one.last_day, "area": one.area,
        "holder": sight.shown(About.NAME, one.holder) or None,
    }  # fmt: skip
