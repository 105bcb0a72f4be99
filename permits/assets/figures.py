"""Figures of the council's property: how far the inventory has come, and what its contracts bring in."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from permits.assets.inventory import Domain, Stage
from permits.assets.schedule import RENT
from permits.assets.tables import Asset, AssetContract, ContractDue, DemandedDue
from permits.calendar import today
from permits.money.bills import LIVE
from permits.money.tables import Allotment, Bill, Demand
from permits.people.actor import STAFF, Actor, Role


@dataclass(frozen=True)
class Progress:
    """Properties by domain and stage."""

    counts: dict[tuple[Domain, Stage], int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    def at(self, stage: Stage) -> int:
        """Those that stand at a stage."""
        return sum(count for (_, found), count in self.counts.items() if found == stage)

    def of(self, domain: Domain) -> int:
        """Those of a domain."""
        return sum(count for (found, _), count in self.counts.items() if found == domain)


@dataclass(frozen=True)
class YearlyIncome:
    """Rent that falls due under a contract in a year, in new piastres: as the contract has it, and from the books.

    `demanded` and `collected` are after corrections; `arrears` are the bills of it that are overdue.
    """

    contract: str
    party: str
    year: int
    piastres: int
    demanded: int = 0
    collected: int = 0
    arrears: int = 0


def progress(session: Session, *, actor: Actor) -> Progress:
    """How many properties stand where."""
    actor.need(*STAFF, Role.SYSTEM)
    rows = session.execute(select(Asset.domain, Asset.stage, func.count()).group_by(Asset.domain, Asset.stage))
    return Progress({(Domain(domain), Stage(stage)): count for domain, stage, count in rows})


def income(session: Session, *, actor: Actor, on: date | None = None) -> list[YearlyIncome]:
    """Rent by contract and year of its due day; guarantees are no income. Arrears are those of a day, or of today."""
    actor.need(*STAFF, Role.SYSTEM)
    rows = session.execute(
        _by_year(func.sum(ContractDue.piastres))
        .add_columns(AssetContract.party)
        .where(AssetContract.ended_on.is_(None) | (ContractDue.first_day < AssetContract.ended_on))
        .group_by(AssetContract.party)
    )
    agreed = {(number, year): (int(piastres), party) for number, year, piastres, party in rows}
    books = _books(session, on or today())
    parties = {number: party for (number, _), (_, party) in agreed.items()}
    return [
        YearlyIncome(number, parties.get(number, ""), int(year), agreed.get((number, year), (0, ""))[0], *sums)
        for number, year in sorted({*agreed, *(key for key, sums in books.items() if any(sums))})
        for sums in [books.get((number, year), (0, 0, 0))]
    ]


def _by_year(amount: ColumnElement[Any]) -> Select[Any]:
    """A sum over rents by contract and year of the due day."""
    year = func.substr(ContractDue.due_day, 1, 4)
    return (
        select(AssetContract.number, year, amount)
        .join_from(ContractDue, AssetContract, AssetContract.id == ContractDue.contract_id)
        .where(ContractDue.kind == RENT)
        .group_by(AssetContract.number, year)
    )


def _books(session: Session, on: date) -> dict[tuple[str, str], tuple[int, int, int]]:
    """What the books demanded, collected and find overdue, by contract and year: corrections are in all of it."""

    def sums(query: Select[Any]) -> Counter[tuple[str, str]]:
        return Counter({(number, year): int(piastres) for number, year, piastres in session.execute(query)})

    def of_demands(amount: ColumnElement[Any]) -> Select[Any]:
        return (
            _by_year(amount)
            .join(DemandedDue, DemandedDue.due_id == ContractDue.id)
            .join(Demand, or_(Demand.id == DemandedDue.reference, Demand.adjusts == DemandedDue.reference))
        )

    demanded = sums(of_demands(func.sum(Demand.piastres)).where(Demand.state != "cancelled"))
    less = sums(of_demands(func.sum(Demand.piastres)).where(Demand.piastres < 0))
    given = of_demands(func.sum(Allotment.piastres)).join(Allotment, Allotment.demand_id == Demand.id)
    late = of_demands(func.sum(Bill.piastres)).join(Bill, Bill.demand_id == Demand.id)
    paid = given.join(Bill, Bill.id == Allotment.bill_id)
    overdue = (Bill.state.in_(list(map(str, LIVE))), Bill.due_on < on.isoformat())
    collected, owed, part = sums(given), sums(late.where(*overdue)), sums(paid.where(*overdue))
    keys = {*demanded, *collected, *owed}
    return {key: (demanded[key], collected[key] + less[key], owed[key] - part[key]) for key in keys}
