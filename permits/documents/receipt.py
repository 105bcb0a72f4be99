"""The receipt of a payment (إيصال), line by line as the fee was computed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.calendar import local_day
from permits.cases.cases import get_case
from permits.documents.render import render_pdf
from permits.documents.sheet import Office, page, shown_amount, shown_date
from permits.errors import NotFound
from permits.i18n import translate
from permits.money import subjects
from permits.money.assessment import Assessment, read_assessment
from permits.money.money import Epoch
from permits.money.receipts import given_of, receipts_of
from permits.money.subjects import Named
from permits.money.tables import CASE, Bill, Payment, Receipt
from permits.people.actor import Actor
from permits.privacy.accesses import look
from permits.privacy.sight import Subject
from permits.text import fold

_NUMBERS = {CASE: "case", "extract": "extract-order", "occupancy": "occupancy-request"}
"""How the number of what was paid for is labelled."""


@dataclass(frozen=True)
class ReceiptLine:
    """One fee of the receipt: its name, how it was computed, and new piastres."""

    name: str
    steps: str
    piastres: int


@dataclass(frozen=True)
class ReceiptFacts:
    """What was paid, for what, and through which transaction; money in new piastres, steps in `epoch`.

    `kind` is what was paid for and `case` its number, empty like `plot` where it has none. A provider does not tell
    whose money it was, so a receipt names who asked, as far as its reader may see him, and no payer.
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
    kind: str = CASE


def receipt_facts(
    session: Session, *, actor: Actor, case_id: str, language: str, number: str = ""
) -> ReceiptFacts:  # fmt: skip
    """A receipt of a case, the newest unless named, for whoever may see the case; NotFound where there is none."""
    get_case(session, actor=actor, case_id=case_id)
    receipt = find_receipt(session, case_id=case_id, number=number)
    if receipt is None:
        raise NotFound("no-receipt")
    return _facts(session, actor, receipt, language)


def numbered_receipt(session: Session, *, actor: Actor, number: str, language: str) -> ReceiptFacts:
    """A receipt of anything by its number, for whoever may see what was paid for; NotFound for everybody else."""
    receipt = session.scalar(select(Receipt).where(Receipt.number == fold(number).upper()[:60]))
    if receipt is None:
        raise NotFound("no-receipt")
    demand = session.get_one(Bill, receipt.bill_id).demand
    subjects.find(demand.subject_kind).see(session, actor, demand.subject_id)
    return _facts(session, actor, receipt, language)


def _facts(session: Session, actor: Actor, receipt: Receipt, language: str) -> ReceiptFacts:
    """The reader may see the subject; the look at who asked is kept in the caller's transaction."""
    bill, payment = session.get_one(Bill, receipt.bill_id), session.get_one(Payment, receipt.payment_id)
    demand, assessment = bill.demand, read_assessment(bill.assessment)
    named = subjects.find(demand.subject_kind).named(session, demand.subject_id) or Named("")
    sight = look(session, actor=actor, subject=Subject.BILL, subject_id=bill.reference)
    return ReceiptFacts(
        number=receipt.number, case=named.number, reference=bill.reference, plot=named.plot,
        applicant=sight.name(named.applicant.get(language, bill.payer), language), channel=payment.channel,
        transaction=payment.provider_txn, paid_on=local_day(payment.paid_at), epoch=assessment.currency,
        lines=tuple(_lines(session, receipt, assessment, bill, language)), total=receipt.piastres,
        assessment_sha256=bill.assessment_sha256, statuses=tuple(sorted(assessment.statuses)),
        kind=demand.subject_kind,
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


def find_receipt(session: Session, *, case_id: str, number: str = "") -> Receipt | None:
    """The receipt of a case under a number, the newest unless named, once something was paid."""
    found = receipts_of(session, kind="case", subject_id=case_id)[::-1]
    return next((receipt for receipt in found if number in ("", receipt.number)), None)


def receipt_page(facts: ReceiptFacts, *, language: str, office: Office) -> dict[str, Any]:
    """The template data."""
    return page(
        facts, kind="receipt", language=language, office=office, number=facts.number, on=facts.paid_on, qr=None,
        statuses=facts.statuses,
        sections={
            "payment": [
                ("reference", facts.reference, True),
                *([(_NUMBERS.get(facts.kind, "subject"), facts.case, True)] if facts.case else []),
                ("applicant", facts.applicant, False),
                *([("plot", facts.plot, True)] if facts.plot else []),
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
