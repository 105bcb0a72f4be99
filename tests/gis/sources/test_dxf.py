"""Drawings: outlines of a layer, closed or nearly so, and the numbers that stand in them."""

import math
from pathlib import Path

import pytest
import shapely
from shapely import LineString, Point, box

from gis.remarks import Code, LayerRefused
from gis.sources import dxf, read_layer
from gis.sources.layer import Limits
from tests.gis.sources.drawing import R12, curved, old_outline, old_text, outline, square, text, write
from tests.gis.told import codes, words

HERE = (200000.0, 174500.0)


def plots(x: float, y: float) -> list[tuple[float, float]]:
    return square(HERE[0] + x, HERE[1] + y)


def at(x: float, y: float) -> tuple[float, float]:
    return HERE[0] + x, HERE[1] + y


def test_outlines_take_the_text_that_stands_in_them(tmp_path: Path) -> None:
    drawing = write(
        tmp_path / "a.dxf",
        [
            outline("مقاسم", plots(0, 0)),
            outline("مقاسم", plots(20, 0)),
            text("مقاسم", at(5, 5), "١٠١"),
            text("مقاسم", at(25, 5), r"\A1;{\fArial|b0;102}", "MTEXT"),
            text("مقاسم", at(500, 5), "scale 1:500"),
        ],
    )
    layer = read_layer(drawing)
    assert (layer.name, layer.grid, layer.fields) == ("مقاسم", None, ("layer", "text", "handle"))
    assert [row.attributes["text"] for row in layer.rows] == ["١٠١", "102"]
    assert [row.geometry.area for row in layer.rows if row.geometry is not None] == [400.0, 400.0]
    assert [(note.code, note.value) for note in layer.notes] == [
        (Code.GRID_MISSING, ""),
        (Code.GRID_CANDIDATES, "EPSG:22770, EPSG:22780"),
    ]


def test_an_outline_whose_ends_nearly_meet_is_closed_and_told(tmp_path: Path) -> None:
    nearly, wide = [*plots(0, 0), at(0, 0.03)], [*plots(20, 0), at(20, 0.2)]
    drawing = write(tmp_path / "a.dxf", [outline("P", nearly, closed=False), outline("P", wide, closed=False)])
    layer = read_layer(drawing)
    told = {(note.code, note.row, note.value) for note in layer.notes if note.row}
    assert told == {
        (Code.OUTLINE_CLOSED, 1, "0.030"),
        (Code.OUTLINE_OPEN, 2, "0.200"),
        (Code.TEXT_MISSING, 1, ""),
    }
    assert all(words(note) for note in layer.notes)
    assert isinstance(layer.rows[1].geometry, LineString)
    closed = dxf.read(drawing, closing=0.25)
    assert [row.geometry.geom_type for row in closed.rows if row.geometry is not None] == ["Polygon", "Polygon"]


def test_a_block_around_plots_takes_only_its_own_text(tmp_path: Path) -> None:
    drawing = write(
        tmp_path / "a.dxf",
        [
            outline("P", square(*at(-10, -10), side=100.0)),
            outline("P", plots(0, 0)),
            text("P", at(5, 5), "7"),
            text("P", at(50, 50), "block B"),
        ],
    )
    assert [row.attributes["text"] for row in read_layer(drawing).rows] == ["block B", "7"]


def test_two_texts_in_an_outline_are_told_and_a_layer_of_numbers_settles_it(tmp_path: Path) -> None:
    drawing = write(
        tmp_path / "a.dxf", [outline("P", plots(0, 0)), text("NO", at(5, 5), "7"), text("AREA", at(5, 9), "400 m2")]
    )
    layer = read_layer(drawing, "P")
    assert layer.rows[0].attributes["text"] is None
    several = next(note for note in layer.notes if note.code is Code.TEXT_SEVERAL)
    assert several.value == "7, 400 m2"
    assert words(several)
    assert dxf.read(drawing, "P", text_layer="NO").rows[0].attributes["text"] == "7"


def test_one_of_several_layers_is_named(tmp_path: Path) -> None:
    drawing = write(
        tmp_path / "a.dxf", [outline("P", plots(0, 0)), outline("AXIS", [at(0, 0), at(9, 9)], closed=False)]
    )
    assert dxf.layers(drawing) == ("AXIS", "P")
    with pytest.raises(LayerRefused) as several:
        read_layer(drawing)
    assert codes(several) == [Code.LAYER_NEEDED]
    assert len(read_layer(drawing, "P").rows) == 1


def test_an_arc_becomes_chords_that_lie_close(tmp_path: Path) -> None:
    """A square of 20 m whose one side is a half circle outwards: its area is that of both, less five millimetres."""
    x, y = HERE
    corners = [(x, y, 0.0), (x + 20, y, 1.0), (x + 20, y + 20, 0.0), (x, y + 20, 0.0)]
    layer = read_layer(write(tmp_path / "a.dxf", [curved("P", corners)]))
    shape = layer.rows[0].geometry
    assert shape is not None
    assert shape.is_valid
    whole = 400 + math.pi * 100 / 2
    assert whole - 0.005 * math.pi * 10 < shape.area < whole
    assert shape.bounds == pytest.approx((x, y, x + 30, y + 20), abs=0.005)
    assert shapely.hausdorff_distance(shape.boundary, Point(x + 20, y + 10).buffer(10, 512).union(
        box(x, y, x + 20, y + 20)).boundary) < 0.01  # fmt: skip


@pytest.mark.parametrize("bulge", [-1.0, -0.5, -0.1, 0.1, 0.414213562, 1.0])
def test_chords_follow_the_arc_to_either_side(tmp_path: Path, bulge: float) -> None:
    """By definition the bulge is the arc's rise over half its chord: positive to the right of the way."""
    x, y = HERE
    corners = [(x, y, bulge), (x + 20, y, 0.0), (x + 20, y + 40, 0.0), (x, y + 40, 0.0)]
    shape = read_layer(write(tmp_path / "a.dxf", [curved("P", corners)])).rows[0].geometry
    assert shape is not None
    probe = LineString([(x + 10, y - 50), (x + 10, y + 35)]).intersection(shape)
    assert probe.bounds[1] == pytest.approx(y - 10 * bulge, abs=0.005)


def test_a_mirrored_outline_is_where_it_is_seen(tmp_path: Path) -> None:
    corners = [(-x, y, 0.0) for x, y in plots(0, 0)]
    layer = read_layer(write(tmp_path / "a.dxf", [curved("P", corners, -1.0), text("P", at(5, 5), "7")]))
    assert layer.rows[0].attributes["text"] == "7"


def test_a_drawing_of_the_old_form(tmp_path: Path) -> None:
    corners = [(x, y, 0.0) for x, y in plots(0, 0)]
    mesh = old_outline("P", corners, flags=16)  # a mesh is no outline
    path = write(tmp_path / "a.dxf", [old_outline("P", corners), old_text("P", at(5, 5), "7"), mesh], header=R12)
    layer = read_layer(path)
    assert [(row.attributes["text"], row.geometry.area) for row in layer.rows if row.geometry] == [("7", 400.0)]
    assert [note.values for note in layer.notes if note.code is Code.OUTLINE_NOT_READ] == [{"count": 1}]


@pytest.mark.parametrize("far", ["1e300", "nan", "inf", "-1e12"])
def test_an_outline_at_no_place_is_not_read(tmp_path: Path, far: str) -> None:
    wrong = curved("P", [(0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (1.0, 1.0, 0.0)]).replace("10\n1.0", f"10\n{far}", 1)
    try:
        layer = read_layer(write(tmp_path / "a.dxf", [outline("P", plots(0, 0)), wrong]))
    except LayerRefused as refused:
        assert [fault.code for fault in refused.faults] == [Code.FILE_BROKEN]  # noqa: PT017 - either is an answer
    else:
        assert len(layer.rows) == 1
        assert Code.OUTLINE_NOT_READ in {note.code for note in layer.notes}


@pytest.mark.parametrize("bulge", ["1e-300", "1e15", "-1e15"])
def test_a_bulge_of_no_sense_ends_at_once(tmp_path: Path, bulge: str) -> None:
    wrong = curved("P", [(0.0, 0.0, 7.0), (10.0, 0.0, 0.0), (10.0, 10.0, 0.0)]).replace("42\n7.0", f"42\n{bulge}")
    layer = read_layer(write(tmp_path / "a.dxf", [outline("P", plots(0, 0)), wrong]))
    assert all(len(shapely.get_coordinates(row.geometry)) < 200 for row in layer.rows)


def test_a_drawing_is_bounded_by_size_and_rows(tmp_path: Path) -> None:
    path = write(tmp_path / "a.dxf", [outline("P", plots(20.0 * x, 0)) for x in range(5)])
    for limits, code in ((Limits(rows=4), Code.TOO_MANY_ROWS), (Limits(bytes=100), Code.TOO_LARGE)):
        with pytest.raises(LayerRefused) as refused:
            read_layer(path, limits=limits)
        assert codes(refused) == [code]
    with path.open("r+b") as file:
        file.truncate(dxf.MOST_BYTES + 1)
    with pytest.raises(LayerRefused) as large:
        read_layer(path)
    assert codes(large) == [Code.TOO_LARGE]


@pytest.mark.slow
def test_ten_thousand_plots_are_read_in_order(tmp_path: Path) -> None:
    entities = [f"{outline('P', plots(20.0 * n, 0))}{text('P', at(20.0 * n + 5, 5), str(n))}" for n in range(10_000)]
    path = write(tmp_path / "a.dxf", entities)
    layer = read_layer(path)
    assert [row.attributes["text"] for row in layer.rows] == [str(n) for n in range(10_000)]


PAGE = "9\n$ACADVER\n1\nAC1015\n9\n$DWGCODEPAGE\n3\nANSI_1256\n"
MODERN = "9\n$ACADVER\n1\nAC1027\n9\n$DWGCODEPAGE\n3\nANSI_1256\n"


@pytest.mark.parametrize(
    ("encoding", "header", "guessed"),
    [("cp1256", PAGE, False), ("cp1256", "", True), ("utf-8", MODERN, False), ("utf-8", "", False)],
)
def test_arabic_of_every_age(tmp_path: Path, encoding: str, header: str, guessed: bool) -> None:
    entities = [outline("مقاسم", plots(0, 0)), text("أرقام", at(5, 5), "12 ب")]
    layer = read_layer(write(tmp_path / "a.dxf", entities, encoding, header))
    assert (layer.name, layer.rows[0].attributes["text"], layer.encoding) == ("مقاسم", "12 ب", encoding)
    assert (Code.ENCODING_GUESSED in {note.code for note in layer.notes}) is guessed


def test_a_modern_drawing_in_an_old_encoding_is_refused(tmp_path: Path) -> None:
    drawing = write(tmp_path / "a.dxf", [outline("مقاسم", plots(0, 0))], "cp1256", MODERN)
    with pytest.raises(LayerRefused) as refused:
        read_layer(drawing)
    assert codes(refused) == [Code.WRONG_ENCODING]


def test_what_is_no_line_is_counted(tmp_path: Path) -> None:
    point = "0\nPOINT\n100\nAcDbEntity\n8\nP\n100\nAcDbPoint\n10\n1.0\n20\n1.0\n"
    layer = read_layer(write(tmp_path / "a.dxf", [outline("P", plots(0, 0)), point, point]))
    note = next(note for note in layer.notes if note.code is Code.OUTLINE_NOT_READ)
    assert note.values == {"count": 2}
    assert words(note)


@pytest.mark.parametrize(("raw", "code"), [(b"AC1027\0\0\0", Code.FORMAT_UNKNOWN), (b"", Code.FORMAT_UNKNOWN)])
def test_another_drawing_format_is_refused(tmp_path: Path, raw: bytes, code: Code) -> None:
    path = tmp_path / "a.dxf"
    path.write_bytes(raw)
    with pytest.raises(LayerRefused) as refused:
        read_layer(path)
    assert codes(refused) == [code]


def test_a_truncated_drawing_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.dxf", [outline("P", plots(0, 0))] * 20)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(LayerRefused) as refused:
        read_layer(path)
    assert codes(refused) == [Code.FILE_TRUNCATED]
