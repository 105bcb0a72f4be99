"""Jobs: there with their transaction or not at all, once per key, failing loudly, taken over from the dead."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeVar

import pytest

from permits import audit, jobs
from permits.calendar import today
from permits.db import utcnow
from permits.jobs import Context, Job, Worker

T = TypeVar("T")
DONE: list[str] = []
FAILED: list[str] = []


def _note(_: Context, *, what: str) -> None:
    if what == "bad":
        raise ValueError(what)
    DONE.append(what)


def _note_failure(_: Context, *, error: str, what: str) -> None:
    FAILED.append(f"{what}: {error}")


@pytest.fixture(autouse=True)
def _job() -> None:
    jobs.register("test.note", Job("light", _note, _note_failure))
    DONE.clear()
    FAILED.clear()


@pytest.fixture
def worker(context: Context) -> Iterator[Context]:
    stopping = jobs.start(context)
    yield context
    jobs.stop(stopping)


def _until_idle(context: Context) -> None:
    deadline = time.monotonic() + 30
    while jobs.unfinished(context.database):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_job_leaves_with_its_transaction_or_not_at_all(context: Context) -> None:
    with context.database.transaction() as session:
        jobs.enqueue(session, "test.note", "1", what="kept")
    with pytest.raises(ZeroDivisionError), context.database.transaction() as session:
        assert 1 / len(jobs.enqueue(session, "test.note", "2", what="dropped")[:0])
    assert [job["id"] for job in jobs.unfinished(context.database)] == ["test.note:1"]


@pytest.mark.slow
def test_whatever_breaks_while_the_database_is_away_is_begun_again(
    worker: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = iter([False, False, True])
    monkeypatch.setattr(jobs, "_answers", lambda _database: next(away))
    tries: list[str] = []

    def work(_: Context, *, what: str) -> None:
        tries.append(what)
        if len(tries) == 1:
            raise RuntimeError("the pool is empty")
        DONE.append(what)

    jobs.register("test.note", Job("light", work, _note_failure))
    with worker.database.transaction() as session:
        jobs.enqueue(session, "test.note", "1", what="patient")
    _until_idle(worker)
    assert (tries, DONE, FAILED) == (["patient", "patient"], ["patient"], [])


@pytest.mark.slow
def test_the_same_key_is_the_same_job(worker: Context) -> None:
    for _ in range(3):
        with worker.database.transaction() as session:
            jobs.enqueue(session, "test.note", "1", what="once")
    _until_idle(worker)
    assert DONE == ["once"]


@pytest.mark.slow
def test_a_job_that_fails_for_good_says_so(worker: Context) -> None:
    with worker.database.transaction() as session:
        jobs.enqueue(session, "test.note", "1", what="bad")
    _until_idle(worker)
    assert len(FAILED) == 1
    assert FAILED[0].startswith("bad: ")


@pytest.mark.slow
def test_jobs_of_a_dead_machine_are_taken_over(context: Context) -> None:
    with context.database.transaction() as session:
        session.add(Worker(id="gone", beat=utcnow() - timedelta(hours=1)))
        jobs.enqueue(session, "test.note", "1", what="orphan")
    with context.database.transaction() as session:
        table = "dbos.workflow_status" if not context.database.embedded else "workflow_status"
        session.connection().exec_driver_sql(f"UPDATE {table} SET status = 'PENDING', executor_id = 'gone'")
    assert jobs.reap(context) == ["test.note:1"]
    stopping = jobs.start(context)
    _until_idle(context)
    jobs.stop(stopping)
    assert DONE == ["orphan"]
    with context.database.reading() as session:
        assert [row.event for row in audit.timeline(session, "test.note:1")] == ["job-resumed"]
        assert session.get(Worker, "gone") is None


def test_a_dead_machine_is_taken_by_one_of_the_others_until_he_dies_too(context: Context) -> None:
    with context.database.transaction() as session:
        session.add(Worker(id="gone", beat=utcnow() - timedelta(hours=1)))
        session.add(Worker(id="alive", beat=utcnow()))
    assert jobs._claim_dead(context) == ["gone"]
    assert jobs._claim_dead(context) == []
    later = Context(context.database, context.storage, context.settings.model_copy(update={"worker_dead_seconds": 0}))
    assert sorted(jobs._claim_dead(later)) == ["alive", "gone"]


@pytest.mark.slow
def test_a_job_of_the_day_is_done_once_on_each(worker: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def note(_: Context, *, day: str) -> None:
        if day == "2099-11-03":
            raise ValueError(day)
        DONE.append(day)

    monkeypatch.setattr(jobs, "DAILY", set())
    jobs.register_daily("test.daily", note)
    for day in (1, 1, 2, 3):
        jobs.begin_day(worker, date(2099, 11, day))
    _until_idle(worker)
    assert sorted(day for day in DONE if day > "2099") == ["2099-11-01", "2099-11-02"]  # and the present one
    with worker.database.reading() as session:
        assert [row.event for row in audit.timeline(session, "test.daily:2099-11-03")] == ["job-failed"]


@pytest.mark.slow
def test_the_first_beat_of_a_day_begins_it(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "DAILY", set())
    jobs.register_daily("test.daily", lambda _, *, day: DONE.append(day))
    stopping = jobs.start(context)
    deadline = time.monotonic() + 30
    while not DONE:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    jobs.stop(stopping)
    assert today().isoformat() in DONE
