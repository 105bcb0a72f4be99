"""The paper itself: downloaded by whoever ordered it or knows its code, printed by the desks; every reading is told."""

from sqlalchemy.orm import Session

from permits import audit
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.errors import NotFound
from permits.extracts.ordering import get_order
from permits.extracts.tables import ExtractOrder
from permits.extracts.tracking import track
from permits.extracts.workflow import DESK, OrderState
from permits.people.accounts import NOBODY
from permits.people.actor import Actor
from permits.settings import Settings


def read_document(session: Session, *, actor: Actor, storage: Storage, order_id: str) -> bytes:
    """The PDF: for the desks once it is made, for others once it is theirs to download."""
    order = get_order(session, actor=actor, order_id=order_id)
    return _read(session, actor, storage, order, printing=actor.has(*DESK))


def read_by_code(session: Session, *, storage: Storage, settings: Settings, number: str, code: str) -> bytes:
    """The PDF of a digital order for whoever knows its number and code."""
    order = track(session, settings=settings, number=number, code=code)
    return _read(session, NOBODY, storage, order, printing=False)


def _read(session: Session, actor: Actor, storage: Storage, order: ExtractOrder, *, printing: bool) -> bytes:
    if order.document_sha256 is None or not (printing or order.state == OrderState.AVAILABLE):
        raise NotFound("extract-not-ready")
    audit.record(session, AuditEvent.EXTRACT_READ, actor=actor, subject=order.id, number=order.number)
    return storage.read(order.document_sha256)
