"""The fictitious zone: what was committed is what the generator writes, and its records add up."""

import sqlite3
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pyogrio.raw
import shapely

from sample_models import land
from sample_models.layers import write_zone

FOLDER = Path(__file__).parents[2] / "sample_models" / "zone"
ZONE = FOLDER / "zone.gpkg"


def rows(query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(ZONE)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_generator_writes_the_committed_bytes(tmp_path: Path) -> None:
    for path in write_zone(tmp_path):
        assert path.read_bytes() == (FOLDER / path.name).read_bytes(), path.name


def test_zone_is_small_and_has_enough_plots() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_000_000
    assert rows("select count(*), count(distinct number) from plots") == [(72, 72)]


def test_shares_of_every_parcel_sum_to_exactly_one() -> None:
    whole: dict[object, Fraction] = defaultdict(Fraction)
    for parcel, numerator, denominator in rows("select parcel, numerator, denominator from shares"):
        whole[parcel] += Fraction(int(str(numerator)), int(str(denominator)))
    assert set(whole) == {number for (number,) in rows("select number from parcels")}
    assert set(whole.values()) == {Fraction(1)}
    assert {2400, 7} <= {row[0] for row in rows("select denominator from shares")}


def test_every_name_shown_says_that_it_is_fictitious() -> None:
    for table, column in [
        ("zone", "name_ar"),
        ("streets", "name_ar"),
        ("shares", "owner_ar"),
        ("value_zones", "name_ar"),
    ]:
        assert all("وهمي" in str(name) for (name,) in rows(f"select {column} from {table}")), table  # noqa: S608 - names of our own list
    assert {status for (status,) in rows("select distinct status from planning_sheets")} == {"fictitious"}


def test_plots_and_streets_fill_the_zone_without_overlap() -> None:
    parts = [plot.polygon for plot in land.plots()] + [street.polygon for street in land.streets()]
    assert shapely.union_all(parts).symmetric_difference(land.outline()).area < 1e-6
    assert abs(sum(part.area for part in parts) - land.outline().area) < 1e-6


def test_no_plot_edge_lies_along_an_axis_of_the_grid() -> None:
    for plot in land.plots():
        corners = land.on_grid(plot.polygon).exterior.coords
        assert all(abs(a[0] - b[0]) > 0.1 and abs(a[1] - b[1]) > 0.1 for a, b in pairwise(corners))


def test_shapefile_opens_with_arabic_names_and_values() -> None:
    path = FOLDER / "plots_windows1256.shp"
    meta, _, geometry, columns = pyogrio.raw.read(path)
    assert list(meta["fields"]) == ["رقم_المقسم", "المنطقة", "الجزيرة", "المساحة", "رقم_العقار"]
    assert columns[1][0] == "وادي السنونو (منطقة تنظيمية وهمية)"
    assert len(geometry) == 72
    assert "رقم_المقسم".encode("cp1256") in path.with_suffix(".dbf").read_bytes()
