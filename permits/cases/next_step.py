"""What the engineer does now: one word for the one sentence at the top of a case's page."""

from typing import Any

from sqlalchemy.orm import Session

from permits.cases.cases import remarks
from permits.cases.messages import open_requests
from permits.cases.reviews import current_model, current_review
from permits.cases.tables import Case
from permits.cases.workflow import State

_ENGINEERS = (State.DRAFT, State.RETURNED)
_OF_REVIEW = {"queued": "review", "running": "review", "refused": "refused", "failed": "again", "cancelled": "again"}
STEPS = (
    "upload", "mend", "review", "refused", "again", "submit", "submit-findings", "submit-undecided",
    "submit-unplaced", "answer", "at-syndicate", "in-review",
    "awaiting-approval", "awaiting-payment", "paid", "permit-issued", "withdrawn", "closed",
)  # fmt: skip
"""Every word that `next_step` says; each has its sentence, "now-" + word."""


def next_step(session: Session, case: Case) -> str:
    """One of `STEPS`."""
    if case.state in _ENGINEERS:
        return _own_turn(session, case)
    if case.state not in (State.PERMIT_ISSUED, State.REFUSED) and open_requests(session, case_id=case.id):
        return "answer"
    return "closed" if case.state == State.REFUSED else case.state.replace("_", "-")


def _own_turn(session: Session, case: Case) -> str:
    model, review = current_model(session, case_id=case.id), current_review(session, case_id=case.id)
    if model is None or review is None:
        return "upload"
    if case.state == State.RETURNED and _is_older(session, case, model.id):
        return "mend"
    if review.state in _OF_REVIEW:
        return _OF_REVIEW[review.state]
    return of_report(review.summary or {})


def of_report(summary: dict[str, Any]) -> str:
    """A model in the wrong place comes before its findings: they may all change with the place."""
    if not summary.get("placed", True):
        return "submit-unplaced"
    if summary.get("fail", 0) > summary.get("warnings", 0):
        return "submit-findings"
    return "submit-undecided" if summary.get("undecided", 0) else "submit"


def _is_older(session: Session, case: Case, model_id: str) -> bool:
    """Whether nothing was handed in since the case was sent back last."""
    written = remarks(session, case_id=case.id)
    return bool(written) and model_id < written[0].id


def guide_step(session: Session, case: Case) -> str:
    """Which step of the guide a case in the engineer's hands is at: upload, review or submit; "" in other hands."""
    if case.state not in _ENGINEERS:
        return ""
    step = _own_turn(session, case)
    return "upload" if step in ("upload", "mend") else "submit" if step.startswith("submit") else "review"
