"""A bank statement in the books: every line brings what was announced, or is money that nobody announced."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import new_id, utcnow
from permits.errors import Conflict
from permits.money import ledger
from permits.money.credits import owe_back
from permits.money.reconciliation.awaited import Awaited, announcements, choose, day_of
from permits.money.reconciliation.breaks import refresh
from permits.money.reconciliation.late import place
from permits.money.reconciliation.statement import Movement, Statement, parse_statement
from permits.money.reconciliation.tables import BankLine, BankStatement
from permits.money.tables import Payment
from permits.people.actor import Actor, Role

UNANNOUNCED = "unannounced"


def import_statement(session: Session, *, actor: Actor, content: bytes) -> BankStatement:
    """Book a statement that follows the last one; the same file again changes nothing.

    Conflict where its opening balance is not the last closing one, or where it goes back before it: then it
    overlaps, or one between is missing.
    """
    actor.need(Role.ACCOUNTANT, Role.SYSTEM)
    read = parse_statement(content)
    sha256 = hashlib.sha256(content).hexdigest()
    audit.hold(session)
    known = session.scalar(select(BankStatement).where(BankStatement.sha256 == sha256))
    if known:
        return known
    last = _last(session, read.account)
    _check_follows(session, read, last)
    if last is None:
        _open(session, read)
    statement = BankStatement(
        id=new_id(), account=read.account, seq=last.seq + 1 if last else 1, first_day=read.first_day.isoformat(),
        last_day=read.last_day.isoformat(), opening=read.opening, closing=read.closing, sha256=sha256,
    )  # fmt: skip
    session.add(statement)
    session.flush()
    waiting = announcements(session)
    for line in read.lines:
        _book(session, statement, line, waiting)
    refresh(session)
    audit.record(
        session, AuditEvent.STATEMENT_IMPORTED, actor=actor, subject=f"statement:{read.account}", id=statement.id,
        lines=len(read.lines), opening=read.opening, closing=read.closing, sha256=sha256,
    )  # fmt: skip
    return statement


def _last(session: Session, account: str) -> BankStatement | None:
    query = select(BankStatement).where(BankStatement.account == account)
    return session.scalar(query.order_by(BankStatement.seq.desc()).limit(1))


def _check_follows(session: Session, read: Statement, last: BankStatement | None) -> None:
    if last is None:
        return
    if read.opening != last.closing or read.first_day.isoformat() < last.last_day:
        raise Conflict("statement-does-not-follow", closing=last.closing, opening=read.opening, day=last.last_day)
    entries = [line.entry for line in read.lines]
    query = select(BankLine.entry).where(BankLine.account == read.account, BankLine.entry.in_(entries))
    if (twice := session.scalar(query.limit(1))) is not None:
        raise Conflict("statement-entry-known", entry=twice)


def _open(session: Session, read: Statement) -> None:
    """What the account held before its first statement, of which we know nothing else."""
    others = select(BankStatement.id).limit(1)
    before = ledger.balance(session, ledger.BANK) if session.scalar(others) is None else 0
    ledger.move(
        session, key=f"statement-opening:{read.account}", debit=ledger.BANK, credit=ledger.OPENING,
        piastres=read.opening - before,
    )  # fmt: skip


def _book(session: Session, statement: BankStatement, line: Movement, waiting: list[Awaited]) -> None:
    brought = choose(waiting, piastres=line.piastres, reference=line.reference)
    row = BankLine(
        id=new_id(), statement_id=statement.id, account=statement.account, entry=line.entry, day=line.day.isoformat(),
        piastres=line.piastres, reference=line.reference, counterparty=line.counterparty,
        kind=brought.kind if brought else UNANNOUNCED, awaited_id=brought.id if brought else None,
    )  # fmt: skip
    key = f"statement:{line.entry}:{row.id}"
    if brought:
        at = waiting.index(brought)
        waiting[at] = replace(brought, arrived=brought.arrived + line.piastres, lines=brought.lines + 1)
        ledger.move(session, key=key, debit=ledger.BANK, credit=brought.account, piastres=line.piastres)
    elif line.piastres < 0:
        ledger.move(session, key=key, debit=ledger.BANK, credit=ledger.WITHDRAWN, piastres=line.piastres)
    else:
        row.awaited_id = _suspend(session, row)
    session.add(row)
    session.flush()
    _place(session, row, brought)


def _suspend(session: Session, row: BankLine) -> str:
    """Money that nobody announced is a payment in suspense: it can be given to a bill, or paid back, as any other."""
    payment = Payment(
        id=new_id(), provider=f"statement:{row.account}", provider_txn=row.entry,
        payload_sha256=hashlib.sha256(f"{row.day};{row.piastres};{row.reference}".encode()).hexdigest(),
        reference=row.reference[:80], piastres=row.piastres, channel="transfer", paid_at=utcnow(),
        settlement_day=row.day, state="suspense", code=UNANNOUNCED, received_at=utcnow(), acknowledged_at=utcnow(),
    )  # fmt: skip
    session.add(payment)
    session.flush()
    ledger.move(session, key=f"payment:{payment.id}", debit=ledger.BANK, credit=ledger.SUSPENSE, piastres=row.piastres)
    owe_back(session, account=ledger.SUSPENSE, piastres=row.piastres, payment_id=payment.id)
    return payment.id


def _place(session: Session, row: BankLine, brought: Awaited | None) -> None:
    """A line of a closed day of the statement, or for a closed day of a party, is a late item of the next."""
    party = f"statement:{row.account}"
    place(session, kind="line", item=row.id, party=party, day=row.day, piastres=row.piastres)
    if brought:
        day = day_of(session, brought)
        place(session, kind="line", item=row.id, party=brought.party, day=day, piastres=row.piastres)


def statements(session: Session, *, actor: Actor, limit: int = 30) -> Sequence[BankStatement]:
    """The newest statements first."""
    actor.need(Role.ACCOUNTANT, Role.GOVERNOR, Role.SYSTEM)
    return session.scalars(select(BankStatement).order_by(BankStatement.imported_at.desc()).limit(limit)).all()
