"""A modelling guide as an Excel workbook to take along: the one in force, a published one, or the open draft."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.deps import ContextDep, LiveDep
from api.pages import SECURITY, language_of
from permits.guides.exporting import workbook_of

router = APIRouter()
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/guides/{name}.xlsx")
def workbook(request: Request, context: ContextDep, live: LiveDep, name: str) -> Response:
    """The guide of that id; "draft" and "in-force" name the two that change."""
    with context.database.reading() as session:
        content = workbook_of(session, actor=live.actor, name=name, language=language_of(request))
    held = {"Content-Disposition": 'attachment; filename="guide.xlsx"'}
    return Response(content, media_type=MEDIA, headers=SECURITY | held)
