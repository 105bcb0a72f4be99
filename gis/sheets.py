"""What contradicts itself in a planning sheet, before any plot is held against it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gis.remarks import Code, Remark
from gis.site import PlanningSheet

LEAST_STOREY = 2.0
"""Metres below which no storey is one to stand in: a bound of sense, not of any law."""

_NEAR = 1e-6


def contradictions(sheet: PlanningSheet, plot: str, *, least_storey: float = LEAST_STOREY) -> Iterator[Remark]:
    """Every contradiction within one sheet; `value` of each remark is the number of the plot."""
    if sheet.valid_to is not None and sheet.valid_to <= sheet.valid_from:
        days = {"first": sheet.valid_from.isoformat(), "last": sheet.valid_to.isoformat()}
        yield Remark(Code.SHEET_DAYS, column="valid_to", value=plot, values=days)
    below = [name for name, number in _lengths(sheet) if number < 0]
    for name in below:
        yield Remark(Code.SHEET_NEGATIVE, column=name, value=plot)
    if sheet.coverage > 1 + _NEAR:
        percent = round(sheet.coverage * 100, 1)
        yield Remark(Code.SHEET_COVERAGE, column="coverage", value=plot, values={"percent": percent})
    if not below:
        yield from _amounts(sheet, plot, least_storey)
    yield from _band(sheet, plot)


def overlapping(sheets: Sequence[PlanningSheet], plot: str) -> Iterator[Remark]:
    """Days on which two sheets of one plot hold; `sheets` are oldest first."""
    for before, after in pairwise(sheets):
        if before.valid_to is None or before.valid_to > after.valid_from:
            yield Remark(Code.SHEETS_OVERLAP, value=plot, values={"first": after.valid_from.isoformat()})


def _lengths(sheet: PlanningSheet) -> Iterator[tuple[str, float]]:
    yield from ((f"setback_{role}", metres) for role, metres in sheet.setbacks.items())
    yield from (
        (f"band_setback_{role}", metres) for role, metres in (sheet.band.setbacks.items() if sheet.band else ())
    )
    yield from (
        ("coverage", sheet.coverage), ("floor_area_ratio", sheet.floor_area_ratio), ("max_floors", sheet.max_floors),
        ("max_height_m", sheet.max_height), ("projection_depth_m", sheet.projection_depth),
        ("parking_per_dwelling", sheet.parking_per_dwelling), ("basement_rise_m", sheet.basement_rise),
        ("fence_height_m", sheet.fence_height or 0.0), ("projection_clearance_m", sheet.projection_clearance or 0.0),
    )  # fmt: skip


def _amounts(sheet: PlanningSheet, plot: str, least_storey: float) -> Iterator[Remark]:
    """Floors, height, coverage and floor area against each other."""
    if (sheet.max_floors == 0) != (sheet.coverage == 0):
        amounts = {"floors": sheet.max_floors, "percent": round(sheet.coverage * 100, 1)}
        yield Remark(Code.SHEET_FLOORS, column="max_floors", value=plot, values=amounts)
        return
    if sheet.max_floors * least_storey > sheet.max_height + _NEAR:
        least = round(sheet.max_floors * least_storey, 2)
        limits = {"floors": sheet.max_floors, "height": sheet.max_height, "least": least}
        yield Remark(Code.SHEET_HEIGHT, column="max_height_m", value=plot, values=limits)
    reach = sheet.coverage * sheet.max_floors
    if sheet.floor_area_ratio > reach + _NEAR:
        ratios = {"ratio": sheet.floor_area_ratio, "reach": round(reach, 3)}
        yield Remark(Code.SHEET_FLOOR_AREA, column="floor_area_ratio", value=plot, values=ratios)


def _band(sheet: PlanningSheet, plot: str) -> Iterator[Remark]:
    if sheet.band is None:
        return
    nearer = [role for role, metres in sheet.band.setbacks.items() if metres < sheet.setbacks[role]]
    if nearer or not 1 < sheet.band.from_floor <= sheet.max_floors:
        limits = {"floor": sheet.band.from_floor, "floors": sheet.max_floors}
        yield Remark(Code.SHEET_BAND, column="band_from_floor", value=plot, values=limits)
