"""Every job of the application and everything that is paid for, under their names: the visible lists."""

from permits.cases import fee
from permits.cases.running import review_failed, run_review
from permits.documents.issue import issue_failed, issue_permit
from permits.jobs import Job, register, register_daily
from permits.land.imports import JOB as LAND_IMPORT
from permits.land.imports import import_failed, run_import
from permits.money import subjects
from permits.money.tables import CASE
from permits.occupancy import billing, stopping
from permits.occupancy.licensing import JOB as LICENSING
from permits.occupancy.licensing import license_occupancy, licensing_failed
from permits.register import permit_marks


def register_jobs() -> None:
    """Make every job and payable subject known; each program calls this once before it does anything."""
    subjects.register(CASE, fee.SUBJECT)
    subjects.register(billing.KIND, billing.SUBJECT)
    register("review.run", Job("heavy", run_review, review_failed))
    register("permit.issue", Job("light", issue_permit, issue_failed))
    register(LAND_IMPORT, Job("heavy", run_import, import_failed))
    register_daily("register.expire", permit_marks.run_expiry)
    register_daily("occupancy.expire", stopping.run_expiry)
    register(LICENSING, Job("light", license_occupancy, licensing_failed))
