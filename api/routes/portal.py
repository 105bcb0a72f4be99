"""The engineer's pages: his cases, and one case with its model, review and papers."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.deps import ContextDep, FormDep, LiveDep
from api.pages import language_of, page
from api.samples import ready_of
from api.sending import sending_of
from permits.cases import cases, messages, reviews, running
from permits.cases.comparing import comparison_of
from permits.cases.messages import open_requests
from permits.cases.next_step import guide_step, next_step
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


@router.get("/cases")
def index(request: Request, context: ContextDep, live: LiveDep) -> Response:
    """The engineer's cases, newest first."""
    with context.database.reading() as session:
        found = cases.list_cases(session, actor=live.actor)
        new = messages.unread(session, actor=live.actor)
        samples = any(ready_of(zones.zones(session)).values())
    newest = sorted(found, key=lambda case: case.opened_at, reverse=True)
    return page(request, "cases.html", cases=newest, unread=new, samples=samples)


def progress(request: Request, state: dict[str, Any]) -> Response:
    """A review's fragment, which asks for itself again; once the review has ended, the whole page is due."""
    answer = page(request, "review.html", **state)
    if state["review"] is None or state["review"].state in reviews.FINAL:
        answer.headers["HX-Refresh"] = "true"
    return answer


def refusal_of(review: Review, language: str) -> str:
    """Why the model was refused, in words; empty where it was not."""
    refusal = (review.summary or {}).get("refusal")
    return refusal_text(refusal["code"], refusal["values"], language) if refusal else ""


def _state(context: ContextDep, live: LiveDep, case_id: str) -> dict[str, Any]:
    with context.database.reading() as session:
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
        review = reviews.current_review(session, case_id=case_id)
        bill = find_bill(session, case_id=case_id)
        own = case.engineer_id == live.actor.id
        return {
            "case": case,
            "place": f"/cases/{case.id}",
            "now": next_step(session, case) if own else "",
            "step": guide_step(session, case) if own else "",
            "asked": open_requests(session, case_id=case_id),
            "unread": messages.unread(session, actor=live.actor).get(case_id, 0),
            "reads": messages.may_read(case, live.actor),
            "comparison": comparison_of(session, case_id=case_id),
            "model": reviews.current_model(session, case_id=case_id),
            "review": review,
            **sending_of(context, session, live, case),
            "refusal": refusal_of(review, live.language) if review else "",
            "remarks": cases.remarks(session, case_id=case_id),
            "allowed": [str(action) for action in allowed(session, case=case, actor=live.actor)],
            "uploading": case.engineer_id == live.actor.id and case.state in (State.DRAFT, State.RETURNED),
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
    return page(request, "case.html", **_state(context, live, case_id))


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
    """The review's progress."""
    return progress(request, _state(context, live, case_id))


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
