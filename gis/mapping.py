"""Turn a layer as handed over into plots by a mapping: wholly, or not at all with every fault of every row."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.polygon import orient

from gis.cadastre import CadastralPlot
from gis.errors import BrokenRow, NotAZoneFile
from gis.mapping_file import FieldRule, LayerMapping
from gis.mapping_targets import UNITS, WHOLE, Table
from gis.outlines import Shapes, in_order, in_plane, place_faults, polygon_of
from gis.records import planning_sheet
from gis.remarks import Code, Faults, Progress, Remark, listed, shortened
from gis.sheets import contradictions, overlapping
from gis.site import PlanningSheet
from gis.sources.layer import SourceLayer, SourceRow, Value
from gis.zone import Street

MOST_FAULTS = 1000
_STEP = 1000
_DIGITS = {ord(digit): str(at % 10) for at, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")} | {
    ord("٫"): ".",
    ord("٬"): None,
}
_UNSEEN = dict.fromkeys([0x061C, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def apply(
    layer: SourceLayer, mapping: LayerMapping, *, most_faults: int = MOST_FAULTS, progress: Progress | None = None
) -> tuple[CadastralPlot, ...]:
    """The plots in the order of the layer, polygons counter-clockwise in `mapping.plane`.

    Raises LayerRefused with the faults of every row (the first `most_faults` kept, all counted): a layer is taken
    wholly or not at all. `progress` is called every thousand rows and at the end.
    """
    faults = Faults(most_faults)
    rows, shapes = _placed(layer, mapping, Table.PLOTS, faults)
    plots = []
    for at, (row, shape) in enumerate(zip(rows, shapes, strict=True), 1):
        plot = _plot(row, shape, mapping, faults)
        plots += [plot] if plot else []
        if progress and (at % _STEP == 0 or at == len(rows)):
            progress(at, len(rows))
    faults.add(*_twice(rows, mapping))
    faults.refuse()
    return tuple(plots)


def apply_streets(
    layer: SourceLayer, mapping: LayerMapping, *, most_faults: int = MOST_FAULTS
) -> tuple[tuple[Street, ...], tuple[Remark, ...]]:
    """The streets, one for each part of an outline, and which widths are measured since no column gives them.

    Names default to the code. Raises LayerRefused like `apply`; holes and several parts are as streets are.
    """
    faults, streets, measured = Faults(most_faults), list[Street](), list[str]()
    whole = replace(mapping, holes=True, multipart=True)
    for row, shape in zip(*_placed(layer, whole, Table.STREETS, faults), strict=True):
        polygon = polygon_of(shape, row.number, whole)
        values, found = _values(row, whole)
        if found or isinstance(polygon, list):
            faults.add(*(polygon if isinstance(polygon, list) else []), *found)
            continue
        code, width = str(values["code"]), values.get("width")
        measured += [] if width else [code]
        name = {language: str(values.get(f"name_{language}") or code) for language in ("ar", "en")}
        # A strip is twice as long around as it is long, so that area over half the length around is its width.
        wide = float(width or 2 * polygon.area / polygon.length)
        streets += [Street(code, name, wide, orient(part)) for part in shapely.get_parts(polygon)]
    faults.refuse()
    notes = [Remark(Code.WIDTH_MEASURED, value=listed(measured), values={"count": len(measured)})] if measured else []
    return tuple(streets), tuple(notes)


def chosen(layer: SourceLayer, mapping: LayerMapping) -> frozenset[int]:
    """The numbers of the rows that a mapping takes of a layer."""
    return frozenset(row.number for row in layer.rows if _chosen(row, mapping))


def apply_sheets(
    layer: SourceLayer, mapping: LayerMapping, *, most_faults: int = MOST_FAULTS
) -> Mapping[str, tuple[PlanningSheet, ...]]:
    """The planning sheets of each plot number, oldest first; raises LayerRefused like `apply`."""
    faults = Faults(most_faults)
    sheets: defaultdict[str, list[PlanningSheet]] = defaultdict(list)
    for row in _rows(layer, mapping, Table.PLANNING_SHEETS, faults):
        values, found = _values(row, mapping)
        sheet = None if found else _sheet(row, values)
        if isinstance(sheet, PlanningSheet):
            number = str(values["plot"])
            sheets[number].append(sheet)
            faults.add(*(replace(remark, row=row.number) for remark in contradictions(sheet, shortened(number))))
        else:
            faults.add(*found, *([sheet] if sheet else []))
    ordered = {plot: tuple(sorted(several, key=lambda sheet: sheet.valid_from)) for plot, several in sheets.items()}
    for plot, several in ordered.items():
        faults.add(*overlapping(several, shortened(plot)))
    faults.refuse()
    return ordered


def _sheet(row: SourceRow, values: Mapping[str, str | float | None]) -> PlanningSheet | Remark:
    try:
        return planning_sheet(values)
    except (BrokenRow, NotAZoneFile) as error:
        column, value = str(error.values["column"]), str(error.values.get("value", ""))
        return Remark(Code.NOT_UNDERSTOOD, row.number, column, shortened(value))


def _placed(layer: SourceLayer, mapping: LayerMapping, table: Table, faults: Faults) -> tuple[list[SourceRow], Shapes]:
    """The chosen rows and their outlines in the plane grid; what lies elsewhere is not worth measuring."""
    rows = _rows(layer, mapping, table, faults)
    shapes = in_order(np.array([row.geometry for row in rows], dtype=object), mapping)
    faults.add(*place_faults(shapes, [row.number for row in rows], mapping))
    faults.refuse()
    return rows, in_plane(shapes, mapping)


def _rows(layer: SourceLayer, mapping: LayerMapping, table: Table, faults: Faults) -> list[SourceRow]:
    """The rows that the mapping chooses; refuses a layer without its columns, and one with nothing to take."""
    if mapping.table is not table:
        faults.add(Remark(Code.KEY_WRONG, column="table", value=mapping.table, values={"known": table}))
    faults.add(*_layer_faults(layer, mapping))
    faults.refuse()
    rows = [row for row in layer.rows if _chosen(row, mapping)]
    if not rows:
        faults.add(Remark(Code.NOTHING_LEFT))
    faults.refuse()
    return rows


def _layer_faults(layer: SourceLayer, mapping: LayerMapping) -> Iterator[Remark]:
    if layer.grid and mapping.grid and layer.grid != mapping.grid:
        yield Remark(Code.GRID_OTHER, value=layer.grid, values={"expected": mapping.grid})
    wanted = [column for rule in mapping.fields.values() for column in rule.columns]
    for column in dict.fromkeys([*wanted, *mapping.only]):
        if column not in layer.fields:
            yield Remark(Code.COLUMN_MISSING, column=column, values={"known": listed(layer.fields)})


def _chosen(row: SourceRow, mapping: LayerMapping) -> bool:
    return all(_text(row.attributes.get(column)) in values for column, values in mapping.only.items())


def _plot(row: SourceRow, shape: object, mapping: LayerMapping, faults: Faults) -> CadastralPlot | None:
    """The plot of a row; None, with its faults told, where it cannot be."""
    polygon = polygon_of(shape, row.number, mapping)
    values, found = _values(row, mapping)
    found = [*(polygon if isinstance(polygon, list) else []), *found]
    faults.add(*found)
    if found or isinstance(polygon, list):
        return None
    return CadastralPlot(row=row.number, polygon=_oriented(polygon), **values)  # type: ignore[arg-type] # by name


def _oriented(polygon: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    return orient(polygon) if isinstance(polygon, Polygon) else MultiPolygon([orient(part) for part in polygon.geoms])


def _values(row: SourceRow, mapping: LayerMapping) -> tuple[dict[str, str | float | None], list[Remark]]:
    """The values of our fields, and what is wrong with the others."""
    values: dict[str, str | float | None] = {}
    faults = []
    for name, rule in mapping.fields.items():
        value = _value(row, name, rule, mapping)
        if isinstance(value, Remark):
            faults.append(value)
        else:
            values[name] = value
    return values, faults


def _value(row: SourceRow, name: str, rule: FieldRule, mapping: LayerMapping) -> str | float | Remark | None:
    column = "+".join(rule.columns)
    parts = [_text(row.attributes[column]) for column in rule.columns]
    text = rule.constant or (rule.join.join(parts) if all(parts) else "")
    text = "" if text in rule.unknown else text
    if text and rule.codes:
        if text not in rule.codes:
            known = listed(list(rule.codes))
            return Remark(Code.CODE_UNKNOWN, row.number, column, shortened(text), {"known": known})
        text = rule.codes[text]
    if not text and name in mapping.targets.required and name not in mapping.targets.blank:
        return Remark(Code.NUMBER_MISSING if name == "number" else Code.VALUE_MISSING, row.number, column)
    return text if name not in mapping.targets.numbers else _measure(row.number, name, column, text, rule)


def _measure(row: int, name: str, column: str, text: str, rule: FieldRule) -> float | Remark | None:
    """Square metres or metres; an area is above zero."""
    if not text:
        return None
    number = float(text) if _NUMBER.fullmatch(text) else math.inf
    if not math.isfinite(number) or (rule.unit == WHOLE and not number.is_integer()):
        return Remark(Code.NO_NUMBER, row, column, shortened(text))
    if name in ("official_area", "width") and number <= 0:
        return Remark(Code.NOT_POSITIVE, row, column, shortened(text))
    return number * UNITS[rule.unit]


def _text(value: Value) -> str:
    """A value as text: digits in ASCII, no marks of direction, no blanks around; 569.0 as 569."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:f}".rstrip("0")
    return str(value).translate(_UNSEEN).translate(_DIGITS).strip()


def _twice(rows: Sequence[SourceRow], mapping: LayerMapping) -> Iterator[Remark]:
    """Numbers given twice in a zone, however wrong the rest of the row is."""
    first: dict[tuple[str, str], int] = {}
    fields: Mapping[str, FieldRule] = mapping.fields
    for row in rows:
        zone, number = (_value(row, name, fields[name], mapping) for name in ("zone", "number"))
        if not isinstance(zone, str) or not isinstance(number, str):
            continue
        before = first.setdefault((zone, number), row.number)
        if before != row.number:
            column = "+".join(fields["number"].columns)
            yield Remark(Code.NUMBER_TWICE, row.number, column, shortened(number), {"first": before})
