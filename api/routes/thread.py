"""The thread of a case and what changed between its models, for whoever takes part in the case."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from api.deps import ContextDep, FormDep, GrantDep, LiveDep
from api.errors import status_of
from api.pages import language_of, page
from bim.comparison.elements import Change
from bim.comparison.findings import Course
from permits.calendar import today
from permits.cases import cases, messages, reviews
from permits.cases.comparing import comparison_of, read_comparison
from permits.cases.messages import Pointer, Shown
from permits.cases.reminding import said
from permits.errors import Conflict, Invalid
from permits.i18n import error_text
from permits.people.clients import Scope
from permits.review.changes import element_line, elements_line, finding_lines
from permits.review.kept import clauses_of_raw, titles_of

router = APIRouter()
Typed = Annotated[str, Form()]
MOST = 200
"""Changed elements that the page lists; how many there are it says."""


@router.get("/messages/unread")
def unread(request: Request, context: ContextDep, live: LiveDep) -> Response:
    """How many messages are new, for the header: a fragment."""
    with context.database.reading() as session:
        new = messages.unread(session, actor=live.actor)
    return page(request, "unread.html", unread=new)


@router.get("/messages")
def index(request: Request, context: ContextDep, live: LiveDep) -> Response:
    """The cases in which something new was written."""
    with context.database.reading() as session:
        new = messages.unread(session, actor=live.actor)
        found = [cases.get_case(session, actor=live.actor, case_id=case_id) for case_id in new]
    return page(request, "messages_new.html", cases=found, unread=new)


@router.get("/cases/{case_id}/messages")
def show(request: Request, context: ContextDep, live: LiveDep, case_id: str) -> Response:
    """The thread; with this it is read."""
    return _shown(request, context, live, case_id, "", "", 200)


def _shown(
    request: Request, context: ContextDep, live: LiveDep, case_id: str, typed: str, message: str, status: int
) -> Response:
    language = language_of(request)
    with context.database.reading() as session:
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
        found = messages.thread(session, actor=live.actor, case_id=case_id)
        review = reviews.current_review(session, case_id=case_id)
        named = {one.message.review_id for one in found if one.message.review_id and one.message.position is not None}
        kept = {one: reviews.report_sha256(session, review_id=one) for one in named}
    read, done = context.storage.read, review and review.state == "done" and review.report_sha256
    findings = titles_of(read(done), language=language, open_only=True) if done else {}
    titles = {one: titles_of(read(sha256), language=language) for one, sha256 in kept.items() if sha256}
    answer = page(
        request, "messages.html", case=case, thread=found, typed=typed, message=message, findings=findings,
        titles=titles, review_id=review.id if review else "", writes=messages.may_write(case, live.actor),
        asks=case.engineer_id != live.actor.id, own=case.engineer_id == live.actor.id, today=today().isoformat(),
        longest=messages.TEXT_LENGTH, said=said,
    )  # fmt: skip
    answer.status_code = status
    with context.database.transaction() as session:
        messages.mark_read(session, actor=live.actor, case_id=case_id)
    return answer


@router.post("/cases/{case_id}/messages")
def write(
    request: Request, context: ContextDep, live: FormDep, case_id: str, text: Typed = "", finding: Typed = "",
    review_id: Typed = "", due_on: Typed = "", about: Typed = "", ending: Typed = "",
) -> Response:  # fmt: skip
    """Write a message or a request, answer a request, or withdraw it."""
    try:
        pointer = Pointer(review_id, int(finding)) if finding.isdecimal() and review_id else Pointer()
        due = _day(due_on)
        with context.database.transaction() as session:
            given: dict[str, Any] = {"actor": live.actor, "case_id": case_id, "text": text}
            if about and ending == "withdraw":
                messages.withdraw_request(session, request_id=about, **given)
            elif about:
                messages.answer(session, request_id=about, **given)
            else:
                messages.send(session, due_on=due, pointer=pointer, **given)
    except (Invalid, Conflict) as error:
        told = error_text(error, language_of(request))
        return _shown(request, context, live, case_id, text, told, status_of(error))
    return RedirectResponse(f"/cases/{case_id}/messages#end", 303)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise Invalid("message-due-past") from error


@router.get("/cases/{case_id}/changes")
def changes(request: Request, context: ContextDep, live: LiveDep, case_id: str) -> Response:
    """What the newest model changed against the one before it."""
    language = language_of(request)
    with context.database.reading() as session:
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
        row = comparison_of(session, case_id=case_id)
        found = read_comparison(session, storage=context.storage, case_id=case_id)
        raw = reviews.raw_report(session, storage=context.storage, case_id=case_id) if found else b""
    told: dict[str, list[str]] = {}
    if found:
        clauses = clauses_of_raw(raw)
        told = {str(course): list(finding_lines(found, course, clauses, language)) for course in Course}
    elements = [element_line(one, language) for one in found.elements.changes[:MOST]] if found else []
    counts = {str(change): found.changed(change) for change in Change} if found else {}
    return page(
        request, "changes.html", case=case, comparison=row, found=found, told=told, elements=elements, counts=counts,
        summary=elements_line(found, language) if found else "", most=MOST,
    )  # fmt: skip


class MessageRequest(BaseModel):
    """A message of the syndicate; with `due_on` a request, with `about` the withdrawal of one."""

    text: str = Field(min_length=1, max_length=messages.TEXT_LENGTH)
    due_on: date | None = None
    about: str | None = None
    review_id: str | None = None
    position: int | None = None
    element: str | None = None
    viewpoint: dict[str, list[float]] | None = None
    elements: tuple[str, ...] = Field(default=(), max_length=messages.MOST_ELEMENTS)


@router.get("/api/v1/cases/{case_id}/messages")
def program_index(context: ContextDep, grant: GrantDep, case_id: str) -> dict[str, Any]:
    """The thread, the oldest first; with this it is read."""
    actor = grant.need(Scope.CASES_READ)
    with context.database.transaction() as session:
        found = messages.thread(session, actor=actor, case_id=case_id)
        messages.mark_read(session, actor=actor, case_id=case_id)
    return {"messages": [_public(one) for one in found]}


@router.post("/api/v1/cases/{case_id}/messages", status_code=201)
def program_write(context: ContextDep, grant: GrantDep, case_id: str, body: MessageRequest) -> dict[str, Any]:
    """Write to the thread."""
    actor = grant.need(Scope.CASES_STAMP)
    with context.database.transaction() as session:
        if body.about:
            row = messages.withdraw_request(
                session, actor=actor, case_id=case_id, request_id=body.about, text=body.text
            )
        else:
            pointer = Pointer(body.review_id, body.position, body.element, body.viewpoint, body.elements)
            row = messages.send(
                session, actor=actor, case_id=case_id, text=body.text, due_on=body.due_on, pointer=pointer
            )  # fmt: skip
    return {"id": row.id, "kind": row.kind}


def _public(shown: Shown) -> dict[str, Any]:
    row = shown.message
    return {
        "id": row.id, "kind": row.kind, "about": row.about, "side": row.side, "author": row.author_name,
        "text": said(row, "ar"), "at": row.at.isoformat(), "due_on": row.due_on, "state": shown.state or None,
        "review": row.review_id, "position": row.position, "element": row.element, "viewpoint": row.viewpoint,
        "elements": row.elements or [],
    }  # fmt: skip
