"""The engineer's pre-checks (تدقيق مسبق): a model judged on a plot before there is a case, as often as he likes."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.deps import ContextDep, FormDep, LiveDep
from api.errors import status_of
from api.pages import language_of, page
from api.report_forms import About, VersionQuery, as_file, page_security
from api.report_forms import Form as ReportForm
from api.routes.portal import progress, refusal_of
from api.samples import ready_of
from api.sending import sending_of
from permits.cases import cases, drafts, prechecks, running
from permits.errors import Invalid, NotFound
from permits.i18n import error_text
from permits.land import zones
from permits.review.kept import html_of

router = APIRouter()
Typed = Annotated[str, Form()]


@router.get("/prechecks")
def index(request: Request, context: ContextDep, live: LiveDep) -> Response:
    """One's own, the newest first."""
    with context.database.reading() as session:
        found = prechecks.list_prechecks(session, actor=live.actor)
    days = timedelta(days=context.settings.precheck_days)
    return page(request, "prechecks.html", found=found, days=context.settings.precheck_days, keep=days)


@router.get("/precheck")
def new(request: Request, context: ContextDep, live: LiveDep) -> Response:  # noqa: ARG001 - for people logged in
    """Choose the plot."""
    return _choose(request, context, "", "", "")


def _choose(request: Request, context: ContextDep, zone: str, plot: str, message: str, status: int = 200) -> Response:
    with context.database.reading() as session:
        found = zones.zones(session)
    draft = drafts.Draft(zone, plot)
    shown = page(
        request, "new.html", zones=found, draft=draft, message=message, precheck=True, ready=ready_of(found)
    )  # fmt: skip
    shown.status_code = status
    return shown


@router.post("/prechecks")
def create(request: Request, context: ContextDep, live: FormDep, zone: Typed, plot: Typed) -> Response:
    """Begin one; a plot that is not there is said on the same page."""
    try:
        with context.database.transaction() as session:
            row = prechecks.open_precheck(session, actor=live.actor, zone=zone, plot=plot.strip())
    except NotFound as error:
        return _choose(request, context, zone, plot, error_text(error, language_of(request)), status_of(error))
    return RedirectResponse(f"/prechecks/{row.id}", 303)


def _state(context: ContextDep, live: LiveDep, precheck_id: str) -> dict[str, Any]:
    with context.database.reading() as session:
        row = prechecks.get_precheck(session, actor=live.actor, precheck_id=precheck_id)
        standing = prechecks.standing(session, precheck=row)
        return {
            "precheck": row,
            "place": f"/prechecks/{row.id}",
            "zone": zones.get_zone(session, row.zone),
            "model": standing.model,
            "review": standing.review,
            "refusal": refusal_of(standing.review, live.language) if standing.review else "",
            "days": context.settings.precheck_days,
            **sending_of(context, session, live, row),
        }


@router.get("/prechecks/{precheck_id}")
def show(request: Request, context: ContextDep, live: LiveDep, precheck_id: str) -> Response:
    """One pre-check."""
    return page(request, "precheck.html", **_state(context, live, precheck_id))


@router.get("/prechecks/{precheck_id}/review")
def review(request: Request, context: ContextDep, live: LiveDep, precheck_id: str) -> Response:
    """The review's progress."""
    return progress(request, _state(context, live, precheck_id))


@router.post("/prechecks/{precheck_id}/cancel")
def cancel(context: ContextDep, live: FormDep, precheck_id: str) -> Response:
    """Stop the running review."""
    with context.database.transaction() as session:
        row = prechecks.get_precheck(session, actor=live.actor, precheck_id=precheck_id)
        running.stop_review(session, actor=live.actor, holder=row)
    return RedirectResponse(f"/prechecks/{precheck_id}", 303)


def _report(context: ContextDep, live: LiveDep, precheck_id: str) -> bytes:
    with context.database.reading() as session:
        row = prechecks.get_precheck(session, actor=live.actor, precheck_id=precheck_id)
        return prechecks.raw_report(session, storage=context.storage, precheck=row)


@router.get("/prechecks/{precheck_id}/report")
def html(request: Request, context: ContextDep, live: LiveDep, precheck_id: str) -> Response:
    """The report as a page that also stands alone."""
    raw = _report(context, live, precheck_id)
    return HTMLResponse(
        html_of(raw, language=language_of(request), back=f"/prechecks/{precheck_id}"), headers=page_security()
    )


@router.get("/prechecks/{precheck_id}/report.json")
def json(context: ContextDep, live: LiveDep, precheck_id: str) -> Response:
    """The report as kept, byte for byte."""
    return Response(_report(context, live, precheck_id), media_type="application/json")


@router.get("/prechecks/{precheck_id}/report.{form}")
def file(
    request: Request, context: ContextDep, live: LiveDep, precheck_id: str, form: ReportForm,
    version: VersionQuery = "2.1",
) -> Response:  # fmt: skip
    """The report to take along."""
    raw, about = _report(context, live, precheck_id), About(f"precheck-{precheck_id[:13]}", f"/prechecks/{precheck_id}")
    return as_file(context, about, raw, form=form, language=language_of(request), version=version)


@router.get("/prechecks/{precheck_id}/case")
def name(request: Request, context: ContextDep, live: LiveDep, precheck_id: str) -> Response:
    """Title and kind of the case that is opened with this model."""
    return _title(request, context, live, precheck_id, drafts.Draft(), "", 200)


def _title(
    request: Request, context: ContextDep, live: LiveDep, precheck_id: str, typed: drafts.Draft, message: str,
    status: int,
) -> Response:  # fmt: skip
    with context.database.reading() as session:
        row = prechecks.get_precheck(session, actor=live.actor, precheck_id=precheck_id)
    shown = page(
        request, "new_title.html", draft=drafts.Draft(row.zone, row.plot, typed.title, typed.kind), message=message,
        kinds=cases.KINDS, facts=[], facts_message="", plot_page="", longest=cases.TITLE_LENGTH, case_id="",
        action=f"/prechecks/{precheck_id}/case", precheck_id=precheck_id,
    )  # fmt: skip
    shown.status_code = status
    return shown


@router.post("/prechecks/{precheck_id}/case")
def take_over(
    request: Request, context: ContextDep, live: FormDep, precheck_id: str, title: Typed = "",
    kind: Typed = cases.KINDS[0],
) -> Response:  # fmt: skip
    """Open a case with this model, without a second upload."""
    try:
        with context.database.transaction() as session:
            case = prechecks.take_over(
                session, actor=live.actor, precheck_id=precheck_id, office=context.settings.office, title=title,
                kind=kind,
            )  # fmt: skip
    except Invalid as error:
        typed, text = drafts.Draft(title=title, kind=kind), error_text(error, language_of(request))
        return _title(request, context, live, precheck_id, typed, text, status_of(error))
    return RedirectResponse(f"/cases/{case.id}", 303)
