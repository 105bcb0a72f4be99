"""The public board: permits and licences that were issued, where they are and whether they stand; nobody is named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shapely.geometry.base import BaseGeometry
from sqlalchemy import select
from sqlalchemy.orm import Session

from gis.geojson import GeoJson, collection
from permits.cases.tables import Case
from permits.documents.tables import Permit, RevokedDocument
from permits.land.tables import Plot
from permits.land.zones import get_zone
from permits.occupancy.tables import Occupancy, OccupancyLicence


class Standing(StrEnum):
    """Whether a document stands on a day."""

    IN_FORCE = "in_force"
    COMING = "coming"
    ENDED = "ended"
    REVOKED = "revoked"


COLOURS = {
    Standing.IN_FORCE: "#3b8a63",
    Standing.COMING: "#5f8fc4",
    Standing.ENDED: "#a8a294",
    Standing.REVOKED: "#b3361e",
}
"""What a document's piece of land is coloured by on the board's map."""


@dataclass(frozen=True)
class Notice:
    """One document: `kind` is "permit" or "occupancy", `use` a code, `shape` lies in the grid of its zone.

    `floors` is 0 for what is no building; the days are first and last of validity.
    """

    kind: str
    number: str
    zone: str
    plot: str
    use: str
    floors: int
    issued: date
    starts: date
    ends: date
    standing: Standing
    shape: BaseGeometry


def notices_of(session: Session, *, zone: str, on: date, plot: str | None = None) -> list[Notice]:
    """Everything that was ever issued in a zone, or on one of its plots, the newest first.

    Raises NotFound for a zone that is unknown.
    """
    code = get_zone(session, zone).code
    revoked = {row.number: row.on_day for row in session.scalars(select(RevokedDocument))}
    found = [*_permits(session, code, on, revoked, plot), *_occupancies(session, code, on, revoked, plot)]
    return sorted(found, key=lambda notice: (notice.issued, notice.number), reverse=True)


def notices_map(session: Session, *, zone: str, notices: Sequence[Notice]) -> GeoJson:
    """The board on the zone's streets, in WGS84 for drawing: one feature to a notice."""
    land = get_zone(session, zone)
    drawn = [
        (
            notice.shape,
            {
                "kind": notice.kind, "number": notice.number, "plot": notice.plot, "use": notice.use,
                "floors": notice.floors, "issued": notice.issued.isoformat(), "starts": notice.starts.isoformat(),
                "ends": notice.ends.isoformat(), "standing": str(notice.standing),
            },
        )
        for notice in notices
    ]  # fmt: skip
    found = collection(drawn, land.grid)
    return {**found, "features": [*land.backdrop["features"], *found["features"]]}


def _permits(
    session: Session, zone: str, on: date, revoked: dict[str, str], of: str | None
) -> Iterable[Notice]:  # fmt: skip
    query = (
        select(Permit, Case, Plot)
        .join(Case, Permit.case_id == Case.id)
        .join(Plot, (Plot.zone == Case.zone) & (Plot.number == Case.plot))
        .where(Case.zone == zone, Permit.document_sha256.is_not(None))
    )
    query = query if of is None else query.where(Case.plot == of)
    for permit, case, plot in session.execute(query):
        issued, ends = date.fromisoformat(permit.issued_on), date.fromisoformat(permit.expires_on)
        yield Notice(
            kind="permit", number=permit.number, zone=zone, plot=case.plot, use=permit.facts["use"],
            floors=permit.facts["floors"], issued=issued, starts=issued, ends=ends,
            standing=standing_on(issued, ends, on, revoked.get(permit.number)), shape=plot.polygon,
        )  # fmt: skip


def _occupancies(
    session: Session, zone: str, on: date, revoked: dict[str, str], of: str | None
) -> Iterable[Notice]:  # fmt: skip
    query = (
        select(OccupancyLicence, Occupancy)
        .join(Occupancy, OccupancyLicence.occupancy_id == Occupancy.id)
        .where(Occupancy.zone == zone, OccupancyLicence.document_sha256.is_not(None))
    )
    query = query if of is None else query.where(Occupancy.plot == of)
    for licence, occupancy in session.execute(query):
        starts, ends = occupancy.days
        yield Notice(
            kind="occupancy", number=licence.number, zone=zone, plot=occupancy.plot, use=occupancy.kind, floors=0,
            issued=date.fromisoformat(licence.issued_on), starts=starts, ends=ends,
            standing=standing_on(starts, ends, on, revoked.get(licence.number)), shape=occupancy.polygon,
        )  # fmt: skip


def standing_on(starts: date, ends: date, on: date, revoked: str | None) -> Standing:
    """Whether a document of those days stands on a day; `revoked` is the day of its revocation (ISO)."""
    if revoked and revoked <= on.isoformat():
        return Standing.REVOKED
    if on < starts:
        return Standing.COMING
    return Standing.ENDED if on > ends else Standing.IN_FORCE
