"""What the rows of one sheet say, by the words of their source; whatever cannot be read is told by its cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from permits.lists import SHOWN, RowFault
from permits.money.money import Epoch, Money, MoneyError, parse_amount
from permits.register.importing.profile import Column, Profile
from permits.register.opening import Evidence, RegisterKind
from permits.register.parties import Identity, IdentityKind, PartyKind
from permits.register.shares import read_share
from permits.register.signals import SignalKind
from permits.text import fold

Rows = Mapping[int, Mapping[Column, str]]
"""The cells of each row of a sheet, by the row's number."""

OF_SHEET = (
    Column.ZONE, Column.ZONE_EN, Column.PARCEL, Column.SECTION, Column.TENURE, Column.AREA, Column.DESCRIPTION,
    Column.REGISTER, Column.EVIDENCE,
)  # fmt: skip
"""What a row says of its whole sheet: all rows that say it agree."""

LONGEST = {
    Column.ZONE: 120, Column.PARCEL: 40, Column.SECTION: 40, Column.TENURE: 40, Column.AREA: 20, Column.IDENTITY: 40,
    Column.SIGNAL_DETAIL: 200, Column.SIGNAL_FOR: 200, Column.SHARE: 400, Column.OWNER: 300, Column.OWNER_EN: 300,
}  # fmt: skip
_LARGEST = Decimal(10**9)
_Code = TypeVar("_Code", Evidence, RegisterKind, PartyKind, IdentityKind, SignalKind, Epoch)


@dataclass(frozen=True)
class OwnerRead:
    """An owner as a row writes him."""

    row: int
    name_ar: str
    name_en: str
    kind: PartyKind
    identity: Identity | None
    share: Fraction


@dataclass(frozen=True)
class SignalRead:
    """A signal as a row writes it; `on_share` if it lies on the share of the row's owner."""

    row: int
    kind: SignalKind
    detail: str
    beneficiary: str
    piastres: int | None
    epoch: str | None
    rank: int | None
    on_share: bool


@dataclass(frozen=True)
class SheetRead:
    """A sheet as its rows write it; `names` are those of its cadastral zone, area in square metres."""

    first: int
    names: Mapping[str, str]
    parcel: str
    section: str
    tenure: str
    area: Decimal
    description: str
    register: RegisterKind
    evidence: Evidence
    owners: tuple[OwnerRead, ...]
    signals: tuple[SignalRead, ...]


class _Unread(Exception):
    def __init__(self, column: Column, code: str, value: str = "") -> None:
        self.column, self.code, self.value = column, code, value[:SHOWN]


def read_sheet(rows: Rows, profile: Profile) -> tuple[SheetRead | None, list[RowFault]]:
    """The sheet, or None with everything that is wrong."""
    faults = [*_too_long(rows), *_differing(rows)]
    owners, signals = [], []
    for number, cells in rows.items():
        try:
            if _get(cells, Column.OWNER) or _get(cells, Column.SHARE):
                owners.append(_owner(number, cells, profile))
            if _get(cells, Column.SIGNAL):
                signals.append(_signal(number, cells, profile))
        except _Unread as wrong:
            faults.append(RowFault(number, wrong.column, wrong.code, wrong.value))
    first = min(rows)
    try:
        found = _sheet(first, _common(rows), profile, tuple(owners), _once(signals))
    except _Unread as wrong:
        faults.append(RowFault(first, wrong.column, wrong.code, wrong.value))
        return None, faults
    if not faults:
        faults += [*_not_whole(found), *_signals_twice(found)]
    return (None if faults else found), faults


def key_of(cells: Mapping[Column, str]) -> tuple[str, str, str]:
    """What rows of one sheet have in common, however it is spelt; empty where no parcel is written."""
    parcel = _plain(_get(cells, Column.PARCEL))
    return (fold(_get(cells, Column.ZONE)), parcel, _plain(_get(cells, Column.SECTION))) if parcel else ("", "", "")


def _get(cells: Mapping[Column, str], column: Column) -> str:
    return cells.get(column, "").strip()


def _plain(text: str) -> str:
    return fold(text).replace(" ", "")


def _common(rows: Rows) -> dict[Column, str]:
    """What is said of the sheet, by the first row that says it."""
    return {column: next((text for cells in rows.values() if (text := _get(cells, column))), "") for column in OF_SHEET}


def _differing(rows: Rows) -> Iterator[RowFault]:
    said = _common(rows)
    for number, cells in rows.items():
        for column in OF_SHEET:
            text = _get(cells, column)
            if text and fold(text) != fold(said[column]):
                yield RowFault(number, column, "rows_differ", text[:SHOWN])


def _too_long(rows: Rows) -> Iterator[RowFault]:
    for number, cells in rows.items():
        for column, most in LONGEST.items():
            if len(text := _get(cells, column)) > most:
                yield RowFault(number, column, "too_long", text[:SHOWN])


def _sheet(
    first: int, said: Mapping[Column, str], profile: Profile, owners: tuple[OwnerRead, ...],
    signals: tuple[SignalRead, ...],
) -> SheetRead:  # fmt: skip
    for column in (Column.PARCEL, Column.TENURE, Column.AREA):
        if not said[column]:
            raise _Unread(column, "missing")
    return SheetRead(
        first=first, names=_zone(said, profile), parcel=_plain(said[Column.PARCEL]),
        section=_plain(said[Column.SECTION]), tenure=said[Column.TENURE], area=_area(said[Column.AREA]),
        description=said[Column.DESCRIPTION],
        register=_coded(said, Column.REGISTER, profile, RegisterKind, profile.register_kind),
        evidence=_coded(said, Column.EVIDENCE, profile, Evidence, profile.evidence), owners=owners, signals=signals,
    )  # fmt: skip


def _zone(said: Mapping[Column, str], profile: Profile) -> dict[str, str]:
    text = said[Column.ZONE]
    if profile.zones:
        if (zone := profile.zone(text)) is None:
            raise _Unread(Column.ZONE, "zone_unknown", text)
        return {"ar": zone.ar, "en": zone.en}
    if not text:
        raise _Unread(Column.ZONE, "missing")
    return {"ar": text, "en": said[Column.ZONE_EN] or text}


def _area(text: str) -> Decimal:
    try:
        area = parse_amount(text)
    except MoneyError as error:
        raise _Unread(Column.AREA, "area_unreadable", text) from error
    if not 0 < area <= _LARGEST:
        raise _Unread(Column.AREA, "area_unreadable", text)
    return area


def _owner(number: int, cells: Mapping[Column, str], profile: Profile) -> OwnerRead:
    for column in (Column.OWNER, Column.SHARE):
        if not _get(cells, column):
            raise _Unread(column, "missing")
    return OwnerRead(
        row=number, name_ar=_get(cells, Column.OWNER), name_en=_get(cells, Column.OWNER_EN),
        kind=_coded(cells, Column.KIND, profile, PartyKind, PartyKind.NATURAL), identity=identity_of(cells, profile),
        share=_share(_get(cells, Column.SHARE), profile),
    )  # fmt: skip


def _share(text: str, profile: Profile) -> Fraction:
    if fold(text) in map(fold, profile.whole_words):
        return Fraction(1)
    try:
        share = read_share(text, whole=profile.whole)
    except ValueError as error:
        raise _Unread(Column.SHARE, "share_unreadable", text) from error
    if not 0 < share <= 1:
        raise _Unread(Column.SHARE, "share_beyond", text)
    return share


def identity_of(cells: Mapping[Column, str], profile: Profile) -> Identity | None:
    """The identity that a row gives its owner."""
    number = _plain(_get(cells, Column.IDENTITY))
    if not number:
        return None
    kind = _coded(cells, Column.IDENTITY_KIND, profile, IdentityKind, IdentityKind.NATIONAL_NUMBER)
    found = Identity(kind, number)
    if not found.possible:
        raise _Unread(Column.IDENTITY, "identity_invalid", number)
    return found


def _signal(number: int, cells: Mapping[Column, str], profile: Profile) -> SignalRead:
    kind = _coded(cells, Column.SIGNAL, profile, SignalKind, SignalKind.LAWSUIT)
    if not _get(cells, Column.SIGNAL_DETAIL):
        raise _Unread(Column.SIGNAL_DETAIL, "missing")
    mortgage = kind is SignalKind.MORTGAGE
    epoch = _coded(cells, Column.SIGNAL_EPOCH, profile, Epoch, profile.epoch)
    on_share = bool(_get(cells, Column.SIGNAL_ON)) and profile.code(Column.SIGNAL_ON, _get(cells, Column.SIGNAL_ON))
    if on_share is None:
        raise _Unread(Column.SIGNAL_ON, "word_unknown", _get(cells, Column.SIGNAL_ON))
    return SignalRead(
        row=number, kind=kind, detail=_get(cells, Column.SIGNAL_DETAIL), beneficiary=_get(cells, Column.SIGNAL_FOR),
        piastres=_amount(_get(cells, Column.SIGNAL_AMOUNT), epoch) if mortgage else None,
        epoch=str(epoch) if mortgage else None, rank=_rank(_get(cells, Column.SIGNAL_RANK)) if mortgage else None,
        on_share=on_share == "share",
    )  # fmt: skip


def _amount(text: str, epoch: Epoch) -> int:
    try:
        piastres = Money(parse_amount(text), epoch).piastres
    except MoneyError as error:
        raise _Unread(Column.SIGNAL_AMOUNT, "amount_unreadable", text) from error
    if piastres <= 0:
        raise _Unread(Column.SIGNAL_AMOUNT, "amount_unreadable", text)
    return piastres


def _rank(text: str) -> int | None:
    plain = _plain(text)
    if plain and not (plain.isascii() and plain.isdigit() and 0 < len(plain) < 4):
        raise _Unread(Column.SIGNAL_RANK, "rank_unreadable", text)
    return int(plain) if plain else None


def _coded(
    cells: Mapping[Column, str], column: Column, profile: Profile, kind: type[_Code], usual: _Code
) -> _Code:  # fmt: skip
    text = _get(cells, column)
    if not text:
        return usual
    if (code := profile.code(column, text)) is None:
        raise _Unread(column, "word_unknown", text)
    return kind(code)


def _not_whole(read: SheetRead) -> Iterator[RowFault]:
    total = sum((owner.share for owner in read.owners), Fraction(0))
    if total != 1:
        yield RowFault(read.first, Column.SHARE, "not_whole", str(total)[:SHOWN])


def _once(signals: list[SignalRead]) -> tuple[SignalRead, ...]:
    """A signal on the sheet that is written beside every owner is one."""
    found: dict[object, SignalRead] = {}
    for one in signals:
        found.setdefault(one if one.on_share else replace(one, row=0), one)
    return tuple(found.values())


def _signals_twice(read: SheetRead) -> Iterator[RowFault]:
    """What the register would refuse: one signal with two contents, one rank twice, a share that nobody holds."""
    owners = {owner.row for owner in read.owners}
    seen: set[object] = set()
    for one in read.signals:
        if one.on_share and one.row not in owners:
            yield RowFault(one.row, Column.OWNER, "missing")
        told = (one.kind, one.detail, one.row if one.on_share else 0)
        if told in seen:
            yield RowFault(one.row, Column.SIGNAL_DETAIL, "signal_twice", one.detail[:SHOWN])
        if one.rank is not None and (one.rank in seen or one.rank < 1):
            yield RowFault(one.row, Column.SIGNAL_RANK, "rank_unreadable", str(one.rank))
        seen |= {told, one.rank} if one.rank is not None else {told}
