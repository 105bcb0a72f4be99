"""The land for the maps, as GeoJSON that is pressed once: a zone in force, and a file that waits for a decision."""

import gzip

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.deps import ContextDep, LiveDep
from permits.land import imports, zones

router = APIRouter()


@router.get("/map/{zone}")
def land(
    request: Request, context: ContextDep, live: LiveDep, zone: str, v: str = "",  # noqa: ARG001 - for people logged in
) -> Response:  # fmt: skip
    """Plots and streets of a zone, for drawing; `v` names the version of its layers, whose map never changes."""
    with context.database.reading() as session:
        packed = zones.map_packed(session, zone)
    return _sent(request, packed, kept=bool(v))


@router.get("/land/imports/{import_id}/map")
def handed_in(request: Request, context: ContextDep, live: LiveDep, import_id: str) -> Response:
    """Plots and streets of a file that was handed in, for drawing before it is in force."""
    with context.database.reading() as session:
        packed = imports.map_bytes(session, actor=live.actor, storage=context.storage, import_id=import_id)
    return _sent(request, packed, kept=False)


def _sent(request: Request, packed: bytes, *, kept: bool) -> Response:
    headers = {"Vary": "Accept-Encoding"} | ({"Cache-Control": "private, max-age=86400"} if kept else {})
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type="application/json", headers=headers | {"Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type="application/json", headers=headers)
