"""What the office's books say when all is over, held against the bank's books, which it cannot write."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits import audit
from permits.money import ledger
from permits.money.payments import early_settlement_key
from permits.money.tables import (
    Allotment,
    Credit,
    Demand,
    LedgerEntry,
    LedgerTransaction,
    Payment,
    Receipt,
)


@dataclass(frozen=True)
class Verdict:
    """New piastres, and counts of transactions; `faults` names whatever else is not as it must be.

    `bank` is what the switch says it delivered to the office's account: no statement of the bank is read here, so the
    office has it as settled; `transit` is what the switch says it still holds;
    `receipts` is what bills were given with a receipt, `overpaid` what was paid beyond it, `reversed` what of the
    receipts was taken back.
    """

    bank: int
    receipts: int
    suspense: int
    overpaid: int
    reversed: int
    transit: int
    lost: int
    twice: int
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every piastre is where it belongs."""
        booked = self.receipts + self.suspense + self.overpaid - self.reversed
        return self.bank + self.transit == booked and not (self.lost or self.twice or self.faults)

    def __str__(self) -> str:
        more = {"overpaid": self.overpaid, "reversed": self.reversed, "transit": self.transit}
        said = "".join(f" {name}={piastres}" for name, piastres in more.items() if piastres)
        first = f"bank={self.bank} receipts={self.receipts} suspense={self.suspense}"
        return f"{first}{said} lost={self.lost} twice={self.twice}"


def judge(session: Session, *, provider: str, theirs: dict[str, Any]) -> Verdict:
    """`theirs` is the switch's ledger: its accounts and every payment with its state."""
    told = {payment["id"]: payment["piastres"] for payment in theirs["payments"] if payment["state"] != "refused"}
    refused = [payment["id"] for payment in theirs["payments"] if payment["state"] == "refused"]
    booked, ours = _booked(session, provider), ledger.balances(session)
    lost = [txn for txn, piastres in told.items() if booked.get(txn, 0) < piastres]
    twice = [txn for txn, piastres in booked.items() if piastres > told.get(txn, 0)]
    bank, held = theirs["accounts"].get("biller", 0), theirs["accounts"].get("held", 0)
    receipts = _sum(session, select(func.sum(Receipt.piastres)))
    excess = select(func.sum(Credit.piastres)).where(Credit.account == ledger.OVERPAID, Credit.payment_id.is_not(None))
    faults = [f"refused {txn}" for txn in refused]
    faults += [f"unbalanced {key}" for key in ledger.unbalanced(session)]
    delivered = ours.get(ledger.settled(provider), 0) + ours.get(ledger.BANK, 0)
    if (delivered, ours.get(ledger.transit(provider), 0)) != (bank, held):
        faults.append(f"bank {delivered} and transit {ours.get(ledger.transit(provider))}")
    if (owed := _owed(session)) != ours.get(ledger.RECEIVABLE, 0):
        faults.append(f"receivable {ours.get(ledger.RECEIVABLE)} but owed {owed}")
    if broken := audit.verify(session).broken:
        faults.append(f"audit chain {broken}")
    return Verdict(
        bank=bank, receipts=receipts - _sum(session, excess), suspense=-ours.get(ledger.SUSPENSE, 0),
        overpaid=-ours.get(ledger.OVERPAID, 0), transit=held, lost=len(lost), twice=len(twice),
        reversed=-_sum(session, select(func.sum(Allotment.piastres)).where(Allotment.piastres < 0)),
        faults=tuple(faults),
    )  # fmt: skip


def _sum(session: Session, query: Any) -> int:
    return int(session.scalar(query) or 0)


def _booked(session: Session, provider: str) -> Counter[str]:
    """What the ledger has of each transaction, whichever way it came in first, in new piastres."""
    query = (
        select(Payment.provider_txn, LedgerEntry.piastres)
        .join(LedgerTransaction, LedgerTransaction.key == "payment:" + Payment.id)
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .where(Payment.provider == provider, LedgerEntry.account == ledger.transit(provider))
    )
    booked: Counter[str] = Counter()
    for transaction, piastres in session.execute(query):
        booked[transaction] += piastres
    start = early_settlement_key(provider, "")
    early = (
        select(LedgerTransaction.key, LedgerEntry.piastres)
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .where(LedgerTransaction.key.startswith(start), LedgerEntry.account == ledger.settled(provider))
    )
    for key, piastres in session.execute(early):
        transaction = key.removeprefix(start)
        booked[transaction] = booked[transaction] or piastres
    return booked


def _owed(session: Session) -> int:
    """What is demanded and not given, in new piastres."""
    demanded = _sum(session, select(func.sum(Demand.piastres)).where(Demand.state != "cancelled"))
    return demanded - _sum(session, select(func.sum(Allotment.piastres)))
