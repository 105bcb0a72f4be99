"""What is known of a case's models and their reviews: queries, and the reviewer's decisions on findings.

The findings that need a person's decision are those that fail or are undecided; the review row keeps
their positions, so that no page has to open the report to know whether a case may move on.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bim.report import WARNING
from permits import audit, jobs
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.cases.claims import work_on
from permits.cases.tables import Case, FindingDecision, Model, Review
from permits.db import utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.land.edge_roles import newest_correction
from permits.people.actor import Actor, Role

FINAL = frozenset({"done", "refused", "failed", "cancelled"})
DECISIONS = ("stands", "overridden")
SCENE = "scene.build"
"""The job that makes a reviewed building ready to be seen in three dimensions."""
ROLES = "roles"
"""What a summary keeps of edge roles: how many corrections of the plot the review knew of."""


@dataclass(frozen=True)
class Question:
    """A finding for a person to decide: its position in the report, its rule, outcome and severity."""

    position: int
    rule: str
    outcome: str
    severity: str = "error"


def current_model(session: Session, *, case_id: str) -> Model | None:
    """The newest model of the case."""
    return session.scalar(select(Model).where(Model.case_id == case_id).order_by(Model.id.desc()).limit(1))


def current_review(session: Session, *, case_id: str) -> Review | None:
    """The review of the newest model."""
    model = current_model(session, case_id=case_id)
    return session.scalar(select(Review).where(Review.model_id == model.id)) if model else None


def state_of(session: Session, *, case_id: str) -> str:
    """The case's present state."""
    return session.get_one(Case, case_id).state


def raw_report(session: Session, *, storage: Storage, case_id: str, model_id: str = "") -> bytes:
    """The report of the case's newest model, or of an earlier one of it, byte for byte as it was kept."""
    review = current_review(session, case_id=case_id)
    if model_id:
        of_it = select(Review).join(Model).where(Model.id == model_id, Model.case_id == case_id)
        review = session.scalar(of_it)
    if review is None or review.report_sha256 is None:
        raise NotFound("no-report")
    return storage.read(review.report_sha256)


def report_sha256(session: Session, *, review_id: str) -> str | None:
    """The hash of a review's report, None before it has ended."""
    return session.get_one(Review, review_id).report_sha256


def report(session: Session, *, storage: Storage, case_id: str) -> dict[str, Any]:
    """The newest finished report of the case, as in docs/report-format.md."""
    content: dict[str, Any] = json.loads(raw_report(session, storage=storage, case_id=case_id))
    return content


def questions(review: Review) -> list[Question]:
    """What a person must decide on this review."""
    return [Question(**q) for q in (review.summary or {}).get("questions", [])]


def current_questions(session: Session, *, case_id: str) -> list[Question]:
    """What a person must decide, or has decided, on the review of the newest model."""
    review = current_review(session, case_id=case_id)
    return questions(review) if review else []


def summarise(content: dict[str, Any]) -> dict[str, Any]:
    """What the review row keeps of a report: counts, verdict, the questions, and whether it stands on its plot."""
    asked = [
        {"position": i, "rule": f["rule"], "outcome": f["outcome"], "severity": f["severity"]}
        for i, f in enumerate(content["findings"])
        if f["outcome"] in ("fail", "undecided")
    ]
    placed = content["placement"] is not None
    return {**content["summary"], "refusal": content["refusal"], "questions": asked, "placed": placed}


def decisions(session: Session, *, review_id: str) -> dict[int, FindingDecision]:
    """The decisions taken on a review, by finding position."""
    rows = session.scalars(select(FindingDecision).where(FindingDecision.review_id == review_id))
    return {row.position: row for row in rows}


def open_findings(session: Session, *, case_id: str) -> list[Question]:
    """The questions nobody has answered yet and somebody must: a warning may be left unanswered."""
    review = current_review(session, case_id=case_id)
    if review is None:
        return []
    answered = decisions(session, review_id=review.id)
    return [q for q in questions(review) if q.position not in answered and q.severity != WARNING]


def is_stale(session: Session, *, case_id: str) -> bool:
    """Whether an edge role of the plot was corrected after the newest finished review began."""
    case, review = session.get_one(Case, case_id), current_review(session, case_id=case_id)
    if review is None or review.state != "done":
        return False
    known: int = (review.summary or {}).get(ROLES, 0)
    return newest_correction(session, zone=case.zone, plot=case.plot) > known


def ask_again(session: Session, *, actor: Actor, case_id: str) -> Review:
    """Have the newest model reviewed once more, such as after an edge role was corrected.

    It is handed in again as it is, so that the review before stays with its report and its decisions; the stamp
    holds, being bound to the model's hash.
    """
    actor.need(Role.REVIEWER)
    case = session.get_one(Case, case_id, with_for_update=True)
    model, before = current_model(session, case_id=case_id), current_review(session, case_id=case_id)
    if case.state != "in_review" or model is None or before is None or before.state not in FINAL:
        raise Conflict("wrong-state", state=case.state, action="ask_again")
    work_on(session, actor=actor, case=case)
    again = Model(
        case_id=case_id, name=model.name, size=model.size, sha256=model.sha256, ties=model.ties,
        uploaded_at=model.uploaded_at,
    )  # fmt: skip
    session.add(again)
    session.flush()
    review = begin_review(session, again)
    audit.record(session, AuditEvent.REVIEW_ASKED_AGAIN, actor=actor, subject=case_id, model=model.sha256,
                 before=before.id, review=review.id)  # fmt: skip
    return review


def begin_review(session: Session, model: Model) -> Review:
    """Put a model up for its review: the row and the job."""
    review = Review(model_id=model.id)
    session.add(review)
    session.flush()
    jobs.enqueue(session, "review.run", review.id, review_id=review.id)
    return review


def ask_scene(session: Session, review: Review) -> None:
    """Have the building of a finished review made ready to be seen; whatever has it already is left alone."""
    jobs.enqueue(session, SCENE, review.id, review_id=review.id)


def standing_failures(session: Session, *, case_id: str) -> list[Question]:
    """The findings a reviewer confirmed: with one of these no case is approved."""
    review = current_review(session, case_id=case_id)
    if review is None:
        return []
    answered = decisions(session, review_id=review.id)
    return [q for q in questions(review) if q.position in answered and answered[q.position].decision == "stands"]


def decide_finding(
    session: Session, *, actor: Actor, case_id: str, position: int, decision: str, reason: str,
    review_id: str | None = None,
) -> FindingDecision:  # fmt: skip
    """A reviewer says whether one finding stands or is overridden."""
    return decide_findings(
        session, actor=actor, case_id=case_id, positions=[position], decision=decision, reason=reason,
        review_id=review_id,
    )[0]  # fmt: skip


def decide_findings(
    session: Session, *, actor: Actor, case_id: str, positions: Collection[int], decision: str, reason: str,
    review_id: str | None = None, seen: Mapping[int, str] | None = None,
) -> list[FindingDecision]:  # fmt: skip
    """A reviewer says of findings whether they stand or are overridden, all or none; the reason is kept and audited.

    `review_id` is the review that the positions were read from: Conflict where a later one has taken its place.
    `seen` are the ids of decisions that the reader saw, by position: Conflict where one was taken meanwhile.
    """
    actor.need(Role.REVIEWER)
    case = session.get_one(Case, case_id, with_for_update=True)
    review = current_review(session, case_id=case_id)
    if case.state != "in_review" or review is None:
        raise Conflict("wrong-state", state=case.state, action="decide_finding")
    work_on(session, actor=actor, case=case)
    if review_id is not None and review.id != review_id:
        raise Conflict("review-replaced")
    asked = {question.position: question for question in questions(review)}
    if not positions or not set(positions) <= asked.keys() or decision not in DECISIONS:
        raise Invalid("decision-invalid")
    if not reason.strip():
        raise Invalid("reason-needed")
    taken = decisions(session, review_id=review.id)
    if seen is not None and any(seen.get(one, "") != mark_of(taken.get(one)) for one in positions):
        raise Conflict("finding-decided-meanwhile")
    said = (decision, reason.strip())
    return [_decide(session, actor, (case_id, review.id), asked[one], taken.get(one), said) for one in positions]


def mark_of(decision: FindingDecision | None) -> str:
    """What tells one decision on a finding from the next; empty where there is none."""
    return decision.at.isoformat() if decision else ""


def _decide(
    session: Session, actor: Actor, of: tuple[str, str], question: Question, row: FindingDecision | None,
    said: tuple[str, str],
) -> FindingDecision:  # fmt: skip
    case_id, review_id = of
    if row is None:
        row = FindingDecision(review_id=review_id, position=question.position, rule=question.rule)
        session.add(row)
    row.decision, row.reason, row.actor_id, row.at = *said, actor.id, utcnow()
    audit.record(
        session, AuditEvent.FINDING_DECIDED, actor=actor, subject=case_id,
        review=review_id, position=question.position, rule=question.rule, decision=row.decision, reason=row.reason,
    )  # fmt: skip
    session.flush()
    return row
