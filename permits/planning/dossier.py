"""Everything the office knows of one plot: its sheets by date, cases, permits, occupancies, and its register sheet."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.site import PlanningSheet
from permits.adapters.storage import Storage
from permits.cases.cases import may_see
from permits.cases.tables import Case
from permits.errors import RukhsaError
from permits.land.zones import find_plot, get_zone
from permits.notices.board import Notice, notices_of
from permits.occupancy.tables import Occupancy
from permits.people.actor import STAFF, Actor
from permits.planning.sheets import sheets_of_plot
from permits.register.sheets import sheet_of_plot


@dataclass(frozen=True)
class Dossier:
    """One plot: `sheets` are oldest first, `cases` newest first; `registered` where its parcel has one open sheet."""

    zone: str
    plot: str
    parcel: str
    area: float
    sheets: tuple[PlanningSheet, ...]
    cases: tuple[Case, ...]
    permits: tuple[Notice, ...]
    occupancies: tuple[Occupancy, ...]
    registered: bool


def dossier_of(session: Session, *, actor: Actor, storage: Storage, zone: str, plot: str, on: date) -> Dossier:
    """What is known of a plot on a day; NotFound for a zone or plot that is unknown."""
    actor.need(*STAFF)
    row = find_plot(session, zone=get_zone(session, zone).code, number=plot)
    cases = session.scalars(
        select(Case).where(Case.zone == zone, Case.plot == plot, Case.state != "draft").order_by(Case.id.desc())
    )
    occupied = session.scalars(
        select(Occupancy).where(Occupancy.zone == zone, Occupancy.plot == plot).order_by(Occupancy.id.desc())
    )
    notices = notices_of(session, zone=zone, on=on, plot=plot)
    return Dossier(
        zone=zone, plot=row.number, parcel=row.parcel, area=row.area,
        sheets=sheets_of_plot(session, storage=storage, zone=zone, plot=plot),
        cases=tuple(case for case in cases if may_see(session, case, actor)),
        permits=tuple(notice for notice in notices if notice.kind == "permit"),
        occupancies=tuple(occupied), registered=_registered(session, zone, plot),
    )  # fmt: skip


def _registered(session: Session, zone: str, plot: str) -> bool:
    """Whether the registrar's page shows one sheet of it; an ambiguous parcel is his to sort out."""
    try:
        sheet_of_plot(session, zone=zone, plot=plot)
    except RukhsaError:
        return False
    return True
