"""The review job: the server's report is the engineer's own, byte for byte; failures and cancellations end cleanly."""

import json
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from api import cli
from permits import audit
from permits.cases import reviews, running
from permits.cases.cases import open_case
from permits.cases.tables import Case, Model, Review
from permits.errors import Conflict, NotFound
from permits.jobs import Context
from permits.land.zones import import_zone
from permits.people.actor import SYSTEM, Actor, Role
from permits.registry import register_jobs
from permits.settings import Settings
from tests.factories import make_actor
from tests.review.test_ties import corners

SAMPLES = Path(__file__).parents[2] / "sample_models"
LAYERS = SAMPLES / "zone" / "zone.gpkg"


@pytest.fixture
def engineer(context: Context) -> Actor:
    register_jobs()
    with context.database.transaction() as session:
        import_zone(session, actor=SYSTEM, storage=context.storage, layers=LAYERS)
        return make_actor(session, Role.ENGINEER)


def _review(context: Context, engineer: Actor, model: Path, plot: str, ties: str = "") -> tuple[str, str]:
    with context.database.transaction() as session:
        case = open_case(session, actor=engineer, office="T", zone="FZ-1", plot=plot, title="x")
        kept = Model(case_id=case.id, name=model.name, size=1, sha256=context.storage.keep(model), ties=ties)
        session.add(kept)
        session.flush()
        review = Review(model_id=kept.id)
        session.add(review)
        session.flush()
        return case.id, review.id


def _without_elapsed(raw: bytes) -> bytes:
    elapsed = json.loads(raw)["elapsed"]
    assert elapsed > 0
    return raw.replace(f'"elapsed":{elapsed}'.encode(), b'"elapsed":0')


@pytest.mark.slow
def test_the_server_says_what_the_engineers_own_machine_says(
    context: Context, engineer: Actor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = SAMPLES / "models" / "planted-violations.ifc"
    case_id, review_id = _review(context, engineer, model, "410")
    running.run_review(context, review_id=review_id)
    running.run_review(context, review_id=review_id)  # again does nothing
    with context.database.reading() as session:
        review, case = session.get_one(Review, review_id), session.get_one(Case, case_id)
        events = [row.event for row in audit.timeline(session, case_id)]
    assert (review.state, review.summary and review.summary["fail"]) == ("done", 15)
    assert events.count("review-finished") == 1
    own = tmp_path / "own.json"
    arguments = ["check", str(model), "--layers", str(LAYERS), "--plot", "410", "--on", case.applied_on]
    assert cli.main([*arguments, "--json", str(own)]) == 1
    assert _without_elapsed(context.storage.read(review.report_sha256 or "")) == _without_elapsed(own.read_bytes())
    assert "SET-01" in capsys.readouterr().out


@pytest.mark.slow
def test_the_tie_points_handed_in_place_the_model(context: Context, engineer: Actor) -> None:
    ties = "\n".join(f"{p.x},{p.y},{p.z}={p.east},{p.north},{p.height}" for p in corners())
    case_id, review_id = _review(context, engineer, SAMPLES / "models" / "cannot-be-judged.ifc", "103", ties)
    running.run_review(context, review_id=review_id)
    with context.database.reading() as session:
        found = reviews.report(session, storage=context.storage, case_id=case_id)
    assert (found["placement"]["method"], found["placement"]["points"]) == ("tie_points", 4)


@pytest.mark.slow
def test_a_refused_model_ends_refused(context: Context, engineer: Actor, tmp_path: Path) -> None:
    half = tmp_path / "half.ifc"
    half.write_bytes((SAMPLES / "models" / "complies.ifc").read_bytes()[:100_000])
    _, review_id = _review(context, engineer, half, "103")
    running.run_review(context, review_id=review_id)
    with context.database.reading() as session:
        review = session.get_one(Review, review_id)
    assert review.state == "refused"
    assert review.summary
    assert review.summary["refusal"]["code"]


@pytest.mark.slow
def test_a_limit_ends_the_review_and_says_so(context: Context, engineer: Actor) -> None:
    tight = Context(context.database, context.storage, Settings(data_dir=Path("unused"), review_wall_seconds=0))
    case_id, review_id = _review(context, engineer, SAMPLES / "models" / "complies.ifc", "103")
    running.run_review(tight, review_id=review_id)
    with context.database.reading() as session:
        assert session.get_one(Review, review_id).state in ("refused", "failed")
        events = [row.event for row in audit.timeline(session, case_id)]
    assert {"review-finished", "review-failed"} & set(events)


@pytest.mark.slow
def test_cancelling_stops_the_running_review(context: Context, engineer: Actor) -> None:
    case_id, review_id = _review(context, engineer, SAMPLES / "models" / "complies.ifc", "103")
    work = threading.Thread(target=running.run_review, args=(context,), kwargs={"review_id": review_id})
    work.start()
    deadline = time.monotonic() + 30
    while _state(context, review_id) == "queued":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    with context.database.transaction() as session:
        running.cancel_review(session, actor=engineer, case_id=case_id)
    work.join(30)
    assert not work.is_alive()
    assert _state(context, review_id) == "cancelled"
    with context.database.transaction() as session, pytest.raises(Conflict):
        running.cancel_review(session, actor=engineer, case_id=case_id)
    with context.database.transaction() as session:
        other = make_actor(session, Role.ENGINEER, "other")
    with context.database.transaction() as session, pytest.raises(NotFound):
        running.cancel_review(session, actor=other, case_id=case_id)


def _state(context: Context, review_id: str) -> str:
    with context.database.reading() as session:
        return session.get_one(Review, review_id).state


@pytest.mark.slow
def test_the_day_of_the_application_judges(context: Context, engineer: Actor) -> None:
    case_id, review_id = _review(context, engineer, SAMPLES / "models" / "complies.ifc", "103")
    with context.database.transaction() as session:
        session.get_one(Case, case_id).applied_on = date(2020, 1, 1).isoformat()  # before the sheet in force
    running.run_review(context, review_id=review_id)
    assert _state(context, review_id) == "failed"  # no pack was in force then, and none of today's steps in
    with context.database.reading() as session:
        assert "review-failed" in [row.event for row in audit.timeline(session, case_id)]
