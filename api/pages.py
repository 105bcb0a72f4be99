"""Light pages: Jinja2 templates with the texts of the reader's language."""

from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from permits.calendar import local_time
from permits.digits import in_digits
from permits.i18n import LANGUAGES, translator
from permits.people.accounts import Live

LANGUAGE_COOKIE, LANGUAGE_SECONDS = "lang", 180 * 86400
TEMPLATES = Path(__file__).parent / "web" / "templates"
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
        "frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@cache
def environment() -> Environment:
    """The templates; a missing value is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters["local"] = local_time
    return made


def live_of(request: Request) -> Live | None:
    """The login behind the request, put there by the guard."""
    found: Live | None = request.scope.get("rukhsa.live")
    return found


def language_of(request: Request) -> str:
    """The reader's language: of this request, of the account, of the browser; Arabic unless English is asked."""
    live = live_of(request)
    asked = (request.query_params.get("lang"), live.language if live else request.cookies.get(LANGUAGE_COOKIE))
    return next((language for language in asked if language in LANGUAGES), "ar")


def _other(request: Request, language: str) -> str:
    """The query by which the same page is read in the other language."""
    other = "en" if language == "ar" else "ar"
    return f"?{request.url.include_query_params(lang=other).query}"


def page(request: Request, template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: Any) -> Response:
    """A page in the reader's language."""
    language = language_of(request)
    html = environment().get_template(template).render(
        t=translator(language), language=language, direction="rtl" if language == "ar" else "ltr",
        live=live_of(request), request=request, other_language=_other(request, language), **values,
    )  # fmt: skip
    live = live_of(request)
    answer = HTMLResponse(in_digits(html, live.digits if live else ""), status, headers=SECURITY)
    if live is None and request.query_params.get("lang") == language:  # who has no account reads on in it
        answer.set_cookie(LANGUAGE_COOKIE, language, max_age=LANGUAGE_SECONDS, httponly=True, samesite="lax")
    return answer
