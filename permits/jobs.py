"""The job engine: a thin port over DBOS Transact.

A job is a registered function that takes ids. `enqueue` writes its row in the caller's transaction, so
a case and its job are there together or not at all. A job runs at least once; its effect is kept once
because every job first looks whether its effect is there. A worker that is killed resumes its own jobs
when it starts again under the same name; the jobs of a machine that never returns are taken over by
`reap`, which any worker runs.
"""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from typing import Any, NoReturn

from dbos import DBOS, DBOSClient, DBOSConfig
from sqlalchemy import String, delete, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from permits import audit
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import Base, Database, utcnow
from permits.people.actor import SYSTEM
from permits.settings import Settings

log = logging.getLogger(__name__)

VERSION = "1"
QUEUES = {"heavy": 1, "light": 2, "patient": 16}
"""Queue names and how many jobs of each one worker runs at once; a patient one mostly waits for somebody else."""

LONGEST_BEAT = 5.0
"""Seconds between two heartbeats, unless a worker counts as dead so soon that it must beat faster."""


@dataclass(frozen=True)
class Context:
    """What a job works with; the composition root makes it once per process."""

    database: Database
    storage: Storage
    settings: Settings


@dataclass(frozen=True)
class Job:
    """A registered job: its queue, what it does, and what becomes of its subject if it fails for good."""

    queue: str
    run: Callable[..., None]
    failed: Callable[..., None]


@dataclass(frozen=True)
class Standing:
    """A job that waits, runs or has `failed` for good, under its name and key; `since` is when it was asked for."""

    id: str
    name: str
    key: str
    arguments: dict[str, str]
    status: str
    since: datetime
    failed: bool


class Worker(Base):
    """The heartbeat of one worker process."""

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    beat: Mapped[datetime]


REGISTRY: dict[str, Job] = {}
DAILY: set[str] = set()
"""The jobs of REGISTRY that are done once on every day, by whichever worker says so first."""

HOURLY: set[str] = set()
"""Those that are done once in every hour."""

AGAIN = ":again"
"""What the key of a job ends with that was asked for once more."""

_running: dict[str, Context] = {}


def register(name: str, job: Job) -> None:
    """Make a job known under `name`; done once where the programs are put together."""
    REGISTRY[name] = job


def register_daily(name: str, run: Callable[..., None]) -> None:
    """A job for every day of Damascus, begun with `day`; what fails for good is on record, and tried the next day."""
    register(name, Job("light", run, partial(_day_failed, name)))
    DAILY.add(name)


def register_hourly(name: str, run: Callable[..., None]) -> None:
    """A job for every hour, begun with `hour`: the moment, aware, in ISO form."""
    register(name, Job("light", run, partial(_hour_failed, name)))
    HOURLY.add(name)


def _hour_failed(name: str, context: Context, *, error: str, hour: str) -> None:
    _day_failed(name, context, error=error, day=hour)


def _day_failed(name: str, context: Context, *, error: str, day: str) -> None:
    with context.database.transaction() as session:
        audit.record(session, AuditEvent.JOB_FAILED, actor=SYSTEM, subject=f"{name}:{day}", error=error)


def begin_day(context: Context, day: date) -> None:
    """Put the jobs of a day in their queue; again is the same."""
    with context.database.transaction() as session:
        for name in sorted(DAILY):
            enqueue(session, name, day.isoformat(), day=day.isoformat())


def begin_hour(context: Context, moment: datetime) -> None:
    """Put the jobs of an hour in their queue; again is the same."""
    hour = moment.replace(minute=0, second=0, microsecond=0).isoformat()
    with context.database.transaction() as session:
        for name in sorted(HOURLY):
            enqueue(session, name, hour, hour=hour)


def _system_url(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


@cache
def _client(url: str) -> DBOSClient:
    return DBOSClient(system_database_url=_system_url(url))


def enqueue(session: Session, name: str, key: str, **arguments: str) -> str:
    """Put a job in the caller's transaction; the same name and key again is the same job. Returns its id."""
    job_id = f"{name}:{key}"
    url = session.get_bind().engine.url.render_as_string(hide_password=False)
    _client(url).enqueue_in_transaction(
        session,
        {"workflow_name": "job", "queue_name": REGISTRY[name].queue, "workflow_id": job_id, "app_version": VERSION},
        name,
        arguments,
    )
    return job_id


@DBOS.step(name="run", retries_allowed=True, max_attempts=4, interval_seconds=0.5, backoff_rate=3.0)
def _run(name: str, arguments: dict[str, str]) -> None:
    context = _running["context"]
    _with_database(context, lambda: REGISTRY[name].run(context, **arguments))


@DBOS.step(name="failed", retries_allowed=True, max_attempts=4, interval_seconds=0.5)
def _failed(name: str, arguments: dict[str, str], error: str) -> None:
    context = _running["context"]
    _with_database(context, lambda: REGISTRY[name].failed(context, error=error, **arguments))


def _with_database(context: Context, work: Callable[[], None]) -> None:
    """Do `work`, again from its beginning whenever the database went away from under it: that is no failure of it.

    What the absence breaks is not always told as an error of the database: a full pool or a session that cannot go
    on are others. So what happens while it is away is its doing; a fault of `work` itself will be there again.
    """
    while True:
        try:
            return work()
        except Exception:
            if _answers(context.database):
                raise
            log.warning("the database is away; waiting for it", exc_info=True)
        while not _answers(context.database):
            time.sleep(1)


def _answers(database: Database) -> bool:
    try:
        with database.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


@DBOS.workflow(name="job", max_recovery_attempts=1000)
def _workflow(name: str, arguments: dict[str, str]) -> None:
    try:
        _run(name, arguments)
    except Exception as error:
        log.exception("job %s %s failed for good", name, arguments)
        _failed(name, arguments, repr(error))
        raise


def _config(database: Database, worker_id: str) -> DBOSConfig:
    return {
        "name": "rukhsa",
        "system_database_url": _system_url(database.url),
        "application_version": VERSION,
        "executor_id": worker_id,
        "log_level": "WARNING",
        "notification_listener_polling_interval_sec": 0.2,
    }


def prepare(database: Database) -> None:
    """Create or upgrade the engine's own tables."""
    DBOS.migrate(_system_url(database.url))


def start(context: Context) -> threading.Event:
    """Run jobs in this process until `stop`; jobs this worker left behind are resumed first."""
    _running["context"] = context
    beat(context)  # before the first job: one that dies with it must be known to have lived
    _aside(lambda: _launch(context))
    stopping = threading.Event()
    threading.Thread(target=_beat, args=(context, stopping), name="heartbeat", daemon=True).start()
    return stopping


def stop(stopping: threading.Event) -> None:
    """Stop taking jobs; one in progress is resumed at the next start."""
    stopping.set()
    _aside(lambda: DBOS.destroy(workflow_completion_timeout_sec=0))
    _running.clear()


def _launch(context: Context) -> None:
    DBOS(config=_config(context.database, context.settings.worker_id))
    DBOS.launch()
    for name, concurrency in QUEUES.items():
        DBOS.register_queue(name, worker_concurrency=concurrency, polling_interval_sec=0.2)


def _aside(call: Callable[[], None]) -> None:
    """On a thread of its own: the engine refuses to start or stop on one that runs an event loop."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(call).result()


def leave() -> NoReturn:
    """End the process now, after `stop`: Python would wait for a job in progress, which the next start resumes."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _beat(context: Context, stopping: threading.Event) -> None:
    pause = min(LONGEST_BEAT, context.settings.worker_dead_seconds / 4)
    begun: date | None = None
    rung: int | None = None
    while not stopping.is_set():
        try:
            beat(context)
            reap(context)
            if begun != (day := today()):
                begin_day(context, day)
                begun = day
            if rung != (now := utcnow()).hour:
                begin_hour(context, now)
                rung = now.hour
        except Exception:
            log.exception("heartbeat failed; trying again")
        stopping.wait(pause)


def beat(context: Context) -> None:
    """Say that this worker lives."""
    with context.database.transaction() as session:
        session.merge(Worker(id=context.settings.worker_id, beat=utcnow()))


def reap(context: Context) -> list[str]:
    """Hand the jobs of workers without a heartbeat to the others; returns the ids resumed.

    Whoever renews the heartbeat of the dead worker has the task for himself; if he dies in the middle of it,
    that heartbeat ends again and the next one goes on.
    """
    resumed = []
    for worker in _claim_dead(context):
        mine = _resume(_client(context.database.url), worker)
        with context.database.transaction() as session:
            session.execute(delete(Worker).where(Worker.id == worker))
            for job_id in mine:
                audit.record(session, AuditEvent.JOB_RESUMED, actor=SYSTEM, subject=job_id)
        resumed += mine
    return resumed


def _claim_dead(context: Context) -> list[str]:
    silent = utcnow() - timedelta(seconds=context.settings.worker_dead_seconds)
    with context.database.reading() as session:
        if session.scalar(select(Worker.id).where(Worker.beat < silent).limit(1)) is None:
            return []
    with context.database.transaction() as session:
        claim = update(Worker).where(Worker.beat < silent).values(beat=utcnow()).returning(Worker.id)
        return list(session.scalars(claim))


def _resume(client: DBOSClient, worker: str) -> list[str]:
    left = client.list_workflows(status="PENDING", executor_id=worker)
    for status in left:
        client.resume_workflow(status.workflow_id, queue_name=status.queue_name)
    return [status.workflow_id for status in left]


def unfinished(database: Database) -> list[dict[str, Any]]:
    """The jobs that wait or run, oldest first."""
    statuses = _client(database.url).list_workflows(status=["ENQUEUED", "PENDING", "DELAYED"])
    return [{"id": s.workflow_id, "status": s.status, "worker": s.executor_id} for s in statuses]


def standing(database: Database, *, most: int = 100) -> list[Standing]:
    """The newest jobs that failed for good and were not asked for again, then those that wait or run, oldest first."""
    client = _client(database.url)
    failed = client.list_workflows(status="ERROR", sort_desc=True, limit=most, load_output=False)
    asked = {one.workflow_id + AGAIN for one in failed}
    known = client.list_workflows(workflow_ids=sorted(asked), load_input=False, load_output=False) if asked else []
    again = {one.workflow_id for one in known}
    left = client.list_workflows(status=["ENQUEUED", "PENDING", "DELAYED"], limit=most, load_output=False)
    return [_standing(one) for one in [*(one for one in failed if one.workflow_id + AGAIN not in again), *left]]


def _standing(status: Any) -> Standing:
    name, arguments = status.input["args"]
    key = str(status.workflow_id).removeprefix(f"{name}:")
    since = datetime.fromtimestamp((status.created_at or 0) / 1000, UTC)
    return Standing(status.workflow_id, name, key, dict(arguments), status.status, since, status.status == "ERROR")
