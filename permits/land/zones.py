"""Use cases of the land: import a zone's layers, find plots, draw the map."""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from gis import zone as gis_zone
from gis.crs import from_display
from gis.geojson import GeoJson, box, collection, features_text
from gis.planning import load_zone
from permits.adapters.storage import Storage
from permits.calendar import today
from permits.errors import NotFound
from permits.land.bulk import Progress, forget_plots, write_plots
from permits.land.tables import Plot, Zone
from permits.land.versions import add_version, latest, require_numbers
from permits.people.actor import Actor, Role
from permits.register.sheets import open_sheets

_MOST_PACKED = 4
"""Zones whose maps are remembered."""

QUICK = 5
"""How hard a map is pressed: harder takes four times as long for 2 % less."""

_PACKED: dict[tuple[str, str], bytes] = {}
_WHOLE = ("beyond_floors",)
"""A storey too many is a breakout as a whole."""


def import_zone(
    session: Session, *, actor: Actor, storage: Storage, layers: Path, valid_from: date | None = None,
    progress: Progress | None = None, only: str | None = None,
) -> list[Zone]:  # fmt: skip
    """Import every planning zone of a layer file as a version, wholly or not at all.

    `valid_from` is the day from which the land is held to be so, by default today in Damascus. The same file again
    changes nothing; the file before stays in storage; of several zones `only` names the one that is
    taken. Raises the errors of `gis.errors`.
    """
    actor.need(Role.ADMIN, Role.SYSTEM)
    content = load_zone(layers)
    require_numbers(content.plots)
    sha256 = storage.keep(layers)
    imported = []
    for planned in content.zones:
        if only not in (None, planned.code):
            continue
        known = session.get(Zone, planned.code)
        if known and known.layers_sha256 == sha256:
            imported.append(known)
            continue
        mine = replace(content, plots=tuple(plot for plot in content.plots if plot.zone == planned.code))
        before = storage.path(known.layers_sha256) if known and latest(session, planned.code) else None
        row = _import_one(session, mine, planned, sha256, progress)
        add_version(session, actor=actor, zone=row, land=mine, before=before, valid_from=valid_from or today())
        imported.append(row)
    open_sheets(session, actor=actor, parcels=content.parcels)
    return imported


def _import_one(
    session: Session, content: gis_zone.Zone, planned: gis_zone.PlanningZone, sha256: str, progress: Progress | None
) -> Zone:
    row = session.merge(
        Zone(
            code=planned.code, name_ar=planned.name["ar"], name_en=planned.name["en"], state=str(planned.state),
            fictitious=planned.fictitious, grid=content.grid, layers_sha256=sha256,
            backdrop=backdrop(content.streets, content.grid),
        )
    )  # fmt: skip
    session.flush()
    forget_plots(session.connection(), planned.code)
    write_plots(session.connection(), planned.code, content.plots, progress)
    return row


def backdrop(streets: Sequence[gis_zone.Street], grid: str) -> GeoJson:
    """The streets beneath the plots."""
    return collection([(one.polygon, {"kind": "street", "name": one.name["ar"]}) for one in streets], grid)


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


def plots_touching(session: Session, *, zone: str, shape: BaseGeometry) -> list[Plot]:
    """The plots of a zone that a shape of its grid meets, such as a footprint, by their numbers."""
    shapely.prepare(shape)
    return [plot for plot in _candidates(session, zone, shape) if shape.intersects(plot.polygon)]


def _candidates(session: Session, zone: str, shape: BaseGeometry) -> list[Plot]:
    """The plots whose boxes meet that of the shape, by their numbers."""
    left, low, right, high = shape.bounds
    if session.get_bind().dialect.name == "postgresql":
        box = func.ST_MakeEnvelope(left, low, right, high)
        query = select(Plot).where(Plot.zone == zone, Plot.polygon.op("&&")(box))
    else:
        # The sign keeps SQLite from looking through the whole zone instead of the boxes.
        inside = text(
            "+plots.zone = :zone AND plots.id IN (SELECT plot_id FROM plot_boxes WHERE max_x >= :left "
            "AND min_x <= :right AND max_y >= :low AND min_y <= :high)"
        )
        query = select(Plot).where(inside.bindparams(zone=zone, left=left, right=right, low=low, high=high))
    return sorted(session.scalars(query), key=lambda plot: plot.number)


def map_of(session: Session, code: str) -> GeoJson:
    """Plots and streets of a zone as GeoJSON in WGS84, for drawing only."""
    zone = get_zone(session, code)
    plots = session.scalars(select(Plot).where(Plot.zone == code).order_by(Plot.number))
    drawn = collection([(p.polygon, {"kind": "plot", "number": p.number}) for p in plots], zone.grid)
    return {**drawn, "features": zone.backdrop["features"] + drawn["features"]}


def map_text(session: Session, code: str) -> str:
    """`map_of` as JSON, in a tenth of the time: for a zone of fifty thousand plots."""
    zone = get_zone(session, code)
    columns = select(Plot.number, Plot.polygon).where(Plot.zone == code).order_by(Plot.number)
    rows = session.execute(columns).all()
    said = ({"kind": "plot", "number": row.number} for row in rows)
    return _whole(zone.backdrop, features_text([row.polygon for row in rows], said, zone.grid))


def land_text(plots: Sequence[gis_zone.Plot], streets: Sequence[gis_zone.Street], grid: str) -> str:
    """The map of a file that is not imported."""
    said = ({"kind": "plot", "number": plot.number} for plot in plots)
    return _whole(backdrop(streets, grid), features_text([plot.polygon for plot in plots], said, grid))


def _whole(streets: GeoJson, plots: str) -> str:
    """Streets beneath, the plots over them."""
    drawn = (json.dumps(street, ensure_ascii=False) for street in streets["features"])
    return f'{{"type":"FeatureCollection","features":[{",".join(part for part in (*drawn, plots) if part)}]}}'


def map_packed(session: Session, code: str) -> bytes:
    """`map_text` with gzip, made once for each version of a zone's layers: its plots never change otherwise."""
    key = (code, get_zone(session, code).layers_sha256)
    if key not in _PACKED:
        while len(_PACKED) >= _MOST_PACKED:
            _PACKED.pop(next(iter(_PACKED)), None)
        _PACKED[key] = gzip.compress(map_text(session, code).encode(), QUICK)
    return _PACKED[key]


def bounds_of(session: Session, code: str) -> list[float]:
    """Left, low, right and high of a zone's plots in WGS84; empty where it has none."""
    if session.get_bind().dialect.name == "postgresql":
        extent = (f"ST_{side}(ST_Extent(polygon))" for side in ("XMin", "YMin", "XMax", "YMax"))
        query = f"SELECT {', '.join(extent)} FROM plots WHERE zone = :zone"  # noqa: S608 - our own names
    else:
        query = (
            "SELECT min(min_x), min(min_y), max(max_x), max(max_y) FROM plot_boxes "
            "WHERE plot_id IN (SELECT id FROM plots WHERE zone = :zone)"
        )
    found = session.execute(text(query), {"zone": code}).one()
    return [] if found[0] is None else box(found, get_zone(session, code).grid)


def box_of_plot(session: Session, *, zone: str, number: str) -> list[float]:
    """Left, low, right and high of a plot in WGS84."""
    return box(find_plot(session, zone=zone, number=number).polygon.bounds, get_zone(session, zone).grid)


def count_plots(session: Session, code: str) -> int:
    """How many plots a zone has."""
    return session.scalar(select(func.count()).select_from(Plot).where(Plot.zone == code)) or 0


def _sideways(volumes: Sequence[Mapping[str, Any]]) -> Iterator[Any]:
    """What breaks out in plan; a storey that is only too high or one too many would hide it."""
    floors = {volume["storey"]: volume["bottom"] for volume in volumes if volume["kind"] == "storey"}
    for volume in volumes:
        rises = volume["bottom"] > floors.get(volume["storey"], volume["bottom"]) or volume["kind"] == "beyond_height"
        if volume["kind"].startswith("beyond_") and volume["kind"] not in _WHOLE and not rises:
            yield volume["rings"]


def outlines_of(raw: bytes) -> GeoJson | None:
    """The building's outlines of a report, and where it breaks out of its envelope, in WGS84; None without a place."""
    report = json.loads(raw)
    if not (report["outlines"] and report["plot"] and report["placement"]):
        return None
    drawn = [*report["outlines"].items()]
    drawn += [("breakout", rings) for rings in _sideways(report.get("volumes", ()))]
    shapes = [
        (shapely.geometry.shape({"type": "MultiPolygon", "coordinates": polygons}), {"kind": name})
        for name, polygons in drawn
    ]
    return collection(shapes, report["plot"]["grid"])
