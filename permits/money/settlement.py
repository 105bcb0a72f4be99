"""Settlement: a provider's file of one day is compared with our payments, line by line.

rukhsa-settlement/1;<provider>;<day>
<transaction>;<reference>;<piastres>
…
total;<lines>;<sum>;<sha256 of everything above>
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.audit import AuditEvent
from permits.db import new_id
from permits.errors import Conflict, Invalid
from permits.money import ledger
from permits.money.payments import early_settlement_key
from permits.money.reconciliation.breaks import refresh
from permits.money.reversals import reversed_in_transit
from permits.money.tables import Payment, Settlement, SettlementLine
from permits.people.actor import Actor, Role

FORMAT = "rukhsa-settlement/1"
KINDS = ("matched", "missing_here", "missing_there", "amount_differs", "duplicate")


@dataclass(frozen=True)
class FileLine:
    """One transaction of the file, in new piastres."""

    transaction: str
    reference: str
    piastres: int


@dataclass(frozen=True)
class SettlementFile:
    """A read file, its trailer checked."""

    provider: str
    day: date
    lines: tuple[FileLine, ...]

    @property
    def piastres(self) -> int:
        """What the provider says it delivers."""
        return sum(line.piastres for line in self.lines)


@dataclass(frozen=True)
class Compared:
    """A transaction on both sides: None where one side does not have it."""

    kind: str
    transaction: str
    file_piastres: int | None
    our_piastres: int | None


def parse_settlement(content: bytes) -> SettlementFile:
    """Read a file whole or not at all: raises Invalid naming the first fault."""
    try:
        *body, trailer = content.decode("utf-8").splitlines()
        head, *rows = body
        name, provider, day = head.split(";")
        word, count, total, digest = trailer.split(";")
        lines = tuple(_line(row) for row in rows)
        settled = SettlementFile(provider, date.fromisoformat(day), lines)
        checked = (name, word, int(count), int(total))
    except ValueError as error:
        raise Invalid("settlement-unreadable") from error
    if checked != (FORMAT, "total", len(lines), settled.piastres):
        raise Invalid("settlement-trailer")
    if hashlib.sha256(content[: content.rindex(b"total;")]).hexdigest() != digest:
        raise Invalid("settlement-hash")
    return settled


def _line(row: str) -> FileLine:
    transaction, reference, piastres = row.split(";")
    if not transaction or int(piastres) <= 0:
        raise ValueError(row)
    return FileLine(transaction, reference, int(piastres))


def compare(
    lines: Sequence[FileLine], ours: Mapping[str, int], settled: Collection[str] = frozenset()
) -> list[Compared]:
    """Classify every transaction of either side; `ours` maps a transaction to our piastres.

    `settled` are transactions that an earlier file delivered: delivered again they are duplicates.
    """
    seen = set(settled)
    compared = []
    for line in lines:
        mine = ours.get(line.transaction)
        kind = "missing_here" if mine is None else "matched" if mine == line.piastres else "amount_differs"
        if line.transaction in seen:
            kind = "duplicate"
        seen.add(line.transaction)
        compared.append(Compared(kind, line.transaction, line.piastres, mine))
    absent = sorted(set(ours) - seen)
    return compared + [Compared("missing_there", transaction, None, ours[transaction]) for transaction in absent]


def import_settlement(session: Session, *, actor: Actor, content: bytes) -> Settlement:
    """Book what a file delivers and keep how it compares; the same file again changes nothing."""
    actor.need(Role.CASHIER, Role.ACCOUNTANT, Role.SYSTEM)
    settled = parse_settlement(content)
    sha256 = hashlib.sha256(content).hexdigest()
    day = settled.day.isoformat()
    audit.hold(session)  # a payment that is just being told is either read here or finds what is booked here
    known = session.scalar(select(Settlement).where(Settlement.provider == settled.provider, Settlement.day == day))
    if known:
        if known.sha256 != sha256:
            raise Conflict("settlement-conflict", day=day)
        return known
    compared = compare(settled.lines, _ours(session, settled), _delivered(session, settled.provider))
    counts = Counter(line.kind for line in compared)
    row = Settlement(
        id=new_id(), provider=settled.provider, day=day, sha256=sha256, piastres=settled.piastres,
        awaited=settled.piastres,
        summary={kind: counts[kind] for kind in KINDS},
    )  # fmt: skip
    session.add(row)
    session.flush()
    for line in compared:
        session.add(
            SettlementLine(
                settlement_id=row.id, kind=line.kind, provider_txn=line.transaction,
                file_piastres=line.file_piastres, our_piastres=line.our_piastres,
            )
        )  # fmt: skip
    _book(session, row, settled.provider, compared)
    refresh(session, party=settled.provider)
    audit.record(session, AuditEvent.SETTLEMENT_IMPORTED, actor=actor, subject=row.id, day=day, **row.summary)
    return row


def _ours(session: Session, settled: SettlementFile) -> dict[str, int]:
    """Our payments of the day, and those of other days that the file names: a provider's day may end elsewhere.

    What the provider took back before it delivered it is not awaited.
    """
    named = {line.transaction for line in settled.lines}
    rows = session.scalars(select(Payment).where(Payment.provider == settled.provider))
    day, gone = settled.day.isoformat(), reversed_in_transit(session, provider=settled.provider)
    awaited = [row for row in rows if (row.settlement_day == day and row.id not in gone) or row.provider_txn in named]
    return {row.provider_txn: row.piastres for row in awaited}


def _delivered(session: Session, provider: str) -> set[str]:
    """The transactions that files of other days have delivered."""
    query = select(SettlementLine.provider_txn).join(Settlement).where(Settlement.provider == provider)
    return set(session.scalars(query.where(SettlementLine.kind != "missing_there")))


def _book(session: Session, row: Settlement, provider: str, compared: Sequence[Compared]) -> None:
    """Money for known payments leaves transit, money we cannot explain is suspense; both are awaited at the bank."""
    for line in compared:
        if line.kind in ("matched", "amount_differs"):
            ledger.move(
                session, key=f"settled:{provider}:{line.transaction}", debit=ledger.settled(provider),
                credit=ledger.transit(provider), piastres=line.file_piastres or 0,
            )  # fmt: skip
        elif line.kind == "missing_here":
            ledger.move(
                session, key=early_settlement_key(provider, line.transaction), debit=ledger.settled(provider),
                credit=ledger.SUSPENSE, piastres=line.file_piastres or 0,
            )  # fmt: skip
    doubled = sum(line.file_piastres or 0 for line in compared if line.kind == "duplicate")
    ledger.move(
        session, key=f"settled-duplicates:{row.id}", debit=ledger.settled(provider), credit=ledger.SUSPENSE,
        piastres=doubled,
    )  # fmt: skip


def open_breaks(session: Session, *, settlement_id: str) -> list[SettlementLine]:
    """The lines of a settlement that somebody must explain."""
    query = select(SettlementLine).where(SettlementLine.settlement_id == settlement_id)
    return list(session.scalars(query.where(SettlementLine.kind != "matched").order_by(SettlementLine.id)))
