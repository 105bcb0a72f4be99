"""One's own account: language, digits, password, other logins."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import ContextDep, FormDep, LiveDep
from api.pages import page
from permits.digits import Digits
from permits.i18n import LANGUAGES
from permits.people import preferences

router = APIRouter()
Typed = Annotated[str, Form()]


@router.get("/account")
def show(request: Request, context: ContextDep, live: LiveDep, done: str = "") -> Response:
    """What this person is here, and what he may set himself."""
    with context.database.reading() as session:
        others = preferences.other_logins(session, actor=live.actor, ref=live.ref)
    return page(
        request, "account.html", others=others, digits=list(Digits), languages=LANGUAGES,
        shortest=preferences.SHORTEST, done=done if done in ("password", "logins") else "",
    )  # fmt: skip


@router.post("/account")
def prefer(context: ContextDep, live: FormDep, language: Typed, digits: Typed) -> Response:
    """Read on otherwise."""
    with context.database.transaction() as session:
        preferences.prefer(session, actor=live.actor, language=language, digits=digits)
    return RedirectResponse("/account", 303)


@router.post("/account/password")
def password(context: ContextDep, live: FormDep, old: Typed, new: Typed) -> Response:
    """Another password."""
    with context.database.transaction() as session:
        preferences.change_password(session, actor=live.actor, old=old, new=new, ref=live.ref)
    return RedirectResponse("/account?done=password", 303)


@router.post("/account/logins")
def end_others(context: ContextDep, live: FormDep) -> Response:
    """End one's other logins."""
    with context.database.transaction() as session:
        preferences.end_others(session, actor=live.actor, ref=live.ref)
    return RedirectResponse("/account?done=logins", 303)
