"""What differs between the planning sheets of one plot in two versions: which value, and from which day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis.site import PlanningSheet
from permits.i18n import translate
from permits.planning.fields import BY_NAME, FIELDS, row_of, shown

SHEET = "sheet"
_REFERENCE = ("legal_act", "clause", "status")


@dataclass(frozen=True)
class Difference:
    """From `day` (ISO) on, `field` is `after` where it was `before`; of a whole sheet both are yes or no."""

    day: str
    field: str
    before: Any
    after: Any


def differences(old: Sequence[PlanningSheet], new: Sequence[PlanningSheet]) -> Iterator[Difference]:
    """Each value once, on the first day it differs; nothing where only the days of an end differ."""
    told = set()
    for day in sorted({sheet.valid_from for sheet in (*old, *new)}):
        for field, before, after in _on(day, old, new):
            if (field, before, after) not in told:
                told.add((field, before, after))
                yield Difference(day.isoformat(), field, before, after)


def _on(day: date, old: Sequence[PlanningSheet], new: Sequence[PlanningSheet]) -> Iterator[tuple[str, object, object]]:
    before, after = _held(old, day), _held(new, day)
    if before and after:
        was, becomes = row_of(before), row_of(after)
        for name in (*(field.name for field in FIELDS), *_REFERENCE):
            if was[name] != becomes[name]:
                yield name, was[name], becomes[name]
    elif before or after:
        yield SHEET, before is not None, after is not None


def _held(sheets: Sequence[PlanningSheet], day: date) -> PlanningSheet | None:
    """The sheet of a day; of several, which is a defect told elsewhere, the newest."""
    held = [one for one in sheets if one.valid_from <= day and (one.valid_to is None or day < one.valid_to)]
    return held[-1] if held else None


def difference_text(difference: Difference, language: str) -> str:
    """One difference in words, with units."""
    label = translate(language, f"planner-field-{difference.field.replace('_', '-')}")
    said = [_shown(difference.field, value, language) for value in (difference.before, difference.after)]
    return translate(language, "layers-differs-from", day=difference.day, name=label, before=said[0], after=said[1])


def _shown(name: str, value: Any, language: str) -> str:
    if name == SHEET:
        return translate(language, "layers-sheet-there" if value else "layers-sheet-not-there")
    if name == "status":
        return translate(language, f"review-status-{value}")
    return shown(BY_NAME[name], value, language) if name in BY_NAME else str(value)
