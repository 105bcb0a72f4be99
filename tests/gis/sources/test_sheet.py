"""Planning sheets as tables: CSV of every kind, and Excel."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from gis.remarks import Code, LayerRefused
from gis.sources import read_layer
from gis.sources.layer import Limits
from tests.gis.told import codes, words

HEAD = "المقسم;الاستعمال;عدد الطوابق"
LINES = f"{HEAD}\n101;سكني;4\n\n102;تجاري;\n"


@pytest.mark.parametrize(("encoding", "found"), [("utf-8-sig", "utf-8"), ("utf-8", "utf-8"), ("cp1256", "cp1256")])
def test_csv_in_the_encodings_of_excel(tmp_path: Path, encoding: str, found: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(LINES, encoding=encoding)
    layer = read_layer(path)
    assert (layer.encoding, layer.fields, layer.grid) == (found, tuple(HEAD.split(";")), None)
    assert [(row.number, row.attributes["الاستعمال"], row.attributes["عدد الطوابق"]) for row in layer.rows] == [
        (1, "سكني", "4"),
        (3, "تجاري", None),
    ]
    assert [note.code for note in layer.notes] == ([Code.ENCODING_GUESSED] if found == "cp1256" else [])


def test_csv_with_commas_and_quotes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('number,use\r\n"12,5","a ""b"""\r\n')
    assert read_layer(path).rows[0].attributes == {"number": "12,5", "use": 'a "b"'}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a,b\n1,2,3\n4\n", [Code.ROW_LENGTH, Code.ROW_LENGTH]),
        ("a,a\n1,2\n", [Code.COLUMN_TWICE]),
        ("a,,b\n1,2,3\n", [Code.COLUMN_UNNAMED]),
        ("", [Code.FORMAT_UNKNOWN]),
        ("\n\n", [Code.FORMAT_UNKNOWN]),
        ('a,b\n"1,2\n', [Code.FILE_BROKEN]),
        ("a\0b\n1\n", [Code.FORMAT_UNKNOWN]),
        (",".join(f"c{n}" for n in range(501)) + "\n", [Code.TOO_LARGE]),
        ("a\n" + "1\n" * 11, [Code.TOO_MANY_ROWS]),
    ],
)
def test_a_wrong_csv_is_refused(tmp_path: Path, text: str, found: list[Code]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(LayerRefused) as refused:
        read_layer(path, limits=Limits(rows=10))
    assert codes(refused) == found


def workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "وجائب"
    sheet.append(["المقسم", "نافذ من", "النسبة", None])
    sheet.append([101, date(2024, 1, 1), 0.45])
    sheet.append([None, None, None])
    sheet.append(["102", None, 0.5])
    book.save(path)
    return path


def test_excel(tmp_path: Path) -> None:
    layer = read_layer(workbook(tmp_path / "a.xlsx"))
    assert (layer.name, layer.fields) == ("وجائب", ("المقسم", "نافذ من", "النسبة"))
    assert [(row.number, *row.attributes.values()) for row in layer.rows] == [
        (1, 101, "2024-01-01", 0.45),
        (3, "102", None, 0.5),
    ]


def test_one_of_several_sheets_is_named(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["a"])
    book.create_sheet("two").append(["b"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(LayerRefused) as several:
        read_layer(tmp_path / "a.xlsx")
    assert codes(several) == [Code.LAYER_NEEDED]
    assert read_layer(tmp_path / "a.xlsx", "two").fields == ("b",)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros", bytes(65 << 20))
    with pytest.raises(LayerRefused) as refused:
        read_layer(path)
    assert codes(refused) == [Code.TOO_LARGE]


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
def test_a_truncated_workbook_is_refused(tmp_path: Path, cut: float) -> None:
    path = workbook(tmp_path / "a.xlsx")
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * cut)])
    with pytest.raises(LayerRefused) as refused:
        read_layer(path)
    assert codes(refused) == [Code.FORMAT_UNKNOWN]


def test_a_workbook_without_its_sheet_or_with_a_document_type_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "whole.xlsx")
    for name, change in (("gone", None), ("typed", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")):
        path = tmp_path / f"{name}.xlsx"
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
            for member in source.namelist():
                part = source.read(member) if "sheet1" not in member else change
                if part is not None:
                    target.writestr(member, part)
        with pytest.raises(LayerRefused) as refused:
            read_layer(path)
        assert codes(refused) == [Code.NO_LAYER if change is None else Code.FILE_BROKEN]
        assert all(words(fault) for fault in refused.value.faults)
