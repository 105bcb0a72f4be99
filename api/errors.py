"""One table from what a use case raises to what the web answers: problem+json for programs, a page for people."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import OperationalError

from api.pages import language_of, page
from gis.errors import LandError
from gis.remarks import LayerRefused
from permits import errors
from permits.i18n import error_text, translate
from permits.land.telling import remark_text

log = logging.getLogger(__name__)

STATUS: dict[type[Exception], HTTPStatus] = {
    errors.Unauthenticated: HTTPStatus.UNAUTHORIZED,
    errors.Forbidden: HTTPStatus.FORBIDDEN,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.Expired: HTTPStatus.GONE,
    errors.TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.StorageFull: HTTPStatus.INSUFFICIENT_STORAGE,
    LandError: HTTPStatus.UNPROCESSABLE_ENTITY,
}


def status_of(error: Exception) -> HTTPStatus:
    """The status of the closest class in the table."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), HTTPStatus.INTERNAL_SERVER_ERROR)


def wants_page(request: Request) -> bool:
    """Whether a person's browser asks."""
    return "text/html" in request.headers.get("accept", "")


def answer(request: Request, error: Exception) -> Response:
    """Answer an expected error."""
    assert isinstance(error, errors.RukhsaError | LandError)  # noqa: S101 - registered for these alone
    status, language = status_of(error), language_of(request)
    message = error_text(error, language)
    if wants_page(request):
        return page(request, "error.html", status=status, message=message, code=error.code)
    body: dict[str, Any] = {
        "type": f"urn:rukhsa:{error.code}", "title": error.code, "status": int(status), "detail": message,
    }  # fmt: skip
    if isinstance(error, LayerRefused):
        faults = [{"code": fault.code, "detail": remark_text(fault, language), **fault.said} for fault in error.faults]
        body |= {"faults": faults}
    return JSONResponse(body, status, media_type="application/problem+json", headers=_headers(status))


def unavailable(request: Request, error: Exception) -> Response:
    """The database does not answer: nothing was done, and the same request may be sent again."""
    log.error("database: %s", error)
    status, language = HTTPStatus.SERVICE_UNAVAILABLE, language_of(request)
    message, later = translate(language, "error-database-unavailable"), {"Retry-After": "5"}
    if wants_page(request):
        shown = page(request, "error.html", status=status, message=message, code="database-unavailable")
        shown.headers.update(later)
        return shown
    body = {
        "type": "urn:rukhsa:database-unavailable", "title": "database-unavailable", "status": int(status),
        "detail": message,
    }  # fmt: skip
    return JSONResponse(body, status, media_type="application/problem+json", headers=later)


def _headers(status: HTTPStatus) -> dict[str, str]:
    return {"WWW-Authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else {}


def install(app: FastAPI) -> None:
    """Answer every error of the table."""
    app.add_exception_handler(errors.RukhsaError, answer)
    app.add_exception_handler(LandError, answer)
    app.add_exception_handler(OperationalError, unavailable)
