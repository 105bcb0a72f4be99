"""Council property through the API: one property with its contracts and dues, and every act that its desk has."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from api.deps import ContextDep, GrantDep
from api.routes.assets import SHOWN
from permits.assets import contracts, dues, inventory, rents
from permits.assets.contracts import LONGEST_NAME, Agreement, ContractKind
from permits.assets.tables import Asset, AssetContract
from permits.calendar import today
from permits.jobs import Context
from permits.money.money import Money
from permits.people.actor import Actor
from permits.people.clients import Scope
from permits.privacy.accesses import look
from permits.privacy.sight import About, Sight, Subject

router = APIRouter(prefix="/api/v1")
LONGEST_TEXT = 500


class Body(BaseModel):
    """An unknown key is an error, lest somebody believe that it did something."""

    model_config = ConfigDict(extra="forbid")


class Seen(Body):
    """Why a stage is reached: the document it rests on."""

    evidence: str = Field(min_length=1, max_length=LONGEST_TEXT)


class Documented(Seen):
    """Where the land register has the property."""

    cadastral_zone: str = Field(min_length=1, max_length=120)
    parcel: str = Field(min_length=1, max_length=40)
    sheet_no: str = Field(min_length=1, max_length=40)


class Mapped(Seen):
    """Where the property lies: GeoJSON in WGS84, or corners [x, y] in `grid`, such as EPSG:22770."""

    shape: dict[str, Any] | list[list[float]]
    grid: str = Field(max_length=20)


class Agreed(Body):
    """What is signed, from `first_day` until the day before `end_day`; without `part`, on the whole property."""

    kind: ContractKind
    party: str = Field(min_length=1, max_length=LONGEST_NAME)
    first_day: date
    end_day: date
    every_months: int
    part: dict[str, Any] | list[list[float]] | None = None


class Ended(Body):
    """From which day a contract no longer runs, and why."""

    on: date
    reason: str = Field(min_length=1, max_length=LONGEST_TEXT)


class Corrected(Body):
    """What a demanded due should be, in new pounds such as "700.00", and why."""

    amount: Decimal = Field(ge=0, max_digits=15, decimal_places=2)
    reason: str = Field(min_length=1, max_length=LONGEST_TEXT)


@router.get("/assets/{number:path}")
def show(context: ContextDep, grant: GrantDep, number: str) -> dict[str, Any]:
    """One property: its facts, the evidence of each stage, and its contracts with every due as the books stand."""
    actor = grant.need(Scope.ASSETS_READ)
    with context.database.transaction() as session:
        return _whole(session, actor, inventory.get_asset(session, actor=actor, number=number))


@router.post("/assets/{number:path}/documented")
def document(context: ContextDep, grant: GrantDep, number: str, body: Documented) -> dict[str, Any]:
    """The property is found in the land register."""
    actor = grant.need(Scope.ASSETS_WRITE)
    with context.database.transaction() as session:
        asset = inventory.get_asset(session, actor=actor, number=number)
        inventory.document(session, actor=actor, asset_id=asset.id, **body.model_dump())
        return _whole(session, actor, asset)


@router.post("/assets/{number:path}/mapped")
def put_on_map(context: ContextDep, grant: GrantDep, number: str, body: Mapped) -> dict[str, Any]:
    """The property is drawn; its area is from now on that of the ground."""
    actor = grant.need(Scope.ASSETS_WRITE)
    with context.database.transaction() as session:
        asset = inventory.get_asset(session, actor=actor, number=number)
        inventory.put_on_map(
            session, actor=actor, asset_id=asset.id, evidence=body.evidence, shape=json.dumps(body.shape),
            grid=body.grid,
        )  # fmt: skip
        return _whole(session, actor, asset)


@router.post("/assets/{number:path}/verified")
def verify(context: ContextDep, grant: GrantDep, number: str, body: Seen) -> dict[str, Any]:
    """Another than who drew the property confirms it."""
    actor = grant.need(Scope.ASSETS_WRITE)
    with context.database.transaction() as session:
        asset = inventory.get_asset(session, actor=actor, number=number)
        inventory.verify_asset(session, actor=actor, asset_id=asset.id, evidence=body.evidence)
        return _whole(session, actor, asset)


@router.post("/assets/{number:path}/contracts", status_code=201)
def sign(context: ContextDep, grant: GrantDep, number: str, body: Agreed) -> dict[str, Any]:
    """A contract with its dues by the tariff; refused where another stands on the same place in the same days."""
    actor = grant.need(Scope.ASSETS_WRITE)
    agreed = Agreement(
        str(body.kind), body.party, body.first_day, body.end_day, body.every_months,
        json.dumps(body.part) if body.part else "",
    )  # fmt: skip
    with context.database.transaction() as session:
        asset = inventory.get_asset(session, actor=actor, number=number)
        contract = contracts.sign_contract(
            session, actor=actor, office=context.settings.office, asset_id=asset.id, agreed=agreed
        )  # fmt: skip
        return _contract(session, actor, contract, _sight(session, actor, asset.id))


@router.post("/contracts/{number}/end")
def end(context: ContextDep, grant: GrantDep, number: str, body: Ended) -> dict[str, Any]:
    """End a contract early; what was demanded of later periods is taken back, or given back where it was paid."""
    actor = grant.need(Scope.ASSETS_WRITE)
    with context.database.transaction() as session:
        found = contracts.get_contract(session, actor=actor, number=number)
        ended = rents.end(session, actor=actor, contract_id=found.id, on=body.on, reason=body.reason)
        return _contract(session, actor, ended, _sight(session, actor, ended.asset_id))


@router.post("/contracts/{number}/dues/{due}/demand")
def demand(context: ContextDep, grant: GrantDep, number: str, due: int) -> dict[str, Any]:
    """Demand one due by its number and bill it; once, however often it is asked for."""
    return _on_due(
        context, grant.need(Scope.ASSETS_WRITE), number, due,
        lambda session, actor, due_id: rents.demand_due(
            session, actor=actor, due_id=due_id, governorate=context.settings.governorate
        ),
    )  # fmt: skip


@router.post("/contracts/{number}/dues/{due}/correct")
def correct(context: ContextDep, grant: GrantDep, number: str, due: int, body: Corrected) -> dict[str, Any]:
    """Let a demanded due ask for another amount, by an adjusting demand."""
    piastres = Money(body.amount).piastres
    return _on_due(
        context, grant.need(Scope.ASSETS_WRITE), number, due,
        lambda session, actor, due_id: rents.correct_due(
            session, actor=actor, due_id=due_id, piastres=piastres, reason=body.reason
        ),
    )  # fmt: skip


def _on_due(
    context: Context, actor: Actor, number: str, due: int, act: Callable[[Session, Actor, str], object]
) -> dict[str, Any]:  # fmt: skip
    """Do something to a due, and tell its contract as it then is."""
    with context.database.transaction() as session:
        contract = contracts.get_contract(session, actor=actor, number=number)
        act(session, actor, dues.due_numbered(session, contract_id=contract.id, number=due).id)
        return _contract(session, actor, contract, _sight(session, actor, contract.asset_id))


def _sight(session: Session, actor: Actor, asset_id: str) -> Sight:
    return look(session, actor=actor, subject=Subject.ASSET_CONTRACT, subject_id=asset_id)


def _whole(session: Session, actor: Actor, asset: Asset) -> dict[str, Any]:
    evidence = inventory.evidence_of(session, asset_id=asset.id)
    sight = _sight(session, actor, asset.id)
    return {
        **{name: getattr(asset, name) for name in SHOWN},
        "evidence": [
            {"stage": one.stage, "evidence": one.evidence, "sha256": one.sha256 or None, "at": one.at}
            for one in evidence
        ],
        "contracts": [
            _contract(session, actor, one, sight) for one in contracts.contracts_of(session, asset_id=asset.id)
        ],
    }  # fmt: skip


def _contract(session: Session, actor: Actor, one: AssetContract, sight: Sight) -> dict[str, Any]:
    stands = dues.standings(session, actor=actor, contract_id=one.id, on=today())
    return {
        "number": one.number, "kind": one.kind, "party": sight.shown(About.NAME, one.party) or None,
        "first_day": one.first_day, "end_day": one.end_day, "ended_on": one.ended_on, "area": one.area,
        "every_months": one.every_months, "dues": [_due(stand) for stand in stands],
    }  # fmt: skip


def _due(one: dues.Standing) -> dict[str, Any]:
    """Amounts are text in new pounds, such as "1500.00"."""
    return {
        "number": one.due.number, "kind": one.due.kind, "first_day": one.due.first_day, "end_day": one.due.end_day,
        "due_day": one.due.due_day, "amount": _text(one.due.piastres), "state": str(one.state),
        "demanded": _text(one.demanded), "paid": _text(one.paid), "left": _text(one.left),
        "bill": one.reference or None,
    }  # fmt: skip


def _text(piastres: int) -> str:
    return f"{Money.of_piastres(piastres).amount:.2f}"
