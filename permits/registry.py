"""Every job of the application and everything that is paid for, under their names: the visible lists."""

from permits.assets import rents
from permits.cases import comparing, fee, pairs, reminding, sweeping
from permits.cases.reviews import SCENE
from permits.cases.running import review_failed, run_review
from permits.cases.scenes import run_scene, scene_failed
from permits.divisions import dividing
from permits.documents.issue import issue_failed, issue_permit
from permits.extracts import billing as extracts
from permits.extracts.handing import run_expiry
from permits.extracts.preparing import prepare_extract, preparing_failed
from permits.guides import trying
from permits.jobs import Job, register, register_daily, register_hourly
from permits.land.enforcing import JOB as LAND_ENFORCE
from permits.land.enforcing import run_enforcing
from permits.land.imports import JOB as LAND_IMPORT
from permits.land.imports import import_failed, run_import
from permits.money import subjects
from permits.money.channels import asking
from permits.money.channels.attempts import ASK
from permits.money.reconciliation import claims, silence
from permits.money.tables import CASE
from permits.occupancy import billing, stopping
from permits.occupancy.licensing import JOB as LICENSING
from permits.occupancy.licensing import license_occupancy, licensing_failed
from permits.planning import amending
from permits.privacy import accesses
from permits.register import permit_marks
from permits.register.national import announcing
from permits.upkeep import proof


def register_jobs() -> None:
    """Make every job and payable subject known; each program calls this once before it does anything."""
    subjects.register(CASE, fee.SUBJECT)
    subjects.register(billing.KIND, billing.SUBJECT)
    subjects.register(extracts.KIND, extracts.SUBJECT)
    subjects.register(claims.KIND, claims.SUBJECT)
    subjects.register(rents.KIND, rents.SUBJECT)
    register("review.run", Job("heavy", run_review, review_failed))
    register(comparing.JOB, Job("heavy", comparing.run_comparison, comparing.comparison_failed))
    register(pairs.JOB, Job("heavy", pairs.run_pair, pairs.pair_failed))
    register_daily("uploads.sweep", sweeping.run_sweeping)
    register_daily(reminding.JOB, reminding.run_reminding)
    register(SCENE, Job("heavy", run_scene, scene_failed))
    register("permit.issue", Job("light", issue_permit, issue_failed))
    register(ASK, Job("patient", asking.run_ask, asking.ask_failed))
    register(asking.REFUND, Job("light", asking.run_refund, asking.refund_failed))
    register(LAND_IMPORT, Job("heavy", run_import, import_failed))
    register(LAND_ENFORCE, Job("heavy", run_enforcing, import_failed))
    register(amending.JOB, Job("heavy", amending.run_amendment, amending.amendment_failed))
    register(trying.JOB, Job("heavy", trying.run_trial, trying.trial_failed))
    register(dividing.JOB, Job("heavy", dividing.run_division, dividing.division_failed))
    register_daily("register.expire", permit_marks.run_expiry)
    register_daily("occupancy.expire", stopping.run_expiry)
    register_daily(rents.JOB, rents.run_demanding)
    register_daily("privacy.seal", accesses.run_sealing)
    register_daily("extracts.expire", run_expiry)
    register(extracts.JOB, Job("light", prepare_extract, preparing_failed))
    register_daily("reconciliation.daily", silence.run_daily)
    register_hourly("reconciliation.early", silence.run_early)
    register_hourly(announcing.JOB, announcing.run_announcing)
    register(proof.JOB, Job("light", proof.run_proof, proof.proof_failed))
    register(LICENSING, Job("light", license_occupancy, licensing_failed))
