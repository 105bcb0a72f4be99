"""Council property for maps of the staff: GeoJSON by a box, with a limit."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from api.deps import ContextDep, LiveDep
from permits.assets.inventory import Stage
from permits.assets.map import MOST, assets_in, read_box

router = APIRouter()


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
