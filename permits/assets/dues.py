"""What became of each due of a contract, as the books stand, and what becomes of them when it ends early."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits.assets.rents import KIND
from permits.assets.tables import AssetContract, ContractDue, DemandedDue
from permits.errors import NotFound
from permits.money.bills import LIVE, foremost
from permits.money.tables import Allotment, Bill, Demand
from permits.people.actor import STAFF, Actor, Role


class DueState(StrEnum):
    """Where a due stands; the text of each is `asset-due-state-<code>`."""

    AHEAD = "ahead"
    OWED = "owed"
    DEMANDED = "demanded"
    OVERDUE = "overdue"
    PAID = "paid"
    WAIVED = "waived"
    NOUGHT = "nought"
    OVER = "over"


@dataclass(frozen=True)
class Standing:
    """A due beside the books; new piastres.

    `demanded` and `paid` are after corrections, `reference` is that of the bill to look at, empty before there is one.
    """

    due: ContractDue
    state: DueState
    demanded: int = 0
    paid: int = 0
    left: int = 0
    reference: str = ""

    @property
    def correctable(self) -> bool:
        """Whether an adjusting demand may still change it."""
        return bool(self.reference) and self.state not in (DueState.WAIVED, DueState.OVER)


@dataclass(frozen=True)
class Ending:
    """What ends with a contract: dues never demanded, demanded ones taken back unpaid, and paid ones given back."""

    dropped: int
    cancelled: int
    returned: int
    piastres: int


@dataclass(frozen=True)
class _Books:
    """All that the books hold of a contract."""

    demands: Sequence[Demand]
    given: Mapping[str, int]
    bills: Sequence[Bill]


def standings(session: Session, *, actor: Actor, contract_id: str, on: date) -> list[Standing]:
    """Every due of a contract by its day, as it stands on a day."""
    actor.need(*STAFF, Role.SYSTEM)
    contract = session.get(AssetContract, contract_id)
    if contract is None:
        raise NotFound("contract-unknown")
    rows = session.execute(
        select(ContractDue, DemandedDue.reference)
        .outerjoin(DemandedDue, DemandedDue.due_id == ContractDue.id)
        .where(ContractDue.contract_id == contract_id)
        .order_by(ContractDue.number)
    ).all()
    books = _books(session, contract_id)
    return [
        _demanded(row, root, books, on) if root else Standing(row, _undemanded(contract, row, on)) for row, root in rows
    ]


def due_numbered(session: Session, *, contract_id: str, number: int) -> ContractDue:
    """A due by its number in its contract; NotFound."""
    query = select(ContractDue).where(ContractDue.contract_id == contract_id, ContractDue.number == number)
    found = session.scalar(query)
    if found is None:
        raise NotFound("due-unknown")
    return found


def if_ended(stands: Sequence[Standing], on: date) -> Ending:
    """What ending a contract on a day does to its dues: the periods that begin on it or later are not owed."""
    later = [one for one in stands if one.due.first_day >= on.isoformat() and one.state is not DueState.OVER]
    asked = [one for one in later if one.demanded and one.state is not DueState.WAIVED]
    return Ending(
        dropped=sum(not one.reference for one in later),
        cancelled=sum(not one.paid for one in asked),
        returned=sum(one.paid > 0 for one in asked),
        piastres=sum(one.paid for one in asked),
    )


def _books(session: Session, contract_id: str) -> _Books:
    of_contract = (Demand.subject_kind == KIND, Demand.subject_id == contract_id)
    given = session.execute(
        select(Allotment.demand_id, func.sum(Allotment.piastres))
        .join(Demand, Demand.id == Allotment.demand_id)
        .where(*of_contract)
        .group_by(Allotment.demand_id)
    )
    return _Books(
        demands=session.scalars(select(Demand).where(*of_contract).order_by(Demand.id)).all(),
        given={demand_id: int(piastres) for demand_id, piastres in given},
        bills=session.scalars(select(Bill).join(Demand).where(*of_contract).order_by(Bill.id)).all(),
    )


def _undemanded(contract: AssetContract, row: ContractDue, on: date) -> DueState:
    if contract.ended_on is not None and row.first_day >= contract.ended_on:
        return DueState.OVER
    return DueState.OWED if row.due_day <= on.isoformat() else DueState.AHEAD


def _demanded(row: ContractDue, root: str, books: _Books, on: date) -> Standing:
    members = [one for one in books.demands if root in (one.id, one.adjusts)]
    ours = {one.id for one in members}
    bills = [bill for bill in books.bills if bill.demand_id in ours]
    asked = [one for one in members if one.state != "cancelled"]
    demanded = sum(one.piastres for one in asked)
    paid = sum(books.given.get(one.id, 0) for one in asked) + sum(min(one.piastres, 0) for one in asked)
    left = sum(one.piastres - books.given.get(one.id, 0) for one in asked if one.state == "open")
    late = any(bill.state in LIVE and bill.due_on < on.isoformat() for bill in bills)
    bill = foremost(bills)
    state = _state(members, demanded=demanded, left=left, late=late)
    return Standing(row, state, demanded, paid, left, bill.reference if bill else "")


def _state(members: Sequence[Demand], *, demanded: int, left: int, late: bool) -> DueState:
    if any(one.state == "waived" for one in members):
        return DueState.WAIVED
    if left:
        return DueState.OVERDUE if late else DueState.DEMANDED
    if all(one.state == "cancelled" for one in members):
        return DueState.OVER
    return DueState.PAID if demanded else DueState.NOUGHT
