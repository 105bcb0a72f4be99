"""Use cases of the queue: take a file in, see what its sheets lack, correct, join or keep apart, enter or reject."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gis.sources import read_layer
from gis.sources.layer import Limits
from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.db import new_id, utcnow
from permits.errors import Conflict, Invalid, NotFound
from permits.lists import RowFault, columns_of, texts_of
from permits.people.actor import Actor, Role
from permits.register.importing.entering import enter_sheet
from permits.register.importing.judging import Judged, Outcome, judge
from permits.register.importing.profile import NEEDED, Column, Profile
from permits.register.importing.reading import OF_SHEET, Rows, key_of
from permits.register.importing.tables import Batch, Candidate, Choice, Correction, Row
from permits.register.tables import Party, Sheet

_LIMITS = Limits(bytes=64 << 20, rows=200_000, columns=60)
OPEN, ENTERED, KNOWN, REJECTED = "open", "entered", "known", "rejected"


class TableRefused(Invalid):
    """A file whose columns are not those of its source: nothing is taken in."""

    def __init__(self, faults: Iterable[RowFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("register-table-refused", count=len(self.faults))


@dataclass(frozen=True)
class Counts:
    """How many sheets of a batch are in each state, and how many open ones of each outcome."""

    states: Mapping[str, int]
    outcomes: Mapping[str, int]


def take_in(session: Session, *, actor: Actor, path: Path, profile: Profile, day: date | None = None) -> Batch:
    """Read a file whole into a batch of judged sheets; a file that was taken in before is its batch, unchanged."""
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    on = day or today()
    if on > today():
        raise Invalid("day-to-come", on=on.isoformat())
    layer = read_layer(path, limits=_LIMITS)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    known = session.scalar(select(Batch).where(Batch.sha256 == sha256))
    if known is not None:
        return known
    columns, faults = columns_of(layer.fields, {str(c): names for c, names in profile.columns.items()}, NEEDED)
    if faults:
        raise TableRefused(faults)
    batch = Batch(
        id=new_id(), sha256=sha256, name=path.name[-120:], source=profile.source, day=on.isoformat(),
        profile=profile.model_dump(mode="json", by_alias=True), columns=columns, taken_by=actor.id,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    written = {row.number: _cells(texts_of(row.attributes, columns)) for row in layer.rows}
    groups = _sheets(_filled(written) if profile.fill_down else written)
    for position, (label, numbers) in enumerate(groups, 1):
        _take_sheet(session, batch, position, label, {number: written[number] for number in numbers})
    audit.record(
        session, AuditEvent.REGISTER_TAKEN_IN, actor=actor, subject=batch.id, file=batch.name, sha256=sha256,
        rows=len(written), sheets=len(groups),
    )  # fmt: skip
    return batch


def _cells(texts: Mapping[str, str]) -> dict[Column, str]:
    return {Column(name): text for name, text in texts.items()}


def _filled(written: Mapping[int, Mapping[Column, str]]) -> dict[int, dict[Column, str]]:
    """Every row with what names its sheet, repeated from the row above where it is left empty."""
    found: dict[int, dict[Column, str]] = {}
    above: dict[Column, str] = {}
    for number, cells in written.items():
        if cells.get(Column.PARCEL):
            above = {column: cells.get(column, "") for column in OF_SHEET if column in cells}
        found[number] = {**cells, **(above if not cells.get(Column.PARCEL) else {})}
    return found


def _sheets(rows: Mapping[int, Mapping[Column, str]]) -> list[tuple[str, list[int]]]:
    """The rows of each sheet; a row without a parcel is alone."""
    groups: dict[tuple[str, ...], list[int]] = {}
    labels: dict[tuple[str, ...], str] = {}
    for number, cells in rows.items():
        key: tuple[str, ...] = key_of(cells)
        key = key if key[1] else ("", "", "", str(number))
        groups.setdefault(key, []).append(number)
        parts = (cells.get(Column.PARCEL, ""), cells.get(Column.SECTION, ""))
        labels.setdefault(key, f"{'/'.join(part for part in parts if part)} — {cells.get(Column.ZONE, '')}"[:120])
    return [(labels[key], numbers) for key, numbers in groups.items()]


def _take_sheet(
    session: Session, batch: Batch, position: int, label: str, rows: Mapping[int, Mapping[Column, str]]
) -> None:  # fmt: skip
    one = Candidate(
        id=new_id(), batch_id=batch.id, position=position, label=label, outcome=str(Outcome.REFUSED), state=OPEN,
        reasons={},
    )  # fmt: skip
    session.add(one)
    session.flush()
    session.add_all(
        Row(batch_id=batch.id, number=number, candidate_id=one.id, values=dict(cells)) for number, cells in rows.items()
    )
    session.flush()
    refresh(session, one)


def rows_of(session: Session, candidate: Candidate) -> tuple[dict[int, dict[Column, str]], list[Correction]]:
    """The rows of a sheet with the newest correction of every cell, and all corrections in order."""
    query = select(Row).where(Row.candidate_id == candidate.id).order_by(Row.number)
    rows = {row.number: _cells(row.values) for row in session.scalars(query)}
    made = select(Correction).where(Correction.candidate_id == candidate.id).order_by(Correction.id)
    corrections = list(session.scalars(made))
    for one in corrections:
        rows[one.row][Column(one.column)] = one.value
    return rows, corrections


def judgement(session: Session, candidate: Candidate) -> Judged:
    """What is to be said of a sheet now."""
    batch = session.get_one(Batch, candidate.batch_id)
    profile = Profile.model_validate(batch.profile)
    rows, _ = rows_of(session, candidate)
    made = select(Choice).where(Choice.candidate_id == candidate.id).order_by(Choice.id)
    choices = {choice.row: choice.party_id for choice in session.scalars(made)}
    return judge(session, rows=_spread(rows, profile), choices=choices, profile=profile)


def _spread(rows: dict[int, dict[Column, str]], profile: Profile) -> Rows:
    return rows if not profile.fill_down else _filled(rows)


def refresh(session: Session, candidate: Candidate) -> Judged:
    """Judge an open sheet anew and write down what was found."""
    judged = judgement(session, candidate)
    candidate.outcome = str(judged.outcome)
    candidate.reasons = {"faults": [asdict(reason) for reason in judged.reasons]}
    if judged.outcome is Outcome.KNOWN:
        candidate.state = KNOWN
    session.flush()
    return judged


def _open(session: Session, actor: Actor, candidate_id: str) -> Candidate:
    """An open sheet of a batch, locked."""
    actor.need(Role.REGISTRAR)
    query = select(Candidate).where(Candidate.id == candidate_id).with_for_update()
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound("register-candidate-unknown")
    if found.state != OPEN:
        raise Conflict("register-candidate-decided")
    return found


def correct(
    session: Session, *, actor: Actor, candidate_id: str, row: int, column: str, value: str, reason: str
) -> Candidate:  # fmt: skip
    """Set a cell right; what was written stays beside it with the reason."""
    one = _open(session, actor, candidate_id)
    rows, _ = rows_of(session, one)
    if row not in rows or column not in set(Column):
        raise NotFound("register-cell-unknown")
    if not reason.strip():
        raise Invalid("reason-needed")
    written = rows[row].get(Column(column), "")
    correction = Correction(
        id=new_id(), candidate_id=one.id, row=row, column=column, written=written, value=value.strip(),
        reason=reason.strip(), actor_id=actor.id,
    )  # fmt: skip
    session.add(correction)
    session.flush()
    refresh(session, one)
    return one


def choose(session: Session, *, actor: Actor, candidate_id: str, row: int, party_id: str | None) -> Candidate:
    """Join the owner of a row with a party of the register, or (None) keep him apart as a person of his own."""
    one = _open(session, actor, candidate_id)
    rows, _ = rows_of(session, one)
    if row not in rows:
        raise NotFound("register-cell-unknown")
    if party_id is not None and session.get(Party, party_id) is None:
        raise NotFound("party-unknown")
    session.add(Choice(id=new_id(), candidate_id=one.id, row=row, party_id=party_id, actor_id=actor.id))
    session.flush()
    refresh(session, one)
    return one


def reject(session: Session, *, actor: Actor, candidate_id: str, reason: str) -> Candidate:
    """Nothing is entered of a sheet, and why."""
    one = _open(session, actor, candidate_id)
    if not reason.strip():
        raise Invalid("reason-needed")
    one.reason = reason.strip()
    _decide(session, one, actor, REJECTED)
    return one


def accept(session: Session, *, actor: Actor, candidate_id: str) -> Sheet | None:
    """Enter a sheet; None where it is not ready as the register is now, and what hinders is written down."""
    one = _open(session, actor, candidate_id)
    judged = refresh(session, one)
    if judged.outcome is not Outcome.READY:
        return None
    batch = session.get_one(Batch, one.batch_id)
    sheet = enter_sheet(session, actor=actor, batch=batch, judged=judged)
    one.sheet_id = sheet.id
    _decide(session, one, actor, ENTERED)
    return sheet


def accept_ready(session: Session, *, actor: Actor, batch_id: str) -> int:
    """Enter every ready sheet of a batch; how many. One that an earlier one made doubtful stays in the queue."""
    actor.need(Role.REGISTRAR)
    ready = select(Candidate.id).where(
        Candidate.batch_id == batch_id, Candidate.state == OPEN, Candidate.outcome == str(Outcome.READY)
    )
    wanted = session.scalars(ready.order_by(Candidate.position)).all()
    return sum(accept(session, actor=actor, candidate_id=one) is not None for one in wanted)


def _decide(session: Session, one: Candidate, actor: Actor, state: str) -> None:
    one.state, one.decided_by, one.decided_at = state, actor.id, utcnow()
    session.flush()
    audit.record(
        session, AuditEvent.REGISTER_CANDIDATE_DECIDED, actor=actor, subject=one.id, batch=one.batch_id,
        position=one.position, state=state, sheet=one.sheet_id or "", reason=one.reason,
    )  # fmt: skip


def batches(session: Session, *, actor: Actor, most: int = 50) -> list[Batch]:
    """The files that were taken in, the newest first."""
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    return list(session.scalars(select(Batch).order_by(Batch.id.desc()).limit(most)))


def counts_of(session: Session, *, actor: Actor, batch_id: str) -> Counts:
    """How far a batch is."""
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    mine = Candidate.batch_id == batch_id
    states = select(Candidate.state, func.count()).where(mine).group_by(Candidate.state)
    outcomes = select(Candidate.outcome, func.count()).where(mine, Candidate.state == OPEN).group_by(Candidate.outcome)
    read = ({code: count for code, count in session.execute(query)} for query in (states, outcomes))  # noqa: C416 - rows are no pairs to the type checker
    return Counts(*read)


def candidates(
    session: Session, *, actor: Actor, batch_id: str, state: str = OPEN, outcome: str = "", most: int = 100
) -> list[Candidate]:  # fmt: skip
    """Sheets of a batch in the order of the file."""
    actor.need(Role.REGISTRAR, Role.SYSTEM)
    query = select(Candidate).where(Candidate.batch_id == batch_id, Candidate.state == state)
    if outcome:
        query = query.where(Candidate.outcome == outcome)
    return list(session.scalars(query.order_by(Candidate.position).limit(most)))
