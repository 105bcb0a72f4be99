"""What a centre's cash desk takes along from the office, made anew for each download."""

from fastapi import APIRouter
from fastapi.responses import Response

from api.deps import ContextDep, FormDep
from permits.cash.desks import hand_out
from permits.documents.keys import signing_key

router = APIRouter()


@router.post("/cash-desks/{code}/hand-out")
def download(context: ContextDep, live: FormDep, code: str) -> Response:
    """The signed list of a desk: its certificate, its receipt numbers and what can be paid now."""
    with context.database.transaction() as session:
        signed = hand_out(session, actor=live.actor, desk=code, office_key=signing_key(context.settings))
    headers = {"Content-Disposition": f'attachment; filename="{code}.cose"', "Cache-Control": "no-store"}
    return Response(signed, media_type="application/octet-stream", headers=headers)
