"""Use cases of the land: import a zone's layers, find plots, draw the map."""

import json
from pathlib import Path

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, delete, func, select, text
from sqlalchemy.orm import Session

from gis import zone as gis_zone
from gis.crs import from_display
from gis.geojson import GeoJson, collection
from gis.planning import load_zone
from permits import audit
from permits.adapters.storage import Storage
from permits.audit import AuditEvent
from permits.errors import NotFound
from permits.land.tables import Plot, Zone
from permits.people.actor import Actor, Role
from permits.register.sheets import open_sheets

_UPWARDS = ("beyond_height", "beyond_floors")


def import_zone(session: Session, *, actor: Actor, storage: Storage, layers: Path) -> list[Zone]:
    """Import every planning zone of a layer file, wholly or not at all; the same file again changes nothing.

    Raises the errors of `gis.errors`.
    """
    actor.need(Role.ADMIN, Role.SYSTEM)
    content = load_zone(layers)
    sha256 = storage.keep(layers)
    imported = []
    for planned in content.zones:
        known = session.get(Zone, planned.code)
        if known and known.layers_sha256 == sha256:
            imported.append(known)
            continue
        imported.append(_import_one(session, actor, content, planned, sha256))
    open_sheets(session, actor=actor, parcels=content.parcels)
    return imported


def _import_one(
    session: Session, actor: Actor, content: gis_zone.Zone, planned: gis_zone.PlanningZone, sha256: str
) -> Zone:
    plots = [plot for plot in content.plots if plot.zone == planned.code]
    row = session.merge(
        Zone(
            code=planned.code, name_ar=planned.name["ar"], name_en=planned.name["en"], state=str(planned.state),
            fictitious=planned.fictitious, grid=content.grid, layers_sha256=sha256, backdrop=_backdrop(content),
        )
    )  # fmt: skip
    session.flush()
    _forget_plots(session, planned.code)
    for plot in plots:
        session.add(
            Plot(
                zone=planned.code, number=plot.number, parcel=plot.parcel, area=plot.official_area,
                use=plot.sheets[-1].use if plot.sheets else "", polygon=plot.polygon,
            )
        )  # fmt: skip
    session.flush()
    _index_plots(session.connection(), planned.code)
    audit.record(
        session, AuditEvent.ZONE_IMPORTED, actor=actor, subject=f"zone:{planned.code}", layers=sha256, plots=len(plots)
    )
    return row


def _backdrop(content: gis_zone.Zone) -> GeoJson:
    return collection(
        [(street.polygon, {"kind": "street", "name": street.name["ar"]}) for street in content.streets], content.grid
    )


def _forget_plots(session: Session, zone: str) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(
            text("DELETE FROM plot_boxes WHERE plot_id IN (SELECT id FROM plots WHERE zone = :zone)"), {"zone": zone}
        )
    session.execute(delete(Plot).where(Plot.zone == zone))


def _index_plots(connection: Connection, zone: str) -> None:
    if connection.dialect.name != "sqlite":
        return
    rows = connection.execute(select(Plot.id, Plot.polygon).where(Plot.zone == zone)).all()
    for plot_id, polygon in rows:
        left, low, right, high = polygon.bounds
        connection.execute(
            text("INSERT INTO plot_boxes (min_x, max_x, min_y, max_y, plot_id) VALUES (:a, :b, :c, :d, :id)"),
            {"a": left, "b": right, "c": low, "d": high, "id": plot_id},
        )


def zones(session: Session) -> list[Zone]:
    """Every imported zone."""
    return list(session.scalars(select(Zone).order_by(Zone.code)))


def get_zone(session: Session, code: str) -> Zone:
    """One zone."""
    zone = session.get(Zone, code)
    if zone is None:
        raise NotFound("zone-unknown", zone=code)
    return zone


def find_plot(session: Session, *, zone: str, number: str) -> Plot:
    """The plot with this number."""
    plot = session.scalar(select(Plot).where(Plot.zone == zone, Plot.number == number))
    if plot is None:
        raise NotFound("plot-unknown", plot=number)
    return plot


def plot_at(session: Session, *, zone: str, longitude: float, latitude: float) -> Plot:
    """The plot under a click on the map."""
    point = from_display(Point(longitude, latitude), get_zone(session, zone).grid)
    return plot_covering(session, zone=zone, point=point)


def plot_covering(session: Session, *, zone: str, point: BaseGeometry) -> Plot:
    """The plot of a zone that covers a point of its grid: boxes by the index, the answer by shapely."""
    for plot in _candidates(session, zone, point):
        if plot.polygon.covers(point):
            return plot
    raise NotFound("plot-unknown", plot="")


def _candidates(session: Session, zone: str, shape: BaseGeometry) -> list[Plot]:
    query = select(Plot).where(Plot.zone == zone).order_by(Plot.number)
    left, low, right, high = shape.bounds
    if session.get_bind().dialect.name == "postgresql":
        box = func.ST_MakeEnvelope(left, low, right, high)
        return list(session.scalars(query.where(Plot.polygon.op("&&")(box))))
    inside = text(
        "plots.id IN (SELECT plot_id FROM plot_boxes WHERE max_x >= :left AND min_x <= :right "
        "AND max_y >= :low AND min_y <= :high)"
    ).bindparams(left=left, right=right, low=low, high=high)
    return list(session.scalars(query.where(inside)))


def map_of(session: Session, code: str) -> GeoJson:
    """Plots and streets of a zone as GeoJSON in WGS84, for drawing only."""
    zone = get_zone(session, code)
    plots = session.scalars(select(Plot).where(Plot.zone == code).order_by(Plot.number))
    drawn = collection(
        [(p.polygon, {"kind": "plot", "number": p.number, "use": p.use, "area": p.area}) for p in plots], zone.grid
    )
    return {**drawn, "features": zone.backdrop["features"] + drawn["features"]}


def outlines_of(raw: bytes) -> GeoJson | None:
    """The building's outlines of a report, and where it breaks out of its envelope, in WGS84; None without a place."""
    report = json.loads(raw)
    if not (report["outlines"] and report["plot"] and report["placement"]):
        return None
    drawn = [*report["outlines"].items()]
    # A storey that is too high or one too many would hide the plan.
    sideways = (v for v in report.get("volumes", ()) if v["kind"].startswith("beyond_") and v["kind"] not in _UPWARDS)
    drawn += [("breakout", volume["rings"]) for volume in sideways]
    shapes = [
        (shapely.geometry.shape({"type": "MultiPolygon", "coordinates": polygons}), {"kind": name})
        for name, polygons in drawn
    ]
    return collection(shapes, report["plot"]["grid"])
