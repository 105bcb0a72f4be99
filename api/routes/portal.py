"""The engineer's pages: his cases, a new case on a plot, one case with its model, review and papers."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import ContextDep, FormDep, LiveDep
from api.pages import language_of, page
from permits.cases import cases, reviews, running
from permits.cases.tables import Review
from permits.cases.timeline import timeline_of
from permits.cases.workflow import State, allowed
from permits.documents.issue import find_permit
from permits.documents.receipt import find_receipt
from permits.documents.sheet import shown_money
from permits.land import zones
from permits.money.assessment import read_assessment
from permits.money.bills import find_bill, latest_bill, left_of
from permits.money.explain import explain
from permits.review.wording import refusal_text

router = APIRouter()
CHUNK = 4 << 20
"""Bytes a browser sends at once: small enough for a slow line, large enough for a fast one."""


@router.get("/cases")
def index(request: Request, context: ContextDep, live: LiveDep) -> Response:
    """The engineer's cases, newest first."""
    with context.database.reading() as session:
        found = cases.list_cases(session, actor=live.actor)
    return page(request, "cases.html", cases=sorted(found, key=lambda case: case.opened_at, reverse=True))


@router.get("/cases/new")
def new(request: Request, context: ContextDep) -> Response:
    """Choose a plot on the map or by number."""
    with context.database.reading() as session:
        found = zones.zones(session)
    return page(request, "new.html", zones=found)


@router.post("/cases")
def create(
    context: ContextDep, live: FormDep, zone: Annotated[str, Form()], plot: Annotated[str, Form()],
    title: Annotated[str, Form()],
) -> Response:  # fmt: skip
    """Open the case."""
    with context.database.transaction() as session:
        case = cases.open_case(
            session, actor=live.actor, office=context.settings.office, zone=zone, plot=plot.strip(), title=title
        )
    return RedirectResponse(f"/cases/{case.id}", 303)


def refusal_of(review: Review, language: str) -> str:
    """Why the model was refused, in words; empty where it was not."""
    refusal = (review.summary or {}).get("refusal")
    return refusal_text(refusal["code"], refusal["values"], language) if refusal else ""


def _state(context: ContextDep, live: LiveDep, case_id: str) -> dict[str, Any]:
    with context.database.reading() as session:
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
        review = reviews.current_review(session, case_id=case_id)
        bill = find_bill(session, case_id=case_id)
        return {
            "case": case,
            "model": reviews.current_model(session, case_id=case_id),
            "review": review,
            "refusal": refusal_of(review, live.language) if review else "",
            "remarks": cases.remarks(session, case_id=case_id),
            "allowed": [str(action) for action in allowed(session, case=case, actor=live.actor)],
            "uploading": case.state in (State.DRAFT, State.RETURNED),
            "bill": bill,
            "amount": shown_money(bill.piastres, live.language) if bill else "",
            "left": shown_money(left_of(session, bill), live.language) if bill else "",
            "receipt": find_receipt(session, case_id=case_id),
            "permit": find_permit(session, case_id=case_id),
            "zone": zones.get_zone(session, case.zone),
            "timeline": timeline_of(session, case_id=case_id),
        }


@router.get("/cases/{case_id}")
def show(request: Request, context: ContextDep, live: LiveDep, case_id: str) -> Response:
    """One case."""
    return page(request, "case.html", chunk=CHUNK, **_state(context, live, case_id))


@router.get("/cases/{case_id}/fee")
def fee(request: Request, context: ContextDep, live: LiveDep, case_id: str) -> Response:
    """How the fee was computed, number by number."""
    with context.database.reading() as session:
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
        bill = latest_bill(session, case_id=case_id)
    lines = explain(read_assessment(bill.assessment), language_of(request)).split("\n")
    return page(request, "fee.html", case=case, bill=bill, lines=lines)


@router.get("/cases/{case_id}/review")
def review(request: Request, context: ContextDep, live: LiveDep, case_id: str) -> Response:
    """The review's progress: a fragment that asks for itself again; once the review has ended, the page is due."""
    state = _state(context, live, case_id)
    answer = page(request, "review.html", **state)
    if state["review"] is None or state["review"].state in reviews.FINAL:
        answer.headers["HX-Refresh"] = "true"
    return answer


@router.post("/cases/{case_id}/cancel")
def cancel(context: ContextDep, live: FormDep, case_id: str) -> Response:
    """Stop the running review."""
    with context.database.transaction() as session:
        running.cancel_review(session, actor=live.actor, case_id=case_id)
    return RedirectResponse(f"/cases/{case_id}", 303)


@router.post("/cases/{case_id}/submit")
def submit(context: ContextDep, live: FormDep, case_id: str) -> Response:
    """Send it to the syndicate."""
    with context.database.transaction() as session:
        cases.submit(session, actor=live.actor, case_id=case_id)
    return RedirectResponse(f"/cases/{case_id}", 303)


@router.post("/cases/{case_id}/withdraw")
def withdraw(context: ContextDep, live: FormDep, case_id: str) -> Response:
    """Give it up."""
    with context.database.transaction() as session:
        cases.withdraw(session, actor=live.actor, case_id=case_id)
    return RedirectResponse(f"/cases/{case_id}", 303)


@router.get("/map/{zone}")
def land(context: ContextDep, live: LiveDep, zone: str) -> dict[str, Any]:  # noqa: ARG001 - for people logged in
    """Plots and streets of a zone, for drawing."""
    with context.database.reading() as session:
        return zones.map_of(session, zone)
