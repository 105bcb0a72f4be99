"""What figures are computed from: plain rows, as `reading` takes them from the database. Moments are aware."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from permits.cases.clock import Turn


@dataclass(frozen=True)
class Course:
    """A case with its turns, oldest first."""

    case_id: str
    zone: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Permitted:
    """An issued permit: its plot, use, storeys, and the floor area in square metres that it permits."""

    case_id: str
    zone: str
    plot: str
    use: str
    floors: int
    floor_area: Decimal | None
    issued: date


@dataclass(frozen=True)
class Failure:
    """That a rule failed on a model of a case that was handed in at a moment."""

    case_id: str
    rule: str
    at: datetime


@dataclass(frozen=True)
class Ruling:
    """A reviewer's decision on a finding: it was overridden, or it stands."""

    overridden: bool
    at: datetime


@dataclass(frozen=True)
class Booked:
    """New piastres of one event."""

    piastres: int
    at: datetime


@dataclass(frozen=True)
class Owing:
    """A bill: the last day on which it is paid in time, when it ended unpaid, and what was given to it when."""

    piastres: int
    issued: datetime
    due: date
    ended: datetime | None
    given: tuple[Booked, ...] = ()


@dataclass(frozen=True)
class Paid:
    """An accepted payment and its channel; "cash" is what a desk took by hand."""

    channel: str
    piastres: int
    at: datetime


@dataclass(frozen=True)
class Shift:
    """A shift of a cash desk of a centre that works without the office; `closed` is None where no end is known."""

    centre: str
    opened: datetime
    closed: datetime | None


@dataclass(frozen=True)
class Sections:
    """Sections (dwellings, shops) of one building that were entered in the register."""

    count: int
    at: datetime


@dataclass(frozen=True)
class Rows:
    """Everything that the figures of some months need."""

    courses: tuple[Course, ...] = ()
    permits: tuple[Permitted, ...] = ()
    failures: tuple[Failure, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    billed: tuple[Booked, ...] = ()
    collected: tuple[Booked, ...] = ()
    owing: tuple[Owing, ...] = ()
    paid: tuple[Paid, ...] = ()
    shifts: tuple[Shift, ...] = ()
    sections: tuple[Sections, ...] = ()
    zones: tuple[str, ...] = ()
    centres: tuple[str, ...] = field(default=())
