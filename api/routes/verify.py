"""The public check of a permit's code: a page for people, JSON for programs, and the keys to check offline."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from api.deps import ContextDep
from api.errors import wants_page
from api.pages import page
from permits.calendar import today
from permits.documents.checking import check_token
from permits.documents.keys import public_keys, verifying_keys
from permits.documents.token import PermitClaims, Verdict

router = APIRouter()


@router.get("/verify")
def ask(request: Request, token: str = "") -> Response:
    """A page to paste a code into."""
    if token.strip():
        return RedirectResponse(f"/verify/{token.strip().rsplit('/', 1)[-1]}", 303)
    return page(request, "verify.html", checked=None)


@router.get("/verify/keys.json")
def keys(context: ContextDep) -> Response:
    """The public keys that `rukhsa verify` takes with it."""
    return Response(public_keys(context.settings), media_type="application/json")


@router.get("/verify/{token}")
def check(request: Request, context: ContextDep, token: str) -> Response:
    """Whether a permit is genuine, in force and not revoked."""
    known = verifying_keys(context.settings)
    with context.database.reading() as session:
        checked = check_token(session, keys=known, text=token, today=today())
    if wants_page(request):
        return page(request, "verify.html", checked=checked)
    return JSONResponse(_public(checked), headers={"Cache-Control": "no-store"})


def _public(checked: Verdict) -> dict[str, Any]:
    return {"valid": checked.valid, "code": checked.code, "key": checked.kid, "claims": _claims(checked.claims)}


def _claims(claims: PermitClaims) -> dict[str, Any]:
    return {
        "issuer": claims.issuer,
        "number": claims.number,
        "plot": claims.plot,
        "floors": claims.floors,
        "issued": claims.issued.isoformat(),
        "expires": claims.expires.isoformat(),
        "document_hash": claims.document_hash.hex(),
    }
