"""Open data without a login: what there is, what its columns mean, and the files themselves."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import Response

from api.deps import ContextDep
from api.pages import page
from permits.db import utcnow
from permits.figures.open_data import FIGURES, PERMITS, Publication, Published, licence
from permits.jobs import Context

router = APIRouter()
SECONDS = 3600
EtagDep = Annotated[str, Header(alias="if-none-match")]


def published(request: Request, context: Context) -> Published:
    """The files as they are handed out now."""
    kept: Publication = request.app.state.open_data
    settings = context.settings
    with context.database.reading() as session:
        return kept.as_of(session, office=settings.office, least=settings.open_data_least, now=utcnow())


@router.get("/open")
def listed(request: Request, context: ContextDep) -> Response:
    """The page: files, months, the dictionary of their columns, the terms of use."""
    return page(
        request, "open.html", found=published(request, context), least=context.settings.open_data_least,
        figures=FIGURES, permits=PERMITS, licence=licence(),
    )  # fmt: skip


@router.get("/open/figures.csv")
def figures(request: Request, context: ContextDep, if_none_match: EtagDep = "") -> Response:
    """The figures of each month."""
    return _file(published(request, context).figures_csv, "text/csv; charset=utf-8", "figures.csv", if_none_match)


@router.get("/open/permits.csv")
def permits(request: Request, context: ContextDep, if_none_match: EtagDep = "") -> Response:
    """How many permits of each use were issued in each zone and month."""
    return _file(published(request, context).permits_csv, "text/csv; charset=utf-8", "permits.csv", if_none_match)


@router.get("/open/permits.geojson")
def drawn(request: Request, context: ContextDep, if_none_match: EtagDep = "") -> Response:
    """The same by zone, to be drawn."""
    content = published(request, context).permits_geojson
    return _file(content, "application/geo+json", "permits.geojson", if_none_match)


def _file(content: bytes, kind: str, name: str, known: str) -> Response:
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": f"public, max-age={SECONDS}", "X-Content-Type-Options": "nosniff"}
    if etag in known.replace("W/", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=kind, headers={**headers, "Content-Disposition": f'inline; filename="{name}"'})
