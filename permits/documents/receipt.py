"""The receipt of a payment (إيصال), line by line as the fee was computed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from permits.calendar import local_day
from permits.cases.cases import get_case
from permits.documents.render import render_pdf
from permits.documents.sheet import Office, page, shown_amount, shown_date
from permits.errors import NotFound
from permits.i18n import translate
from permits.money.assessment import Assessment, read_assessment
from permits.money.money import Epoch
from permits.money.receipts import given_of, receipts_of
from permits.money.tables import Bill, Payment, Receipt
from permits.people.actor import Actor
from permits.people.tables import User


@dataclass(frozen=True)
class ReceiptLine:
    """One fee of the receipt: its name, how it was computed, and new piastres."""

    name: str
    steps: str
    piastres: int


@dataclass(frozen=True)
class ReceiptFacts:
    """What was paid, for what, and through which transaction; money in new piastres, steps in `epoch`.

    A provider does not tell whose money it was, so a receipt names the applicant and no payer.
    """

    number: str
    case: str
    reference: str
    plot: str
    applicant: str
    channel: str
    transaction: str
    paid_on: date
    epoch: Epoch
    lines: tuple[ReceiptLine, ...]
    total: int
    assessment_sha256: str
    statuses: tuple[str, ...]


def receipt_facts(session: Session, *, actor: Actor, case_id: str, language: str) -> ReceiptFacts:
    """The newest receipt of a case, for whoever may see the case; NotFound while nothing is paid."""
    case = get_case(session, actor=actor, case_id=case_id)
    receipt = find_receipt(session, case_id=case_id)
    if receipt is None:
        raise NotFound("no-receipt")
    bill, payment = session.get_one(Bill, receipt.bill_id), session.get_one(Payment, receipt.payment_id)
    assessment = read_assessment(bill.assessment)
    lines = _lines(session, receipt, assessment, bill, language)
    return ReceiptFacts(
        number=receipt.number, case=case.number, reference=bill.reference, plot=case.plot,
        applicant=getattr(session.get_one(User, case.engineer_id), f"name_{language}"), channel=payment.channel,
        transaction=payment.provider_txn, paid_on=local_day(payment.paid_at),
        epoch=assessment.currency, lines=tuple(lines), total=receipt.piastres,
        assessment_sha256=bill.assessment_sha256, statuses=tuple(sorted(assessment.statuses)),
    )  # fmt: skip


def _lines(session: Session, receipt: Receipt, assessment: Assessment, bill: Bill, language: str) -> list[ReceiptLine]:
    """The fees, where the payment was all of them; else what the payment was for, and what was too much."""
    given = given_of(session, receipt)
    if receipt.piastres == given == assessment.total:
        return [ReceiptLine(getattr(line, language), line.steps, line.piastres) for line in assessment.lines]
    parts = [("receipt-part", given), ("receipt-excess", receipt.piastres - given)]
    return [
        ReceiptLine(translate(language, key, reference=bill.reference), "", piastres)
        for key, piastres in parts
        if piastres
    ]


def find_receipt(session: Session, *, case_id: str) -> Receipt | None:
    """The newest receipt of a case, once something was paid."""
    return next(iter(receipts_of(session, kind="case", subject_id=case_id)[::-1]), None)


def receipt_page(facts: ReceiptFacts, *, language: str, office: Office) -> dict[str, Any]:
    """The template data."""
    return page(
        facts, kind="receipt", language=language, office=office, number=facts.number, on=facts.paid_on, qr=None,
        statuses=facts.statuses,
        sections={
            "payment": [
                ("reference", facts.reference, True),
                ("case", facts.case, True),
                ("applicant", facts.applicant, False),
                ("plot", facts.plot, True),
                ("channel", facts.channel, False),
                ("paid-on", shown_date(facts.paid_on, language), True),
                ("transaction", facts.transaction, True),
            ],
            "steps-label": "steps-old" if facts.epoch is Epoch.OLD else "steps-new",
            "lines": [
                [line.name, line.steps.replace("*", "×"), shown_amount(line.piastres, language)] for line in facts.lines
            ],
            "total": shown_amount(facts.total, language),
        },
    )  # fmt: skip


def receipt_pdf(facts: ReceiptFacts, *, language: str, office: Office, fonts: Path | None = None) -> bytes:
    """The receipt as PDF/A."""
    data = receipt_page(facts, language=language, office=office)
    return render_pdf("receipt", data, created=facts.paid_on, fonts=fonts)
