"""A case's report in every form, its model, its receipt and its permit, for whoever may see the case."""

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from api.deps import ContextDep, LiveDep
from api.pages import language_of
from api.report_forms import Form, VersionQuery, about_case, as_file, page_security
from permits.cases import cases, reviews
from permits.cases.uploads import suffix_of
from permits.documents.issue import find_permit, office_of
from permits.documents.receipt import receipt_facts, receipt_pdf
from permits.documents.render import font_folder
from permits.errors import NotFound
from permits.review.kept import html_of

router = APIRouter()


@router.get("/cases/{case_id}/report")
def html(request: Request, context: ContextDep, live: LiveDep, case_id: str) -> Response:
    """The report as a page that also stands alone."""
    with context.database.reading() as session:
        cases.get_case(session, actor=live.actor, case_id=case_id)
        report = reviews.raw_report(session, storage=context.storage, case_id=case_id)
    page = html_of(
        report, language=language_of(request), building=f"/cases/{case_id}/building", back=f"/cases/{case_id}"
    )
    return HTMLResponse(page, headers=page_security())


@router.get("/cases/{case_id}/report.json")
def json(context: ContextDep, live: LiveDep, case_id: str) -> Response:
    """The report as kept, byte for byte."""
    with context.database.reading() as session:
        cases.get_case(session, actor=live.actor, case_id=case_id)
        report = reviews.raw_report(session, storage=context.storage, case_id=case_id)
    return Response(report, media_type="application/json")


@router.get("/cases/{case_id}/report.{form}")
def file(
    request: Request, context: ContextDep, live: LiveDep, case_id: str, form: Form, version: VersionQuery = "2.1"
) -> Response:
    """The report to take along: page, Excel workbook, printed summary, or the open findings as BCF 2.1 or 3.0."""
    with context.database.reading() as session:
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
        report = reviews.raw_report(session, storage=context.storage, case_id=case_id)
    return as_file(context, about_case(case), report, form=form, language=language_of(request), version=version)


@router.get("/cases/{case_id}/model")
def model(context: ContextDep, live: LiveDep, case_id: str) -> Response:
    """The newest model."""
    with context.database.reading() as session:
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
        newest = reviews.current_model(session, case_id=case_id)
    if newest is None:
        raise NotFound("no-model")
    return FileResponse(context.storage.path(newest.sha256), filename=f"{case.number}{suffix_of(newest.name)}")


@router.get("/cases/{case_id}/permit.pdf")
def permit(context: ContextDep, live: LiveDep, case_id: str) -> Response:
    """The issued permit."""
    with context.database.reading() as session:
        cases.get_case(session, actor=live.actor, case_id=case_id)
        issued = find_permit(session, case_id=case_id)
    if issued is None or issued.document_sha256 is None:
        raise NotFound("no-permit")
    return Response(context.storage.read(issued.document_sha256), media_type="application/pdf")


@router.get("/cases/{case_id}/receipt.pdf")
def receipt(request: Request, context: ContextDep, live: LiveDep, case_id: str, number: str = "") -> Response:
    """A receipt of the case, the newest unless its number is named, in the reader's language."""
    language = language_of(request)
    with context.database.transaction() as session:
        facts = receipt_facts(session, actor=live.actor, case_id=case_id, language=language, number=number)
    pdf = receipt_pdf(facts, language=language, office=office_of(context.settings), fonts=font_folder())
    return Response(pdf, media_type="application/pdf")
