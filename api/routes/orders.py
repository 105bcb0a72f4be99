"""Extracts of the register ordered by a program of a court or an authority: by letter, followed, and read as PDF."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from api.deps import ContextDep, GrantDep
from permits.extracts import billing, ordering, reading
from permits.extracts.ordering import Wish
from permits.extracts.tables import ExtractOrder
from permits.extracts.workflow import events_of
from permits.people.clients import Scope

router = APIRouter(prefix="/api/v1")


class Letter(BaseModel):
    """What a court or an authority asks for; `document` is the number of its letter."""

    model_config = ConfigDict(extra="forbid")

    zone: str = Field(max_length=40)
    plot: str = Field(max_length=40)
    purpose: str = Field(max_length=40)
    applicant: str = Field(min_length=1, max_length=200)
    reason: str = Field(min_length=1, max_length=500)
    document: str = Field(min_length=1, max_length=80)
    language: str = Field(default="ar", max_length=2)


@router.post("/extracts", status_code=201)
def order(context: ContextDep, grant: GrantDep, letter: Letter) -> dict[str, Any]:
    """Order by letter; the same letter about the same plot is the order that was placed for it."""
    actor, settings = grant.need(Scope.EXTRACTS_ORDER), context.settings
    with context.database.transaction() as session:
        placed = ordering.place_by_letter(
            session, actor=actor, office=settings.office, governorate=settings.governorate,
            wish=Wish(**letter.model_dump()),
        )  # fmt: skip
        return _public(session, placed)


@router.get("/extracts/{order_id}")
def show(context: ContextDep, grant: GrantDep, order_id: str) -> dict[str, Any]:
    """Where one of the program's own orders stands."""
    actor = grant.need(Scope.EXTRACTS_ORDER)
    with context.database.reading() as session:
        return _public(session, ordering.own_order(session, actor=actor, order_id=order_id))


@router.get("/extracts/{order_id}/extract.pdf")
def pdf(context: ContextDep, grant: GrantDep, order_id: str) -> Response:
    """The extract, once it is there; the reading is on record."""
    actor = grant.need(Scope.EXTRACTS_ORDER)
    with context.database.transaction() as session:
        ordering.own_order(session, actor=actor, order_id=order_id)
        content = reading.read_document(session, actor=actor, storage=context.storage, order_id=order_id)
    return Response(content, media_type="application/pdf")


def _public(session: Session, one: ExtractOrder) -> dict[str, Any]:
    bill = billing.bill_of(session, order_id=one.id)
    steps = [{"action": e.action, "state": e.target, "at": e.at} for e in events_of(session, order_id=one.id)]
    return {
        "id": one.id, "number": one.number, "state": one.state, "zone": one.zone, "plot": one.plot,
        "purpose": one.purpose, "reason": one.reason, "document": one.document, "ordered_at": one.ordered_at,
        "bill": bill.reference if bill and one.piastres else None, "ready": one.document_sha256 is not None,
        "steps": steps,
    }  # fmt: skip
