"""Read a table without geometry: CSV or an Excel workbook, as planning sheets come."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from gis.remarks import Code, Faults, LayerRefused, Remark, shortened
from gis.sources.files import checked, decoded
from gis.sources.geopackage import chosen_layer
from gis.sources.layer import Limits, SourceLayer, SourceRow, Value, refuse

_SEPARATORS = ",;\t"
_WORKBOOK_BYTES = 64 << 20
"""Unpacked; a sheet of a hundred thousand rows takes about a quarter of it."""


def read_csv(path: Path, limits: Limits | None = None) -> SourceLayer:
    """Rows under the names of the first line; the separator is that of the first line's names."""
    bounds = limits or Limits()
    text, encoding, guessed = decoded(checked(path, bounds).read_bytes())
    if "\0" in text:
        raise refuse(Code.FORMAT_UNKNOWN, path.name)
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        fields, rows = _table(lines, bounds)
    except csv.Error as error:
        raise refuse(Code.FILE_BROKEN, str(error)) from error
    notes = (Remark(Code.ENCODING_GUESSED, value=encoding),) if guessed else ()
    return SourceLayer(path.stem, None, encoding, fields, rows, notes)


def read_workbook(path: Path, sheet: str | None = None, limits: Limits | None = None) -> SourceLayer:
    """Rows of a sheet under the names of its first line; values that were computed are taken as last saved."""
    bounds = limits or Limits()
    _check_archive(checked(path, bounds))
    try:
        book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
        name = chosen_layer(tuple(book.sheetnames), sheet)
        lines = book[name].iter_rows(values_only=True, max_col=bounds.columns + 1, max_row=bounds.rows + 2)
        with_ends = [list(line) for line in lines]
    except LayerRefused:
        raise
    except Exception as error:
        # A damaged part fails where it is first read, with whatever the library beneath raises.
        raise refuse(Code.FILE_BROKEN, type(error).__name__) from error
    fields, rows = _table(map(_without_blank_end, with_ends), bounds, ragged=True)
    return SourceLayer(name, None, "utf-8", fields, rows)


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size <= _WORKBOOK_BYTES and any(b"<!DOCTYPE" in archive.read(m) for m in archive.infolist()):
                raise refuse(Code.FILE_BROKEN, "DOCTYPE")
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise refuse(Code.FORMAT_UNKNOWN, path.name) from error
    if size > _WORKBOOK_BYTES:
        raise refuse(Code.TOO_LARGE, path.name, size=size, limit=_WORKBOOK_BYTES)


def _table(
    lines: Iterable[Sequence[Any]], limits: Limits, *, ragged: bool = False
) -> tuple[tuple[str, ...], tuple[SourceRow, ...]]:
    """Columns and rows; `ragged` allows lines shorter than the first, as sheets end where their values do."""
    source = iter(lines)
    fields = _fields(next(source, []), limits)
    faults, rows = Faults(), []
    for number, line in enumerate(islice(source, limits.rows + 1), 1):
        if number > limits.rows:
            raise refuse(Code.TOO_MANY_ROWS, count=number, limit=limits.rows)
        if all(_plain(cell) is None for cell in line):
            continue
        if len(line) > len(fields) or (len(line) < len(fields) and not ragged):
            faults.add(Remark(Code.ROW_LENGTH, number, value=str(len(line)), values={"columns": len(fields)}))
            continue
        padded = [*map(_plain, line), *[None] * (len(fields) - len(line))]
        rows.append(SourceRow(number, dict(zip(fields, padded, strict=True))))
    faults.refuse()
    return fields, tuple(rows)


def _fields(line: Sequence[Any], limits: Limits) -> tuple[str, ...]:
    fields = tuple(str(_plain(cell) or "") for cell in line)
    if not any(fields):
        raise refuse(Code.FORMAT_UNKNOWN)
    if len(fields) > limits.columns:
        raise refuse(Code.TOO_LARGE, size=len(fields), limit=limits.columns)
    faults = Faults()
    faults.add(*_wrong_names(fields))
    faults.refuse()
    return fields


def _wrong_names(fields: tuple[str, ...]) -> Iterator[Remark]:
    for at, field in enumerate(fields, 1):
        if not field:
            yield Remark(Code.COLUMN_UNNAMED, value=str(at))
        elif field in fields[: at - 1]:
            yield Remark(Code.COLUMN_TWICE, column=shortened(field))


def _plain(cell: Any) -> Value:
    """A value without blanks around it; a blank one is None, a day its ISO text."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return cell.strip() or None
    return cell if cell is None or isinstance(cell, int | float | bool) else str(cell)


def _without_blank_end(line: list[Any]) -> list[Any]:
    while line and _plain(line[-1]) is None:
        line.pop()
    return line
