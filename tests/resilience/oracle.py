"""What must be true of an office after any number of power cuts, once its programs were left alone to finish."""

import json
from collections import Counter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.demo.office import Office
from permits import audit, jobs
from permits.audit import AuditEvent, AuditRow
from permits.cases.tables import Case, Model, Review, Upload
from permits.db import utcnow
from permits.documents.tables import Permit
from permits.money import ledger
from permits.money.tables import Allotment, Bill, Credit, Demand, Payment, Receipt
from permits.register.tables import Annotation
from tests.resilience.people import own_copy
from tests.resilience.plant import fetch


def _once(session: Session, event: AuditEvent, cases: list[str]) -> None:
    rows = session.execute(
        select(AuditRow.subject, func.count()).where(AuditRow.event == str(event)).group_by(AuditRow.subject)
    ).all()
    assert {subject: count for subject, count in rows if subject in cases} == dict.fromkeys(cases, 1), event


def nothing_waits(office: Office) -> bool:
    """Whether every job has ended."""
    return jobs.unfinished(office.context.database) == []


def uploads_are_whole(office: Office, cases: list[str], content: bytes) -> None:
    """One model and one finished review for each upload, and the bytes that were sent."""
    context = office.context
    with context.database.reading() as session:
        assert Counter(session.scalars(select(Model.case_id)).all()) == dict.fromkeys(cases, 1)
        assert Counter(session.scalars(select(Upload.case_id).where(Upload.model_id.is_not(None)))) == dict.fromkeys(
            cases, 1
        )
        for model in session.scalars(select(Model)):
            assert context.storage.read(model.sha256) == own_copy(content, model.case_id or "")
        reviews = session.scalars(select(Review)).all()
        assert [(review.state, review.progress) for review in reviews] == [("done", 1.0)] * len(cases)
        assert all(context.storage.read(review.report_sha256 or "") for review in reviews)
        _once(session, AuditEvent.MODEL_UPLOADED, cases)
        _once(session, AuditEvent.REVIEW_FINISHED, cases)
        done = session.scalars(select(Upload.id).where(Upload.model_id.is_not(None))).all()
    assert [upload for upload in done if (context.settings.data_dir / "uploads" / upload).exists()] == []


def money_is_booked_once(office: Office, cases: list[str], switch: str) -> None:
    """Every bill paid once with one receipt, in both books alike."""
    with office.context.database.reading() as session:
        bills = session.scalars(select(Bill)).all()
        assert Counter(bill.case_id for bill in bills) == dict.fromkeys(cases, 1)
        assert {bill.state for bill in bills} == {"paid"}
        payments = session.scalars(select(Payment)).all()
        assert {payment.state for payment in payments} == {"accepted"}
        assert all(payment.acknowledged_at for payment in payments)
        receipts = session.scalars(select(Receipt).order_by(Receipt.number)).all()
        assert Counter(receipt.bill_id for receipt in receipts) == dict.fromkeys([bill.id for bill in bills], 1)
        assert [receipt.number for receipt in receipts] == _numbers(office, "R-", len(cases))
        assert ledger.unbalanced(session) == []
        demands = session.scalars(select(Demand)).all()
        assert {demand.state for demand in demands} == {"settled"}
        assert all(demand.released_at for demand in demands)
        allotted = session.scalars(select(Allotment)).all()
        assert Counter(row.payment_id for row in allotted) == dict.fromkeys([payment.id for payment in payments], 1)
        assert session.scalars(select(Credit)).all() == []
        books, total = ledger.balances(session), sum(bill.piastres for bill in bills)
        assert sum(demand.piastres for demand in demands) == sum(row.piastres for row in allotted) == total
        _once(session, AuditEvent.PAYMENT_ACCEPTED, cases)
        told = {payment.provider_txn: payment.piastres for payment in payments}
    assert (books["receivable"], books["transit:sandbox"], books.get("suspense", 0)) == (0, total, 0)
    theirs: dict[str, Any] = json.loads(fetch(f"{switch}/ledger") or "{}")
    assert {payment["id"]: payment["piastres"] for payment in theirs["payments"]} == told
    assert theirs["accounts"]["held"] == total


def _numbers(office: Office, kind: str, count: int) -> list[str]:
    return [f"{office.context.settings.office}-{utcnow().year}-{kind}{n:06d}" for n in range(1, count + 1)]


def permits_are_issued_once(office: Office, cases: list[str]) -> None:
    """One permit per case with its document and its annotation, numbered without a gap."""
    context = office.context
    with context.database.reading() as session:
        permits = session.scalars(select(Permit).order_by(Permit.number)).all()
        assert Counter(permit.case_id for permit in permits) == dict.fromkeys(cases, 1)
        numbers = [permit.number for permit in permits]
        assert numbers == _numbers(office, "", len(cases))
        assert sorted(session.scalars(select(Annotation.detail))) == numbers
        assert all(context.storage.read(permit.document_sha256 or "").startswith(b"%PDF") for permit in permits)
        assert {session.get_one(Case, case).state for case in cases} == {"permit_issued"}
        _once(session, AuditEvent.PERMIT_ISSUED, cases)


def chain_is_sound(office: Office) -> None:
    """The audit chain has no break."""
    with office.context.database.reading() as session:
        assert audit.verify(session).broken is None


def jobs_that_failed(office: Office) -> list[str]:
    """Subjects of jobs that ended badly."""
    failed = [str(AuditEvent.REVIEW_FAILED), str(AuditEvent.PERMIT_FAILED)]
    with office.context.database.reading() as session:
        return list(session.scalars(select(AuditRow.subject).where(AuditRow.event.in_(failed))))
