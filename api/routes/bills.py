"""Bills through the API: what is owed under a reference, for whom, what of it was paid, and the bills of a case."""

from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session

from api.deps import ContextDep, GrantDep
from permits.cases import cases
from permits.money import subjects
from permits.money.bills import bills_of
from permits.money.credits import bill_by_reference
from permits.money.demands import lines_of
from permits.money.money import Money
from permits.money.payments import view_of
from permits.money.receipts import receipts_on
from permits.money.tables import CASE, Bill
from permits.people.actor import Actor
from permits.people.clients import Scope
from permits.privacy.accesses import look
from permits.privacy.sight import About, Subject

router = APIRouter(prefix="/api/v1")


@router.get("/bills/{reference}")
def show(context: ContextDep, grant: GrantDep, reference: str) -> dict[str, Any]:
    """One bill, for a program whose role may see what is paid for."""
    actor = grant.need(Scope.BILLS_READ)
    with context.database.transaction() as session:
        bill = bill_by_reference(session, reference)
        subjects.find(bill.demand.subject_kind).see(session, actor, bill.demand.subject_id)
        return _public(session, actor, bill)


@router.get("/cases/{case_id}/bills")
def of_case(context: ContextDep, grant: GrantDep, case_id: str) -> dict[str, Any]:
    """Every bill of a case, oldest first."""
    actor = grant.need(Scope.BILLS_READ)
    with context.database.transaction() as session:
        cases.get_case(session, actor=actor, case_id=case_id)
        return {"bills": [_public(session, actor, bill) for bill in bills_of(session, kind=CASE, subject_id=case_id)]}


def _public(session: Session, actor: Actor, bill: Bill) -> dict[str, Any]:
    """Amounts are text in new pounds, such as "93650.00"; `parts` sum to the demand's amount."""
    view, demand = view_of(session, bill), bill.demand
    sight = look(session, actor=actor, subject=Subject.BILL, subject_id=bill.reference)
    return {
        "reference": view.reference, "state": view.state, "currency": "SYP", "total": _text(view.piastres),
        "left": _text(view.left), "issued_at": view.issued_at, "due_on": view.due_on, "expires_at": view.expires_at,
        "service": demand.service, "subject": {"kind": demand.subject_kind, "id": demand.subject_id},
        "payer": sight.shown(About.NAME, view.payer) or None, "assessment_sha256": demand.assessment_sha256,
        "demanded": _text(demand.piastres),
        "parts": [
            {"fee": p.code, "beneficiary": p.beneficiary, "amount": _text(p.piastres)}
            for p in lines_of(session, demand)
        ],
        "receipts": [
            {"number": r.number, "amount": _text(r.piastres), "issued_at": r.issued_at}
            for r in receipts_on(session, bill)
        ],
    }  # fmt: skip


def _text(piastres: int) -> str:
    return f"{Money.of_piastres(piastres).amount:f}"
