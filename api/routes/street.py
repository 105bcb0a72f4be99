"""What anybody may ask without a login: where a case is, and what was permitted where."""

from functools import partial
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from api.deps import ContextDep
from api.errors import status_of as http_status
from api.pages import language_of, page
from permits.calendar import today
from permits.documents.sheet import shown_money
from permits.errors import RukhsaError
from permits.i18n import error_text
from permits.land import zones
from permits.notices.board import COLOURS, Standing, notices_map, notices_of
from permits.notices.status import status_of

router = APIRouter()
SHOWN = 100
"""Notices on a page; the map and the file have all of them."""


@router.get("/status")
def status(request: Request, context: ContextDep, number: str = "") -> Response:
    """Where the case of a number is; without one, the question."""
    language = language_of(request)
    asked: dict[str, Any] = {"number": number, "status": None, "wrong": ""}
    code = HTTPStatus.OK
    if number.strip():
        try:
            with context.database.reading() as session:
                asked["status"] = status_of(session, number=number)
        except RukhsaError as error:
            asked["wrong"], code = error_text(error, language), http_status(error)
    return page(request, "status.html", status=code, asked=asked, money=partial(shown_money, language=language))


@router.get("/notices")
def board(request: Request, context: ContextDep, zone: str = "", standing: str = "") -> Response:
    """The public board of a zone as a list, with its map where it is asked for."""
    with context.database.reading() as session:
        known = zones.zones(session)
        chosen = zone or (known[0].code if known else "")
        found = notices_of(session, zone=chosen, on=today()) if chosen else []
    shown = [one for one in found if standing in ("", one.standing)]
    return page(
        request, "notices.html", zones=known, chosen=chosen, standing=standing, standings=list(Standing),
        notices=shown[:SHOWN], count=len(shown), colours={str(one): colour for one, colour in COLOURS.items()},
    )  # fmt: skip


@router.get("/notices/{zone}.geojson")
def notices(context: ContextDep, zone: str) -> Response:
    """The public board as GeoJSON in WGS84."""
    with context.database.reading() as session:
        found = notices_of(session, zone=zone, on=today())
        drawn = notices_map(session, zone=zone, notices=found)
    return JSONResponse(drawn, media_type="application/geo+json", headers={"Cache-Control": "public, max-age=300"})
