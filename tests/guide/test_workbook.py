"""A guide in Excel: out and back without loss, and every fault by its cell."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bim.guide import workbook
from bim.guide.pack import Clause, GuidePack, Severity, Stage, guide_in_force, parse_guide
from bim.guide.rows import FacetRow, SpecificationRow
from bim.guide.writing import data_of, sealed, yaml_of
from bim.packs import PackError, load

GUIDE = guide_in_force(date(2026, 6, 1))
FIRST_ROW = 3
"""Rows 1 and 2 hold the labels and the names of the columns."""


def book() -> Workbook:
    return load_workbook(io.BytesIO(workbook.export(GUIDE, lambda column: column)))


def saved(changed: Workbook) -> bytes:
    buffer = io.BytesIO()
    changed.save(buffer)
    return buffer.getvalue()


def column(changed: Workbook, sheet: str, name: str) -> int:
    return workbook.COLUMNS[sheet].index(name) + 1


def test_a_guide_comes_back_from_excel_as_it_was() -> None:
    assert workbook.read(workbook.export(GUIDE, str), "guide.xlsx") == sealed(GUIDE)


def test_a_guide_comes_back_from_yaml_as_it_was() -> None:
    assert parse_guide(load(yaml_of(GUIDE), ""), GUIDE.sha256, "") == GUIDE


def test_every_field_of_a_clause_goes_through_excel() -> None:
    facets = (
        FacetRow("property", name="N", set="/P.*/", type="IFCLABEL", value='"= 1"', cardinality="optional",
                 instructions="=SUM(1)", uri="urn:x"),
        FacetRow("part_of", name="IFCSYSTEM", relation="IFCRELASSIGNSTOGROUP"),
        FacetRow("classification", system="S"),
    )  # fmt: skip
    walls = FacetRow("entity", name="IFCWALL", predefined="SOLIDWALL")
    full = Clause(
        "X-1", "عنوان", "=1+1", "نص", "text", "source", stages=(Stage.CONCEPT,), severity=Severity.WARNING,
        specification=SpecificationRow((walls,), facets, "required", ("IFC4",), "name", "about", "how", "wanted"),
        status=GUIDE.status, valid_from=date(2026, 2, 1), valid_to=date(2027, 2, 1),
    )  # fmt: skip
    named = Clause("X-2", "عنوان", "two", "نص", "text", "source", params={"most": 0.5}, check="proxies")
    pack = replace(GUIDE, entries={"X-1": full, "X-2": named})
    assert workbook.read(workbook.export(pack, str), "guide.xlsx") == sealed(pack)


def test_the_labels_are_the_readers() -> None:
    made = load_workbook(io.BytesIO(workbook.export(GUIDE, lambda column: f"ع {column}")))
    assert made["clauses"].cell(1, 1).value == "ع code"
    assert made["clauses"].sheet_view.rightToLeft


def set_cell(sheet: str, row: int, name: str, value: Any) -> Callable[[Workbook], None]:
    def change(made: Workbook) -> None:
        made[sheet].cell(row, column(made, sheet, name)).value = value

    return change


def add_column(made: Workbook) -> None:
    made["clauses"].cell(2, 40).value = "colour"


def add_sheet(made: Workbook) -> None:
    made.create_sheet("notes")


FAULTS: list[tuple[Callable[[Workbook], None], str, tuple[str | int, ...]]] = [
    (set_cell("clauses", 4, "title_ar", None), "missing_key", ("clauses", 4, "title_ar")),
    (set_cell("clauses", 5, "severity", "fatal"), "not_one_of", ("clauses", 5, "severity")),
    (set_cell("clauses", 5, "valid_from", "soon"), "no_date", ("clauses", 5, "valid_from")),
    (set_cell("clauses", 5, "code", "BIM-101"), "twice", ("clauses", 5, "code")),
    (set_cell("clauses", 3, "params", "most: ["), "no_params", ("clauses", 3, "params")),
    (set_cell("facets", 3, "facet", "colour"), "not_one_of", ("facets", 3, "facet")),
    (set_cell("facets", 3, "code", "NOWHERE"), "unknown_clause", ("facets", 3, "code")),
    (set_cell("facets", 3, "value", ">= "), "unknown_key", ("facets", 3, "value")),
    (set_cell("facets", 4, "name", "/open"), "no_value", ("facets", 4, "name")),
    (set_cell("pack", 3, "valid_from", "soon"), "no_date", ("pack", 3, "valid_from")),
    (add_column, "unknown_column", ("clauses", 2, "colour")),
    (add_sheet, "unknown_sheet", ("notes",)),
]


@pytest.mark.parametrize(("change", "code", "where"), FAULTS, ids=[f"{code} {where}" for _, code, where in FAULTS])
def test_a_fault_is_told_by_its_cell(
    change: Callable[[Workbook], None], code: str, where: tuple[str | int, ...]
) -> None:
    made = book()
    change(made)
    with pytest.raises(PackError) as caught:
        workbook.read(saved(made), "guide.xlsx")
    assert (code, where) in [(problem.code, problem.where) for problem in caught.value.problems]


def test_all_faults_are_told_at_once() -> None:
    made = book()
    for row in (4, 5, 6):
        made["clauses"].cell(row, column(made, "clauses", "text_en")).value = None
    with pytest.raises(PackError) as caught:
        workbook.read(saved(made), "guide.xlsx")
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_workbook_is_refused(raw: bytes) -> None:
    with pytest.raises(PackError, match="no_workbook"):
        workbook.read(raw, "guide.xlsx")


def test_numbers_that_excel_made_of_texts_are_texts_again() -> None:
    made = book()
    set_cell("pack", FIRST_ROW, "version", 7)(made)
    assert workbook.read(saved(made), "guide.xlsx").version == "7"


def unchanged(pack: GuidePack) -> dict[str, Any]:
    return data_of(pack)


def test_a_clause_with_two_checks_or_none_is_an_error() -> None:
    data = unchanged(GUIDE)
    code = next(code for code, clause in data["entries"].items() if "check" in clause)
    del data["entries"][code]["check"]
    with pytest.raises(PackError, match=f"{code}: one_check"):
        parse_guide(data, "", "guide.yaml")
