"""Write the zone's layers: a GeoPackage, and its plots again as a Windows-1256 shapefile with Arabic names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from pyogrio.raw import write
from shapely import Polygon, box
from shapely.geometry.polygon import orient

from sample_models import land, records

Row = Mapping[str, object]
FIXED_DATE = "2026-01-01T00:00:00Z"


@dataclass(frozen=True)
class Layer:
    """Rows of one layer; without polygons it is a plain table."""

    name: str
    rows: Sequence[Row]
    polygons: Sequence[Polygon] | None = None


def plot_layer() -> Layer:
    """The plots, with a kerb level and the parcel each came from."""
    rows, polygons = [], []
    for plot in land.plots():
        polygons.append(land.on_grid(plot.polygon))
        rows.append(
            {
                "number": plot.number,
                "zone": records.zone_of(plot.block),
                "block": plot.block,
                "official_area_m2": float(round(plot.polygon.area)),
                "reference_level_m": records.reference_level(plot),
                "parcel": records.parcel_number(plot.number),
            }
        )
    return Layer("plots", rows, polygons)


def zone_layer() -> Layer:
    """The zone in force and the frozen one (its blocks with half of the streets around them)."""
    frozen = [plot.polygon for plot in land.plots() if plot.block == records.FROZEN_BLOCK]
    left, low, right, high = shapely.union_all(frozen).bounds
    second = box(left - 8.0, low - 6.0, right + 20.0, high + 10.0).intersection(land.outline())
    shapes = {records.ZONE: land.outline().difference(second), records.FROZEN_ZONE: second}
    rows = [
        {
            "code": code,
            "name_ar": records.ZONE_NAMES[code][0],
            "name_en": records.ZONE_NAMES[code][1],
            "state": "frozen" if code == records.FROZEN_ZONE else "in_force",
            "legal_act": records.ACT,
            "fictitious": 1,
            "survey_residual_m": 0.02,
        }
        for code in shapes
    ]
    return Layer("zone", rows, [land.on_grid(shape) for shape in shapes.values()])


def street_layer() -> Layer:
    """The right of way."""
    pieces = land.streets()
    names = records.STREET_NAMES
    rows = [
        {"code": p.code, "name_ar": names[p.street][0], "name_en": names[p.street][1], "width_m": p.width}
        for p in pieces
    ]
    return Layer("streets", rows, [land.on_grid(p.polygon) for p in pieces])


def pavement_layer() -> Layer:
    """Two metres of public pavement along every block."""
    blocks = shapely.union_all([plot.polygon for plot in land.plots()])
    strip = blocks.buffer(2.0, join_style="mitre").difference(blocks)
    rows, polygons = [], []
    for street in land.streets():
        for part in shapely.get_parts(street.polygon.intersection(strip)):
            if part.area > 0.01:
                rows.append({"kind": "public", "street": street.code})
                polygons.append(land.on_grid(part))
    return Layer("pavement", rows, polygons)


def parcel_layers() -> tuple[Layer, Layer]:
    """The cadastral parcels and the shares of their owners."""
    shapes: dict[str, list[Polygon]] = {}
    for plot in land.plots():
        shapes.setdefault(records.parcel_number(plot.number), []).append(plot.polygon)
    rows: list[Row] = []
    polygons: list[Polygon] = []
    shares: list[Row] = []
    for order, (number, parts) in enumerate(shapes.items()):
        whole = shapely.union_all(parts)
        rows.append(
            {
                "number": number,
                "cadastral_zone_ar": records.CADASTRAL_ZONE[0],
                "cadastral_zone_en": records.CADASTRAL_ZONE[1],
                "official_area_m2": float(round(whole.area) + order % 3),  # registers differ a little from the plan
                "legal_kind": "ملك",
                "sheet_no": f"{12 + order // 24}",
            }
        )
        polygons.append(land.on_grid(whole))
        shares.extend(records.shares(number, order))
    return Layer("parcels", rows, polygons), Layer("shares", shares)


def value_layer() -> Layer:
    """Market value per square metre, on either side of the middle street, in both currency epochs."""
    middle = land.row_starts()[0] + 2 * land.DEPTH + land.MIDDLE / 2
    left, low, right, high = land.outline().bounds
    areas = {"V1": box(left, low, right, middle), "V2": box(left, middle, right, high)}
    rows, polygons = [], []
    for code, arabic, english, value, epoch, since in records.VALUES:
        names = {"code": code, "name_ar": arabic, "name_en": english}
        money = {"value_per_m2": value, "currency": "SYP", "epoch": epoch}
        rows.append({**names, **money, "valid_from": since, "status": "fictitious"})
        polygons.append(land.on_grid(areas[code].intersection(land.outline())))
    return Layer("value_zones", rows, polygons)


def sheet_layer() -> Layer:
    """The planning sheets of all plots."""
    return Layer("planning_sheets", [sheet for plot in land.plots() for sheet in records.sheets(plot)])


def write_zone(folder: Path) -> list[Path]:
    """Write zone.gpkg and plots_windows1256.shp into `folder`; equal bytes on every run."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": FIXED_DATE})
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "zone.gpkg"
    target.unlink(missing_ok=True)
    parcels, shares = parcel_layers()
    plots = plot_layer()
    rest = [street_layer(), plots, sheet_layer(), parcels, shares, value_layer(), pavement_layer()]
    for layer in [zone_layer(), *rest]:
        _write(target, layer, "GPKG")
    shapefile = folder / "plots_windows1256.shp"
    _write(shapefile, _arabic_plots(plots), "ESRI Shapefile", {"DBF_DATE_LAST_UPDATE": FIXED_DATE[:10]})
    return [target, *sorted(folder.glob(f"{shapefile.stem}.*"))]


def _arabic_plots(plots: Layer) -> Layer:
    """The plots as a municipality hands them out: Arabic column names of at most ten letters."""
    rows = [
        {
            "رقم_المقسم": row["number"],
            "المنطقة": records.ZONE_NAMES[str(row["zone"])][0],
            "الجزيرة": row["block"],
            "المساحة": row["official_area_m2"],
            "رقم_العقار": row["parcel"],
        }
        for row in plots.rows
    ]
    return Layer("plots_windows1256", rows, plots.polygons)


def _write(target: Path, layer: Layer, driver: str, options: Mapping[str, str] | None = None) -> None:
    fields = list(layer.rows[0])
    columns = [np.array([row[field] for row in layer.rows]) for field in fields]
    columns = [c.astype(object) if c.dtype.kind == "U" else c for c in columns]
    masks = [np.array([value == "" for value in column], dtype=bool) for column in columns]
    polygons = layer.polygons
    geometry = None if polygons is None else np.array([shapely.to_wkb(orient(p)) for p in polygons], dtype=object)
    write(
        str(target),
        geometry,
        columns,
        fields,
        field_mask=masks,
        layer=layer.name,
        driver=driver,
        geometry_type=None if geometry is None else "Polygon",
        crs=None if geometry is None else land.GRID,
        encoding="CP1256" if options else None,
        layer_options=dict(options or {}),
    )
