"""Council property: GeoJSON by a box for maps of the staff, and pages of the inventory through the API."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from api.deps import ContextDep, GrantDep, LiveDep
from api.pages import SECURITY
from permits.assets.figures import progress
from permits.assets.inventory import Stage, list_assets
from permits.assets.map import MOST, assets_in, read_box
from permits.assets.papers import read_paper
from permits.people.clients import Scope

router = APIRouter()
SHOWN = ("number", "name", "domain", "use", "custodian", "cadastral_zone", "parcel", "sheet_no", "area", "stage")


@router.get("/assets.geojson")
def show(
    context: ContextDep, live: LiveDep, bbox: str = "", stage: Stage | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
) -> Response:  # fmt: skip
    """The mapped properties in a box of degrees (west,south,east,north); "more" says that the limit cut some off."""
    box = read_box(bbox) if bbox else None
    with context.database.reading() as session:
        found: dict[str, Any] = assets_in(session, actor=live.actor, box=box, stage=stage, limit=limit)
    return JSONResponse(found, media_type="application/geo+json")


@router.get("/council/evidence/{evidence_id}")
def paper(context: ContextDep, live: LiveDep, evidence_id: str) -> Response:
    """The document behind a stage of a property, for the staff."""
    with context.database.reading() as session:
        content, media = read_paper(session, actor=live.actor, storage=context.storage, evidence_id=evidence_id)
    return Response(content, media_type=media, headers=SECURITY)


@router.get("/api/v1/assets")
def index(
    context: ContextDep, grant: GrantDep, stage: Stage | None = None, offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> dict[str, Any]:  # fmt: skip
    """A page of the inventory by number, how many there are, and how many stand in each stage."""
    actor = grant.need(Scope.ASSETS_READ)
    with context.database.reading() as session:
        rows, count = list_assets(session, actor=actor, stage=stage, offset=offset, limit=limit)
        stood = progress(session, actor=actor)
    return {
        "total": count, "stages": {str(one): stood.at(one) for one in Stage},
        "assets": [{name: getattr(row, name) for name in SHOWN} for row in rows],
    }  # fmt: skip
