"""Faults of a table in words."""

from permits.i18n import translate
from permits.lists import RowFault
from permits.register.importing.profile import Column


def fault_text(fault: RowFault, language: str) -> str:
    """A fault with its row and column; a column of the source that is none of ours is told as it is written."""
    column = translate(language, f"register-column-{fault.column}") if fault.column in set(Column) else fault.column
    key = f"register-fault-{fault.code.replace('_', '-')}"
    return translate(language, key, row=fault.row, column=column, value=fault.value)
