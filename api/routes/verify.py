"""The public check of a document's code: a page for people, JSON for programs, and the files to check offline."""

from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response
from markupsafe import Markup

from api.deps import ContextDep
from api.errors import status_of, wants_page
from api.pages import language_of, page
from permits.calendar import today
from permits.documents.checking import check_token
from permits.documents.claims import Claims, ExtractClaims, PermitClaims
from permits.documents.keys import public_keys, verifying_keys
from permits.documents.revoking import revocation_list
from permits.documents.telling import code_text, verdict_texts
from permits.documents.token import Verdict
from permits.errors import Invalid
from permits.i18n import error_text
from permits.occupancy.showing import place_of

router = APIRouter()
WORKER = Path(__file__).parent.parent / "assets" / "verify-worker.js"


@router.get("/verify")
def ask(request: Request, token: str = "") -> Response:
    """A page to paste a code into."""
    if token.strip():
        return RedirectResponse(f"/verify/{token.strip().rsplit('/', 1)[-1]}", 303)
    return _page(request, checked=None, plan=None)


@router.get("/verify/offline")
def offline(request: Request) -> Response:
    """The same page as it is kept on a phone: it judges by itself, with the keys and the list kept beside it."""
    return _page(request, checked=None, plan=None, here=True)


@router.get("/verify/worker.js")
def worker() -> Response:
    """The script that keeps it; the header lets it answer for the page without a slash at its end too."""
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/verify"}
    return FileResponse(WORKER, media_type="text/javascript", headers=headers)


@router.get("/verify/keys.json")
def keys(context: ContextDep) -> Response:
    """The public keys that `rukhsa verify` takes with it."""
    return Response(public_keys(context.settings), media_type="application/json")


@router.get("/verify/revocations.cwt")
def revocations(context: ContextDep) -> Response:
    """The signed list of revocations that `rukhsa verify --revoked` takes with it, as of now."""
    with context.database.reading() as session:
        content = revocation_list(session, settings=context.settings)
    return Response(content, media_type="application/cwt", headers={"Cache-Control": "no-store"})


@router.get("/verify/{token}")
def check(request: Request, context: ContextDep, token: str) -> Response:
    """Whether a document is genuine, in force and not revoked."""
    known = verifying_keys(context.settings)
    with context.database.reading() as session:
        try:
            checked = check_token(session, keys=known, text=token, today=today())
        except Invalid as error:
            if not wants_page(request):
                raise
            message = error_text(error, language_of(request))
            return _page(request, checked=None, plan=None, message=message, status=status_of(error))
        if not wants_page(request):
            return JSONResponse(_public(checked), headers={"Cache-Control": "no-store"})
        drawn = place_of(session, storage=context.storage, checked=checked, language=language_of(request))
    plan = Markup(drawn) if drawn else None  # noqa: S704 - drawn by us, every text in it escaped
    return _page(request, checked=checked, plan=plan)


def _page(
    request: Request, *, checked: Verdict | None, plan: Markup | None, here: bool = False, message: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:  # fmt: skip
    language = language_of(request)
    return page(
        request, "verify.html", status=status, message=message, checked=checked, plan=plan, here=here,
        texts=verdict_texts(language), word=partial(code_text, language),
    )  # fmt: skip


def _public(checked: Verdict) -> dict[str, Any]:
    answer = {"valid": checked.valid, "code": checked.code, "key": checked.kid, "claims": _claims(checked.claims)}
    found = checked.revocation
    return answer | ({"revoked": {"on": found.on.isoformat(), "reason": found.reason}} if found else {})


def _claims(claims: Claims) -> dict[str, Any]:
    common = {
        "kind": claims.kind,
        "issuer": claims.issuer,
        "number": claims.number,
        "issued": claims.issued.isoformat(),
        "starts": claims.starts.isoformat(),
        "expires": claims.expires.isoformat(),
        "document_hash": claims.document_hash.hex(),
    }
    if isinstance(claims, PermitClaims):
        return common | {"plot": claims.plot, "floors": claims.floors}
    if isinstance(claims, ExtractClaims):
        sheet = {"parcel": claims.parcel, "zone": claims.zone, "purpose": claims.purpose}
        return common | sheet | {"as_of": claims.as_of.isoformat()}
    return common | {"use": claims.use, "area": f"{claims.area}", "place": claims.place, "point": claims.degrees}
