"""The table of sections as an Excel workbook, right to left in Arabic; no text in it is ever a formula."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from bim.packs import CodePack
from bim.strata.report import Strata
from permits.i18n import translate
from permits.strata import table

_HEAD = PatternFill("solid", fgColor="DCE6E4")


def workbook_of(found: Strata, *, language: str, pack: CodePack) -> bytes:
    """Sheets for sections, common parts, storeys and checks; A4 across, each fitted to the width of a page."""
    book = Workbook(write_only=True)
    titles = {code: entry.title[language] for code, entry in pack.entries.items()}
    rows = [*table.sections(found, language), *([table.totals(found, language)] if found.sections else [])]
    _sheet(book, "sections", table.SECTIONS, rows, language)
    _sheet(book, "common", table.COMMON, table.common(found, language), language)
    _sheet(book, "storeys", table.STOREYS, table.storeys(found, language), language)
    _sheet(book, "checks", table.CHECKS, table.checks(found, titles, language), language)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _sheet(book: Any, name: str, columns: Sequence[str], rows: Iterable[table.Row], language: str) -> None:
    sheet = book.create_sheet(translate(language, f"strata-sheet-{name}"))
    sheet.sheet_view.rightToLeft = language == "ar"
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    for at in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = 24
    sheet.append([_text(sheet, translate(language, f"strata-column-{column}"), head=True) for column in columns])
    for row in rows:
        sheet.append([_text(sheet, value) if isinstance(value, str) else _number(sheet, value) for value in row])


def _text(sheet: Any, value: str, *, head: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", value))
    cell.data_type, cell.alignment = "s", Alignment(wrap_text=True, vertical="top")  # neither formula nor error
    if value.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True
    if head:
        cell.font, cell.fill = Font(bold=True), _HEAD
    return cell


def _number(sheet: Any, value: float | None) -> Any:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = "0" if isinstance(value, int) else "0.00"
    return cell
