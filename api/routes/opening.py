"""A new case in steps: the plot, what is built, and from there on the case's own page; what is typed is kept."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import ContextDep, FormDep, LiveDep, ScriptDep
from api.errors import status_of, wants_page
from api.pages import language_of, page
from api.samples import ready_of
from gis.envelope import envelope
from gis.errors import LandError
from permits.calendar import today
from permits.cases import cases, drafts
from permits.cases.workflow import State
from permits.errors import Invalid, NotFound
from permits.i18n import error_text
from permits.jobs import Context
from permits.land import zones
from permits.land.allowed import Line, short
from permits.land.sites import site_of_plot
from permits.people.actor import Role

router = APIRouter()
Typed = Annotated[str, Form()]


@router.get("/cases/new")
def new(request: Request, context: ContextDep, live: LiveDep) -> Response:
    """The first step: a plot, on the map or by number."""
    return _choose(request, context, live, "")


def _choose(
    request: Request, context: ContextDep, live: LiveDep, message: str, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    engineer = live.actor.has(Role.ENGINEER)
    with context.database.reading() as session:
        found = zones.zones(session)
        draft = drafts.draft_of(session, actor=live.actor) if engineer else drafts.Draft()
    return page(
        request, "new.html", status=status, zones=found, draft=draft, message=message, precheck=False,
        ready=ready_of(found),
    )  # fmt: skip


@router.post("/cases/new")
def choose(request: Request, context: ContextDep, live: FormDep, zone: Typed, plot: Typed) -> Response:
    """Keep the plot and go on; a plot that is not there is said on the same page."""
    with context.database.transaction() as session:
        drafts.keep_draft(session, actor=live.actor, zone=zone, plot=plot.strip())
    try:
        with context.database.reading() as session:
            cases.need_plot(session, zone=zone, plot=plot.strip())
    except NotFound as error:
        return _choose(request, context, live, error_text(error, language_of(request)), status_of(error))
    return RedirectResponse("/cases/new/title", 303)


@router.post("/cases/new/draft", status_code=204)
def keep(
    context: ContextDep, live: ScriptDep, zone: Annotated[str | None, Form()] = None,
    plot: Annotated[str | None, Form()] = None, title: Annotated[str | None, Form()] = None,
    kind: Annotated[str | None, Form()] = None,
) -> None:  # fmt: skip
    """What is being typed."""
    typed = {"zone": zone, "plot": plot, "title": title, "kind": kind}
    with context.database.transaction() as session:
        drafts.keep_draft(session, actor=live.actor, **{k: v for k, v in typed.items() if v is not None})


@router.post("/cases/new/again")
def again(context: ContextDep, live: FormDep) -> Response:
    """Forget the draft and begin anew."""
    with context.database.transaction() as session:
        drafts.drop_draft(session, actor=live.actor)
    return RedirectResponse("/cases/new", 303)


@router.get("/cases/new/facts")
def facts(
    request: Request, context: ContextDep, live: LiveDep, zone: Annotated[str, Query()],  # noqa: ARG001 - for people logged in
    plot: Annotated[str, Query()] = "",
) -> Response:  # fmt: skip
    """What the planning sheet says of a plot, in short: a fragment."""
    lines, message = _facts(context, zone, plot.strip(), language_of(request))
    return page(request, "facts.html", facts=lines, facts_message=message, plot_page=_plot_page(zone, plot.strip()))


def _plot_page(zone: str, plot: str) -> str:
    return f"/zones/{quote(zone, safe='')}/plots/{quote(plot, safe='')}"


def _facts(context: Context, zone: str, plot: str, language: str) -> tuple[list[Line], str]:
    """The lines, or why there are none."""
    if not plot:
        return [], ""
    try:
        with context.database.reading() as session:
            site = site_of_plot(session, storage=context.storage, zone=zone, plot=plot, on=today())
        return short(site, envelope(site), language), ""
    except (NotFound, LandError) as error:
        return [], error_text(error, language)


@router.get("/cases/new/title")
def title(request: Request, context: ContextDep, live: LiveDep) -> Response:
    """The second step: what is built, and its name."""
    with context.database.reading() as session:
        draft = drafts.draft_of(session, actor=live.actor)
    if not draft.plot:
        return RedirectResponse("/cases/new", 303)
    return _title(request, context, draft, "")


def _title(
    request: Request, context: Context, draft: drafts.Draft, message: str, status: HTTPStatus = HTTPStatus.OK,
    case_id: str = "",
) -> Response:  # fmt: skip
    lines, missing = _facts(context, draft.zone, draft.plot, language_of(request))
    return page(
        request, "new_title.html", status=status, draft=draft, message=message, kinds=cases.KINDS, facts=lines,
        facts_message=missing, plot_page=_plot_page(draft.zone, draft.plot), longest=cases.TITLE_LENGTH,
        case_id=case_id, action=f"/cases/{case_id}/title" if case_id else "/cases", precheck_id="",
    )  # fmt: skip


@router.post("/cases")
def create(
    request: Request, context: ContextDep, live: FormDep, zone: Typed, plot: Typed, title: Typed = "",
    kind: Typed = cases.KINDS[0],
) -> Response:  # fmt: skip
    """Open the case; its page is the next step."""
    try:
        with context.database.transaction() as session:
            case = cases.open_case(
                session, actor=live.actor, office=context.settings.office, zone=zone, plot=plot.strip(), title=title,
                kind=kind,
            )  # fmt: skip
            drafts.drop_draft(session, actor=live.actor)
    except (Invalid, NotFound) as error:
        if not wants_page(request):
            raise
        draft = drafts.Draft(zone, plot.strip(), title, kind)
        return _title(request, context, draft, error_text(error, language_of(request)), status_of(error))
    return RedirectResponse(f"/cases/{case.id}", 303)


@router.get("/cases/{case_id}/title")
def retitle(request: Request, context: ContextDep, live: LiveDep, case_id: str) -> Response:
    """Back to the second step of a case that was not sent yet."""
    with context.database.reading() as session:
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
    if case.state != State.DRAFT:
        return RedirectResponse(f"/cases/{case_id}", 303)
    draft = drafts.Draft(case.zone, case.plot, case.title, case.kind)
    return _title(request, context, draft, "", case_id=case_id)


@router.post("/cases/{case_id}/title")
def amend(
    request: Request, context: ContextDep, live: FormDep, case_id: str, plot: Typed, title: Typed = "",
    kind: Typed = cases.KINDS[0],
) -> Response:  # fmt: skip
    """Say plot, title and kind otherwise."""
    try:
        with context.database.transaction() as session:
            cases.amend_case(
                session, actor=live.actor, case_id=case_id, plot=plot.strip(), title=title, kind=kind
            )  # fmt: skip
    except (Invalid, NotFound) as error:
        with context.database.reading() as session:
            case = cases.get_case(session, actor=live.actor, case_id=case_id)
        draft, text = drafts.Draft(case.zone, plot.strip(), title, kind), error_text(error, language_of(request))
        return _title(request, context, draft, text, status_of(error), case_id)
    return RedirectResponse(f"/cases/{case_id}", 303)
