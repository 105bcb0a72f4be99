"""The scene's job: asked for with the report, made once, and told apart from one that waits and one that cannot be."""

from pathlib import Path

import pytest

from permits import jobs
from permits.cases import running, scenes
from permits.cases.tables import Review
from permits.errors import NotFound
from permits.jobs import Context
from permits.people.actor import Actor
from permits.settings import Settings
from tests.cases.test_running import SAMPLES, _review, engineer

__all__ = ["engineer"]


def reviewed(context: Context, engineer: Actor, name: str = "complies.ifc") -> tuple[str, str]:
    case_id, review_id = _review(context, engineer, SAMPLES / "models" / name, "103")
    running.run_review(context, review_id=review_id)
    return case_id, review_id


def code(context: Context, case_id: str) -> str:
    with context.database.reading() as session, pytest.raises(NotFound) as refused:
        scenes.scene_of(session, case_id=case_id)
    return refused.value.code


@pytest.mark.slow
def test_a_finished_review_has_its_scene_made_once(context: Context, engineer: Actor) -> None:
    case_id, review_id = reviewed(context, engineer)
    assert f"scene.build:{review_id}" in [job["id"] for job in jobs.unfinished(context.database)]
    assert code(context, case_id) == "scene-pending"
    scenes.run_scene(context, review_id=review_id)
    with context.database.reading() as session:
        kept = scenes.scene_of(session, case_id=case_id)
        summary = session.get_one(Review, review_id).summary or {}
    assert kept.building
    assert kept.around
    assert context.storage.read(kept.building)[:4] == context.storage.read(kept.around)[:4] == b"glTF"
    assert summary["questions"] is not None
    scenes.scene_failed(context, error="late", review_id=review_id)  # what is there stays
    scenes.run_scene(context, review_id=review_id)
    with context.database.reading() as session:
        assert scenes.scene_of(session, case_id=case_id) == kept


@pytest.mark.slow
def test_a_scene_that_needs_too_much_is_none(context: Context, engineer: Actor) -> None:
    case_id, review_id = reviewed(context, engineer)
    tight = Context(context.database, context.storage, Settings(data_dir=Path("unused"), review_wall_seconds=0))
    scenes.run_scene(tight, review_id=review_id)
    assert code(context, case_id) == "scene-none"


def test_without_a_review_there_is_none(context: Context, engineer: Actor) -> None:
    case_id, review_id = _review(context, engineer, SAMPLES / "models" / "complies.ifc", "103")
    scenes.run_scene(context, review_id=review_id)
    assert code(context, case_id) == "no-report"
