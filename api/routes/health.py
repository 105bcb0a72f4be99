"""Whether the process lives and can work."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import SQLAlchemyError

from api.deps import ContextDep
from permits.jobs import unfinished

router = APIRouter()


@router.get("/livez")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
def ready(context: ContextDep) -> Response:
    """The database answers; how many jobs wait or run."""
    try:
        waiting = len(unfinished(context.database))
    except SQLAlchemyError as error:
        return JSONResponse({"status": "no database", "error": type(error).__name__}, 503)
    return JSONResponse({"status": "ok", "jobs": waiting})
