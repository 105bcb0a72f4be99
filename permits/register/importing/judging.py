"""A sheet that a file tells of, against the register: its owners as parties, whether it is there, what hinders it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.lists import SHOWN, RowFault
from permits.register.importing.profile import Column, Profile
from permits.register.importing.reading import OwnerRead, Rows, SheetRead, read_sheet
from permits.register.parties import Identity, find_identity
from permits.register.state import SheetState, Signal
from permits.register.tables import Party, PartyIdentity, Sheet
from permits.register.versions import state_of
from permits.text import fold, fold_name

Choices = Mapping[int, str | None]
"""Who the owner of a row is as a registrar said: a party, or (None) a person of his own."""


class Outcome(StrEnum):
    """What becomes of a sheet; the text of each is `register-outcome-<code>`."""

    READY = "ready"
    ASKS = "asks"
    REFUSED = "refused"
    KNOWN = "known"


ASKING = frozenset({"party_alike", "party_otherwise", "owner_twice", "sheet_differs"})
"""Faults that a person decides; every other one refuses the sheet until it is corrected."""


@dataclass(frozen=True)
class Holder:
    """Who holds a share: a party known already, or None and a person to be registered as `owner` writes him."""

    owner: OwnerRead
    party: str | None
    share: Fraction
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Judged:
    """The judgement; `read` and `holders` only where nothing refuses it."""

    outcome: Outcome
    reasons: tuple[RowFault, ...]
    read: SheetRead | None = None
    holders: tuple[Holder, ...] = ()
    zone: str = ""


def judge(session: Session, *, rows: Rows, choices: Choices, profile: Profile) -> Judged:
    """Judge one sheet as the register is now."""
    read, faults = read_sheet(rows, profile)
    if read is None:
        return Judged(Outcome.REFUSED, tuple(faults))
    sheet = _sheet_of(session, read)
    state = None if sheet is None else state_of(session, sheet)
    holders, doubts = _holders(session, read, choices, state)
    zone = read.names["ar"] if sheet is None else sheet.cadastral_zone
    if sheet is not None and state is not None and not doubts:
        differences = tuple(_differences(sheet, state, read, holders))
        outcome = Outcome.ASKS if differences else Outcome.KNOWN
        return Judged(outcome, differences, read, holders, zone)
    if any(doubt.code not in ASKING for doubt in doubts):
        return Judged(Outcome.REFUSED, tuple(doubts))
    return Judged(Outcome.ASKS if doubts else Outcome.READY, tuple(doubts), read, holders, zone)


def _sheet_of(session: Session, read: SheetRead) -> Sheet | None:
    """The sheet that speaks for the property, however its zone is spelt."""
    query = select(Sheet).where(Sheet.parcel == read.parcel, Sheet.section == read.section, Sheet.active)
    wanted = fold(read.names["ar"])
    return next((sheet for sheet in session.scalars(query) if fold(sheet.cadastral_zone) == wanted), None)


def _holders(
    session: Session, read: SheetRead, choices: Choices, state: SheetState | None
) -> tuple[tuple[Holder, ...], list[RowFault]]:  # fmt: skip
    """The owners as parties; one who is written twice under one identity holds the sum."""
    mine = _named(session, state)
    found: dict[tuple[str, str], Holder] = {}
    doubts: list[RowFault] = []
    names: dict[str, int] = {}
    for owner in read.owners:
        party, wrong = _party(session, owner, choices, mine)
        if wrong is not None:
            doubts.append(wrong)
        key = _key(owner, party)
        known = found.get(key)
        if known is None:
            found[key] = Holder(owner, party, owner.share, (owner.row,))
        else:
            if fold_name(known.owner.name_ar) != fold_name(owner.name_ar) and party is None:
                doubts.append(RowFault(owner.row, Column.IDENTITY, "identity_two_names", owner.name_ar[:SHOWN]))
            found[key] = replace(known, share=known.share + owner.share, rows=(*known.rows, owner.row))
        first = names.setdefault(fold_name(owner.name_ar), owner.row)
        if first != owner.row and party is None and owner.identity is None and owner.row not in choices:
            doubts.append(RowFault(owner.row, Column.OWNER, "owner_twice", owner.name_ar[:SHOWN]))
    return tuple(found.values()), doubts


def _key(owner: OwnerRead, party: str | None) -> tuple[str, str]:
    if party is not None:
        return "party", party
    if owner.identity is not None:
        return str(owner.identity.kind), owner.identity.plain
    return "row", str(owner.row)


def _party(
    session: Session, owner: OwnerRead, choices: Choices, mine: Mapping[str, str | None]
) -> tuple[str | None, RowFault | None]:  # fmt: skip
    """Who an owner is: as chosen, by identity, by name on the sheet itself; or a doubt."""
    known = None if owner.identity is None else find_identity(session, owner.identity)
    if owner.row in choices:
        return _chosen(session, owner, choices[owner.row], known)
    if known is not None:
        same = fold_name(owner.name_ar) == known.folded.split(" | ")[0]
        return known.id, None if same else RowFault(owner.row, Column.OWNER, "party_otherwise", known.name_ar[:SHOWN])
    name = fold_name(owner.name_ar)
    if owner.identity is None and mine.get(name) is not None:
        return mine[name], None
    alike = alike_parties(session, name=owner.name_ar, identity=owner.identity)
    return None, RowFault(owner.row, Column.OWNER, "party_alike", owner.name_ar[:SHOWN]) if alike else None


def _chosen(
    session: Session, owner: OwnerRead, choice: str | None, known: Party | None
) -> tuple[str | None, RowFault | None]:  # fmt: skip
    """A choice holds unless the identity speaks against it."""
    held = None if choice is None else session.get(PartyIdentity, choice)
    other = owner.identity is not None and held is not None and held.number != owner.identity.plain
    if other or (known is not None and known.id != choice):
        number = "" if owner.identity is None else owner.identity.plain
        return choice, RowFault(owner.row, Column.IDENTITY, "identity_of_other", number[:SHOWN])
    return choice, None


def alike_parties(session: Session, *, name: str, identity: Identity | None) -> Sequence[Party]:
    """Parties of the same name who may be this owner: not those whom another identity tells apart."""
    query = (
        select(Party)
        .outerjoin(PartyIdentity, PartyIdentity.party_id == Party.id)
        .where(Party.folded.startswith(f"{fold_name(name)} | ", autoescape=True), Party.kind != "group")
    )
    if identity is not None:
        query = query.where(PartyIdentity.party_id.is_(None))
    return session.scalars(query.order_by(Party.id).limit(20)).all()


def _named(session: Session, state: SheetState | None) -> dict[str, str | None]:
    """The owners of the sheet by their folded names; None for a name that two of them bear."""
    found: dict[str, str | None] = {}
    wanted = [] if state is None else list(state.holdings)
    for start in range(0, len(wanted), 500):  # below every database's limit of parameters
        for party in session.scalars(select(Party).where(Party.id.in_(wanted[start : start + 500]))):
            name = party.folded.split(" | ")[0]
            found[name] = None if name in found else party.id
    return found


def _differences(
    sheet: Sheet, state: SheetState, read: SheetRead, holders: Sequence[Holder]
) -> Iterator[RowFault]:  # fmt: skip
    """Where the file says otherwise than the sheet: the sheet's value, then the file's."""
    pairs = (
        (Column.REGISTER, sheet.register, str(read.register)), (Column.TENURE, state.tenure, read.tenure),
        (Column.AREA, state.area, read.area), (Column.DESCRIPTION, state.description, read.description),
    )  # fmt: skip
    for column, ours, theirs in pairs:
        if ours != theirs:
            yield _difference(read.first, column, f"{ours} ≠ {theirs}")
    written = {holder.party: holder for holder in holders if holder.party is not None}
    for holder in holders:
        held = Fraction(0) if holder.party is None else state.share_of(holder.party)
        if held != holder.share:
            yield _difference(holder.rows[0], Column.SHARE, f"{held} ≠ {holder.share}")
    for party, share in state.holdings.items():
        if party not in written:
            yield _difference(read.first, Column.SHARE, f"{share} ≠ 0")
    ours_marks = sorted(map(_mark, state.signals))
    theirs_marks = sorted((str(one.kind), one.detail) for one in read.signals)
    if ours_marks != theirs_marks:
        yield _difference(read.first, Column.SIGNAL, f"{len(ours_marks)} ≠ {len(theirs_marks)}")


def _mark(signal: Signal) -> tuple[str, str]:
    return signal.kind, signal.detail


def _difference(row: int, column: Column, value: str) -> RowFault:
    return RowFault(row, column, "sheet_differs", value[: 2 * SHOWN])
