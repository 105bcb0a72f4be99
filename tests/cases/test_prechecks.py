"""Pre-checks, drafts and the same model again: nobody else sees them, nothing is judged twice or left lying about."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from shapely import box

from permits import jobs
from permits.cases import cases, drafts, handing, prechecks, sweeping, uploads
from permits.cases.tables import Case, Model, Precheck, Review, Upload
from permits.cases.workflow import State
from permits.db import utcnow
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.jobs import Context
from permits.land.tables import Plot
from permits.people.accounts import open_login
from permits.people.actor import Actor, Role
from permits.people.tables import Login, User
from permits.registry import register_jobs
from tests.factories import make_actor, make_case, make_zone

Pair = tuple[Actor, Actor]


@pytest.fixture
def people(context: Context) -> Pair:
    """An engineer and a reviewer, where there is a zone."""
    register_jobs()
    with context.database.transaction() as session:
        make_zone(session)
        return make_actor(session, Role.ENGINEER), make_actor(session, Role.REVIEWER)


def _hand_in(context: Context, actor: Actor, precheck_id: str, content: bytes) -> Model:
    path = context.settings.data_dir / "m"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    sha256 = context.storage.keep(path)
    with context.database.transaction() as session:
        upload = uploads.begin_upload(
            session, actor=actor, precheck_id=precheck_id, name="m.ifc", length=len(content), largest=1000
        )
        return uploads.finish_upload(session, actor=actor, upload_id=upload.id, sha256=sha256)


def _judge(context: Context, model: Model, report: str | None = None) -> None:
    """As the job would end: with the grounds of the verdict."""
    with context.database.transaction() as session:
        review = session.query(Review).filter_by(model_id=model.id).one()
        by = dict(handing.grounds(session, handing.holder_of(session, session.get_one(Model, model.id))))
        review.state, review.report_sha256 = "done", report
        review.summary = {"fail": 0, "questions": [], "roles": 0, handing.JUDGED_BY: by}


def _open(context: Context, actor: Actor) -> str:
    with context.database.transaction() as session:
        return prechecks.open_precheck(session, actor=actor, zone="Z", plot="7").id


def test_it_is_ones_own_and_reaches_no_list_of_the_office(context: Context, people: Pair) -> None:
    engineer, reviewer = people
    precheck_id = _open(context, engineer)
    _hand_in(context, engineer, precheck_id, b"one")
    with context.database.transaction() as session:
        other = make_actor(session, Role.ENGINEER, "other")
        with pytest.raises(NotFound):
            prechecks.get_precheck(session, actor=other, precheck_id=precheck_id)
        with pytest.raises(Forbidden):
            prechecks.get_precheck(session, actor=reviewer, precheck_id=precheck_id)
        with pytest.raises(NotFound, match="plot-unknown"):
            prechecks.open_precheck(session, actor=engineer, zone="Z", plot="8")
        assert cases.list_cases(session, actor=reviewer) == []
        assert session.query(Case).count() == 0
        (one,) = prechecks.list_prechecks(session, actor=engineer)
        assert one.model is not None
        assert prechecks.list_prechecks(session, actor=other) == []


def test_the_same_model_again_is_not_judged_twice(context: Context, people: Pair) -> None:
    engineer, _ = people
    precheck_id = _open(context, engineer)
    first = _hand_in(context, engineer, precheck_id, b"one")
    assert _hand_in(context, engineer, precheck_id, b"one").id == first.id  # while its review waits
    _judge(context, first)
    assert _hand_in(context, engineer, precheck_id, b"one").id == first.id
    with context.database.transaction() as session:
        (last,) = session.query(Upload).order_by(Upload.id.desc()).limit(1)
        assert uploads.was_same(session, last)
        session.query(Review).one().state = "failed"
    assert _hand_in(context, engineer, precheck_id, b"one").id != first.id  # that one said nothing
    assert _hand_in(context, engineer, precheck_id, b"two").sha256 != first.sha256
    assert len(jobs.unfinished(context.database)) == 3


def test_a_case_takes_model_and_verdict_over(context: Context, people: Pair) -> None:
    engineer, _ = people
    precheck_id = _open(context, engineer)
    _judge(context, _hand_in(context, engineer, precheck_id, b"one"), "f" * 64)
    said = {"actor": engineer, "precheck_id": precheck_id, "office": "T"}
    with context.database.transaction() as session, pytest.raises(Invalid, match="title-needed"):
        prechecks.take_over(session, title=" ", kind="new", **said)
    with context.database.transaction() as session:
        case = prechecks.take_over(session, title="بناء", kind="addition", **said)
        model = handing.newest_model(session, case)
        review = handing.review_of(session, model)
        assert review is not None
        assert (case.kind, review.state, review.report_sha256) == ("addition", "done", "f" * 64)
        with pytest.raises(Conflict, match="taken-over"):
            prechecks.take_over(session, title="بناء", kind="new", **said)
    asked = [job["id"].split(":")[0] for job in jobs.unfinished(context.database)]
    assert sorted(asked) == ["review.run", "scene.build"]  # the verdict is the pre-check's, the case is to be seen


def test_another_plot_has_the_model_judged_anew(context: Context, people: Pair) -> None:
    engineer, _ = people
    precheck_id = _open(context, engineer)
    _judge(context, _hand_in(context, engineer, precheck_id, b"one"))
    with context.database.transaction() as session:
        case = prechecks.take_over(
            session, actor=engineer, precheck_id=precheck_id, office="T", title="بناء", kind="new"
        )  # fmt: skip
        session.add(Plot(zone="Z", number="9", parcel="9", use="residential", area=1.0, polygon=box(0, 0, 1, 1)))
        session.flush()
        cases.amend_case(session, actor=engineer, case_id=case.id, plot="9", title="آخر", kind="new")
        review = handing.review_of(session, handing.newest_model(session, case))
        assert review is not None
        assert (case.plot, case.title, review.state) == ("9", "آخر", "queued")
        case.state = str(State.IN_REVIEW)
        session.flush()
        with pytest.raises(Conflict, match="wrong-state"):
            cases.amend_case(session, actor=engineer, case_id=case.id, plot="7", title="آخر", kind="new")


def test_a_draft_stays_until_it_is_a_case(context: Context, people: Pair) -> None:
    engineer, reviewer = people
    with context.database.transaction() as session:
        drafts.keep_draft(session, actor=engineer, zone="Z", plot="7")
        drafts.keep_draft(session, actor=engineer, title="ب" * 300)
    with context.database.transaction() as session:
        kept = drafts.draft_of(session, actor=engineer)
        assert (kept.plot, kept.title, kept.kind) == ("7", "ب" * 200, "")
        with pytest.raises(Forbidden):
            drafts.draft_of(session, actor=reviewer)
        drafts.drop_draft(session, actor=engineer)
        assert drafts.draft_of(session, actor=engineer) == drafts.Draft()


def _aged(path: Path) -> None:
    long_ago = (utcnow() - timedelta(days=60)).timestamp()
    os.utime(path, (long_ago, long_ago))


def test_what_is_abandoned_is_swept_and_what_is_held_stays(context: Context, people: Pair) -> None:
    engineer, _ = people
    precheck_id, young = _open(context, engineer), _open(context, engineer)
    alone, shared = (_hand_in(context, engineer, precheck_id, content) for content in (b"alone", b"shared"))
    for model in (alone, shared):
        _judge(context, model)
    folder = context.settings.data_dir / "uploads"
    with context.database.transaction() as session:
        case = make_case(session, engineer)
        session.add(Model(case_id=case.id, name="m", size=1, sha256=shared.sha256))
        left = uploads.begin_upload(session, actor=engineer, case_id=case.id, name="m", length=9, largest=99)
        fresh = uploads.begin_upload(session, actor=engineer, case_id=case.id, name="m", length=9, largest=99)
        session.get_one(Upload, left.id).created_at = utcnow() - timedelta(days=8)
        session.get_one(Precheck, precheck_id).opened_at = utcnow() - timedelta(days=60)
        session.query(Model).filter_by(precheck_id=precheck_id).update({"uploaded_at": utcnow() - timedelta(days=40)})
    for upload in (left, fresh):
        uploads.append(folder, upload, offset=0, pieces=[b"abc"])
    _aged(folder / left.id)
    for model in (alone, shared):
        _aged(context.storage.path(model.sha256))
    for _ in range(2):
        sweeping.run_sweeping(context, day="2026-11-22")
    with context.database.reading() as session:
        assert {row.id for row in session.query(Precheck)} == {young}
        assert session.get(Upload, left.id) is None
        assert session.get(Upload, fresh.id) is not None
        assert session.query(Review).count() == 0
    assert [path.name for path in folder.iterdir()] == [fresh.id]
    assert context.storage.read(shared.sha256) == b"shared"
    with pytest.raises(NotFound):
        context.storage.read(alone.sha256)


def test_logins_that_ended_are_forgotten(context: Context) -> None:
    with context.database.transaction() as session:
        user = session.get_one(User, make_actor(session, Role.ENGINEER, "logs-in").id)
        ended, live = (open_login(session, user=user, minutes=minutes)[1].ref for minutes in (-1, 30))
    sweeping.run_sweeping(context, day="2026-11-22")
    with context.database.reading() as session:
        kept = {row.ref for row in session.query(Login)}
    assert (ended in kept, live in kept) == (False, True)


def test_a_document_that_is_kept_again_is_not_removed_from_under_it(context: Context, people: Pair) -> None:
    sha256 = context.storage.keep_bytes(b"again")
    _aged(context.storage.path(sha256))
    before = utcnow() - timedelta(days=30)
    context.storage.keep_bytes(b"again")
    assert not context.storage.discard(sha256, before=before)
    _aged(context.storage.path(sha256))
    assert context.storage.discard(sha256, before=before)
    assert not context.storage.discard(sha256, before=before)
