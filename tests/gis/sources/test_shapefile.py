"""Shapefiles as Windows programs leave them: code pages, missing companions, capital suffixes."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from pyogrio.raw import write
from shapely import box

from gis.remarks import Code, LayerRefused
from gis.sources import read_layer
from tests.gis.told import codes, words

USES = ["سكني", "تجاري"]


def shapefile(folder: Path, encoding: str = "cp1256", *, without: str = "", grid: str = "EPSG:22770") -> Path:
    """Two plots near Damascus with Arabic columns; `without` names companions to take away."""
    path = folder / "مقاسم.shp"
    shapes = [box(200000, 174500, 200020, 174530), box(200020, 174500, 200040, 174530)]
    wkb = np.array([shapely.to_wkb(shape) for shape in shapes], dtype=object)
    columns = [np.array(USES, dtype=object), np.array([600.0, 601.5])]
    write(path, wkb, columns, ["الوصف", "مساحة"], geometry_type="Polygon", crs=grid, encoding=encoding,
          driver="ESRI Shapefile")  # fmt: skip
    for suffix in without.split():
        path.with_suffix(suffix).unlink()
    return path


@pytest.mark.parametrize(
    ("encoding", "without", "found"),
    [("cp1256", "", "cp1256"), ("cp1256", ".cpg", "cp1256"), ("utf-8", "", "utf-8"), ("utf-8", ".cpg", "utf-8")],
)
def test_arabic_texts_whatever_the_code_page(tmp_path: Path, encoding: str, without: str, found: str) -> None:
    layer = read_layer(shapefile(tmp_path, encoding, without=without))
    assert (layer.encoding, layer.grid, layer.name) == (found, "EPSG:22770", "مقاسم")
    assert [row.attributes["الوصف"] for row in layer.rows] == USES
    assert [note.code for note in layer.notes] == ([Code.ENCODING_GUESSED] if without and encoding == "cp1256" else [])


@pytest.mark.parametrize("stated", ["1256", "ANSI 1256", "windows-1256", "CP1256"])
def test_ways_to_state_a_code_page(tmp_path: Path, stated: str) -> None:
    path = shapefile(tmp_path)
    path.with_suffix(".cpg").write_text(stated)
    assert read_layer(path).rows[0].attributes["الوصف"] == "سكني"


def test_an_unknown_code_page_is_passed_over_and_told(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    path.with_suffix(".cpg").write_text("KOI-ARAB")
    layer = read_layer(path)
    assert [note.code for note in layer.notes] == [Code.ENCODING_UNKNOWN, Code.ENCODING_GUESSED]
    assert all(words(note) for note in layer.notes)
    assert layer.rows[0].attributes["الوصف"] == "سكني"


def test_a_wrong_code_page_is_refused(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    path.with_suffix(".cpg").write_text("UTF-8")
    with pytest.raises(LayerRefused) as refused:
        read_layer(path)
    assert codes(refused) == [Code.WRONG_ENCODING]


def test_without_a_grid_the_candidates_are_told(tmp_path: Path) -> None:
    layer = read_layer(shapefile(tmp_path, without=".prj"))
    assert layer.grid is None
    assert [(note.code, note.value) for note in layer.notes] == [
        (Code.GRID_MISSING, ""),
        (Code.GRID_CANDIDATES, "EPSG:22770, EPSG:22780"),
    ]
    assert all(words(note) for note in layer.notes)


def test_a_grid_that_no_register_has_is_told(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    prj = path.with_suffix(".prj")
    wkt = prj.read_text().replace("Deir_ez_Zor_Syria_Lambert", "Local_Slenfeh").replace("37.35", "36.2", 1)
    prj.write_text(wkt.replace("300000.0", "5000.0"))
    layer = read_layer(path)
    assert layer.grid is None
    assert (layer.notes[0].code, layer.notes[0].value) == (Code.GRID_UNNAMED, "Local_Slenfeh")
    assert all(words(note) for note in layer.notes)


def test_capital_suffixes_are_the_same_file(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    for part in list(tmp_path.iterdir()):
        part.rename(part.with_suffix(part.suffix.upper()))
    assert len(read_layer(path.with_suffix(".SHP")).rows) == 2


@pytest.mark.parametrize("part", [".shx", ".dbf"])
def test_a_missing_part_is_refused(tmp_path: Path, part: str) -> None:
    with pytest.raises(LayerRefused) as refused:
        read_layer(shapefile(tmp_path, without=part))
    assert codes(refused) == [Code.PART_MISSING]
    assert refused.value.faults[0].value == part


@pytest.mark.parametrize("part", [".shp", ".shx", ".dbf"])
def test_a_truncated_part_is_refused(tmp_path: Path, part: str) -> None:
    path = shapefile(tmp_path)
    file = path.with_suffix(part)
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(LayerRefused) as refused:
        read_layer(path)
    assert codes(refused) == [Code.FILE_TRUNCATED]


def test_a_table_of_another_length_is_refused(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    table = path.with_suffix(".dbf")
    raw = bytearray(table.read_bytes())
    raw[4:8] = (1).to_bytes(4, "little")
    table.write_bytes(raw)
    with pytest.raises(LayerRefused) as refused:
        read_layer(path)
    assert codes(refused) == [Code.COUNTS_DIFFER]


def test_four_thousand_million_rows_are_refused_by_the_header(tmp_path: Path) -> None:
    path = shapefile(tmp_path)
    table = path.with_suffix(".dbf")
    raw = bytearray(table.read_bytes())
    raw[4:8] = (0xFFFFFFFF).to_bytes(4, "little")
    table.write_bytes(raw)
    with pytest.raises(LayerRefused) as refused:
        read_layer(path)
    assert codes(refused) == [Code.FILE_TRUNCATED]
