"""Login, logout, the reader's language, and whether the login still lives."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import ContextDep, FormDep, LiveDep
from api.guard import COOKIE
from api.pages import live_of, page
from permits.i18n import LANGUAGES
from permits.people import accounts
from permits.people.actor import Actor, Role

router = APIRouter()


HOMES = (
    (Role.REVIEWER, "/desk"), (Role.APPROVER, "/desk"), (Role.REGISTRAR, "/desk/register"),
    (Role.ACCOUNTANT, "/desk/accounts"), (Role.PLANNER, "/desk/planner"), (Role.ADMIN, "/desk/admin"),
    (Role.CASHIER, "/desk/cash"), (Role.GOVERNOR, "/desk/governor"), (Role.SYNDICATE, "/desk/audit"),
    (Role.ENGINEER, "/cases"), (Role.OWNER, "/property"),
)  # fmt: skip
"""Where the work of each role begins; who has several begins with the first."""


def home_of(actor: Actor) -> str:
    """Where this person's work begins."""
    return next((path for role, path in HOMES if actor.has(role)), "/cases")


@router.get("/login")
def show(request: Request) -> Response:
    """The login page."""
    live = live_of(request)
    if live:
        return RedirectResponse(home_of(live.actor), 303)
    return page(request, "login.html", refused=False, typed="")


@router.post("/login")
def enter(
    request: Request, context: ContextDep, login: Annotated[str, Form()], password: Annotated[str, Form()]
) -> Response:
    """Open a login, or say that name or password are wrong."""
    settings = context.settings
    with context.database.transaction() as session:
        user = accounts.check_password(session, login=login.strip(), password=password)
        opened = accounts.open_login(session, user=user, minutes=settings.session_minutes) if user else None
    if user is None or opened is None:
        return page(request, "login.html", status=HTTPStatus.UNAUTHORIZED, refused=True, typed=login.strip()[:100])
    answer = RedirectResponse(home_of(accounts.actor_of(user)), 303)
    answer.set_cookie(COOKIE, opened[0], httponly=True, samesite="lax", secure=settings.secure_cookies, path="/")
    return answer


@router.post("/logout")
def leave(request: Request, context: ContextDep, live: FormDep) -> Response:  # noqa: ARG001 - the form must be ours
    """End the login."""
    with context.database.transaction() as session:
        accounts.close_login(session, sid=request.cookies[COOKIE])
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


@router.post("/language")
def language(
    context: ContextDep, live: FormDep, to: Annotated[str, Form()], back: Annotated[str, Form()] = "/"
) -> Response:
    """Read on in another language."""
    if to in LANGUAGES:
        with context.database.transaction() as session:
            accounts.set_language(session, actor=live.actor, language=to)
    inside = back if back.startswith("/") and not back.startswith("//") else "/"
    return RedirectResponse(inside, 303)


@router.get("/session")
def alive(live: LiveDep) -> dict[str, str]:
    """Answers while the login lives; the desks ask every few seconds."""
    return {"ends": live.expires_at.isoformat()}


@router.get("/")
def home(live: LiveDep) -> Response:
    """To one's own work."""
    return RedirectResponse(home_of(live.actor), 303)
