"""The machine and the jobs on it: version, room on the disk, what waits, what failed and is asked again."""

import shutil
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from sqlalchemy.orm import Session

from permits import audit, jobs
from permits.audit import AuditEvent
from permits.errors import NotFound
from permits.jobs import Context
from permits.people.actor import Actor, Role


@dataclass(frozen=True)
class Machine:
    """The version of the program ("" where it runs without being installed), bytes of the disk of the data folder."""

    version: str
    free: int
    size: int


def machine(context: Context, *, actor: Actor) -> Machine:
    """What is running here."""
    actor.need(Role.ADMIN)
    folder = context.settings.data_dir.resolve()
    disk = shutil.disk_usage(next(one for one in (folder, *folder.parents) if one.exists()))
    return Machine(_version(), disk.free, disk.total)


def _version() -> str:
    try:
        return version("rukhsa")
    except PackageNotFoundError:
        return ""


def waiting(context: Context, *, actor: Actor) -> list[jobs.Standing]:
    """The jobs that wait or run, and those that failed for good and were not asked again; the failed ones first."""
    actor.need(Role.ADMIN)
    return jobs.standing(context.database)


def ask_again(session: Session, *, actor: Actor, context: Context, job_id: str) -> str:
    """Ask once more for a job that failed for good; asking twice is asking once. Returns the new job's id."""
    actor.need(Role.ADMIN)
    failed = next((one for one in jobs.standing(context.database) if one.id == job_id and one.failed), None)
    if failed is None:
        raise NotFound("job-unknown", job=job_id[:80])
    audit.record(session, AuditEvent.JOB_ASKED_AGAIN, actor=actor, subject=job_id[:120])
    return jobs.enqueue(session, failed.name, f"{failed.key}{jobs.AGAIN}", **failed.arguments)
