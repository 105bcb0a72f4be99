"""The governor's look at the office: figures month by month, and where permits lie on the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.cash.tables import Centre
from permits.figures.figures import Figures, figures
from permits.figures.month import Month, up_to
from permits.figures.reading import first_act, permits_issued, read_rows
from permits.land.tables import Plot, Zone
from permits.people.actor import Actor, Role
from permits.workdays import office_days


@dataclass(frozen=True)
class ZonePicture:
    """A zone for drawing, in metres of its own grid: its extent, and a point for each permit of a month.

    `outline` is the convex hull of its plots, None where it has none.
    """

    code: str
    name_ar: str
    name_en: str
    outline: BaseGeometry | None
    permits: tuple[tuple[float, float], ...]


def look(session: Session, *, actor: Actor, office: str, last: Month, count: int, now: datetime) -> list[Figures]:
    """The figures of the `count` months that end with `last`, the earliest first; none before the office began."""
    actor.need(Role.GOVERNOR)
    return compute(session, office=office, last=last, count=count, now=now)


def compute(session: Session, *, office: str, last: Month, count: int, now: datetime) -> list[Figures]:
    """The same for a use case that may."""
    first = first_act(session)
    months = [month for month in up_to(last, count) if first and month.ends > first and month.begins <= now]
    if not months:
        return []
    rows = read_rows(session, begins=months[0].begins, ends=months[-1].ends, office=office)
    return [figures(rows, month, now=now, calendar=office_days()) for month in months]


def pictures(session: Session, *, actor: Actor, month: Month) -> list[ZonePicture]:
    """Every zone with the permits of a month."""
    actor.need(Role.GOVERNOR)
    permitted = [(one.zone, one.plot) for one in permits_issued(session, month.begins, month.ends)]
    return [_picture(session, zone, [plot for of, plot in permitted if of == zone.code]) for zone in _zones(session)]


def _zones(session: Session) -> Sequence[Zone]:
    return session.scalars(select(Zone).order_by(Zone.code)).all()


def outline_of(session: Session, zone: str) -> BaseGeometry | None:
    """The convex hull of the plots of a zone."""
    shapes = list(session.scalars(select(Plot.polygon).where(Plot.zone == zone)))
    return shapely.convex_hull(shapely.geometrycollections(shapes)) if shapes else None


def _picture(session: Session, zone: Zone, numbers: Sequence[str]) -> ZonePicture:
    plots = session.scalars(select(Plot).where(Plot.zone == zone.code, Plot.number.in_(set(numbers))))
    points = {plot.number: plot.polygon.representative_point() for plot in plots}
    found = tuple((points[number].x, points[number].y) for number in numbers if number in points)
    return ZonePicture(zone.code, zone.name_ar, zone.name_en, outline_of(session, zone.code), found)


def centre_names(session: Session, *, actor: Actor, language: str) -> dict[str, str]:
    """The centres by their codes."""
    actor.need(Role.GOVERNOR)
    return {centre.code: str(getattr(centre, f"name_{language}")) for centre in session.scalars(select(Centre))}
