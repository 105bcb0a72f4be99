"""Layers of other offices as they really are: their rows, grids, texts and dirt."""

from collections import Counter
from pathlib import Path

import pytest
import shapely
from shapely import Point
from shapely.affinity import translate

from gis.remarks import Code, LayerRefused
from gis.sources import read_layer
from gis.sources.geopackage import layers
from tests.gis.told import codes, words


@pytest.fixture(scope="module")
def land(shared: Path) -> Path:
    return shared / "gis"


def test_dutch_parcels(land: Path) -> None:
    layer = read_layer(land / "nl_brk_rotterdam" / "BRK_SelectieCentrum.shp")
    assert (len(layer.rows), layer.grid, layer.encoding, layer.notes) == (971, "EPSG:28992", "utf-8", ())
    assert [row.number for row in layer.rows] == list(range(1, 972))
    first = layer.rows[0]
    assert (first.attributes["SECTIE"], first.attributes["PERC_NR"], first.attributes["OPPERVLAK"]) == ("AH", 569, 2)
    assert all(row.geometry is not None and row.geometry.is_valid for row in layer.rows)


@pytest.mark.parametrize(
    ("name", "grid", "rows", "broken"),
    [
        ("governorates", "EPSG:4326", 14, 0),
        ("districts", "EPSG:32637", 6, 3),
        ("subdistricts", "EPSG:32637", 23, 14),
        ("villages", "EPSG:32637", 139, 2),
    ],
)
def test_syrian_boundaries(land: Path, name: str, grid: str, rows: int, broken: int) -> None:
    layer = read_layer(land / "syria_admin" / f"{name}.geojson")
    assert (layer.grid, len(layer.rows)) == (grid, rows)
    shapes = [row.geometry for row in layer.rows]
    assert sum(not shapely.is_valid(shape) for shape in shapes) == broken


def test_arabic_columns_and_values(land: Path) -> None:
    layer = read_layer(land / "syria_admin" / "districts.geojson")
    assert {"محافظة", "منطقة", "الرمز"} <= set(layer.fields)
    assert (layer.rows[0].attributes["محافظة"], layer.rows[0].attributes["منطقة"]) == ("حمص", "الرستن")
    assert not any(row.geometry.has_z for row in layer.rows if row.geometry is not None)


def test_geopackage_tables_with_and_without_geometry(land: Path) -> None:
    path = land / "co_ladm_test" / "quality_validations.gpkg"
    assert {"terreno", "pointsCcl"} <= set(layers(path))
    assert (read_layer(path, "terreno").grid, len(read_layer(path, "terreno").rows)) == ("EPSG:3116", 12)
    assert {row.geometry for row in read_layer(path, "pointsCcl").rows} == {None}
    with pytest.raises(LayerRefused) as several:
        read_layer(path)
    with pytest.raises(LayerRefused) as unknown:
        read_layer(path, "absent")
    assert codes(several) + codes(unknown) == [Code.LAYER_NEEDED, Code.LAYER_UNKNOWN]


@pytest.mark.parametrize(
    ("name", "rows", "column"),
    [
        ("S1_OMG_KS_BRK-Perceel", 432, "perceelnummer"),
        ("S1_OMG_KS_Ruimtelijkeplannen-Enkelbestemming", 165, "bestemmingshoofdgroep"),
        ("S1_OMG_KS_Ruimtelijkeplannen-Maatvoering", 207, "maatvoering"),
        pytest.param("S1_OMG_KS_BGT-Paal", 1051, "plus-type", marks=pytest.mark.slow),
    ],
)
def test_layers_delivered_as_ifc(land: Path, name: str, rows: int, column: str) -> None:
    layer = read_layer(land / "nl_s1_ifc_layers" / f"{name}.ifc")
    assert (len(layer.rows), layer.grid) == (rows, None)
    assert column in layer.fields
    assert all(row.geometry is not None and row.geometry.is_valid and row.geometry.area > 0 for row in layer.rows)
    assert [note.code for note in layer.notes] == [Code.GRID_MISSING, Code.GRID_NOWHERE]
    assert all(words(note) for note in layer.notes)


def test_parcels_from_ifc_lie_where_the_register_says(land: Path) -> None:
    layer = read_layer(land / "nl_s1_ifc_layers" / "S1_OMG_KS_BRK-Perceel.ifc")
    origin = next(row.attributes for row in layer.rows if row.attributes["name"] == "GEO-Nulpunt")
    east, north = float(str(origin["RD-X"])), float(str(origin["RD-Y"]))
    inside: Counter[bool] = Counter()
    for row in layer.rows[1:]:
        shape, area = row.geometry, float(str(row.attributes["kadastraleGrootteWaarde"]))
        # The delivery is cut at the border of the project, and some numbers are drawn beside their parcel.
        if shape is None or shape.area < 0.9 * area or row.attributes["perceelnummerVerschuivingDeltaX"] != "0.0":
            continue
        label = [float(str(row.attributes[f"perceelnummerPlaatscoordinaat{axis}"])) for axis in "XY"]
        inside[translate(shape, east, north).buffer(1.0).covers(Point(label))] += 1
    assert inside == {True: inside.total()}
    assert inside.total() > 300
