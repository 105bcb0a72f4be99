"""Lists that offices hand over as CSV or Excel: columns by the names we know, rows as texts, and what is wrong."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gis.sources.layer import Value
from permits.text import fold

SHOWN = 60
"""Characters of a wrong value that are told."""


@dataclass(frozen=True)
class RowFault:
    """What is wrong in a row of the list (1 is the first below the names, 0 the names); `code` says what."""

    row: int
    column: str
    code: str
    value: str = ""


def columns_of(
    fields: Sequence[str], names: Mapping[str, Sequence[str]], required: Collection[str]
) -> tuple[dict[str, str], list[RowFault]]:  # fmt: skip
    """Our columns by what the file calls them, and what is wrong with its names.

    `names` gives each of our columns every name that it may have; the first is the one that faults use.
    """
    known = {fold(name): ours for ours, given in names.items() for name in given}
    found, faults = dict[str, str](), list[RowFault]()
    for field in fields:
        ours = known.get(fold(field).strip())
        if ours is None:
            faults.append(RowFault(0, field[:SHOWN], "column_unknown"))
        elif ours in found:
            faults.append(RowFault(0, field[:SHOWN], "column_twice"))
        else:
            found[ours] = field
    return found, faults + [RowFault(0, names[name][0], "column_missing") for name in required if name not in found]


def texts_of(values: Mapping[str, Value], columns: Mapping[str, str]) -> dict[str, str]:
    """The row by our columns; a whole number that a workbook keeps as 12.0 is the text 12."""
    found = {}
    for ours, field in columns.items():
        value = values.get(field)
        whole = isinstance(value, float) and value.is_integer()
        found[ours] = "" if value is None else " ".join(str(int(value) if whole else value).split())
    return found
