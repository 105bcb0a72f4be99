"""Double entry: every event of money is a transaction whose entries sum to nought, and none is ever changed.

A mistake is corrected by another transaction. The database refuses what this module would not write
(`permits.money.guards`). The accounts are

    receivable            what is demanded and not yet paid
    revenue:<beneficiary> what was demanded for whom
    waived                what was demanded and given up by law
    transit:<provider>    what a provider took and has not yet delivered to the bank
    cash:<desk>           what a cash desk took and has not yet brought to the bank
    settled:<provider>    what a provider's files say it delivered and the bank's statement has not shown yet
    transfers             what was transferred and the bank's statement has not shown yet
    bank                  what the bank's statements say
    opening               what the bank held before the first statement, the other way round
    withdrawn             what left the bank and nobody had announced or explained
    expense:<what>        of it, what was explained as a cost of ours
    due:<who>             of it, what was explained as somebody's to give back
    suspense              what was paid and cannot be given to a bill
    overpaid              what was paid beyond what is owed: the payer's, to be given to a bill or paid back
    refunds               what was decided to be paid back and is not yet transferred
    claims                what a payer owes because his provider took back what we had paid back or need no longer
    written-off           claims that two people gave up
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from permits.db import new_id
from permits.money.tables import LedgerEntry, LedgerTransaction

RECEIVABLE, BANK, SUSPENSE = "receivable", "bank", "suspense"
OVERPAID, REFUNDS, WAIVED, CLAIMS = "overpaid", "refunds", "waived", "claims"
TRANSFERS, OPENING, WITHDRAWN, WRITTEN_OFF = "transfers", "opening", "withdrawn", "written-off"


@dataclass(frozen=True)
class Entry:
    """An account and its new piastres: debit positive, credit negative."""

    account: str
    piastres: int


class Unbalanced(ValueError):
    """Entries that do not sum to nought; a fault of the program, never booked."""


def revenue(beneficiary: str) -> str:
    """The revenue account of a beneficiary; a claim that is demanded is no revenue again."""
    return CLAIMS if beneficiary == CLAIMS else f"revenue:{beneficiary}"


def transit(provider: str) -> str:
    """The account of what a provider owes us; a cash desk's is its own name, cash:<desk>."""
    return provider if provider.startswith("cash:") else f"transit:{provider}"


def settled(provider: str) -> str:
    """The account of what a provider says it delivered, until the bank's statement shows it."""
    return f"settled:{provider}"


def post(session: Session, *, key: str, entries: Sequence[Entry]) -> LedgerTransaction:
    """Book an event; entries of nought are left out. A key that is booked already is a database error."""
    if sum(entry.piastres for entry in entries):
        raise Unbalanced(key)
    transaction = LedgerTransaction(id=new_id(), key=key)
    rows = [
        {"transaction_id": transaction.id, "account": entry.account, "piastres": entry.piastres}
        for entry in entries
        if entry.piastres
    ]
    if rows:  # before their transaction, whose row the database refuses unless they sum to nought
        session.execute(insert(LedgerEntry), rows)
    session.add(transaction)
    session.flush()
    return transaction


def move(session: Session, *, key: str, debit: str, credit: str, piastres: int) -> LedgerTransaction:
    """Book an event of two accounts."""
    return post(session, key=key, entries=[Entry(debit, piastres), Entry(credit, -piastres)])


def booked(session: Session, key: str) -> bool:
    """Whether an event is in the books."""
    return session.scalar(select(LedgerTransaction.id).where(LedgerTransaction.key == key)) is not None


def balance(session: Session, account: str) -> int:
    """The balance of an account in new piastres; credits are negative."""
    return int(session.scalar(select(func.sum(LedgerEntry.piastres)).where(LedgerEntry.account == account)) or 0)


def balances(session: Session) -> dict[str, int]:
    """Every account with its balance."""
    rows = session.execute(
        select(LedgerEntry.account, func.sum(LedgerEntry.piastres)).group_by(LedgerEntry.account)
    ).all()
    return {row[0]: int(row[1]) for row in sorted(rows)}


def unbalanced(session: Session) -> list[str]:
    """The keys of transactions that do not sum to nought: empty unless somebody wrote past this module."""
    return list(
        session.scalars(
            select(LedgerTransaction.key)
            .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
            .group_by(LedgerTransaction.key)
            .having(func.sum(LedgerEntry.piastres) != 0)
            .order_by(LedgerTransaction.key)
        )
    )


def amount(session: Session, *, key: str, account: str) -> int:
    """What one event did to one account, in new piastres."""
    query = select(func.sum(LedgerEntry.piastres)).join(LedgerTransaction)
    return int(session.scalar(query.where(LedgerTransaction.key == key, LedgerEntry.account == account)) or 0)
