"""The guard around everything: one session cookie for HTTP and websocket alike.

It runs outside every router and outside Panel, as a plain ASGI application, because only there
websockets pass too. Whatever is not listed as public needs a live login; a websocket also needs our own
Origin and a page token that was made for the same login, and is closed when the login ends.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from bokeh.util.token import get_token_payload
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import errors
from permits.errors import Unauthenticated
from permits.jobs import Context
from permits.people.accounts import Live, extend_login, live_login
from permits.people.actor import STAFF, Role

COOKIE = "rukhsa_session"
REF_HEADER = b"x-sess"
PUBLIC = (
    "/login",
    "/assets/",
    "/verify",
    "/biller/",
    "/pay/",
    "/oauth/",
    "/api/v1/",
    "/services",
    "/extracts/track",
    "/status",
    "/notices",
    "/open",
    "/livez",
    "/readyz",
    "/favicon.ico",
)
STAFF_ONLY = ("/desk", "/static/", "/components/")
AUDITORS = ("/desk/audit/", "/static/", "/components/")
"""What of it an auditor of the syndicate needs for his one page: it, its websocket, and what Panel's pages load."""
BEFORE_PASSWORD = ("/account", "/account/password", "/language", "/session", "/logout")
"""What a login may do whose password somebody else knows."""
LEADS = {"session-ended": "/login", "password-first": "/account"}
"""Where a person goes to take a hindrance away."""
ENDED = 4401
TRY_AGAIN = 1013
_RECHECK = 2.0


class Guard:
    """ASGI application that lets only living logins through to `app`."""

    def __init__(self, app: ASGIApp, context: Context) -> None:
        self.app = app
        self.context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Decide on one connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        try:
            await self._decide(scope, receive, send)
        except OperationalError as error:  # while looking the login up: the routes answer for themselves
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": TRY_AGAIN})
                return
            await errors.unavailable(Request(scope), error)(scope, receive, send)

    async def _decide(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value for name, value in scope["headers"] if name != REF_HEADER}
        sid = _cookie(headers)
        live = await run_in_threadpool(self._live, sid) if sid else None
        if live and scope["type"] == "http":
            await run_in_threadpool(self._extend, sid)
        scope = {**scope, "headers": [(n, v) for n, v in scope["headers"] if n != REF_HEADER], "rukhsa.live": live}
        path = scope["path"]
        if not path.startswith(PUBLIC):
            hindrance = _hindrance(live, path)
            if live is None or hindrance:
                await _refuse(scope, receive, send, hindrance)
                return
            scope["headers"].append((REF_HEADER, live.ref.encode()))
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send, live, headers, sid)
            return
        await self.app(scope, receive, send)

    def _live(self, sid: str) -> Live | None:
        with self.context.database.reading() as session:
            try:
                return live_login(session, sid=sid)
            except Unauthenticated:
                return None

    def _extend(self, sid: str) -> None:
        minutes = self.context.settings.session_minutes
        with self.context.database.reading() as session:
            left = live_login(session, sid=sid).expires_at.timestamp() - time.time()
        if left < minutes * 60 - 60:
            with self.context.database.transaction() as session:
                extend_login(session, sid=sid, minutes=minutes)

    async def _websocket(
        self, scope: Scope, receive: Receive, send: Send, live: Live | None, headers: Mapping[bytes, bytes], sid: str
    ) -> None:
        if live is None or not _same_origin(headers) or _page_ref(scope) != live.ref:
            await send({"type": "websocket.close", "code": ENDED})
            return
        watched = _Watched(receive, send, lambda: self._live(sid) is not None)
        await self.app(scope, watched.receive, watched.send)


class _Watched:
    """A websocket that is closed from our side when its login ends."""

    def __init__(self, receive: Receive, send: Send, alive: Callable[[], bool]) -> None:
        self._receive, self._send, self._alive = receive, send, alive
        self._pending: asyncio.Task[Message] | None = None
        self._ended = False

    async def receive(self) -> Message:
        while not self._ended:
            self._pending = self._pending or asyncio.ensure_future(self._receive())
            done, _ = await asyncio.wait({self._pending}, timeout=_RECHECK)
            if not await run_in_threadpool(self._alive):
                await self._end()
            elif done:
                message, self._pending = self._pending.result(), None
                return message
        return {"type": "websocket.disconnect", "code": ENDED}

    async def send(self, message: Message) -> None:
        if not self._ended:
            await self._send(message)

    async def _end(self) -> None:
        self._ended = True
        if self._pending:
            self._pending.cancel()
        await self._send({"type": "websocket.close", "code": ENDED})


def _hindrance(live: Live | None, path: str) -> str:
    """Why a login may not go here, as an error's code; empty where it may. One desk is the syndicate's."""
    if live is None:
        return "session-ended"
    if live.one_time and path not in BEFORE_PASSWORD:
        return "password-first"
    if not path.startswith(STAFF_ONLY) or live.actor.has(*STAFF):
        return ""
    return "" if live.actor.has(Role.SYNDICATE) and f"{path}/".startswith(AUDITORS) else "role-needed"


def _cookie(headers: Mapping[bytes, bytes]) -> str:
    try:
        cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _same_origin(headers: Mapping[bytes, bytes]) -> bool:
    origin = headers.get(b"origin", b"").decode("latin-1")
    return bool(origin) and urlsplit(origin).netloc == headers.get(b"host", b"").decode("latin-1")


def _page_ref(scope: Scope) -> str | None:
    """The login that the page was made for, from the token in the websocket's subprotocol."""
    protocols = scope.get("subprotocols") or []
    if len(protocols) < 2:  # "bokeh" and the token
        return None
    try:
        payload = get_token_payload(protocols[1])
    except ValueError:
        return None
    headers = {name.lower(): value for name, value in payload.get("headers", {}).items()}
    return headers.get(REF_HEADER.decode())


async def _refuse(scope: Scope, receive: Receive, send: Send, code: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": ENDED})
        return
    headers = dict(scope["headers"])
    part = b"hx-request" in headers  # of a page that is open: another page put into it would be nonsense
    if "text/html" in headers.get(b"accept", b"").decode("latin-1") and code in LEADS and not part:
        await RedirectResponse(LEADS[code], 303)(scope, receive, send)
        return
    status = 401 if code == "session-ended" else 403
    body = {"type": f"urn:rukhsa:{code}", "title": code, "status": status}
    led = {"HX-Redirect": "/login"} if part and status == 401 else None
    await JSONResponse(body, status, led, media_type="application/problem+json")(scope, receive, send)
