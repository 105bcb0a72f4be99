"""Files that lie about what they are, and names that mean something to a reader."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from gis.remarks import Code, LayerRefused
from gis.sources import READERS, read_layer
from gis.sources.layer import Limits
from tests.gis.told import codes

ZONE = Path(__file__).parents[3] / "sample_models" / "zone" / "zone.gpkg"
REMOTE = b'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/vsicurl/http://127.0.0.1:1/a</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'


def refusal(path: Path, layer: str | None = None, limits: Limits | None = None) -> list[Code]:
    with pytest.raises(LayerRefused) as refused:
        read_layer(path, layer, limits)
    return codes(refused)


STRANGE = [b"", b"\0" * 300, REMOTE, b"PK\x03\x04" + b"\0" * 300, bytes(range(256)) * 4]


@pytest.mark.parametrize(
    ("suffix", "raw"),
    # A line of text is a sheet with one column and no rows.
    [(suffix, raw) for suffix in sorted(READERS) for raw in STRANGE if (suffix, raw) != (".csv", REMOTE)],
)
def test_another_content_than_the_suffix_says_is_refused(tmp_path: Path, suffix: str, raw: bytes) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(raw)
    if suffix == ".shp":
        path.with_suffix(".dbf").write_bytes(raw)
        path.with_suffix(".shx").write_bytes(raw)
    assert refusal(path) == [Code.FORMAT_UNKNOWN]


@pytest.mark.parametrize("name", ["a.tif", "a", "a.gpkg.exe"])
def test_another_suffix_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert refusal(tmp_path / name) == [Code.FORMAT_UNKNOWN]


@pytest.mark.parametrize("path", ["absent.gpkg", "/vsicurl/http:/127.0.0.1/a.geojson", "/vsizip/a.zip/a.shp"])
def test_what_is_no_file_is_not_looked_for_elsewhere(path: str) -> None:
    assert refusal(Path(path)) == [Code.FILE_MISSING]


@pytest.mark.parametrize("name", ["a.zip!b.gpkg", "a.zip.gpkg", "PG:x.gpkg", "مقاسم تنظيمية.gpkg", "a.zip"])
def test_a_name_has_no_meaning(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "b.zip"
    folder.mkdir()
    path = folder / name if name.endswith(".gpkg") else folder / name / "a.gpkg"
    path.parent.mkdir(exist_ok=True)
    shutil.copy(ZONE, path)
    assert len(read_layer(path, "plots").rows) == 72


@pytest.mark.parametrize("cut", [20, 100, 5000, 60000])
def test_a_truncated_geopackage_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(ZONE.read_bytes()[:cut])
    assert refusal(path, "plots") == [Code.FILE_BROKEN]


def test_a_table_that_reads_elsewhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    shutil.copy(ZONE, path)
    connection = sqlite3.connect(path)
    connection.execute("pragma writable_schema = on")
    connection.execute(
        "insert into sqlite_master values ('table', 'x', 'x', 0, 'CREATE VIRTUAL TABLE x USING VirtualOGR(''/etc'')')"
    )
    connection.commit()
    connection.close()
    assert refusal(path, "plots") == [Code.FOREIGN_TABLE]


def test_limits_hold(tmp_path: Path) -> None:
    assert refusal(ZONE, "plots", Limits(rows=71)) == [Code.TOO_MANY_ROWS]
    assert refusal(ZONE, "plots", Limits(columns=3)) == [Code.TOO_LARGE]
    assert refusal(ZONE, "plots", Limits(bytes=1000)) == [Code.TOO_LARGE]
    assert len(read_layer(ZONE, "plots", Limits(rows=72)).rows) == 72


def geojson(path: Path, *, coordinates: object, kind: str = "Polygon", name: str = "a") -> Path:
    feature = {"type": "Feature", "properties": {"n": name}, "geometry": {"type": kind, "coordinates": coordinates}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


SQUARE = [[[36.0, 33.0], [36.1, 33.0], [36.1, 33.1], [36.0, 33.0]]]


def test_geojson_truncated_or_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", coordinates=SQUARE)
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    assert refusal(path) == [Code.FILE_BROKEN]
    path.write_bytes(whole.replace(b'"n": "a"', b'"n": "\xd3\xdf\xe4\xed"'))
    assert refusal(path) == [Code.WRONG_ENCODING]


def test_geojson_nested_too_deep_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text('{"a":' * 100_000 + "1" + "}" * 100_000)
    assert refusal(path) == [Code.FILE_BROKEN]


def test_coordinates_that_are_no_numbers_leave_a_row_without_outline(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", coordinates=[[[1e400, 33.0], [36.1, 33.0], [36.1, 33.1], [1e400, 33.0]]])
    layer = read_layer(path)
    assert [row.geometry for row in layer.rows] == [None]
    assert Code.GEOMETRY_UNREADABLE in {note.code for note in layer.notes}


@pytest.mark.parametrize("cut", [30, 400, 900])
def test_a_truncated_model_is_refused(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.ifc"
    path.write_bytes((b"ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n" + b"#1=IFCWALL();\n" * 100)[:cut])
    assert refusal(path) == [Code.FILE_TRUNCATED]


def test_a_model_without_products_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.ifc"
    path.write_bytes(b"ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\nENDSEC;\nEND-ISO-10303-21;\n")
    assert refusal(path) == [Code.FILE_BROKEN]
