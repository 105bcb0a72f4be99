"""The property register through the API: a sheet as it stands, and what it says to a case; owners by role."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from api.deps import ContextDep, GrantDep
from permits.cases import cases
from permits.cases.applicants import register_conditions
from permits.people.clients import Scope
from permits.register.gate import Condition
from permits.register.shares import WHOLE
from permits.register.sheets import current_sheet, sheet_of_plot

router = APIRouter(prefix="/api/v1")


@router.get("/sheets")
def show(context: ContextDep, grant: GrantDep, zone: str, plot: str) -> dict[str, Any]:
    """The sheet of a plot's parcel today; the look is kept. Shares are exact fractions of the whole."""
    actor = grant.need(Scope.SHEETS_READ)
    with context.database.transaction() as session:
        sheet = current_sheet(session, actor=actor, zone=zone, plot=plot, language="ar")
        sheet_id = sheet_of_plot(session, zone=zone, plot=plot).id
    return {
        "id": sheet_id,
        "parcel": sheet.parcel, "cadastral_zone": sheet.zone, "register": sheet.register, "tenure": sheet.tenure,
        "area": None if sheet.area is None else str(sheet.area), "as_of": sheet.as_of,
        "owners": [
            {"name": one.name, "share": str(one.share), "of_2400": str(one.share * WHOLE), "entry": one.entry}
            for one in sheet.owners
        ],
        "signals": [asdict(one) for one in sheet.annotations],
    }  # fmt: skip


@router.get("/cases/{case_id}/conditions")
def conditions(context: ContextDep, grant: GrantDep, case_id: str) -> dict[str, Any]:
    """What the register says to a case today: each condition met, unmet or undecided, with the reason."""
    actor = grant.need(Scope.CASES_READ)
    with context.database.reading() as session:
        case = cases.get_case(session, actor=actor, case_id=case_id)
        return {"conditions": [_condition(one) for one in register_conditions(session, case=case)]}


def _condition(one: Condition) -> dict[str, Any]:
    return {
        "code": one.code, "outcome": str(one.outcome), "reason": one.reason, "values": dict(one.values),
        "threshold": one.threshold, "evidence": list(one.evidence),
    }  # fmt: skip
