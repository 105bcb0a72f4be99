"""Prepare the site of one plot from a zone's layers, or load the whole zone."""

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from operator import itemgetter
from pathlib import Path

from shapely import Polygon

from gis import records
from gis.edges import CONTACT, named_edges
from gis.errors import BrokenRow, NoFront, NoSheetInForce, NotAZoneFile, SeveralSheetsInForce, UnknownPlot
from gis.layers import Box, Layers, Row, open_layers
from gis.roles import CorrectedRole, corrected, lost
from gis.site import Edge, EdgeRole, Neighbour, PlanningSheet, Site
from gis.zone import PlanningZone, Plot, Share, Zone

COMMON_BOUNDARY = 0.5  # metres of shared boundary that make two plots neighbours, not mere corners meeting


def site_for(layers: Path, plot: str, *, on: date, roles: Sequence[CorrectedRole] = ()) -> Site:
    """The site of a plot under the planning sheet in force on a date; `roles` of its edges are as the office corrected.

    Raises NotAZoneFile, WrongGrid, BrokenRow, UnknownPlot, NoSheetInForce, SeveralSheetsInForce or NoFront.
    """
    with open_layers(layers) as file:
        grid = file.grid()
        found = records.plot(
            _row_of(file, plot), tuple(map(records.planning_sheet, file.rows("planning_sheets", plot=plot)))
        )
        sheet = sheet_in_force(found.sheets, plot, on)
        polygon = found.polygon
        near = _around(polygon)
        named = _named(file, polygon)
        edges = corrected(named, roles)
        if not any(edge.role is EdgeRole.FRONT for edge in edges):
            raise NoFront(plot=plot)
        zone = _zone_of(file, found)
        return Site(
            plot=plot,
            zone=zone.code,
            zone_name=zone.name,
            zone_state=zone.state,
            fictitious=zone.fictitious,
            grid=grid,
            polygon=polygon,
            official_area=found.official_area,
            edges=edges,
            sheet=sheet,
            reference_level=found.reference_level,
            residual=zone.residual,
            neighbours=_neighbours(polygon, [r for r in file.rows("plots", near=near) if r["number"] != plot]),
            lost_roles=lost(named, roles),
        )


def edges_of_plot(layers: Path, plot: str) -> tuple[Edge, ...]:
    """The edges of a plot as its streets name them, even where none is a front.

    Raises NotAZoneFile, WrongGrid, BrokenRow or UnknownPlot.
    """
    with open_layers(layers) as file:
        file.grid()
        return _named(file, _row_of(file, plot)["polygon"])


def sheets_of(layers: Path, plot: str) -> tuple[PlanningSheet, ...]:
    """Every planning sheet of a plot, oldest first; raises NotAZoneFile, WrongGrid, BrokenRow or UnknownPlot."""
    with open_layers(layers) as file:
        file.grid()
        _row_of(file, plot)
        found = map(records.planning_sheet, file.rows("planning_sheets", plot=plot))
        return tuple(sorted(found, key=lambda sheet: sheet.valid_from))


def _row_of(file: Layers, plot: str) -> Row:
    row = next(iter(file.rows("plots", number=plot)), None)
    if row is None:
        raise UnknownPlot(plot=plot)
    return row


def _named(file: Layers, polygon: Polygon) -> tuple[Edge, ...]:
    return named_edges(polygon, [records.street(row) for row in file.rows("streets", near=_around(polygon))])


@contextmanager
def _without_collector() -> Iterator[None]:
    """A million rows make no cycles, and looking for them takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def load_zone(layers: Path) -> Zone:
    """Every layer of a zone file; raises NotAZoneFile, WrongGrid or BrokenRow."""
    with open_layers(layers) as file, _without_collector():
        sheets = _sheets(file)
        shares: defaultdict[str, list[Share]] = defaultdict(list)
        for row in file.rows("shares"):
            shares[row["parcel"]].append(records.share(row))
        return Zone(
            grid=file.grid(),
            zones=tuple(map(records.planning_zone, file.rows("zone"))),
            streets=tuple(map(records.street, file.rows("streets"))),
            plots=tuple(
                records.plot(row, tuple(sorted(sheets.get(row["number"], ()), key=lambda sheet: sheet.valid_from)))
                for row in file.rows("plots")
            ),
            parcels=tuple(records.parcel(row, tuple(shares[row["number"]])) for row in file.rows("parcels")),
            value_zones=tuple(map(records.value_zone, file.rows("value_zones"))),
            pavement=tuple(map(records.pavement, file.rows("pavement"))),
        )


def _sheets(file: Layers) -> Mapping[str, list[PlanningSheet]]:
    """The sheets of each plot; what is said alike of a hundred thousand plots is read once."""
    columns, rows = file.table("planning_sheets")
    if "plot" not in columns:
        raise NotAZoneFile(layer="planning_sheets", column="plot")
    plot, told = columns.index("plot"), [at for at, name in enumerate(columns) if name not in ("plot", "fid")]
    alike: dict[tuple[object, ...], PlanningSheet] = {}
    found: defaultdict[str, list[PlanningSheet]] = defaultdict(list)
    said = itemgetter(*told)
    for row in rows:
        key = said(row)
        if key not in alike:
            alike[key] = records.planning_sheet(dict(zip(columns, row, strict=True)))
        found[row[plot]].append(alike[key])
    return found


def sheet_in_force(sheets: Sequence[PlanningSheet], plot: str, on: date) -> PlanningSheet:
    """The one sheet that holds on a date: from `valid_from` until before `valid_to`."""
    found = [s for s in sheets if s.valid_from <= on and (s.valid_to is None or on < s.valid_to)]
    if not found:
        raise NoSheetInForce(plot=plot, on=on.isoformat())
    if len(found) > 1:
        raise SeveralSheetsInForce(plot=plot, on=on.isoformat(), count=len(found))
    return found[0]


def _zone_of(file: Layers, plot: Plot) -> PlanningZone:
    row = next(iter(file.rows("zone", code=plot.zone)), None)
    if row is None:
        raise BrokenRow(layer="plots", column="zone", value=plot.zone)
    return records.planning_zone(row)


def _around(polygon: Polygon) -> Box:
    left, low, right, high = polygon.bounds
    return left - 1.0, low - 1.0, right + 1.0, high + 1.0


def _neighbours(polygon: Polygon, others: Sequence[Row]) -> tuple[Neighbour, ...]:
    reach = polygon.buffer(CONTACT)
    return tuple(
        Neighbour(row["number"], row["polygon"])
        for row in others
        if row["polygon"].exterior.intersection(reach).length > COMMON_BOUNDARY
    )
