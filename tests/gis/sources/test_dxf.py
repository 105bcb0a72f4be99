"""Drawings: outlines of a layer, closed or nearly so, and the numbers that stand in them."""

from pathlib import Path

import pytest
from shapely import LineString

from gis.remarks import Code, LayerRefused
from gis.sources import dxf, read_layer
from tests.gis.sources.drawing import outline, square, text, write
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
    point = "0\nPOINT\n8\nP\n10\n1.0\n20\n1.0\n"
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
