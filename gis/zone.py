"""The whole land of one zone file: planning zones, plots with their sheets, streets, parcels with their shares, values.

Metres and square metres of the file's plane grid; names are mappings of language ("ar", "en") to text;
money is Decimal with its currency epoch ("old" until 2025-12-31, "new" at 1:100 since), shares are exact fractions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from shapely import Point, Polygon

from gis.site import PlanningSheet, SheetStatus, ZoneState


@dataclass(frozen=True)
class PlanningZone:
    """A planning zone (منطقة تنظيمية) and the one-sigma position error of its survey, metres."""

    code: str
    name: Mapping[str, str]
    state: ZoneState
    legal_act: str
    fictitious: bool
    residual: float
    polygon: Polygon


@dataclass(frozen=True)
class Street:
    """A piece of the right of way, planned width in metres."""

    code: str
    name: Mapping[str, str]
    width: float
    polygon: Polygon


@dataclass(frozen=True)
class Plot:
    """A plot (مقسم) with all its planning sheets, past ones too, oldest first."""

    number: str
    zone: str
    block: str
    official_area: float
    reference_level: float
    parcel: str
    polygon: Polygon
    sheets: tuple[PlanningSheet, ...]


@dataclass(frozen=True)
class Share:
    """An owner's exact part of a parcel, kept over the register's own denominator (mostly 2400)."""

    owner: Mapping[str, str]
    numerator: int
    denominator: int

    @property
    def fraction(self) -> Fraction:
        """The part as an exact fraction of one."""
        return Fraction(self.numerator, self.denominator)


@dataclass(frozen=True)
class Parcel:
    """A cadastral parcel (عقار) and its owners."""

    number: str
    cadastral_zone: Mapping[str, str]
    official_area: float
    legal_kind: str
    sheet_no: str
    polygon: Polygon
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class ValueZone:
    """The market value (القيمة الرائجة) per square metre of an area from a date on."""

    code: str
    name: Mapping[str, str]
    value_per_m2: Decimal
    currency: str
    epoch: str
    valid_from: date
    status: SheetStatus
    polygon: Polygon


@dataclass(frozen=True)
class Pavement:
    """A strip of pavement along a street."""

    kind: str
    street: str
    polygon: Polygon


@dataclass(frozen=True)
class Zone:
    """Everything a zone file holds; `grid` is an EPSG code such as "EPSG:22770"."""

    grid: str
    zones: tuple[PlanningZone, ...]
    streets: tuple[Street, ...]
    plots: tuple[Plot, ...]
    parcels: tuple[Parcel, ...]
    value_zones: tuple[ValueZone, ...]
    pavement: tuple[Pavement, ...]

    def value_at(self, point: Point, *, on: date) -> ValueZone | None:
        """The market value in force at a point of the grid on a date; None where none is recorded."""
        found = [value for value in self.value_zones if value.valid_from <= on and value.polygon.covers(point)]
        # A point on a shared border falls in two areas: the code decides, so that the answer is stable.
        return max(found, key=lambda value: (value.valid_from, value.code), default=None)
