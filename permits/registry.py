"""Every job of the application under its name: the one visible list."""

from permits.cases.running import review_failed, run_review
from permits.documents.issue import issue_failed, issue_permit
from permits.jobs import Job, register
from permits.land.imports import JOB as LAND_IMPORT
from permits.land.imports import import_failed, run_import
from permits.occupancy.licensing import JOB as LICENSING
from permits.occupancy.licensing import license_occupancy, licensing_failed


def register_jobs() -> None:
    """Make every job known; each program calls this once before it enqueues or runs anything."""
    register("review.run", Job("heavy", run_review, review_failed))
    register("permit.issue", Job("light", issue_permit, issue_failed))
    register(LAND_IMPORT, Job("heavy", run_import, import_failed))
    register(LICENSING, Job("light", license_occupancy, licensing_failed))
