"""What the books must say, reckoned beside them from what was done: the model of the stateful test."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class MirrorBill:
    """A bill as the model knows it."""

    reference: str
    left: int
    demand: "MirrorDemand"
    live: bool = True


@dataclass
class MirrorDemand:
    """A demand as the model knows it, with its bills in the order in which they fall due."""

    id: str
    left: int
    group: "MirrorGroup"
    state: str = "open"
    bills: list[MirrorBill] = field(default_factory=list)


@dataclass
class MirrorGroup:
    """A case's first demand and what adjusts it; `collected` is what was given to it from outside."""

    total: int
    demands: list[MirrorDemand] = field(default_factory=list)
    minimum: int | None = None
    collected: int = 0
    released: bool = False

    def release(self) -> None:
        self.released = self.released or all(demand.state != "open" for demand in self.demands)


@dataclass
class MirrorCredit:
    """A credit as the model knows it: `left` is neither spent nor asked for."""

    id: str
    account: str
    left: int
    asked: int = 0


class Mirror:
    """The accounts, and who owes what."""

    def __init__(self) -> None:
        self.accounts: Counter[str] = Counter()
        self.bills: list[MirrorBill] = []
        self.groups: list[MirrorGroup] = []
        self.credits: dict[str, MirrorCredit] = {}
        self.receipts: list[int] = []

    def book(self, **changes: int) -> None:
        """One event; what it does to the accounts sums to nought."""
        assert sum(changes.values()) == 0
        self.accounts.update(changes)

    def demand(self, group: MirrorGroup, demand_id: str, piastres: int) -> MirrorDemand:
        demand = MirrorDemand(demand_id, max(piastres, 0), group, "open" if piastres > 0 else "settled")
        group.demands.append(demand)
        self.book(receivable=piastres, revenue=-piastres)
        return demand

    def bill(self, demand: MirrorDemand, reference: str, piastres: int) -> None:
        bill = MirrorBill(reference, piastres, demand)
        demand.bills.append(bill)
        self.bills.append(bill)

    def give(self, bill: MirrorBill, piastres: int, *, money: bool = True) -> None:
        """What a bill was given; `money` unless it is the group's own correction."""
        demand = bill.demand
        bill.left -= piastres
        bill.live = bill.left > 0
        demand.left -= piastres
        demand.group.collected += piastres if money else 0
        if demand.left == 0:
            demand.state = "settled"
        demand.group.release()

    def answer(self, bill: MirrorBill, piastres: int, *, late: bool) -> tuple[str, str]:
        """What a payment told for the first time must be answered."""
        if not bill.live or late:
            return "suspense", ""
        if piastres < bill.left:
            least = bill.demand.group.minimum
            if least is None or piastres < min(least, bill.left):
                return "suspense", "amount-differs"
            return "accepted", "part"
        return "accepted", "accepted" if piastres == bill.left else "overpaid"

    def close(self, group: MirrorGroup, demand: MirrorDemand, state: str) -> None:
        demand.state = state
        demand.left = 0
        for bill in demand.bills:
            bill.live = False
        group.release()
