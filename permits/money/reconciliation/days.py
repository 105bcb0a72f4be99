"""What a day of a party is made of: a provider, a cash desk, the office's transfers, or a statement of the bank.

An item belongs to the day of its own date, unless that was closed when it came (`permits.money.reconciliation.late`).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.calendar import begin_of, local_day
from permits.cash.tables import CashShift
from permits.money import ledger
from permits.money.credits import available
from permits.money.reconciliation.awaited import TRANSFERS, Awaited, announcements, day_of
from permits.money.reconciliation.differences import (
    Announced,
    Difference,
    FileRow,
    Sides,
    against_file,
    at_bank,
    counted,
    taken_back,
    unannounced,
)
from permits.money.reconciliation.tables import BankLine, DayItem
from permits.money.reversals import reversed_in_transit
from permits.money.tables import Credit, Payment, Settlement, SettlementLine

CASH, STATEMENT = "cash:", "statement:"


@dataclass(frozen=True)
class Reading:
    """What is read once for many days: announcements with their days, and items that were moved."""

    announced: dict[tuple[str, str], list[Awaited]]
    lines: dict[str, BankLine]
    moved: dict[tuple[str, str, str], DayItem]

    def items(self, kind: str, party: str, day: str) -> list[DayItem]:
        """The items of a kind that were moved to a day."""
        return [i for i in self.moved.values() if (i.kind, i.party, i.day) == (kind, party, day)]


def read(session: Session) -> Reading:
    """Read what the days share."""
    moved = {(item.kind, item.item, item.party): item for item in session.scalars(select(DayItem))}
    announced: dict[tuple[str, str], list[Awaited]] = {}
    for one in announcements(session):
        announced.setdefault((one.party, day_of(session, one)), []).append(one)
    lines = {line.id: line for line in session.scalars(select(BankLine))}
    return Reading(announced, lines, moved)


def sides_of(session: Session, reading: Reading, *, party: str, day: str) -> Sides:
    """A day as it stands now."""
    if party.startswith(STATEMENT):
        return _statement(session, reading, party, day)
    if party.startswith(CASH):
        ours, theirs, differences = _desk(session, reading, party, day)
        awaiting = False
    elif party == TRANSFERS:
        ours = theirs = sum(one.piastres for one in reading.announced.get((party, day), []))
        differences, awaiting = [], False
    else:
        ours, theirs, differences, awaiting = _provider(session, reading, party, day)
    announced = _announced(reading, party, day)
    late = _late_lines(reading, party, day)
    bank = sum(one.arrived for one in announced) + sum(late.values())
    every = (*differences, *at_bank(announced, late))
    return Sides(ours, theirs, sum(one.piastres for one in announced), bank, every, awaiting)


def _announced(reading: Reading, party: str, day: str) -> list[Announced]:
    """What was announced on a day, with the lines that came before it was closed."""
    found = []
    for one in reading.announced.get((party, day), []):
        lines = [
            line for line in reading.lines.values()
            if (line.kind, line.awaited_id) == (one.kind, one.id) and ("line", line.id, party) not in reading.moved
        ]  # fmt: skip
        arrived = sum(line.piastres for line in lines)
        found.append(Announced(one.kind, one.id, one.reference, one.piastres, arrived, len(lines)))
    return found


def _late_lines(reading: Reading, party: str, day: str) -> Counter[tuple[str, str]]:
    late: Counter[tuple[str, str]] = Counter()
    for item in reading.items("line", party, day):
        line = reading.lines[item.item]
        late[line.kind, line.awaited_id or ""] += line.piastres
    return late


def _provider(
    session: Session, reading: Reading, provider: str, day: str
) -> tuple[int, int, list[Difference], bool]:  # fmt: skip
    gone = reversed_in_transit(session, provider=provider)
    ours = {
        row.provider_txn: row.piastres for row in _payments(session, reading, provider, day)
        if row.id not in gone or ("reversal", row.id, provider) in reading.moved
    }  # fmt: skip
    back = reading.items("reversal", provider, day)
    settlement = session.scalar(select(Settlement).where(Settlement.provider == provider, Settlement.day == day))
    rows = _rows(session, settlement) if settlement else []
    named = {row.transaction for row in rows}
    query = select(Payment).where(Payment.provider == provider, Payment.provider_txn.in_(named - set(ours)))
    others = {row.provider_txn: row.piastres for row in session.scalars(query) if row.id not in gone}
    differences = []
    if settlement:
        delivered = _delivered(session, settlement, set(ours) - named)
        differences = against_file(ours, rows, others=others, delivered=delivered)
    transactions = {row.id: row.provider_txn for row in session.scalars(
        select(Payment).where(Payment.id.in_([item.item for item in back])))}  # fmt: skip
    if settlement:
        differences += [taken_back(item.item, transactions[item.item], -item.piastres) for item in back]
    total = sum(ours.values()) + sum(item.piastres for item in back)
    return total, settlement.piastres if settlement else 0, differences, settlement is None


def _payments(session: Session, reading: Reading, provider: str, day: str) -> Iterable[Payment]:
    moved = [item.item for item in reading.items("payment", provider, day)]
    own = (Payment.settlement_day == day) & (Payment.provider == provider)
    query = select(Payment).where(own | Payment.id.in_(moved), Payment.state != "received")
    for row in session.scalars(query.order_by(Payment.id)):
        placed = reading.moved.get(("payment", row.id, provider))
        if placed is None or placed.day == day:
            yield row


def _rows(session: Session, settlement: Settlement) -> list[FileRow]:
    query = select(SettlementLine).where(SettlementLine.settlement_id == settlement.id)
    lines = session.scalars(query.where(SettlementLine.file_piastres.is_not(None)).order_by(SettlementLine.id))
    return [FileRow(x.id, x.provider_txn, x.file_piastres or 0, x.kind == "duplicate") for x in lines]


def _delivered(session: Session, settlement: Settlement, absent: set[str]) -> set[str]:
    """Which of these transactions the provider's files of other days brought."""
    query = select(SettlementLine.provider_txn).join(Settlement).where(
        Settlement.provider == settlement.provider, Settlement.id != settlement.id,
        SettlementLine.file_piastres.is_not(None), SettlementLine.provider_txn.in_(absent),
    )  # fmt: skip
    return set(session.scalars(query))


def _desk(session: Session, reading: Reading, party: str, day: str) -> tuple[int, int, list[Difference]]:
    begin = begin_of(date.fromisoformat(day))
    end = begin_of(date.fromisoformat(day) + timedelta(days=1))
    moved = {item.item for item in reading.items("shift", party, day)}
    ours, theirs, differences = 0, 0, list[Difference]()
    for shift in session.scalars(select(CashShift).where(CashShift.desk == party.removeprefix(CASH))):
        placed = reading.moved.get(("shift", str(shift.number), party))
        if str(shift.number) in moved or (placed is None and begin <= shift.closed_at < end):
            ours, theirs = ours + shift.taken, theirs + shift.taken + shift.difference
            differences += counted(str(shift.number), shift.difference)
    return ours, theirs, differences


def _statement(session: Session, reading: Reading, party: str, day: str) -> Sides:
    """Lines of a day: what was announced is ours, the rest a break until somebody has its money."""
    lines = []
    for line in reading.lines.values():
        placed = reading.moved.get(("line", line.id, party))
        where = placed.day if placed else line.day
        if (f"{STATEMENT}{line.account}", where) == (party, day):
            lines.append(line)
    total = sum(line.piastres for line in lines)
    strange = [line for line in lines if line.kind == "unannounced"]
    differences = tuple(unannounced(x.entry, x.piastres, found=_given(session, x)) for x in strange)
    return Sides(total - sum(line.piastres for line in strange), total, total, total, differences)


def _given(session: Session, line: BankLine) -> bool:
    """Whether all of its money was given to a bill or paid back."""
    held = session.scalars(select(Credit).where(Credit.payment_id == (line.awaited_id or ""))).all()
    return bool(held) and all(available(session, credit) == 0 for credit in held)


def active_days(session: Session, *, since: str, party: str | None = None) -> list[tuple[str, str]]:
    """Every party and day on which anything happened since a day, the newest first."""
    found = {(row[0], row[1]) for row in session.execute(
        select(Payment.provider, Payment.settlement_day).where(Payment.settlement_day >= since).distinct())
        if not row[0].startswith((CASH, STATEMENT))}  # fmt: skip
    found |= {(row[0], row[1]) for row in session.execute(
        select(Settlement.provider, Settlement.day).where(Settlement.day >= since))}  # fmt: skip
    found |= {(x.party, x.day) for x in session.scalars(select(DayItem).where(DayItem.day >= since))}
    found |= {(f"{STATEMENT}{row[0]}", row[1]) for row in session.execute(
        select(BankLine.account, BankLine.day).where(BankLine.day >= since).distinct())}  # fmt: skip
    begin = begin_of(date.fromisoformat(since))
    found |= {(f"{CASH}{x.desk}", local_day(x.closed_at).isoformat()) for x in session.scalars(
        select(CashShift).where(CashShift.closed_at >= begin))}  # fmt: skip
    found |= {(one.party, one.own_day) for one in announcements(session) if one.own_day >= since}
    wanted = {pair for pair in found if party in (None, pair[0])}
    return sorted(wanted, key=lambda pair: (pair[1], pair[0]), reverse=True)


def waiting_account(party: str) -> str:
    """Where money of a party waits in the ledger."""
    if party.startswith(STATEMENT):
        return ledger.BANK
    return ledger.TRANSFERS if party == TRANSFERS else party if party.startswith(CASH) else ledger.settled(party)
