"""A draft tried on the models of cases: what it would find otherwise than the guide in force, by clause and by case."""

from collections import Counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bim import archive
from bim.guide.difference import effects
from bim.guide.pack import GuidePack
from bim.refusals import ReviewFailedError
from permits import audit, jobs
from permits.audit import AuditEvent
from permits.calendar import today
from permits.cases.tables import Case, Model
from permits.db import utcnow
from permits.errors import NotFound
from permits.guides.drafting import READERS, open_draft
from permits.guides.published import pack_of
from permits.guides.tables import GuideTrial
from permits.jobs import Context
from permits.people.actor import Actor, Role
from permits.review.check import check_model
from permits.review.guides import guide_of
from permits.review.limits import limits_of

JOB = "guide.try"
MOST = 12
"""The newest models of so many cases are judged, twice each."""


def ask_trial(session: Session, *, actor: Actor) -> GuideTrial:
    """Have the open draft tried."""
    actor.need(Role.ADMIN)
    draft = open_draft(session, actor=actor)
    if draft is None:
        raise NotFound("guide-no-draft")
    row = GuideTrial(content=draft.content, asked_by=actor.id)
    session.add(row)
    session.flush()
    jobs.enqueue(session, JOB, row.id, trial_id=row.id)
    audit.record(session, AuditEvent.GUIDE_TRIED, actor=actor, subject=f"guide:{draft.id}", trial=row.id)
    return row


def newest_trial(session: Session, *, actor: Actor) -> GuideTrial | None:
    """The trial that was asked for last."""
    actor.need(*READERS)
    return session.scalar(select(GuideTrial).order_by(GuideTrial.id.desc()).limit(1))


def run_trial(context: Context, *, trial_id: str) -> None:
    """Judge the kept models by both guides, each in a confined child; a trial that has ended is left alone."""
    with context.database.transaction() as session:
        row = session.get_one(GuideTrial, trial_id, with_for_update=True)
        if row.state in ("done", "failed"):
            return
        row.state, row.changed_at = "running", utcnow()
        draft, models = pack_of(row.content), _models(session)
    guide = guide_of(today())
    told = [_one(context, number, sha256, (guide, draft)) for number, sha256 in models]
    _end(context, trial_id, "done", {"against": guide.id, "cases": told, "clauses": _by_clause(told)})


def trial_failed(context: Context, *, error: str, trial_id: str) -> None:
    """The trial cannot be done; the draft stands as it is."""
    _end(context, trial_id, "failed", {"detail": error[:300]})


def _models(session: Session) -> list[tuple[str, str]]:
    """Case number and model hash of the newest model of the newest cases."""
    query = select(Case.number, Model.sha256).join(Model, Model.case_id == Case.id).order_by(Model.id.desc())
    newest: dict[str, str] = {}
    for number, sha256 in session.execute(query):
        newest.setdefault(number, sha256)
        if len(newest) == MOST:
            break
    return list(newest.items())


def _one(context: Context, number: str, sha256: str, packs: tuple[GuidePack, GuidePack]) -> dict[str, Any]:
    """What changes for one case; `why` is a code where its model says nothing of the guide."""
    try:
        path = context.storage.path(sha256)
        if archive.is_zip(path) and archive.holds_drawing(path):
            return {"case": number, "why": "drawing", "effects": []}
        limits, on = limits_of(context.settings), today()
        before, after = (
            check_model(path, layers=None, plot=None, guide=pack, on=on, geometry=False, limits=limits)
            for pack in packs
        )
    except NotFound:
        return {"case": number, "why": "gone", "effects": []}
    except ReviewFailedError:
        return {"case": number, "why": "failed", "effects": []}
    if after.refusal is not None:
        return {"case": number, "why": "refused", "effects": []}
    found = [
        {"code": e.code, "before": e.before and str(e.before.value), "after": e.after and str(e.after.value),
         "newly": len(e.newly), "no_longer": len(e.no_longer)}
        for e in effects(before, after)
    ]  # fmt: skip
    return {"case": number, "why": "", "effects": found}


def _by_clause(told: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Of each clause: cases that it judges otherwise, elements that begin to fail and that cease to."""
    found: dict[str, Counter[str]] = {}
    for case in told:
        for effect in case["effects"]:
            count = found.setdefault(effect["code"], Counter())
            count.update({"cases": 1, "newly": effect["newly"], "no_longer": effect["no_longer"]})
    return {code: dict(found[code]) for code in sorted(found)}


def _end(context: Context, trial_id: str, state: str, result: dict[str, Any]) -> None:
    with context.database.transaction() as session:
        row = session.get_one(GuideTrial, trial_id, with_for_update=True)
        if row.state not in ("done", "failed"):
            row.state, row.result, row.changed_at = state, result, utcnow()
