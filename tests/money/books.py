"""A small office with the sample zone's land, and cases that await payment."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from gis.planning import load_zone
from permits.cases.fee import issue_bill
from permits.cases.tables import Case, Model, Review
from permits.cases.workflow import WORKFLOW, State
from permits.db import new_id
from permits.jobs import Context
from permits.land.tables import Plot, Zone
from permits.money.providers import create_biller_key
from permits.money.tables import Bill
from permits.people.actor import SYSTEM, Actor, Role
from permits.people.tables import User
from permits.register.sheets import open_sheets
from permits.registry import register_jobs

LAYERS = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
SECRET = b"a shared secret of thirty-two byt"
BANK = Actor("bank", "bank", frozenset({Role.BILLER}))
OFFICE = "DM-01"


@dataclass(frozen=True)
class Town:
    """What the tests need to know of the office's land."""

    zone: str
    plot: str


def open_books(context: Context) -> Town:
    """Jobs, land, sheets and the bank's key."""
    register_jobs()
    content = load_zone(LAYERS)
    layers = context.storage.keep(LAYERS)
    planned, plot = content.zones[0], next(p for p in content.plots if p.zone == content.zones[0].code)
    with context.database.transaction() as session:
        session.add(
            Zone(
                code=planned.code, name_ar=planned.name["ar"], name_en=planned.name["en"], state="in_force",
                fictitious=True, grid=content.grid, layers_sha256=layers, backdrop={},
            )
        )  # fmt: skip
        session.flush()
        session.add(
            Plot(
                zone=planned.code, number=plot.number, parcel=plot.parcel, use="residential",
                area=plot.official_area, polygon=plot.polygon,
            )
        )  # fmt: skip
        session.add(
            User(id="engineer", login="e", name_ar="م. هالة النموذج", name_en="e", password="x", roles=["engineer"])
        )
        open_sheets(session, actor=SYSTEM, parcels=[p for p in content.parcels if p.number == plot.parcel])
        create_biller_key(session, actor=SYSTEM, key_id="bank-1", provider="bank", secret=SECRET)
    return Town(planned.code, plot.number)


def report(floor_area: float = 480.25, balcony_area: float | None = 36.0) -> dict[str, Any]:
    """A review's report with the measures of the whole building."""
    values = {"gross_floor_area": floor_area, "footprint_area": 120.5, "height": 12.4, "storey_count": 4.0}
    if balcony_area is not None:
        values["balcony_area"] = balcony_area
    measures = [
        {"name": name, "value": value, "unit": "m2", "tolerance": 0.1, "method": "test", "storey": None, "subject": ""}
        for name, value in values.items()
    ]
    return {"model": {"sha256": "9f" * 32}, "measures": measures, "packs": [{"id": "demo", "status": "fictitious"}]}


def make_case(
    session: Session,
    context: Context,
    town: Town,
    content: dict[str, Any] | None = None,
    number: str = "",
    engineer: str = "engineer",
) -> Case:
    """An approved case with a reviewed model, awaiting payment."""
    case = Case(
        id=new_id(), number=number or f"T-{new_id()[-12:].upper()}", workflow=WORKFLOW,
        state=str(State.AWAITING_PAYMENT), zone=town.zone, plot=town.plot, title="بناء سكني", engineer_id=engineer,
        applied_on="2026-11-01",
    )  # fmt: skip
    session.add(case)
    session.flush()
    model = Model(id=new_id(), case_id=case.id, name="m.ifc", size=1, sha256="9f" * 32)
    session.add(model)
    session.flush()
    sha256 = context.storage.keep_bytes(json.dumps(content or report()).encode())
    session.add(Review(model_id=model.id, state="done", report_sha256=sha256, summary={}))
    session.flush()
    return case


def make_bill(context: Context, town: Town) -> Bill:
    """A case with its bill, both committed."""
    with context.database.transaction() as session:
        case = make_case(session, context, town)
        return issue_bill(session, actor=SYSTEM, storage=context.storage, governorate="01", case_id=case.id)
