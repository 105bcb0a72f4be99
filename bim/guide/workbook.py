"""A guide as an Excel workbook that people edit: sheets `pack`, `clauses` and `facets`.

The first row of a sheet labels its columns for people, the second names them for the program; an unknown name is
an error, and every fault is told by sheet, row and column.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bim.guide.pack import Clause, Discipline, GuidePack, Remedy, Severity, parse_guide
from bim.guide.rows import NEEDS, FacetRow, SpecificationRow
from bim.guide.writing import HEAD, data_of, sealed
from bim.packs import PackError, Problem, load
from gis.site import SheetStatus

MAX_BYTES = 20 << 20
MAX_ROWS = 20_000
MAX_COLUMNS = 100
"""More than any sheet has: a cell at the far right makes a row of sixteen thousand."""
_SPECIFICATION = tuple(f.name for f in fields(SpecificationRow) if f.name not in ("applies_to", "requires"))
_CLAUSE = tuple(f.name for f in fields(Clause) if f.name != "specification")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "pack": HEAD,
    "clauses": (*_CLAUSE, *(f"ids_{name}" for name in _SPECIFICATION)),
    "facets": ("code", "part", *(f.name for f in fields(FacetRow))),
}
_WORDS = {
    "severity": [*Severity], "remedy": [*Remedy], "discipline": [*Discipline], "status": [*SheetStatus],
    "facet": [*NEEDS],
    "part": ["applies_to", "requires"], "cardinality": ["required", "optional", "prohibited"],
    "ids_occurs": ["required", "optional", "prohibited"],
}  # fmt: skip
_WIDTHS = {"text_ar": 60, "text_en": 60, "title_ar": 30, "title_en": 30, "source": 40, "params": 30}
_LISTS = ("stages", "ids_versions")
_LONGEST_LIST = 255
"""Characters that Excel takes as a list of choices."""
_NAMES = 2
"""The row that names the columns; what follows are the values."""


def export(pack: GuidePack, label: Callable[[str], str]) -> bytes:
    """The workbook; `label` gives the words for a column in the language of its reader."""
    book = Workbook()
    book.remove(book.worksheets[0])
    data = data_of(pack)
    clauses = data.pop("entries")
    _sheet(book, "pack", [data], label)
    _sheet(book, "clauses", [_clause_row(code, clause) for code, clause in clauses.items()], label)
    rows = [row for code, clause in clauses.items() for row in _facet_rows(code, clause.get("specification") or {})]
    _sheet(book, "facets", rows, label)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _clause_row(code: str, clause: Mapping[str, Any]) -> dict[str, Any]:
    row = {"code": code, **{key: value for key, value in clause.items() if key != "specification"}}
    specification = clause.get("specification") or {}
    row |= {f"ids_{key}": specification[key] for key in _SPECIFICATION if key in specification}
    for key in _LISTS:
        if key in row:
            row[key] = ", ".join(row[key])
    if "params" in row:
        row["params"] = _params_text(row["params"])
    return row


def _params_text(params: Mapping[str, Any]) -> str:
    said = yaml.safe_dump(dict(params), default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6)
    return str(said).strip()[1:-1]


def _facet_rows(code: str, specification: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for part in ("applies_to", "requires"):
        for facet in specification.get(part, ()):
            yield {"code": code, "part": part, **facet}


def _sheet(book: Workbook, name: str, rows: list[dict[str, Any]], label: Callable[[str], str]) -> None:
    sheet = book.create_sheet(name)
    sheet.sheet_view.rightToLeft = True
    columns = COLUMNS[name]
    for at, column in enumerate(columns, 1):
        letter = get_column_letter(at)
        head, key = sheet.cell(1, at, label(column)), sheet.cell(_NAMES, at, column)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DCE6E4")
        key.font = Font(color="777777", size=9)
        sheet.column_dimensions[letter].width = _WIDTHS.get(column, 18)
        if column in _WORDS:
            _choices(sheet, letter, _WORDS[column])
    for number, row in enumerate(rows, _NAMES + 1):
        for at, column in enumerate(columns, 1):
            _write(sheet, number, at, row.get(column))
    sheet.freeze_panes = sheet.cell(_NAMES + 1, 2)


def _choices(sheet: Worksheet, letter: str, words: list[Any]) -> None:
    listed = ",".join(map(str, words))
    if len(listed) > _LONGEST_LIST:
        return
    allowed = DataValidation("list", formula1=f'"{listed}"', allow_blank=True)
    sheet.add_data_validation(allowed)
    allowed.add(f"{letter}{_NAMES + 1}:{letter}{_NAMES + 2000}")


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    cell = sheet.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.alignment = Alignment(wrap_text=True, vertical="top")


@dataclass
class _Read:
    """What was read, and at which row of its sheet each thing stands."""

    problems: list[Problem] = field(default_factory=list)
    clauses: dict[str, int] = field(default_factory=dict)
    facets: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def place(self, where: tuple[str | int, ...]) -> tuple[str | int, ...]:
        """Sheet, row and column of a way into the data."""
        match where:
            case ("entries", code, "specification", part, int(at), *rest):
                return ("facets", self.facets[str(code), str(part), at], *rest)
            case ("entries", code, "specification", key, *_):
                return ("clauses", self.clauses[str(code)], f"ids_{key}")
            case ("entries", code, *rest):
                return ("clauses", self.clauses[str(code)], *rest)
        return ("pack", _NAMES + 1, *where)


def read(raw: bytes, name: str) -> GuidePack:
    """The guide of a workbook; raise `PackError` with every fault by sheet, row and column."""
    book = _open(raw, name)
    found = _Read()
    try:
        rows = {sheet: list(_rows(book[sheet], sheet, found)) for sheet in COLUMNS}
    except Exception as error:  # the sheets are parsed only here, and each of the libraries has errors of its own
        raise PackError(Problem("no_workbook", values={"detail": type(error).__name__}), name=name) from error
    head = rows["pack"][0][1] if len(rows["pack"]) == 1 else {}
    if len(rows["pack"]) != 1:
        found.problems.append(Problem("one_row", ("pack",)))
    entries = _entries(rows, found)
    try:
        pack = parse_guide({"valid_to": None, **head, "entries": entries}, "", name)
    except PackError as error:
        placed = [Problem(p.code, found.place(p.where), p.values) for p in error.problems]
        raise PackError(*found.problems, *placed, name=name) from error
    _stop(found.problems, name)
    return sealed(pack)


def _stop(problems: list[Problem], name: str) -> None:
    if problems:
        raise PackError(*problems, name=name)


def _open(raw: bytes, name: str) -> Workbook:
    """A workbook of bounded size with our three sheets."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size <= MAX_BYTES and any(map(_has_document_type, map(archive.read, archive.infolist()))):
                raise ValueError("a part with a document type")  # noqa: TRY301 - told like every other fault
        book = load_workbook(io.BytesIO(raw), read_only=True) if size <= MAX_BYTES else None
    except Exception as error:
        raise PackError(Problem("no_workbook", values={"detail": type(error).__name__}), name=name) from error
    if book is None:
        raise PackError(Problem("too_large"), name=name)
    unknown, missing = set(book.sheetnames) - set(COLUMNS), set(COLUMNS) - set(book.sheetnames)
    problems = [Problem("unknown_sheet", (sheet,), {"known": ", ".join(COLUMNS)}) for sheet in sorted(unknown)]
    _stop([*problems, *(Problem("missing_sheet", (sheet,)) for sheet in sorted(missing))], name)
    return book


def _has_document_type(part: bytes) -> bool:
    """Excel writes none; it could declare entities, and not every parser below leaves those alone."""
    return b"<!DOCTYPE" in part.replace(b"\0", b"")  # in an encoding of two bytes too


def _rows(sheet: Any, name: str, found: _Read) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and cells of each row that is not empty."""
    lines = sheet.iter_rows(values_only=True, max_row=MAX_ROWS, max_col=MAX_COLUMNS)
    columns: list[Any] = []
    for number, line in enumerate(lines, 1):
        if number == _NAMES:
            columns = list(line)
            found.problems += _wrong_columns(name, columns)
        if number <= _NAMES or all(_empty(value) for value in line):
            continue
        yield number, {str(c): _cell(v) for c, v in zip(columns, line, strict=False) if c and not _empty(v)}


def _wrong_columns(sheet: str, columns: list[Any]) -> Iterator[Problem]:
    named = [column for column in columns if column is not None]
    for column in named:
        if column not in COLUMNS[sheet]:
            yield Problem("unknown_column", (sheet, _NAMES, str(column)), {"known": ", ".join(COLUMNS[sheet])})
    for column in {column for column in named if named.count(column) > 1}:
        yield Problem("twice", (sheet, _NAMES, str(column)))


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _cell(value: Any) -> Any:
    """Texts as they are; Excel turns what looks like a number, a truth or a day into one, which are texts for us."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str | date) else str(value)


def _entries(rows: Mapping[str, list[tuple[int, dict[str, Any]]]], found: _Read) -> dict[str, Any]:
    """The clauses with their facets, as YAML would hold them."""
    entries: dict[str, Any] = {}
    for number, row in rows["clauses"]:
        code = row.pop("code", None)
        if code is None or code in entries:
            problem = "missing_key" if code is None else "twice"
            found.problems.append(Problem(problem, ("clauses", number, "code")))
            continue
        found.clauses[code] = number
        entries[code] = _clause(row, number, found)
    for number, row in rows["facets"]:
        _add_facet(row, number, entries, found)
    return entries


def _clause(row: dict[str, Any], number: int, found: _Read) -> dict[str, Any]:
    for key in _LISTS:
        if key in row:
            row[key] = [part.strip() for part in str(row[key]).split(",") if part.strip()]
    if "params" in row:
        row["params"] = _params(str(row["params"]), number, found)
    specification = {key.removeprefix("ids_"): row.pop(key) for key in list(row) if key.startswith("ids_")}
    return {**row, "specification": specification} if specification else row


def _params(text: str, number: int, found: _Read) -> Any:
    try:
        return load(("{" + text + "}").encode(), "")
    except PackError:
        found.problems.append(Problem("no_params", ("clauses", number, "params"), {"said": text}))
        return {}


def _add_facet(row: dict[str, Any], number: int, entries: dict[str, Any], found: _Read) -> None:
    code, part = row.pop("code", None), row.pop("part", None)
    if code not in entries:
        found.problems.append(Problem("unknown_clause", ("facets", number, "code"), {"said": str(code)}))
    elif part not in _WORDS["part"]:
        known = ", ".join(map(str, _WORDS["part"]))
        found.problems.append(Problem("not_one_of", ("facets", number, "part"), {"said": str(part), "known": known}))
    else:
        facets = entries[code].setdefault("specification", {}).setdefault(part, [])
        found.facets[code, part, len(facets)] = number
        facets.append(row)
