"""The ready models for a first try, for whoever is logged in."""

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response

from api.deps import LiveDep
from api.samples import find_ready
from permits.errors import NotFound

router = APIRouter()


@router.get("/samples/{file}")
def model(live: LiveDep, file: str) -> Response:  # noqa: ARG001 - for people logged in
    """One ready model."""
    found = find_ready(file)
    if found is None:
        raise NotFound("no-model")
    return FileResponse(found, filename=file, media_type="application/x-step")
