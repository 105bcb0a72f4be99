"""Use cases of contracts on council property: sign one, end it early, what must be demanded, notices of renewal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from shapely import Polygon
from sqlalchemy import select
from sqlalchemy.orm import Session

from permits import audit
from permits.assets.inventory import KEEPERS, Domain, get_asset_by_id, lock_asset
from permits.assets.schedule import DatedDue, Let, schedule
from permits.assets.tables import Asset, AssetContract, ContractDue, DemandedDue
from permits.assets.terms import terms
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import new_id
from permits.errors import Conflict, Invalid, NotFound
from permits.money.evaluation import add_months
from permits.money.lines import AssessmentError
from permits.numbering import take_number
from permits.people.actor import STAFF, Actor, Role
from permits.shapes import ground_area, read_shape

SLIVER = 0.01
"""Square metres: two boundaries drawn with the same line meet in less."""

EVERY_MONTHS = (1, 2, 3, 6, 12)
LONGEST_NAME = 200


class ContractKind(StrEnum):
    """What is agreed; the text of each is `asset-contract-<code>`."""

    LEASE = "lease"
    INVESTMENT = "investment"
    OCCUPANCY = "occupancy"


@dataclass(frozen=True)
class Agreement:
    """What is to be signed: from `first_day` until the day before `end_day`, rent every so many months.

    `part` is the shape of what is let, GeoJSON or corners in the property's grid; empty for the whole.
    """

    kind: str
    party: str
    first_day: date
    end_day: date
    every_months: int
    part: str = ""


def sign_contract(session: Session, *, actor: Actor, office: str, asset_id: str, agreed: Agreement) -> AssetContract:
    """A contract with its dues; the property is locked, so that no two contracts share a place on one day.

    Raises Invalid, Conflict: asset-public-domain, contract-overlaps and others.
    """
    actor.need(*KEEPERS)
    asset = lock_asset(session, asset_id)
    part, area = _admitted(asset, agreed)
    for other in _overlapping(session, asset, agreed, part):
        raise Conflict("contract-overlaps", number=other.number, first=other.first_day, until=other.until.isoformat())
    day = today()
    number = f"{office}-{day.year}-K-{take_number(session, f'contract:{office}:{day.year}'):06d}"
    rate = terms().index_yearly
    contract = AssetContract(
        id=new_id(), number=number, asset_id=asset.id, kind=agreed.kind, party=agreed.party.strip(),
        signed_on=day.isoformat(), first_day=agreed.first_day.isoformat(), end_day=agreed.end_day.isoformat(),
        notice_day=(agreed.end_day - timedelta(days=int(terms().notice_days.value))).isoformat(), polygon=part,
        area=str(area), every_months=agreed.every_months, index_rate=str(Fraction(rate.value)),
        index_status=str(rate.status), signed_by=actor.id,
    )  # fmt: skip
    session.add(contract)
    session.flush()
    total = _write_dues(session, contract, agreed, area)
    audit.record(
        session, AuditEvent.CONTRACT_SIGNED, actor=actor, subject=asset.id, number=number, use=agreed.kind,
        first_day=contract.first_day, end_day=contract.end_day, area=contract.area, piastres=total,
    )  # fmt: skip
    return contract


@dataclass(frozen=True)
class Preview:
    """What signing would bring: square metres, every due, and the contracts that stand in its way."""

    area: Decimal
    dues: list[DatedDue]
    overlapping: list[AssetContract]

    @property
    def piastres(self) -> int:
        """All the dues together."""
        return sum(due.piastres for due in self.dues)


def preview_contract(session: Session, *, actor: Actor, asset_id: str, agreed: Agreement) -> Preview:
    """What `sign_contract` would write if it were signed today; nothing is written. Raises as it does, but for others'
    contracts on the same place and days, which are told."""
    actor.need(*KEEPERS)
    asset = get_asset_by_id(session, actor=actor, asset_id=asset_id)
    part, area = _admitted(asset, agreed)
    let = Let(
        asset.number, area, today(), agreed.first_day, agreed.end_day, agreed.every_months,
        Fraction(terms().index_yearly.value),
    )  # fmt: skip
    return Preview(area, _schedule(let), list(_overlapping(session, asset, agreed, part)))


def _admitted(asset: Asset, agreed: Agreement) -> tuple[Polygon | None, Decimal]:
    """The part that is let, None for the whole, and its square metres, of an agreement that may be made."""
    _require(agreed)
    if asset.domain == Domain.PUBLIC and agreed.kind != ContractKind.OCCUPANCY:
        raise Conflict("asset-public-domain", number=asset.number)
    return _place(asset, agreed)


def _require(agreed: Agreement) -> None:
    if agreed.kind not in set(ContractKind):
        raise Invalid("contract-kind-unknown", kind=agreed.kind[:40])
    if not agreed.party.strip() or len(agreed.party) > LONGEST_NAME:
        raise Invalid("contract-party-needed", longest=LONGEST_NAME)
    if agreed.every_months not in EVERY_MONTHS:
        raise Invalid("contract-period", months=", ".join(map(str, EVERY_MONTHS)))
    longest = int(terms().longest_years.value)
    if not agreed.first_day < agreed.end_day <= add_months(agreed.first_day, 12 * longest):
        raise Invalid("contract-days", years=longest)


def _place(asset: Asset, agreed: Agreement) -> tuple[Polygon | None, Decimal]:
    if not agreed.part.strip():
        if not asset.area:
            raise Conflict("asset-area-needed", number=asset.number)
        return None, Decimal(asset.area)
    if asset.polygon is None or asset.grid is None:
        raise Conflict("asset-not-mapped", number=asset.number)
    part = read_shape(agreed.part, asset.grid)
    if part.difference(asset.polygon).area > SLIVER:
        raise Invalid("contract-part-outside", number=asset.number)
    return part, ground_area(part, asset.grid)


def _overlapping(
    session: Session, asset: Asset, agreed: Agreement, part: Polygon | None
) -> Iterator[AssetContract]:  # fmt: skip
    """The contracts on the same place on one of the same days."""
    for other in session.scalars(select(AssetContract).where(AssetContract.asset_id == asset.id)):
        if not (date.fromisoformat(other.first_day) < agreed.end_day and agreed.first_day < other.until):
            continue
        if part is None or other.polygon is None or part.intersection(other.polygon).area > SLIVER:
            yield other


def _write_dues(session: Session, contract: AssetContract, agreed: Agreement, area: Decimal) -> int:
    """Enter every due; their sum."""
    signed = date.fromisoformat(contract.signed_on)
    let = Let(
        contract.number, area, signed, agreed.first_day, agreed.end_day, agreed.every_months,
        Fraction(contract.index_rate),
    )  # fmt: skip
    dues = _schedule(let)
    session.add_all(
        ContractDue(
            contract_id=contract.id, number=number, kind=due.kind, first_day=due.first_day.isoformat(),
            end_day=due.end_day.isoformat(), due_day=due.due_day.isoformat(), piastres=due.piastres,
            factor=str(due.factor), fee_sha256=due.fee_sha256,
        )
        for number, due in enumerate(dues, 1)
    )  # fmt: skip
    session.flush()
    return sum(due.piastres for due in dues)


def _schedule(let: Let) -> list[DatedDue]:
    try:
        return schedule(let)
    except AssessmentError as error:
        raise Conflict("contract-rent-impossible", why=error.code, name=error.name) from error


def end_contract(session: Session, *, actor: Actor, contract_id: str, on: date, reason: str) -> AssetContract:
    """End a contract early: from `on` it no longer runs, its place is free, and later periods are not owed."""
    actor.need(*KEEPERS)
    if not reason.strip():
        raise Invalid("reason-needed")
    contract = session.get(AssetContract, contract_id)
    if contract is None:
        raise NotFound("contract-unknown")
    lock_asset(session, contract.asset_id)
    session.refresh(contract, with_for_update=True)  # none of its dues is being demanded meanwhile
    if not date.fromisoformat(contract.first_day) <= on < contract.until:
        raise Conflict("contract-not-running", on=on.isoformat())
    contract.ended_on = on.isoformat()
    audit.record(
        session, AuditEvent.CONTRACT_ENDED, actor=actor, subject=contract.asset_id, number=contract.number,
        on=contract.ended_on, reason=reason.strip(),
    )  # fmt: skip
    return contract


@dataclass(frozen=True)
class Due:
    """What must be demanded, from whom and for what; new piastres."""

    due_id: str
    contract: str
    asset: str
    party: str
    kind: str
    first_day: date
    end_day: date
    due_day: date
    piastres: int


def due(session: Session, on: date) -> list[Due]:
    """Everything that is owed by a day and was not demanded yet, oldest first."""
    rows = session.execute(
        select(ContractDue, AssetContract, Asset.number)
        .join(AssetContract, AssetContract.id == ContractDue.contract_id)
        .join(Asset, Asset.id == AssetContract.asset_id)
        .outerjoin(DemandedDue, DemandedDue.due_id == ContractDue.id)
        .where(ContractDue.due_day <= on.isoformat(), DemandedDue.due_id.is_(None))
        .where(AssetContract.ended_on.is_(None) | (ContractDue.first_day < AssetContract.ended_on))
        .order_by(ContractDue.due_day, AssetContract.number, ContractDue.number)
    )
    return [_due(row, contract, asset) for row, contract, asset in rows]


def _due(row: ContractDue, contract: AssetContract, asset: str) -> Due:
    first, end, day = (date.fromisoformat(text) for text in (row.first_day, row.end_day, row.due_day))
    return Due(row.id, contract.number, asset, contract.party, row.kind, first, end, day, row.piastres)


def demanded(session: Session, *, actor: Actor, due_id: str, reference: str) -> None:
    """Keep under which reference a due was demanded; once."""
    actor.need(Role.SYSTEM, Role.CASHIER, Role.ADMIN)
    if session.get(ContractDue, due_id) is None:
        raise NotFound("due-unknown")
    if session.get(DemandedDue, due_id):
        raise Conflict("due-demanded")
    session.add(DemandedDue(due_id=due_id, reference=reference))
    session.flush()


def notices(session: Session, *, actor: Actor, on: date) -> list[AssetContract]:
    """The contracts whose renewal must be spoken of by a day, and that still run on it."""
    actor.need(*STAFF, Role.SYSTEM)
    day = on.isoformat()
    found = session.scalars(
        select(AssetContract)
        .where(AssetContract.notice_day <= day, AssetContract.end_day > day, AssetContract.ended_on.is_(None))
        .order_by(AssetContract.end_day)
    )
    return list(found)


def contracts_of(session: Session, *, asset_id: str) -> list[AssetContract]:
    """Every contract on a property, oldest first."""
    found = select(AssetContract).where(AssetContract.asset_id == asset_id).order_by(AssetContract.first_day)
    return list(session.scalars(found))


def get_contract(session: Session, *, actor: Actor, number: str) -> AssetContract:
    """A contract by its number."""
    actor.need(*STAFF, Role.SYSTEM)
    contract = session.scalar(select(AssetContract).where(AssetContract.number == number))
    if contract is None:
        raise NotFound("contract-unknown")
    return contract
