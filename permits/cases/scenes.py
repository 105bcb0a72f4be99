"""The 3D scene of a case's newest review: made by a job of its own, kept under its hash, read by whoever may see it.

The review's summary names what was made: `scene` holds the hashes of the building and of what is around it, or `why`
there is none.
"""

import logging
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bim.refusals import RefusedError, ReviewFailedError, StoppedError
from bim.report import Report
from gis.errors import LandError
from permits.adapters.storage import Storage
from permits.cases.reviews import current_review
from permits.cases.submitted import submitted
from permits.cases.tables import CaseMessage, Model, Review
from permits.errors import NotFound
from permits.jobs import Context
from permits.review.limits import limits_of
from permits.review.scene import Scene, make_scene

log = logging.getLogger(__name__)
_KEY = "scene"


@dataclass(frozen=True)
class KeptScene:
    """The hashes of a scene's parts, and the review they are of; `building` is None for a drawing, `around` without a
    plot."""

    building: str | None
    around: str | None
    review_id: str


def run_scene(context: Context, *, review_id: str) -> None:
    """Make the scene of a finished review; one that is there is left alone."""
    with context.database.reading() as session:
        review = session.get_one(Review, review_id)
        if review.state != "done" or review.report_sha256 is None or _KEY in (review.summary or {}):
            return
        work, report_sha256 = submitted(session, review), review.report_sha256
    try:
        made = make_scene(
            context.storage.path(work.model_sha256), Report.from_json(context.storage.read(report_sha256)),
            layers=context.storage.path(work.layers_sha256), plot=work.plot, on=work.on, ties=work.ties,
            roles=work.roles, limits=limits_of(context.settings),
        )  # fmt: skip
    except StoppedError:  # this machine is being shut down: the job is tried again
        raise
    except RefusedError as refused:  # the same again would be refused again
        _keep(context, review_id, {"why": refused.code})
        return
    except (ReviewFailedError, LandError) as error:
        scene_failed(context, error=str(error), review_id=review_id)
        return
    _keep(context, review_id, _kept(context.storage, made))


def scene_failed(context: Context, *, error: str, review_id: str) -> None:
    """The review stands without a scene."""
    log.warning("no scene of review %s: %s", review_id, error)
    _keep(context, review_id, {"why": "failed"})


def _kept(storage: Storage, made: Scene) -> dict[str, str]:
    parts = {"building": made.building, "around": made.around}
    return {name: storage.keep_bytes(content) for name, content in parts.items() if content is not None}


def _keep(context: Context, review_id: str, said: dict[str, str]) -> None:
    with context.database.transaction() as session:
        review = session.get_one(Review, review_id, with_for_update=True)
        if _KEY not in (review.summary or {}):
            review.summary = {**(review.summary or {}), _KEY: said}


def scene_of(session: Session, *, case_id: str, model_id: str = "") -> KeptScene:
    """The scene of a case's newest review, or of the one of `model_id`, a model of the case.

    NotFound, with the reason as code, where there is none (yet).
    """
    review = _review_of(session, case_id, model_id) if model_id else current_review(session, case_id=case_id)
    if review is None or review.state != "done":
        raise NotFound("no-report")
    said = (review.summary or {}).get(_KEY)
    if said is None:
        raise NotFound("scene-pending")
    if "why" in said or not said:
        raise NotFound("scene-none")
    return KeptScene(said.get("building"), said.get("around"), review.id)


def model_seen(session: Session, *, message: CaseMessage) -> str:
    """The id of the model of which the view of a message was made: that of the review it names; of one that names
    none, as messages once did, the newest that was there when it was written. Empty without a model."""
    if message.review_id is not None:
        return session.get_one(Review, message.review_id).model_id
    before = select(Model.id).where(Model.case_id == message.case_id, Model.uploaded_at <= message.at)
    return session.scalar(before.order_by(Model.id.desc()).limit(1)) or ""


def _review_of(session: Session, case_id: str, model_id: str) -> Review | None:
    return session.scalar(select(Review).join(Model).where(Model.id == model_id, Model.case_id == case_id))
