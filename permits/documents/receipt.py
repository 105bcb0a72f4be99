"""The receipt of a payment (إيصال), line by line as the fee was computed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from permits.documents.render import render_pdf
from permits.documents.sheet import Office, page, shown_amount, shown_date
from permits.money.money import Epoch


@dataclass(frozen=True)
class ReceiptLine:
    """One fee of the receipt: its name, how it was computed, and new piastres."""

    name: str
    steps: str
    piastres: int


@dataclass(frozen=True)
class ReceiptFacts:
    """What was paid, for what, and through which transaction; money in new piastres, steps in `epoch`."""

    number: str
    case: str
    reference: str
    plot: str
    payer: str
    channel: str
    transaction: str
    paid_on: date
    epoch: Epoch
    lines: tuple[ReceiptLine, ...]
    total: int
    assessment_sha256: str
    statuses: tuple[str, ...]


def receipt_page(facts: ReceiptFacts, *, language: str, office: Office) -> dict[str, Any]:
    """The template data."""
    return page(
        facts, kind="receipt", language=language, office=office, number=facts.number, on=facts.paid_on, qr=None,
        statuses=facts.statuses,
        sections={
            "payment": [
                ("reference", facts.reference, True),
                ("case", facts.case, True),
                ("payer", facts.payer, False),
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
