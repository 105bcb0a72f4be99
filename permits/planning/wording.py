"""A planning sheet in words: every value that it gives, with its unit."""

from collections.abc import Sequence
from datetime import date

from gis.site import PlanningSheet
from permits.i18n import translate
from permits.planning.fields import FIELDS, row_of, shown


def sheet_rows(sheet: PlanningSheet, language: str) -> list[tuple[str, str]]:
    """Label and value of each field, in the order of the form; what the sheet does not say is left out."""
    row = row_of(sheet)
    return [
        (translate(language, f"planner-field-{field.name.replace('_', '-')}"), shown(field, row[field.name], language))
        for field in FIELDS
        if row[field.name] is not None
    ]


def values_on(sheets: Sequence[PlanningSheet], on: date, language: str) -> dict[str, str]:
    """What each field says on a day, by its name; nothing where no sheet holds."""
    held = [sheet for sheet in sheets if sheet.valid_from <= on and (sheet.valid_to is None or on < sheet.valid_to)]
    return {field.name: shown(field, row_of(held[-1])[field.name], language) for field in FIELDS} if held else {}
