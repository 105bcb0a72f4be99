"""Every kind of bad layer through the command: refused with what to do, in Arabic, and nothing written."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.land.offices import STATED, read

MAPPING = """
id: m
version: "1"
status: fictitious
source: invented
grid: EPSG:22770
fields:
  number: {columns: [n]}
  zone: {constant: Z}
  official_area: {columns: [a], unit: m2, unknown: ["0"]}
"""
Ring = Sequence[tuple[float, float]]
X, Y = 200_000.0, 174_500.0  # Damascus in the Lambert grid


def square(x: float = X, y: float = Y, side: float = 20.0) -> Ring:
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]


def polygon(*rings: Ring) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": rings}


def layer(folder: Path, *shapes: dict[str, object] | None) -> Path:
    """A layer in the Lambert grid with one row for each shape, numbered from 1."""
    features = [
        {"type": "Feature", "properties": {"n": str(at), "a": 400.0}, "geometry": shape}
        for at, shape in enumerate(shapes, 1)
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::22770"}}
    path = folder / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}))
    return path


GOOD = polygon(square(X + 500))
TOWN = [polygon(square(X + 500 + 20 * at)) for at in range(10)]
BOW_TIE = [(X, Y), (X + 20, Y + 20), (X + 20, Y), (X, Y + 20), (X, Y)]
LINE_TO_AND_FRO = [(X, Y), (X + 20, Y), (X, Y), (X + 20, Y), (X, Y)]
TWO = {"type": "MultiPolygon", "coordinates": [[square()], [square(X + 100)]]}
HOLLOW = polygon(square(side=100.0), square(X + 40, Y + 40))


@pytest.mark.parametrize(
    ("shape", "what", "todo"),
    [  # the eleventh row of a town
        (polygon(BOW_TIE), "يقطع الحدّ نفسه", "صحّح الزاوية"),
        (TWO, "أجزاء برقم واحد", "افصلها"),
        (HOLLOW, "ثقوب", "فاسمح بالثقوب"),
        (polygon(LINE_TO_AND_FRO), "لا مساحة للشكل", "أعد رسمه"),
        (polygon([(y, x) for x, y in square(X, Y)]), "متبادلان", "axis_order"),
        (polygon([(y, x) for x, y in square(36.27, 33.51, 0.001)]), "درجات", "EPSG:4326"),
        (polygon(square(36.27, 33.51, 0.001)), "درجات وليست أمتاراً", "EPSG:4326"),
        (polygon(square(247_029.0, 3_711_570.0)), "في جملة غير جملة البقية", "وحّد الجملة"),
        (polygon(square(5e6, 5e6)), "خارج نطاق", "تحقق من الجملة"),
        ({"type": "LineString", "coordinates": square()[:3]}, "ليس حدّاً مغلقاً", "أغلقه"),
        (None, "بلا شكل", "ارسمه"),
    ],
    ids=["crossing", "parts", "hole", "no area", "swapped", "swapped degrees", "degrees", "grids", "outside", "line",
         "none"],
)  # fmt: skip
def test_a_bad_outline_is_refused_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], shape: dict[str, object] | None, what: str, todo: str
) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING)
    out = tmp_path / "zone.gpkg"
    known = ("--mapping", tmp_path / "m.yaml", *STATED, "--zone-level", "690")
    assert read(layer(tmp_path, *TOWN, shape), out, *known) == 2
    said = capsys.readouterr().err
    assert what in said
    assert todo in said
    assert "\u206811\u2069" in said.splitlines()[1]  # the row
    assert not out.exists()
    assert read(layer(tmp_path, *TOWN), out, *known) == 0


def test_a_country_may_have_a_plot_anywhere(tmp_path: Path) -> None:
    """Of a layer that is no town nothing can be said from where its rows lie."""
    (tmp_path / "m.yaml").write_text(MAPPING)
    spread = [polygon(square(Y + 30_000 * at, X + 30_000 * at)) for at in range(3)]
    known = ("--mapping", tmp_path / "m.yaml", *STATED, "--zone-level", "690")
    assert read(layer(tmp_path, *TOWN[:7], *spread), tmp_path / "zone.gpkg", *known) == 0


def test_every_bad_row_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING)
    source = layer(tmp_path, GOOD, polygon(BOW_TIE), HOLLOW, TWO, polygon(LINE_TO_AND_FRO), None)
    known = ("--mapping", tmp_path / "m.yaml", *STATED, "--zone-level", "690")
    assert read(source, tmp_path / "zone.gpkg", *known) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1 + 5


@pytest.mark.parametrize(
    ("grid", "todo"), [("EPSG:22700", "EPSG:22770"), ("EPSG:4227", "EPSG:22770"), ("EPSG:2263", "EPSG:22770")]
)
def test_a_grid_that_checks_cannot_use_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], grid: str, todo: str
) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING.replace("EPSG:22770", grid))
    known = ("--mapping", tmp_path / "m.yaml", *STATED, "--zone-level", "690")
    assert read(layer(tmp_path, GOOD), tmp_path / "zone.gpkg", *known) == 2
    said = capsys.readouterr().err
    assert f"لا تُستعمل الجملة \u2068{grid}" in said
    assert todo in said


def test_a_file_in_another_grid_than_its_mapping_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING.replace("EPSG:22770", "EPSG:22780"))
    known = ("--mapping", tmp_path / "m.yaml", *STATED, "--zone-level", "690")
    assert read(layer(tmp_path, GOOD), tmp_path / "zone.gpkg", *known) == 2
    assert "صحّح الخطأ منهما" in capsys.readouterr().err


STREETS = """
id: s
version: "1"
status: fictitious
source: invented
table: streets
grid: EPSG:22780
extent: [0, 0, 1000000, 1000000]
fields:
  code: {columns: [n]}
"""


def test_streets_in_another_grid_than_the_plots_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING)
    (tmp_path / "s.yaml").write_text(STREETS)
    streets = tmp_path / "streets.geojson"
    text = layer(tmp_path, polygon(square())).read_text().replace("EPSG::22770", "EPSG::22780")
    streets.write_text(text)
    known = ("--mapping", tmp_path / "m.yaml", *STATED, "--zone-level", "690")
    more = ("--streets", streets, "--streets-mapping", tmp_path / "s.yaml")
    assert read(layer(tmp_path, GOOD), tmp_path / "zone.gpkg", *known, *more) == 2
    assert "صدّرهما بجملة واحدة" in capsys.readouterr().err
