"""Planning sheets changed from a day on: one planner proposes, another puts them in force, and no history is lost.

What is in force becomes a new version of the zone's layers, in which the sheet of before ends on that day. A case
keeps the sheet of the day it was opened, because the day of a change lies after the day of its approval.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.errors import LandError
from gis.planning import load_zone, sheet_in_force
from gis.records import planning_sheet
from gis.remarks import Remark
from gis.sheets import contradictions
from gis.site import PlanningSheet
from gis.zone import Plot
from gis.zone_file import sheet_row, write_zone
from permits import audit, jobs
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import utcnow
from permits.errors import Conflict, Invalid, NotFound, RukhsaError
from permits.jobs import Context
from permits.land.zones import find_plot, get_zone, import_zone
from permits.money.four_eyes import need_another
from permits.people.accounts import actor_of
from permits.people.actor import SYSTEM, Actor, Role
from permits.people.tables import User
from permits.planning.fields import BY_NAME
from permits.planning.sheets import sheets_of_plot
from permits.planning.tables import SheetAmendment

JOB = "planning.amend"
PLANNERS = (Role.PLANNER, Role.ADMIN)
MOST_PLOTS = 500
OPEN = ("proposed", "approved")


class ContradictoryError(Invalid):
    """The new sheet contradicts itself; `remark` says how."""

    def __init__(self, plot: str, remark: Remark) -> None:
        super().__init__("sheets-contradiction", plot=plot)
        self.remark = remark


def propose(
    session: Session, *, actor: Actor, storage: Storage, zone: str, plots: Sequence[str], changes: Mapping[str, str],
    valid_from: str, legal_act: str, clause: str, status: str,
) -> SheetAmendment:  # fmt: skip
    """Ask for other values from a day on; every resulting sheet is read by the strict schema of the zone file first.

    Raises Invalid for a wrong day, reference or value, NotFound for an unknown plot, and the land's errors.
    """
    actor.need(*PLANNERS)
    numbers, day = list(dict.fromkeys(n.strip() for n in plots if n.strip())), _later(valid_from)
    said = {name: text.strip() for name, text in changes.items() if text.strip()}
    _need_sense(numbers, said, legal_act, clause)
    row = SheetAmendment(
        zone=get_zone(session, zone).code, plots=numbers, changes=said, valid_from=day.isoformat(),
        legal_act=legal_act.strip(), clause=clause.strip(), status=status, asked_by=actor.id,
    )  # fmt: skip
    for number in numbers:
        find_plot(session, zone=zone, number=number)
        amended(sheets_of_plot(session, storage=storage, zone=zone, plot=number), number, row)
    session.add(row)
    session.flush()
    audit.record(
        session, AuditEvent.SHEETS_PROPOSED, actor=actor, subject=f"zone:{zone}", amendment=row.id, plots=numbers,
        changes=said, valid_from=row.valid_from, act=row.legal_act,
    )  # fmt: skip
    return row


def _need_sense(numbers: Sequence[str], said: Mapping[str, str], legal_act: str, clause: str) -> None:
    if not numbers or len(numbers) > MOST_PLOTS:
        raise Invalid("sheets-plots-needed", most=MOST_PLOTS)
    if not said or not said.keys() <= BY_NAME.keys():
        raise Invalid("sheets-nothing-changed")
    if not legal_act.strip() or not clause.strip():
        raise Invalid("sheets-act-needed")


def _later(text: str) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise Invalid("day-invalid", day=text[:20]) from error
    if day <= today():
        raise Invalid("sheets-day-past", day=day.isoformat())
    return day


def amended(sheets: Sequence[PlanningSheet], plot: str, row: SheetAmendment) -> tuple[PlanningSheet, ...]:
    """A plot's sheets with the new one, oldest first: the one in force on its first day ends there.

    Raises Conflict where a sheet begins on that very day, Invalid where the new one contradicts itself.
    """
    day = date.fromisoformat(row.valid_from)
    before = sheet_in_force(sheets, plot, day)
    if before.valid_from == day:
        raise Conflict("sheets-same-day", plot=plot, day=row.valid_from)
    new = planning_sheet({**sheet_row(plot, before), **_values(row), **_reference(row)})
    fault = next(contradictions(new, plot), None)
    if fault:
        raise ContradictoryError(plot, fault)
    return tuple(
        kept for sheet in sheets for kept in ((replace(sheet, valid_to=day), new) if sheet is before else (sheet,))
    )


def _values(row: SheetAmendment) -> dict[str, Any]:
    """The changed columns as the zone file has them; a number is read from its text, "-" is nothing."""
    found: dict[str, Any] = {}
    for name, text in row.changes.items():
        field = BY_NAME[name]
        if field.empty and text == "-":
            found[name] = None
        elif field.unit:
            found[name] = _number(name, text, whole=name in ("max_floors", "band_from_floor"))
        else:
            found[name] = text
    return found


def _number(name: str, text: str, *, whole: bool) -> float | int:
    try:
        return int(text) if whole else float(text)
    except ValueError as error:
        raise Invalid("sheets-no-number", field=name, said=text[:20]) from error


def _reference(row: SheetAmendment) -> dict[str, Any]:
    return {
        "legal_act": row.legal_act, "clause": row.clause, "status": row.status, "valid_from": row.valid_from,
    }  # fmt: skip


def decide(session: Session, *, actor: Actor, amendment_id: str, approve: bool, note: str = "") -> SheetAmendment:
    """Another planner puts the change in force, which a job does, or refuses it with a reason."""
    actor.need(*PLANNERS)
    row = _locked(session, amendment_id)
    need_another(row.asked_by, actor)
    if approve:
        _later(row.valid_from)
    elif not note.strip():
        raise Invalid("reason-needed")
    row.state = "approved" if approve else "refused"
    row.decided_by, row.decided_at, row.note = actor.id, utcnow(), note.strip()
    if approve:
        jobs.enqueue(session, JOB, row.id, amendment_id=row.id)
    audit.record(
        session, AuditEvent.SHEETS_DECIDED, actor=actor, subject=f"zone:{row.zone}", amendment=row.id,
        state=row.state, note=row.note,
    )  # fmt: skip
    return row


def take_back(session: Session, *, actor: Actor, amendment_id: str) -> SheetAmendment:
    """Whoever proposed a change gives it up before anybody decided."""
    actor.need(*PLANNERS)
    row = _locked(session, amendment_id)
    if row.asked_by != actor.id:
        raise Conflict("sheets-not-yours")
    row.state, row.decided_by, row.decided_at = "withdrawn", actor.id, utcnow()
    audit.record(
        session, AuditEvent.SHEETS_DECIDED, actor=actor, subject=f"zone:{row.zone}", amendment=row.id, state=row.state
    )
    return row


def amendments(session: Session, *, actor: Actor, zone: str, most: int = 20) -> list[SheetAmendment]:
    """The newest changes of a zone's sheets."""
    actor.need(*PLANNERS)
    found = select(SheetAmendment).where(SheetAmendment.zone == zone).order_by(SheetAmendment.id.desc()).limit(most)
    return list(session.scalars(found))


def _locked(session: Session, amendment_id: str) -> SheetAmendment:
    row = session.get(SheetAmendment, amendment_id, with_for_update=True)
    if row is None:
        raise NotFound("sheets-unknown")
    if row.state != "proposed":
        raise Conflict("sheets-decided")
    return row


def run_amendment(context: Context, *, amendment_id: str) -> None:
    """Write the new sheets as a version of the zone's layers; one that is in force, or failed, is left alone."""
    try:
        with context.database.transaction() as session, TemporaryDirectory() as folder:
            row = session.get_one(SheetAmendment, amendment_id, with_for_update=True)
            if row.state != "approved":
                return
            _later(row.valid_from)
            layers = _written(session, context.storage, row, Path(folder))
            (version,) = import_zone(session, actor=SYSTEM, storage=context.storage, layers=layers, only=row.zone)
            row.state, row.result = "in_force", {"layers": version.layers_sha256}
            audit.record(
                session, AuditEvent.SHEETS_IN_FORCE, actor=actor_of(session.get_one(User, row.decided_by)),
                subject=f"zone:{row.zone}", amendment=row.id, layers=version.layers_sha256,
            )  # fmt: skip
    except (LandError, RukhsaError) as error:  # the same again would be refused again
        amendment_failed(context, error=error.code, amendment_id=amendment_id)


def _written(session: Session, storage: Storage, row: SheetAmendment, folder: Path) -> Path:
    """The zone's layers in force now, with the new sheets."""
    land = load_zone(storage.path(get_zone(session, row.zone).layers_sha256))
    asked = set(row.plots)

    def changed(plot: Plot) -> Plot:
        mine = plot.zone == row.zone and plot.number in asked
        return replace(plot, sheets=amended(plot.sheets, plot.number, row)) if mine else plot

    write_zone(replace(land, plots=tuple(map(changed, land.plots))), folder / "zone.gpkg")
    return folder / "zone.gpkg"


def amendment_failed(context: Context, *, error: str, amendment_id: str) -> None:
    """The change cannot be entered; the sheets stay as they are."""
    with context.database.transaction() as session:
        row = session.get_one(SheetAmendment, amendment_id, with_for_update=True)
        if row.state != "approved":
            return
        row.state, row.result = "failed", {"code": error[:200]}
        audit.record(
            session, AuditEvent.SHEETS_FAILED, actor=SYSTEM, subject=f"zone:{row.zone}", amendment=row.id, error=error
        )
