"""The office's side of its desks: centres, desks, blocks of receipt numbers, and the snapshot a desk takes along."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.cash.entries import GENESIS
from permits.cash.sealed import LONGEST_CODE, BadSeal, bytes_of, is_desk_code, public_key
from permits.cash.snapshot import PayableBill, Snapshot, sign_snapshot
from permits.cash.tables import CashBlock, CashDesk, Centre
from permits.cash.till import Block
from permits.cash.token import Certificate, certify
from permits.db import utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.money.bills import LIVE
from permits.money.money import PIASTRES_PER_POUND
from permits.money.tables import Allotment, Bill, Demand
from permits.money.terms import terms
from permits.people.actor import Actor, Role

MOST_NUMBERS = 10_000
"""The largest block: who types a nought too much does not spend the series."""


def add_centre(session: Session, *, actor: Actor, code: str, name_ar: str, name_en: str) -> Centre:
    """A service centre under its code; Conflict where the code is taken."""
    actor.need(Role.ADMIN, Role.SYSTEM)
    code = code.strip()
    if not 0 < len(code) <= LONGEST_CODE:
        raise Invalid("cash-code")
    if not name_ar.strip() or not name_en.strip():
        raise Invalid("cash-centre-names")
    if session.get(Centre, code):
        raise Conflict("cash-centre-exists", centre=code)
    centre = Centre(code=code, name_ar=name_ar.strip(), name_en=name_en.strip())
    session.add(centre)
    audit.record(session, AuditEvent.CASH_CENTRE_ADDED, actor=actor, subject=f"centre:{code}")
    return centre


def add_desk(
    session: Session, *, actor: Actor, centre: str, public_keys: str, until: date, office_key: Mapping[str, str]
) -> CashDesk:
    """Register a desk by the public key set that it made, certified until a day; its code is the key's id."""
    actor.need(Role.ADMIN, Role.SYSTEM)
    if session.get(Centre, centre) is None:
        raise NotFound("cash-centre-unknown", centre=centre)
    code, raw = _read_public(public_keys)
    if until < today():
        raise Invalid("cash-until-past", day=until.isoformat())
    if session.get(CashDesk, code):
        raise Conflict("cash-desk-exists", desk=code)
    certificate = certify(Certificate(code, centre, raw, today(), until), office_key)
    desk = CashDesk(
        code=code, centre=centre, public_key=raw, certificate=certificate, until=until.isoformat(), head=GENESIS
    )
    session.add(desk)
    session.flush()
    audit.record(
        session, AuditEvent.CASH_DESK_REGISTERED, actor=actor, subject=f"cash:{code}", centre=centre,
        key=raw.hex(), until=until.isoformat(),
    )  # fmt: skip
    return desk


def list_centres(session: Session, *, actor: Actor) -> Sequence[Centre]:
    """Every service centre by its code."""
    actor.need(Role.ADMIN, Role.SYSTEM)
    return session.scalars(select(Centre).order_by(Centre.code)).all()


def list_desks(session: Session, *, actor: Actor) -> Sequence[CashDesk]:
    """Every desk by its code, those of the office among them."""
    actor.need(Role.CASHIER, Role.APPROVER, Role.ADMIN, Role.SYSTEM)
    return session.scalars(select(CashDesk).order_by(CashDesk.code)).all()


def _read_public(text: str) -> tuple[str, bytes]:
    try:
        (key,) = json.loads(text)["keys"]
        code, raw = str(key["kid"]), bytes_of(key["x"])
        public_key(code, raw)
    except (BadSeal, ValueError, KeyError, TypeError) as error:
        raise Invalid("cash-key-unreadable") from error
    if not is_desk_code(code) or "d" in key:
        raise Invalid("cash-key-unreadable")
    return code, raw


def lock_desk(session: Session, code: str) -> CashDesk:
    """A desk, locked until the caller's transaction ends: before any row of money."""
    query = select(CashDesk).where(CashDesk.code == code).with_for_update()
    desk = session.scalar(query.execution_options(populate_existing=True))
    if desk is None:
        raise NotFound("cash-desk-unknown", desk=code)
    return desk


def give_block(session: Session, *, actor: Actor, office: str, desk: str, size: int) -> Block:
    """Give a desk its next receipt numbers; they go on where its last block ended."""
    actor.need(Role.ADMIN, Role.CASHIER, Role.SYSTEM)
    if not 0 < size <= MOST_NUMBERS:
        raise Invalid("cash-block-size", most=MOST_NUMBERS)
    lock_desk(session, desk)
    last = session.scalar(select(func.max(CashBlock.last)).where(CashBlock.desk == desk)) or 0
    block = CashBlock(desk=desk, prefix=f"{office}-{desk}-", first=last + 1, last=last + size)
    session.add(block)
    session.flush()
    audit.record(
        session, AuditEvent.CASH_BLOCK_GIVEN, actor=actor, subject=f"cash:{desk}", first=block.first, last=block.last
    )
    return Block(block.prefix, block.first, block.last)


def blocks_of(session: Session, desk: str) -> tuple[Block, ...]:
    """Every block of a desk, in order."""
    rows = session.scalars(select(CashBlock).where(CashBlock.desk == desk).order_by(CashBlock.first))
    return tuple(Block(row.prefix, row.first, row.last) for row in rows)


def hand_out(session: Session, *, actor: Actor, desk: str, office_key: Mapping[str, str]) -> bytes:
    """The file that a centre's desk takes along: it names payers, so that only who supplies the desks gets it."""
    actor.need(Role.ADMIN, Role.SYSTEM)
    return make_snapshot(session, actor=actor, desk=desk, office_key=office_key)


def make_snapshot(session: Session, *, actor: Actor, desk: str, office_key: Mapping[str, str]) -> bytes:
    """What the desk takes along, signed; it also tells the desk up to where its queue has arrived."""
    actor.need(Role.ADMIN, Role.CASHIER, Role.SYSTEM)
    row = lock_desk(session, desk)
    snapshot = Snapshot(
        desk=desk, centre=row.centre, made_at=utcnow(), note=terms().cash_note.value * PIASTRES_PER_POUND,
        acknowledged=row.seq, head=row.head, certificate=row.certificate, blocks=blocks_of(session, desk),
        bills=payable_bills(session),
    )  # fmt: skip
    audit.record(
        session, AuditEvent.CASH_SNAPSHOT_MADE, actor=actor, subject=f"cash:{desk}", bills=len(snapshot.bills),
        acknowledged=row.seq,
    )  # fmt: skip
    return sign_snapshot(snapshot, office_key)


def payable_bills(session: Session) -> tuple[PayableBill, ...]:
    """Every bill that can be paid now, at any centre: two questions, however many bills there are."""
    sums = select(Allotment.bill_id, func.sum(Allotment.piastres)).group_by(Allotment.bill_id)
    given = {bill_id: int(piastres) for bill_id, piastres in session.execute(sums)}
    root = aliased(Demand)
    query = (
        select(Bill.id, Bill.reference, Bill.piastres, Bill.expires_at, Bill.payer, root.minimum_part)
        .join(Demand, Demand.id == Bill.demand_id)
        .join(root, root.id == func.coalesce(Demand.adjusts, Demand.id))
        .where(Bill.state.in_(list(map(str, LIVE))), Bill.expires_at > utcnow())
        .order_by(Bill.reference)
    )
    bills = []
    for bill_id, reference, piastres, expires_at, payer, part in session.execute(query):
        left = piastres - given.get(bill_id, 0)
        bills.append(PayableBill(reference, left, min(part, left) if part else left, expires_at, payer))
    return tuple(bills)
