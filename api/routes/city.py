"""The city model of a zone: its buildings with a permit, as CityJSON, for staff and for the syndicate's programs."""

from fastapi import APIRouter
from fastapi.responses import Response

from api.deps import ContextDep, GrantDep, LiveDep
from permits.documents.city import city_model
from permits.jobs import Context
from permits.people.actor import Actor
from permits.people.clients import Scope

router = APIRouter()
MEDIA = "application/city+json"


@router.get("/zones/{zone}/city.json")
def for_staff(context: ContextDep, live: LiveDep, zone: str) -> Response:
    """The model, for who works at the office."""
    return _answer(context, live.actor, zone)


@router.get("/api/v1/zones/{zone}/city.json")
def for_the_syndicate(context: ContextDep, grant: GrantDep, zone: str) -> Response:
    """The model, for a program that may read cases."""
    return _answer(context, grant.need(Scope.CASES_READ), zone)


def _answer(context: Context, actor: Actor, zone: str) -> Response:
    with context.database.reading() as session:
        city = city_model(session, actor=actor, storage=context.storage, zone=zone)
    headers = {"Content-Disposition": 'attachment; filename="zone.city.json"'}
    return Response(city.document, media_type=MEDIA, headers=headers)
