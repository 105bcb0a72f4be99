"""A sheet of the queue as a registrar sees it: its rows as written and corrected, what it lacks, who may be meant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from permits.errors import NotFound
from permits.lists import RowFault
from permits.people.actor import Actor, Role
from permits.privacy.accesses import look
from permits.privacy.sight import About, Sight, Subject
from permits.register.importing.judging import alike_parties
from permits.register.importing.profile import Column, Profile
from permits.register.importing.queue import rows_of
from permits.register.importing.reading import identity_of
from permits.register.importing.tables import Batch, Candidate, Correction
from permits.register.importing.telling import fault_text
from permits.register.parties import find_identity
from permits.register.tables import PartyIdentity

_PERSONAL = {Column.OWNER: About.NAME, Column.OWNER_EN: About.NAME, Column.IDENTITY: About.IDENTITY}


@dataclass(frozen=True)
class ShownRow:
    """A row: its number in the file and its cells in the order of the columns, with what was written before."""

    number: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """A row whose owner may be one of some parties: (id, name and identity)."""

    row: int
    parties: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shown:
    """A sheet with everything that a registrar needs to decide; `offered` are the columns that may be corrected."""

    candidate: Candidate
    columns: tuple[Column, ...]
    offered: tuple[Column, ...]
    rows: tuple[ShownRow, ...]
    faults: tuple[str, ...]
    corrections: tuple[Correction, ...]
    asked: tuple[Asked, ...]


def show(session: Session, *, actor: Actor, candidate_id: str, language: str) -> Shown:
    """One sheet; of its owners what `actor` may see, and the look is kept."""
    actor.need(Role.REGISTRAR)
    one = session.get(Candidate, candidate_id)
    if one is None:
        raise NotFound("register-candidate-unknown")
    sight = look(
        session, actor=actor, subject=Subject.SHEET, subject_id=one.id, about=(About.NAME, About.IDENTITY)
    )  # fmt: skip
    rows, corrections = rows_of(session, one)
    written = {(made.row, made.column): made.written for made in reversed(corrections)}
    columns = tuple(column for column in Column if any(cells.get(column) for cells in rows.values()))
    faults = [RowFault(**fault) for fault in one.reasons["faults"]]
    shown = tuple(
        ShownRow(number, tuple(
            (_seen(sight, column, cells.get(column, "")), _seen(sight, column, written.get((number, column), "")))
            for column in columns
        ))
        for number, cells in rows.items()
    )  # fmt: skip
    profile = Profile.model_validate(session.get_one(Batch, one.batch_id).profile)
    asked = [
        Asked(fault.row, tuple(_parties(session, rows[fault.row], profile, sight)))
        for fault in faults if fault.code in ("party_alike", "party_otherwise", "owner_twice", "identity_of_other")
    ]  # fmt: skip
    told = tuple(fault_text(fault, language) for fault in faults)
    return Shown(one, columns, tuple(profile.columns), shown, told, tuple(corrections), tuple(asked))


def _seen(sight: Sight, column: Column, text: str) -> str:
    about = _PERSONAL.get(column)
    return text if about is None or not text else sight.shown(about, text)


def _parties(
    session: Session, cells: Mapping[Column, str], profile: Profile, sight: Sight
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Who the owner of a row may be: the bearer of his identity, and those of his name."""
    identity = identity_of(cells, profile)
    known = None if identity is None else find_identity(session, identity)
    alike = alike_parties(session, name=cells.get(Column.OWNER, ""), identity=identity)
    for party in [*([known] if known else []), *alike]:
        held = session.get(PartyIdentity, party.id)
        number = "" if held is None else f" ({sight.shown(About.IDENTITY, held.number)})"
        yield party.id, sight.shown(About.NAME, party.name_ar) + number
