"""Acts of the register through the API: a sheet whole, as a registrar's program needs it, and an act entered on it."""

from dataclasses import asdict
from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.deps import ContextDep, GrantDep
from permits.extracts.looking import Look, look_at
from permits.people.clients import Scope
from permits.register.desk.entering import enter_after
from permits.register.desk.form import DeskAct, HeirLine, MergedLine, PieceLine, Written, acts_on
from permits.register.desk.preview import SheetChange, preview_written
from permits.register.journal import journal_of
from permits.register.shares import WHOLE
from permits.register.state import SheetState

router = APIRouter(prefix="/api/v1")
TEXT, LINES = 500, 2000


class Act(BaseModel):
    """An act as it stands on the registrar's form; an unknown key is an error, lest somebody believe that it counts.

    `after` is the number of the last entry on the sheet as it was read: an act that is sent twice, or after somebody
    else's, is refused. Shares are fractions such as 1/8, or 2400ths; amounts are new pounds; `party`, `signal` and an
    allotted `owner` are ids as the sheet tells them.
    """

    model_config = ConfigDict(extra="forbid")

    act: DeskAct
    after: int = Field(ge=0)
    reason: str = Field(min_length=1, max_length=TEXT)
    document: str = Field(min_length=1, max_length=80)
    day: date
    party: str = Field(default="", max_length=40)
    share: str = Field(default="", max_length=40)
    name: str = Field(default="", max_length=TEXT)
    identity: str = Field(default="", max_length=40)
    group: str = Field(default="", max_length=TEXT)
    amount: str = Field(default="", max_length=40)
    signal: str = Field(default="", max_length=40)
    kind: str = Field(default="", max_length=40)
    area: str = Field(default="", max_length=40)
    description: str = Field(default="", max_length=TEXT)
    parcel: str = Field(default="", max_length=40)
    entry: str = Field(default="", max_length=20)
    heirs: tuple[HeirLine, ...] = Field(default=(), max_length=LINES)
    pieces: tuple[PieceLine, ...] = Field(default=(), max_length=LINES)
    merged: tuple[MergedLine, ...] = Field(default=(), max_length=LINES)

    def written(self, sheet_id: str) -> Written:
        """The same on the form of a sheet."""
        return Written(
            sheet_id=sheet_id, **{name: getattr(self, name) for name in type(self).model_fields if name != "after"}
        )


@router.get("/sheets/{sheet_id}")
def show(context: ContextDep, grant: GrantDep, sheet_id: str) -> dict[str, Any]:
    """The whole sheet as a registrar sees it, a closed one too; the look is kept."""
    actor = grant.need(Scope.SHEETS_READ)
    with context.database.transaction() as session:
        seen = look_at(session, actor=actor, sheet_id=sheet_id, language="ar")
        entries = journal_of(session, sheet_id)
        return {**_sheet(seen), "journal": [
            {"number": one.number, "act": one.act, "valid_on": one.valid_on, "at": one.at} for one in entries
        ]}  # fmt: skip


@router.post("/sheets/{sheet_id}/acts", status_code=201)
def enter(context: ContextDep, grant: GrantDep, sheet_id: str, body: Act) -> dict[str, Any]:
    """Enter an act; the answer names its number in the journal."""
    actor = grant.need(Scope.SHEETS_WRITE)
    with context.database.transaction() as session:
        entry = enter_after(session, actor=actor, written=body.written(sheet_id), last=body.after)
        return {"number": entry.number, "sheet": entry.sheet_id, "warned": entry.data.get("warned", [])}


@router.post("/sheets/{sheet_id}/acts/preview")
def preview(context: ContextDep, grant: GrantDep, sheet_id: str, body: Act) -> dict[str, Any]:
    """What the act would change on every sheet that it touches; nothing is entered."""
    actor = grant.need(Scope.SHEETS_WRITE)
    with context.database.transaction() as session:
        found = preview_written(session, actor=actor, written=body.written(sheet_id), language="ar")
    return {"sheets": [_change(one) for one in found.sheets], "warned": list(found.warned)}


def _sheet(seen: Look) -> dict[str, Any]:
    return {
        "id": seen.sheet.id, "parcel": seen.sheet.parcel, "section": seen.sheet.section,
        "cadastral_zone": seen.sheet.cadastral_zone, "register": seen.sheet.register, **_state(seen.state),
        "owners": [
            {"party": one.party, "name": one.name_ar, "share": str(one.share), "of_2400": str(one.share * WHOLE)}
            for one in seen.owners
        ],
        "signals": [asdict(one) for one in seen.signals],
        "on_persons": [{"party": seen.owners[at].party, **asdict(one)} for at, one in seen.personal],
        "made_of": [one.id for one in seen.made_of], "became": [one.id for one in seen.made],
        "acts": [str(one) for one in acts_on(seen.state.status)],
    }  # fmt: skip


def _state(state: SheetState) -> dict[str, Any]:
    return {"state": str(state.status), "tenure": state.tenure, "area": str(state.area)}


def _change(one: SheetChange) -> dict[str, Any]:
    return {
        "parcel": one.parcel, "register": one.register, "before": _state(one.before) if one.before else None,
        "after": _state(one.after) if one.after else None,
        "owners": [{"name": line.name, "before": str(line.before), "after": str(line.after)} for line in one.changes],
    }  # fmt: skip
