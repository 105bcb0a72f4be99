"""Figures of the council's property: how far the inventory has come, and what its contracts bring in."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from permits.assets.inventory import Domain, Stage
from permits.assets.schedule import RENT
from permits.assets.tables import Asset, AssetContract, ContractDue
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
    """Rent that falls due under a contract in a year; new piastres."""

    contract: str
    party: str
    year: int
    piastres: int


def progress(session: Session, *, actor: Actor) -> Progress:
    """How many properties stand where."""
    actor.need(*STAFF, Role.SYSTEM)
    rows = session.execute(select(Asset.domain, Asset.stage, func.count()).group_by(Asset.domain, Asset.stage))
    return Progress({(Domain(domain), Stage(stage)): count for domain, stage, count in rows})


def income(session: Session, *, actor: Actor) -> list[YearlyIncome]:
    """Rent by contract and year of its due day, as the contracts have it; guarantees are no income.

    What was in fact paid is told by the books.
    """
    actor.need(*STAFF, Role.SYSTEM)
    year = func.substr(ContractDue.due_day, 1, 4)
    rows = session.execute(
        select(AssetContract.number, AssetContract.party, year, func.sum(ContractDue.piastres))
        .join(AssetContract, AssetContract.id == ContractDue.contract_id)
        .where(ContractDue.kind == RENT)
        .where(AssetContract.ended_on.is_(None) | (ContractDue.first_day < AssetContract.ended_on))
        .group_by(AssetContract.number, AssetContract.party, year)
        .order_by(AssetContract.number, year)
    )
    return [YearlyIncome(number, party, int(when), int(piastres)) for number, party, when, piastres in rows]
