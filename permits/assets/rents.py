"""Rents of council property in the books: each due of a contract is demanded and billed once, by its day.

The subject of these demands is the contract. What an ended contract no longer owes is taken back, or, once it was
paid, given back by an adjusting demand; no demand is edited.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.assets.contracts import demanded, due, end_contract
from permits.assets.schedule import GUARANTEE, SERVICE
from permits.assets.tables import AssetContract, ContractDue, DemandedDue
from permits.calendar import today
from permits.errors import Invalid, NotFound
from permits.i18n import translate
from permits.jobs import Context
from permits.money.act import Item
from permits.money.assessment import Assessment, Input, Line
from permits.money.bills import Part, issue
from permits.money.charges import parts_of
from permits.money.demands import OFFICE, Owed, Service, demand_of, given_to, group, group_claims, open_demand
from permits.money.exact import plain
from permits.money.money import Epoch, Money
from permits.money.revisions import cancel, revise
from permits.money.subjects import Named, Subject
from permits.money.tables import Bill
from permits.people.actor import STAFF, SYSTEM, Actor, Role
from permits.services.catalogue import find_service

KIND = "rent"
JOB = "rents.demand"


def lock(session: Session, contract_id: str) -> AssetContract:
    """A contract, locked until the caller's transaction ends; NotFound."""
    query = select(AssetContract).where(AssetContract.id == contract_id).with_for_update()
    contract = session.scalar(query.execution_options(populate_existing=True))
    if contract is None:
        raise NotFound("contract-unknown")
    return contract


def demand_due(session: Session, *, actor: Actor, due_id: str, governorate: str) -> Bill | None:
    """Demand one due from the contract's party and bill it; None where that was done or the contract ended before."""
    actor.need(*OFFICE)
    row = _due_of(session, due_id)
    contract = lock(session, row.contract_id)
    if session.get(DemandedDue, due_id, populate_existing=True) or _is_over(contract, row):
        return None
    card = find_service(SERVICE).card
    owed = Owed(
        Service(card.code, card.number), governorate, KIND, contract.id, contract.party,
        assessment_of(contract, row, row.piastres),
    )  # fmt: skip
    demand = open_demand(session, actor=actor, owed=owed)
    demanded(session, actor=SYSTEM, due_id=due_id, reference=demand.id)
    part = Part(contract.party, row.piastres, max(date.fromisoformat(row.due_day), today()))
    (bill,) = issue(session, actor=actor, demand=demand, parts=[part])
    return bill


def correct_due(session: Session, *, actor: Actor, due_id: str, piastres: int, reason: str) -> None:
    """Let a demanded due ask for another amount, by an adjusting demand; what was paid too much is a credit."""
    actor.need(*OFFICE)
    if piastres < 0:
        raise Invalid("payment-amount")
    row, known = _due_of(session, due_id), session.get(DemandedDue, due_id)
    if known is None:
        raise NotFound("due-unknown")
    contract = lock(session, row.contract_id)
    assessment = assessment_of(contract, row, piastres)
    revise(session, actor=actor, demand_id=known.reference, assessment=assessment, reason=reason)


def end(session: Session, *, actor: Actor, contract_id: str, on: date, reason: str) -> AssetContract:
    """End a contract early; what was demanded of later periods is taken back in the same transaction."""
    contract = end_contract(session, actor=actor, contract_id=contract_id, on=on, reason=reason)
    for due_id in _overdemanded(session):
        take_back(session, due_id=due_id)
    return contract


def take_back(session: Session, *, due_id: str) -> None:
    """What a contract no longer owes since it ended: cancelled unpaid, otherwise corrected to nought; again nothing."""
    row, known = _due_of(session, due_id), session.get_one(DemandedDue, due_id)
    contract = lock(session, row.contract_id)
    root = demand_of(session, known.reference)
    members = group(session, root)
    if any(one.state in ("cancelled", "waived") for one in members) or not any(group_claims(session, root).values()):
        return
    reason = f"contract-ended {contract.ended_on}"
    if any(given_to(session, demand=one) for one in members):
        correct_due(session, actor=SYSTEM, due_id=due_id, piastres=0, reason=reason)
    else:
        cancel(session, actor=SYSTEM, demand_id=root.id, reason=reason)


def run_demanding(context: Context, *, day: str) -> None:
    """The job of every day: each due in a transaction of its own, so that one that fails keeps no other back."""
    with context.database.reading() as session:
        waiting = [one.due_id for one in due(session, date.fromisoformat(day))]
        over = _overdemanded(session)
    faults = list[Exception]()
    for due_id in [*waiting, *over]:
        try:
            with context.database.transaction() as session:
                if due_id in over:
                    take_back(session, due_id=due_id)
                else:
                    demand_due(session, actor=SYSTEM, due_id=due_id, governorate=context.settings.governorate)
        except Exception as error:  # noqa: BLE001 - told below, when every other due has had its turn
            faults.append(error)
    if faults:
        raise ExceptionGroup(JOB, faults)


def assessment_of(contract: AssetContract, row: ContractDue, piastres: int) -> Assessment:
    """Why a due is what it is: the contract says so; the hash is that of the fee it was reckoned from when signed."""
    item = _item(row.kind, date.fromisoformat(contract.signed_on))
    amount = Money.of_piastres(piastres).amount
    card = find_service(SERVICE).card
    line = Line(
        code=item.code, ar=item.ar, en=item.en, formula="due", inputs=tuple(_inputs(contract, row, amount)),
        steps=plain(amount), exact=amount, rounded=amount, rounding=Decimal(0), piastres=piastres,
        clause=item.clause.ar, clause_en=item.clause.en, status=str(card.status),
        parts=parts_of(item.split, piastres), refundable=item.refundable,
    )  # fmt: skip
    ar, en = (translate(language, "rent-act", number=contract.number) for language in ("ar", "en"))
    return Assessment(
        act=contract.number, act_ar=ar, act_en=en, tariff_sha256=row.fee_sha256,
        on=date.fromisoformat(contract.signed_on), currency=Epoch.NEW, lines=(line,), total=piastres,
    )  # fmt: skip


def _inputs(contract: AssetContract, row: ContractDue, amount: Decimal) -> list[Input]:
    """The contract, the period, the part and its area; by name, as every line keeps them."""
    part = f"part of {contract.asset_id}" if contract.polygon is not None else f"whole of {contract.asset_id}"
    days = {name: date.fromisoformat(getattr(row, name)) for name in ("end_day", "first_day")}
    rate = Fraction(contract.index_rate)
    return [
        Input("area", Decimal(contract.area), "m2", "measure", part),
        Input("due", Decimal(plain(amount)), Epoch.NEW, "declared", f"{contract.number}/{row.number}"),
        *(Input(name, day, "date", "declared", contract.number) for name, day in days.items()),
        Input("index_rate", _decimal(rate), "1", "municipality", row.factor, contract.index_status),
    ]


def _decimal(value: Fraction) -> Decimal:
    """A rate as it was set: it was a decimal then, so the division ends."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def _item(kind: str, on: date) -> Item:
    """The one fee of the tariff that is a rent, or the one that is a guarantee; its split says who gets it."""
    every = [item for fees in find_service(SERVICE).fees for item in fees.tariff.items_on(on)]
    (item,) = [item for item in every if item.refundable is (kind == GUARANTEE)]
    return item


def _is_over(contract: AssetContract, row: ContractDue) -> bool:
    return contract.ended_on is not None and row.first_day >= contract.ended_on


def _overdemanded(session: Session) -> list[str]:
    """The demanded dues of periods that begin on the day on which their contract ended, or later."""
    query = (
        select(ContractDue.id)
        .join(AssetContract, AssetContract.id == ContractDue.contract_id)
        .join(DemandedDue, DemandedDue.due_id == ContractDue.id)
        .where(AssetContract.ended_on.is_not(None), ContractDue.first_day >= AssetContract.ended_on)
    )
    return list(session.scalars(query.order_by(ContractDue.id)))


def _due_of(session: Session, due_id: str) -> ContractDue:
    row = session.get(ContractDue, due_id)
    if row is None:
        raise NotFound("due-unknown")
    return row


def _see(session: Session, actor: Actor, contract_id: str) -> AssetContract:
    contract = session.get(AssetContract, contract_id)
    if contract is None or not actor.has(*STAFF, Role.SYSTEM):
        raise NotFound("contract-unknown")
    return contract


def _released(_: Session, __: str) -> None:
    """Nothing waits for a rent to be paid."""


def _numbered(session: Session, number: str) -> str | None:
    return session.scalar(select(AssetContract.id).where(AssetContract.number == number))


def _named(session: Session, contract_id: str) -> Named:
    return Named(session.get_one(AssetContract, contract_id).number)


SUBJECT = Subject(lock=lock, see=_see, released=_released, named=_named, numbered=_numbered)
"""What money does with a contract on council property."""
