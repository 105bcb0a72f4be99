"""What the bank was told to expect: settlements of providers, deposit slips, transfers, money taken back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits.calendar import local_day
from permits.cash.booking import DEPOSITS, account
from permits.cash.tables import CashDeposit
from permits.money import ledger
from permits.money.reconciliation.tables import BankLine, DayItem
from permits.money.tables import LedgerEntry, LedgerTransaction, Payment, Refund, Settlement
from permits.text import fold

TRANSFERS = "transfers"
"""The party of refunds that the office transfers."""


@dataclass(frozen=True)
class Awaited:
    """One announcement: money in positive, out negative; `account` is where it waits in the ledger.

    `own_day` is the day by its own date; `arrived` and `lines` are what the bank's lines brought of it.
    """

    kind: str
    id: str
    party: str
    own_day: str
    reference: str
    piastres: int
    account: str
    arrived: int = 0
    lines: int = 0

    @property
    def outstanding(self) -> int:
        """What has not come yet."""
        return self.piastres - self.arrived


def announcements(session: Session) -> list[Awaited]:
    """Every announcement with what has come of it, oldest first within its kind."""
    arrived: defaultdict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    query = select(BankLine.kind, BankLine.awaited_id, func.sum(BankLine.piastres), func.count())
    for kind, of, piastres, lines in session.execute(query.group_by(BankLine.kind, BankLine.awaited_id)):
        arrived[kind, of or ""] = (int(piastres), int(lines))
    every = [*_settlements(session), *_deposits(session), *_transfers(session), *_clawbacks(session)]
    return [_with(one, *arrived[one.kind, one.id]) for one in every]


def _with(one: Awaited, arrived: int, lines: int) -> Awaited:
    return Awaited(
        one.kind, one.id, one.party, one.own_day, one.reference, one.piastres, one.account, arrived, lines
    )  # fmt: skip


def settlement_reference(provider: str, day: str) -> str:
    """What the provider writes on its transfer of a day."""
    return f"{provider}/{day}"


def _settlements(session: Session) -> Iterable[Awaited]:
    rows = session.scalars(select(Settlement).where(Settlement.awaited != 0).order_by(Settlement.day))
    for row in rows:
        reference = settlement_reference(row.provider, row.day)
        yield Awaited(
            "settlement", row.id, row.provider, row.day, reference, row.awaited, ledger.settled(row.provider)
        )  # fmt: skip


def _deposits(session: Session) -> Iterable[Awaited]:
    for row in session.scalars(select(CashDeposit).order_by(CashDeposit.at)):
        yield Awaited(
            "deposit", f"{row.desk}:{row.slip}", account(row.desk), local_day(row.at).isoformat(), row.slip,
            row.piastres, DEPOSITS,
        )  # fmt: skip


def _transfers(session: Session) -> Iterable[Awaited]:
    """Refunds that wait for their line; those paid before statements were read were booked to the bank at once."""
    query = (
        select(Refund)
        .join(LedgerTransaction, LedgerTransaction.key == "refund-paid:" + Refund.id)
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .where(LedgerEntry.account == ledger.TRANSFERS)
        .order_by(Refund.paid_at)
    )
    for row in session.scalars(query):
        if row.paid_at and row.transfer_reference:
            day = local_day(row.paid_at).isoformat()
            yield Awaited(
                "transfer", row.id, TRANSFERS, day, row.transfer_reference, -row.piastres, ledger.TRANSFERS
            )  # fmt: skip


def _clawbacks(session: Session) -> Iterable[Awaited]:
    query = select(DayItem, Payment.provider_txn).join(Payment, Payment.id == DayItem.item)
    for row, transaction in session.execute(query.where(DayItem.kind == "clawback").order_by(DayItem.at)):
        yield Awaited(
            "clawback", row.item, row.party, row.day, transaction, row.piastres, ledger.settled(row.party)
        )  # fmt: skip


def day_of(session: Session, one: Awaited) -> str:
    """The day to which an announcement belongs."""
    moved = session.get(DayItem, (one.kind, one.id, one.party))
    return moved.day if moved else one.own_day


def choose(waiting: Iterable[Awaited], *, piastres: int, reference: str) -> Awaited | None:
    """The announcement that a line brings: its reference is a word of the line's, in the same direction.

    One whose outstanding amount is the line's is taken before one whose amount differs.
    """
    words = set(fold(reference).split())
    named = [
        one for one in waiting
        if one.outstanding and (one.outstanding > 0) == (piastres > 0) and fold(one.reference) in words
    ]  # fmt: skip
    exact = [one for one in named if one.outstanding == piastres]
    return next(iter([*exact, *named]), None)
