"""What a property sheet (صحيفة عقارية) holds as of a day, as its pages and its extracts read it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class OwnerLine:
    """One owner with the exact share and the number of the journal entry it rests on."""

    name: str
    share: Fraction
    entry: int


@dataclass(frozen=True)
class EntryLine:
    """One act of the journal: a code of the catalogue ("act-" + act) and its day."""

    number: int
    on: date
    act: str


@dataclass(frozen=True)
class AnnotationLine:
    """One annotation in force: a code of the catalogue ("annotation-" + kind), its detail, its entry and day."""

    kind: str
    detail: str
    entry: int
    on: date


@dataclass(frozen=True)
class ExtractFacts:
    """What a sheet held at the end of `as_of`; area in square metres."""

    number: str
    parcel: str
    zone: str
    register: str
    tenure: str
    area: Decimal | None
    as_of: date
    owners: tuple[OwnerLine, ...]
    annotations: tuple[AnnotationLine, ...]
    entries: tuple[EntryLine, ...]
    statuses: tuple[str, ...]
