"""What routes ask for: the context of the process, the person logged in, a form that this page made."""

import hmac
from typing import Annotated

from fastapi import Depends, Form, Header, Request

from api.pages import live_of
from permits.errors import Forbidden, Unauthenticated
from permits.jobs import Context
from permits.people.accounts import Live
from permits.people.clients import Grant, grant


def context_of(request: Request) -> Context:
    """Database, storage and settings of this process."""
    found: Context = request.app.state.context
    return found


def _live(request: Request) -> Live:
    live = live_of(request)
    if live is None:
        raise Unauthenticated("session-ended")
    return live


ContextDep = Annotated[Context, Depends(context_of)]
LiveDep = Annotated[Live, Depends(_live)]


def _same(given: str, live: Live) -> Live:
    if not hmac.compare_digest(given.encode(), live.csrf.encode()):
        raise Forbidden("form-expired")
    return live


def _form(live: LiveDep, csrf: Annotated[str, Form()] = "") -> Live:
    return _same(csrf, live)


def _script(live: LiveDep, x_csrf: Annotated[str, Header()] = "") -> Live:
    return _same(x_csrf, live)


FormDep = Annotated[Live, Depends(_form)]
"""The login behind a form that one of our pages made for it."""

ScriptDep = Annotated[Live, Depends(_script)]
"""The login behind a request that one of our scripts made for it."""


def _bearer(context: ContextDep, authorization: Annotated[str, Header()] = "") -> Grant:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("token-invalid")
    with context.database.reading() as session:
        return grant(session, token=token)


GrantDep = Annotated[Grant, Depends(_bearer)]
