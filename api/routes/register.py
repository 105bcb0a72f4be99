"""The property register on paper: an extract of a plot's sheet."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from api.deps import ContextDep, FormDep
from permits.calendar import today
from permits.documents.extract import extract_pdf
from permits.documents.issue import office_of
from permits.documents.render import font_folder
from permits.register.sheets import issue_extract

router = APIRouter()


@router.post("/register/extract")
def extract(context: ContextDep, live: FormDep, zone: Annotated[str, Form()], plot: Annotated[str, Form()]) -> Response:
    """Issue a numbered extract as of today."""
    office = office_of(context.settings)
    with context.database.transaction() as session:
        facts = issue_extract(
            session, actor=live.actor, office=context.settings.office, zone=zone, plot=plot, as_of=today(),
            language=live.language,
        )  # fmt: skip
    pdf = extract_pdf(facts, language=live.language, office=office, fonts=font_folder())
    return Response(pdf, media_type="application/pdf")
