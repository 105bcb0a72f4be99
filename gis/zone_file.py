"""Write a zone as a GeoPackage in the house layout, which `gis.layers` reads: wholly, or not at all."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

import numpy as np
import shapely
from shapely import Polygon

from gis.site import EdgeRole, PlanningSheet
from gis.zone import Parcel, Pavement, PlanningZone, Plot, Share, Street, ValueZone, Zone

Row = tuple[Any, ...]
Columns = Mapping[str, type]
WRITTEN = "2026-01-01T00:00:00Z"
"""The moment that the file says it was written, always the same: equal land gives equal bytes, and one hash."""

_SETTING = Lock()  # the moment is a setting of the whole library
_NAMES: Columns = {"name_ar": str, "name_en": str}
_ZONES: Columns = {"code": str, **_NAMES, "state": str, "legal_act": str, "fictitious": int, "survey_residual_m": float}
_STREETS: Columns = {"code": str, **_NAMES, "width_m": float}
_PLOTS: Columns = {
    "number": str, "zone": str, "block": str, "official_area_m2": float, "reference_level_m": float, "parcel": str,
}  # fmt: skip
_SHEETS: Columns = {
    "plot": str, "use": str, **{f"setback_{role}": float for role in EdgeRole}, "coverage": float,
    "floor_area_ratio": float, "max_floors": int, "max_height_m": float, "projection_depth_m": float,
    "parking_per_dwelling": float, "basement": str, "basement_rise_m": float, "legal_act": str, "clause": str,
    "status": str, "valid_from": str, "valid_to": str, "attachment": str, "band_from_floor": float,
    **{f"band_setback_{role}": float for role in EdgeRole}, "fence_height_m": float, "projection_clearance_m": float,
}  # fmt: skip
_PARCELS: Columns = {
    "number": str, "cadastral_zone_ar": str, "cadastral_zone_en": str, "official_area_m2": float, "legal_kind": str,
    "sheet_no": str,
}  # fmt: skip
_SHARES: Columns = {"parcel": str, "owner_ar": str, "owner_en": str, "numerator": int, "denominator": int}
_VALUES: Columns = {
    "code": str, **_NAMES, "value_per_m2": str, "currency": str, "epoch": str, "valid_from": str, "status": str,
}  # fmt: skip
_PAVEMENT: Columns = {"kind": str, "street": str}


def write_zone(zone: Zone, path: Path) -> None:
    """Write every layer, empty ones too, beside the place and rename: no half a file is ever seen there."""
    import pyogrio  # which loads geopandas: a server starts without, and most programs write no zone

    with TemporaryDirectory(dir=path.parent, prefix=".zone") as folder:
        target = Path(folder) / "zone.gpkg"
        with _SETTING:
            before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": WRITTEN})
            try:
                _layers(zone, target)
            finally:
                pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
        with target.open("rb") as file:
            os.fsync(file.fileno())
        target.replace(path)


def _layers(zone: Zone, target: Path) -> None:
    def layer(name: str, columns: Columns, things: Sequence[Any], row: Callable[[Any], Row]) -> None:
        _write(target, name, columns, map(row, things), [thing.polygon for thing in things], zone.grid)

    layer("zone", _ZONES, zone.zones, _zone)
    layer("streets", _STREETS, zone.streets, _street)
    layer("plots", _PLOTS, zone.plots, _plot)
    sheets = (_sheet(plot.number, sheet) for plot in zone.plots for sheet in plot.sheets)
    _write(target, "planning_sheets", _SHEETS, sheets)
    layer("parcels", _PARCELS, zone.parcels, _parcel)
    shares = (_share(parcel.number, share) for parcel in zone.parcels for share in parcel.shares)
    _write(target, "shares", _SHARES, shares)
    layer("value_zones", _VALUES, zone.value_zones, _value)
    layer("pavement", _PAVEMENT, zone.pavement, _pavement)


def _write(
    target: Path, name: str, columns: Columns, rows: Iterable[Row],
    polygons: Sequence[Polygon] | None = None, grid: str | None = None,
) -> None:  # fmt: skip
    from pyogrio.raw import write

    table = list(zip(*rows, strict=True)) or [()] * len(columns)
    plain = polygons is None
    shapes = None if plain else shapely.to_wkb(shapely.orient_polygons(np.array(polygons, dtype=object)))
    write(
        str(target),
        shapes,
        [_column(kind, values) for kind, values in zip(columns.values(), table, strict=True)],
        list(columns),
        field_mask=[np.array([value is None for value in values], dtype=bool) for values in table],
        layer=name,
        driver="GPKG",
        geometry_type=None if plain else "Polygon",
        crs=None if plain else grid,
    )


def _column(kind: type, values: Sequence[Any]) -> Any:
    if kind is str:
        return np.array(values, dtype=object)
    return np.array([0 if value is None else value for value in values], dtype=kind)


def _zone(zone: PlanningZone) -> Row:
    return (
        zone.code,
        zone.name["ar"],
        zone.name["en"],
        str(zone.state),
        zone.legal_act,
        zone.fictitious,
        zone.residual,
    )


def _street(street: Street) -> Row:
    return street.code, street.name["ar"], street.name["en"], street.width


def _plot(plot: Plot) -> Row:
    return plot.number, plot.zone, plot.block, plot.official_area, plot.reference_level, plot.parcel


def sheet_row(plot: str, sheet: PlanningSheet) -> dict[str, Any]:
    """A sheet as the columns of its table, which `gis.records.planning_sheet` reads back."""
    return dict(zip(_SHEETS, _sheet(plot, sheet), strict=True))


def _sheet(plot: str, sheet: PlanningSheet) -> Row:
    band = sheet.band.setbacks if sheet.band else {}
    return (
        plot, sheet.use, *(sheet.setbacks[role] for role in EdgeRole), sheet.coverage, sheet.floor_area_ratio,
        sheet.max_floors, sheet.max_height, sheet.projection_depth, sheet.parking_per_dwelling, str(sheet.basement),
        sheet.basement_rise, sheet.legal_act, sheet.clause, str(sheet.status), sheet.valid_from.isoformat(),
        sheet.valid_to.isoformat() if sheet.valid_to else None, str(sheet.attachment),
        sheet.band.from_floor if sheet.band else None, *(band.get(role) for role in EdgeRole), sheet.fence_height,
        sheet.projection_clearance,
    )  # fmt: skip


def _parcel(parcel: Parcel) -> Row:
    names = parcel.cadastral_zone
    return parcel.number, names["ar"], names["en"], parcel.official_area, parcel.legal_kind, parcel.sheet_no


def _share(parcel: str, share: Share) -> Row:
    return parcel, share.owner["ar"], share.owner["en"], share.numerator, share.denominator


def _value(value: ValueZone) -> Row:
    return (
        value.code, value.name["ar"], value.name["en"], str(value.value_per_m2), value.currency, value.epoch,
        value.valid_from.isoformat(), str(value.status),
    )  # fmt: skip


def _pavement(pavement: Pavement) -> Row:
    return pavement.kind, pavement.street
