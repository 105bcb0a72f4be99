"""Open data: the figures of ended months, and permits by zone and use, for everybody; they name nobody.

No plot, number, title or person is in any of it, and small counts are withheld (`withholding`). A month is published
once it has ended, so that two looks a day apart do not tell of one case.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.geojson import collection
from gis.site import SheetStatus
from permits.cases.workflow import Clock
from permits.figures.council import compute, outline_of
from permits.figures.figures import Figures
from permits.figures.month import Month
from permits.figures.reading import permits_issued
from permits.figures.rows import Permitted
from permits.figures.spread import Share, Spread
from permits.figures.withholding import Told, told, told_together
from permits.land.tables import Zone
from permits.money.money import PIASTRES_PER_POUND
from permits.terms import SetTerms, read_terms

MONTHS = 24
"""How many ended months are published."""

FLOWS = ("received", "issued", "refused", "withdrawn")
FIGURES = (
    "month", *FLOWS, "office_days_median", "office_days_p90", "total_days_median", "total_days_p90",
    "first_right_percent", "backlog", "backlog_office", "backlog_engineer", "backlog_owner", "backlog_age_median",
    "overrides_percent", "billed_syp", "collected_syp", "arrears_syp", "digital_percent", "holidays_confirmed",
)  # fmt: skip
"""The columns of figures.csv; what each means is `open-column-<name>`."""

PERMITS = ("month", "zone", "use", "permits", "floor_area_m2")
"""The columns of permits.csv and the properties of permits.geojson, there without `use`."""


class Licence(SetTerms):
    """The terms of use, in both languages, and how sure they are."""

    name_ar: str
    name_en: str
    text_ar: str
    text_en: str
    status: SheetStatus
    source: str


@cache
def licence() -> Licence:
    """The terms of this installation."""
    return read_terms(Path(__file__).with_name("licence.yaml"), Licence)


@dataclass(frozen=True)
class Published:
    """The three files as they are handed out, and the months that they tell of, the earliest first."""

    months: tuple[str, ...]
    figures_csv: bytes
    permits_csv: bytes
    permits_geojson: bytes


def publish(session: Session, *, office: str, least: int, now: datetime) -> Published:
    """The open data of the months that have ended by `now`; asked by nobody in particular."""
    last = Month.of(now).moved(-1)
    told_months = compute(session, office=office, last=last, count=MONTHS, now=now)
    zones = session.scalars(select(Zone).order_by(Zone.code)).all()
    cells: list[Sequence[str]] = []
    features: list[Any] = []
    outlines = {zone.code: outline_of(session, zone.code) for zone in zones}
    for month in told_months:
        permitted = list(permits_issued(session, month.month.begins, month.month.ends))
        by_zone = _zones(permitted, [zone.code for zone in zones], least, month)
        cells += _cells(permitted, by_zone, least, month)
        for zone in zones:
            if (outline := outlines[zone.code]) is not None:
                told_of = _feature(permitted, zone, by_zone[zone.code], month)
                features += collection([(outline, told_of)], zone.grid)["features"]
    drawn = {"type": "FeatureCollection", "features": features}
    return Published(
        months=tuple(str(month.month) for month in told_months),
        figures_csv=_csv(FIGURES, [_row(month, least) for month in told_months]), permits_csv=_csv(PERMITS, cells),
        permits_geojson=json.dumps(drawn, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(),
    )  # fmt: skip


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with its mark, as spreadsheets need it for Arabic."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def flows(figures: Figures, least: int) -> dict[str, Told]:
    """What came and went: told together, for the change of what lies there tells their sum."""
    return told_together({name: getattr(figures.procedure, name) for name in FLOWS}, least, sum_known=True)


def _row(figures: Figures, least: int) -> list[str]:
    procedure, lying = figures.procedure, figures.procedure.lying
    moved, backlog = flows(figures, least), told(lying.count, least)
    turns = told_together(lying.turns, least, sum_known=backlog.count is not None)
    return [
        str(figures.month), *(moved[name].text for name in FLOWS), *_spread(procedure.office, least),
        *_spread(procedure.total, least), _percent(procedure.first_right, least), backlog.text,
        *(turns[clock].text for clock in (Clock.OFFICE, Clock.ENGINEER, Clock.OWNER)),
        _spread(lying.age, least)[0], _percent(figures.overrides, least),
        *(_money(one.piastres, one.count, least) for one in (figures.billed, figures.collected, figures.arrears)),
        _percent(figures.digital, least), "yes" if procedure.certain else "no",
    ]  # fmt: skip


def _spread(found: Spread | None, least: int) -> tuple[str, str]:
    if found is None:
        return "", ""
    if found.count < least:
        return told(found.count, least).text, told(found.count, least).text
    return f"{float(found.median):g}", str(found.p90)


def _percent(found: Share, least: int) -> str:
    if not found.whole:
        return ""
    return str(found.percent) if found.whole >= least else told(found.whole, least).text


def _money(piastres: int, events: int, least: int) -> str:
    if 0 < events < least:
        return told(events, least).text
    return f"{Decimal(piastres) / PIASTRES_PER_POUND:.2f}"


def _zones(permitted: Sequence[Permitted], zones: Sequence[str], least: int, month: Figures) -> dict[str, Told]:
    counts = Counter(one.zone for one in permitted)
    shown = flows(month, least)["issued"].count is not None
    return told_together({zone: counts[zone] for zone in zones}, least, sum_known=shown)


def _cells(
    permitted: Sequence[Permitted], by_zone: Mapping[str, Told], least: int, month: Figures
) -> list[Sequence[str]]:
    """A row to a zone and use; the area only where the count is told."""
    rows: list[Sequence[str]] = []
    for zone, whole in by_zone.items():
        here = [one for one in permitted if one.zone == zone]
        uses = told_together(Counter(one.use for one in here), least, sum_known=whole.count is not None)
        for use in sorted(uses):
            area = _area([one for one in here if one.use == use]) if uses[use].count is not None else ""
            rows.append((str(month.month), zone, use, uses[use].text, area))
    return rows


def _feature(permitted: Sequence[Permitted], zone: Zone, whole: Told, month: Figures) -> dict[str, Any]:
    here = [one for one in permitted if one.zone == zone.code]
    return {
        "month": str(month.month), "zone": zone.code, "name_ar": zone.name_ar, "name_en": zone.name_en,
        "fictitious": zone.fictitious, "permits": whole.text,
        "floor_area_m2": _area(here) if whole.count is not None else "",
    }  # fmt: skip


def _area(permitted: Iterable[Permitted]) -> str:
    return f"{sum((one.floor_area for one in permitted if one.floor_area is not None), Decimal()):.0f}"


class Publication:
    """The open data of this process, made anew at most once an hour, whoever asks how often."""

    def __init__(self) -> None:
        self._hour: datetime | None = None
        self._kept: Published | None = None

    def as_of(self, session: Session, *, office: str, least: int, now: datetime) -> Published:
        """What is published at a moment."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self._kept is None or self._hour != hour:
            self._kept, self._hour = publish(session, office=office, least=least, now=now), hour
        return self._kept
