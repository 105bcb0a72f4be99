"""The owner's pages: the sheets in which he holds a share, and one of them with everything that concerns it."""

from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.deps import ContextDep, LiveDep
from api.pages import language_of, page
from permits.documents.sheet import digits, shown_money, shown_quantity, shown_share
from permits.land.zones import zones
from permits.owners.holdings import agency_of, held_by
from permits.owners.property import read_property

router = APIRouter(prefix="/property")


@router.get("")
def index(request: Request, context: ContextDep, live: LiveDep) -> Response:
    """My property."""
    with context.database.reading() as session:
        found, known = held_by(session, actor=live.actor), agency_of(session, actor=live.actor)
    return page(request, "properties.html", found=found, known=known, **_shown(language_of(request)))


@router.get("/{sheet_id}")
def show(request: Request, context: ContextDep, live: LiveDep, sheet_id: str) -> Response:
    """One property."""
    language = language_of(request)
    with context.database.transaction() as session:
        found = read_property(session, actor=live.actor, sheet_id=sheet_id, language=language)
        names = {zone.code: getattr(zone, f"name_{language}") for zone in zones(session)}
    return page(request, "property.html", one=found, zone_names=names, **_shown(language))


def _shown(language: str) -> dict[str, Any]:
    """How shares, areas and money are written."""
    return {
        "shown_share": partial(shown_share, language=language), "money": partial(shown_money, language=language),
        "digits": partial(digits, language=language),
        "area": partial(shown_quantity, unit="square-metres", language=language),
    }  # fmt: skip
