"""The engineers' syndicate through the API: token, cases to audit, report and model, stamp or return."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, Field

from api.deps import ContextDep, GrantDep
from api.pages import language_of
from api.report_forms import Form as ReportForm
from api.report_forms import VersionQuery, about_case, as_file
from permits import audit
from permits.audit import AuditEvent
from permits.cases import cases, reviews, syndicate
from permits.cases.tables import Case, Model
from permits.cases.uploads import suffix_of
from permits.cases.workflow import State
from permits.errors import NotFound
from permits.people.clients import TOKEN_MINUTES, Scope, issue_token

router = APIRouter()


class StampRequest(BaseModel):
    """What the syndicate stamps: the hash names the very model that was audited."""

    model_sha256: str = Field(pattern="^[0-9a-f]{64}$")
    auditor: str = Field(min_length=1, max_length=200)
    remarks: str = Field(default="", max_length=4000)


class ReturnRequest(BaseModel):
    """Why the case goes back to the engineer."""

    remarks: str = Field(min_length=1, max_length=4000)


@router.post("/oauth/token")
def token(
    context: ContextDep, grant_type: Annotated[str, Form()], client_id: Annotated[str, Form()],
    client_secret: Annotated[str, Form()], scope: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """OAuth 2.0 client credentials (RFC 6749, section 4.4)."""
    if grant_type != "client_credentials":
        return JSONResponse({"error": "unsupported_grant_type"}, 400)
    with context.database.transaction() as session:
        issued = issue_token(session, client_id=client_id, secret=client_secret, scopes=scope.split())
    if issued is None:
        return JSONResponse({"error": "invalid_client"}, 401)
    body = {"access_token": issued[0], "token_type": "Bearer", "expires_in": TOKEN_MINUTES * 60}
    return JSONResponse({**body, "scope": " ".join(issued[1])}, headers={"Cache-Control": "no-store"})


def _public(case: Case, model: Model | None) -> dict[str, Any]:
    return {
        "id": case.id,
        "number": case.number,
        "state": case.state,
        "zone": case.zone,
        "plot": case.plot,
        "title": case.title,
        "applied_on": case.applied_on,
        "model": {"name": model.name, "sha256": model.sha256, "size": model.size} if model else None,
    }


@router.get("/api/v1/cases")
def index(context: ContextDep, grant: GrantDep, state: State = State.AT_SYNDICATE) -> dict[str, Any]:
    """The cases in one state; without a word, those that wait for the audit."""
    actor = grant.need(Scope.CASES_READ)
    with context.database.reading() as session:
        found = cases.list_cases(session, actor=actor, states=[state])
        return {"cases": [_public(case, reviews.current_model(session, case_id=case.id)) for case in found]}


@router.get("/api/v1/cases/{case_id}")
def show(context: ContextDep, grant: GrantDep, case_id: str) -> dict[str, Any]:
    """One case."""
    actor = grant.need(Scope.CASES_READ)
    with context.database.reading() as session:
        case = cases.get_case(session, actor=actor, case_id=case_id)
        return _public(case, reviews.current_model(session, case_id=case_id))


@router.get("/api/v1/cases/{case_id}/report")
def report(context: ContextDep, grant: GrantDep, case_id: str) -> dict[str, Any]:
    """The automatic review's report (docs/report-format.md)."""
    actor = grant.need(Scope.CASES_READ)
    with context.database.reading() as session:
        cases.get_case(session, actor=actor, case_id=case_id)
        return reviews.report(session, storage=context.storage, case_id=case_id)


@router.get("/api/v1/cases/{case_id}/report.{form}")
def report_file(
    request: Request, context: ContextDep, grant: GrantDep, case_id: str, form: ReportForm,
    version: VersionQuery = "2.1",
) -> Response:  # fmt: skip
    """The report as page, Excel workbook, printed summary or BCF; `lang` asks for "ar" or "en"."""
    actor = grant.need(Scope.CASES_READ)
    with context.database.reading() as session:
        case = cases.get_case(session, actor=actor, case_id=case_id)
        raw = reviews.raw_report(session, storage=context.storage, case_id=case_id)
    return as_file(context, about_case(case), raw, form=form, language=language_of(request), version=version)


@router.get("/api/v1/cases/{case_id}/model")
def model(context: ContextDep, grant: GrantDep, case_id: str) -> Response:
    """The model's bytes; reading them is kept in the audit chain."""
    actor = grant.need(Scope.MODELS_READ)
    with context.database.transaction() as session:
        cases.get_case(session, actor=actor, case_id=case_id)
        newest = reviews.current_model(session, case_id=case_id)
        if newest is None:
            raise NotFound("no-model")
        audit.record(session, AuditEvent.MODEL_READ, actor=actor, subject=case_id, model=newest.sha256)
    return FileResponse(context.storage.path(newest.sha256), filename=f"{newest.sha256}{suffix_of(newest.name)}")


@router.post("/api/v1/cases/{case_id}/stamp")
def stamp(context: ContextDep, grant: GrantDep, case_id: str, body: StampRequest) -> dict[str, Any]:
    """Stamp the audited model."""
    actor = grant.need(Scope.CASES_STAMP)
    with context.database.transaction() as session:
        cases.get_case(session, actor=actor, case_id=case_id)
        case, row = syndicate.stamp(
            session, actor=actor, case_id=case_id, model_sha256=body.model_sha256, auditor=body.auditor,
            remarks=body.remarks,
        )  # fmt: skip
    return {"stamp": row.id, "model_sha256": row.model_sha256, "state": case.state}


@router.post("/api/v1/cases/{case_id}/return")
def send_back(context: ContextDep, grant: GrantDep, case_id: str, body: ReturnRequest) -> dict[str, Any]:
    """Return the case to the engineer with remarks."""
    actor = grant.need(Scope.CASES_STAMP)
    with context.database.transaction() as session:
        cases.get_case(session, actor=actor, case_id=case_id)
        case = cases.send_back(session, actor=actor, case_id=case_id, remark=body.remarks)
    return {"state": case.state}
