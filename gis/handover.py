"""From the files that an office hands over to a zone: read, mapped, brought into the plane grid, put together."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gis.assembly import Stated, assemble
from gis.local_grid import ControlPoint, Fit, fit, place
from gis.mapping import apply, apply_sheets, apply_streets, chosen
from gis.mapping_file import LayerMapping
from gis.remarks import Code, LayerRefused, Progress, Remark, shortened
from gis.sources import read_layer
from gis.sources.layer import SourceLayer
from gis.sources.sheet import read_csv
from gis.zone import Street, Zone

CONTROL_COLUMNS = ("name", "local_x", "local_y", "x", "y")


@dataclass(frozen=True)
class Source:
    """A file, the layer of it (None where it has one), and how its columns are read."""

    path: Path
    layer: str | None
    mapping: LayerMapping


@dataclass(frozen=True)
class Handed:
    """The zone, what was guessed or left out in reading it, and the fit of a local grid where there was one."""

    zone: Zone
    notes: tuple[Remark, ...]
    fitted: Fit | None = None


def read_zone(
    plots: Source, *, stated: Stated, sheets: Source | None = None, streets: Source | None = None,
    control: Sequence[ControlPoint] = (), grid: str = "", progress: Progress | None = None,
) -> Handed:  # fmt: skip
    """The zone of an office's layers; raises LayerRefused with the faults of every row of the first bad layer.

    Rows that the mapping of streets takes from the layer of the plots are no plots. With control points the plots of
    a local grid are brought into `grid`, and its standard error is part of the zone's.
    """
    source = read_layer(plots.path, plots.layer)
    ways, notes = _streets(streets, plots, source)
    plain = _without_streets(source, plots, streets)
    taken = apply(plain, plots.mapping, progress=progress)
    briefs = apply_sheets(read_layer(sheets.path, sheets.layer), sheets.mapping) if sheets else {}
    plane, fitted = plots.mapping.plane, None
    if streets and streets.mapping.plane != plane:
        expected = {"expected": plane}
        raise LayerRefused(Remark(Code.GRIDS_DIFFER, value=streets.mapping.plane, values=expected))
    if control:
        fitted, plane = fit(control, grid), grid
        taken, ways = place(taken, fitted), _placed(ways, fitted)
        stated = replace(stated, residual=math.hypot(stated.residual, fitted.sigma or 0.0))
    zone, told = assemble(taken, briefs, ways, stated, grid=plane)
    return Handed(zone, (*source.notes, *notes, *told), fitted)


def _streets(
    streets: Source | None, plots: Source, source: SourceLayer
) -> tuple[tuple[Street, ...], tuple[Remark, ...]]:
    if streets is None:
        return (), ()
    layer = source if _is_same(streets, plots) else read_layer(streets.path, streets.layer)
    made, notes = apply_streets(layer, streets.mapping)
    return made, (*(() if layer is source else layer.notes), *notes)


def _without_streets(source: SourceLayer, plots: Source, streets: Source | None) -> SourceLayer:
    if streets is None or not _is_same(streets, plots):
        return source
    ways = chosen(source, streets.mapping)
    return replace(source, rows=tuple(row for row in source.rows if row.number not in ways))


def _is_same(streets: Source, plots: Source) -> bool:
    return (streets.path, streets.layer) == (plots.path, plots.layer)


def _placed(streets: Sequence[Street], fitted: Fit) -> tuple[Street, ...]:
    scale = fitted.transform.scale
    return tuple(
        replace(way, polygon=fitted.transform.to_plane(way.polygon), width=way.width * scale) for way in streets
    )


def read_control_points(path: Path) -> tuple[ControlPoint, ...]:
    """Points of a CSV with the columns name, local_x, local_y, x, y in metres; raises LayerRefused."""
    table = read_csv(path)
    missing = [column for column in CONTROL_COLUMNS if column not in table.fields]
    if missing:
        known = {"known": ", ".join(map(shortened, table.fields))}
        raise LayerRefused(*(Remark(Code.COLUMN_MISSING, column=column, values=known) for column in missing))
    points, faults = [], []
    for row in table.rows:
        try:
            u, v, x, y = (float(str(row.attributes[column])) for column in CONTROL_COLUMNS[1:])
        except ValueError:
            faults.append(Remark(Code.CONTROL_WRONG, row.number, value=shortened(row.attributes["name"])))
            continue
        points.append(ControlPoint(str(row.attributes["name"]), (u, v), (x, y)))
    if faults:
        raise LayerRefused(*faults)
    return tuple(points)
