"""Receipts by their number, of anything that was paid for, for whoever may see it."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.deps import ContextDep, GrantDep, LiveDep
from api.pages import language_of
from permits.documents.issue import office_of
from permits.documents.receipt import ReceiptFacts, numbered_receipt, receipt_pdf
from permits.documents.render import font_folder
from permits.jobs import Context
from permits.money.money import Money
from permits.people.actor import Actor
from permits.people.clients import Scope

router = APIRouter()


@router.get("/receipts/{number}.pdf")
def printed(request: Request, context: ContextDep, live: LiveDep, number: str) -> Response:
    """A receipt in the reader's language."""
    return _pdf(context, live.actor, number, language_of(request))


@router.get("/api/v1/receipts/{number}.pdf")
def program_pdf(request: Request, context: ContextDep, grant: GrantDep, number: str) -> Response:
    """The same for a program."""
    return _pdf(context, grant.need(Scope.RECEIPTS_READ), number, language_of(request))


@router.get("/api/v1/receipts/{number}")
def show(context: ContextDep, grant: GrantDep, number: str) -> dict[str, Any]:
    """What a receipt says; amounts are text in new pounds, such as "93650.00"."""
    actor = grant.need(Scope.RECEIPTS_READ)
    with context.database.transaction() as session:
        return _public(numbered_receipt(session, actor=actor, number=number, language="ar"))


def _pdf(context: Context, actor: Actor, number: str, language: str) -> Response:
    with context.database.transaction() as session:
        facts = numbered_receipt(session, actor=actor, number=number, language=language)
    pdf = receipt_pdf(facts, language=language, office=office_of(context.settings), fonts=font_folder())
    return Response(pdf, media_type="application/pdf")


def _public(facts: ReceiptFacts) -> dict[str, Any]:
    return {
        "number": facts.number, "reference": facts.reference, "kind": facts.kind, "subject": facts.case or None,
        "plot": facts.plot or None, "applicant": facts.applicant, "channel": facts.channel,
        "transaction": facts.transaction, "paid_on": facts.paid_on, "currency": "SYP", "total": _text(facts.total),
        "lines": [{"name": line.name, "amount": _text(line.piastres)} for line in facts.lines],
        "assessment_sha256": facts.assessment_sha256,
    }  # fmt: skip


def _text(piastres: int) -> str:
    return f"{Money.of_piastres(piastres).amount:f}"
