"""Fields that several desks ask for: amounts in new pounds, counts of notes, days, words that are not to be lost."""

from datetime import date
from typing import Any

import panel as pn

from dashboards.words import in_words
from permits.cash.terms import note_values
from permits.documents.sheet import digits
from permits.errors import Invalid
from permits.money.money import PIASTRES_PER_POUND, MoneyError, parse_piastres

WIDE = "stretch_width"
DAY = "2027-01-31"
"""How a day is written, shown in its empty field; the toolkit's own calendar has no name for a screen reader."""

Words = pn.widgets.TextInput | pn.widgets.TextAreaInput


def kept_text(label: str, name: str, **given: Any) -> pn.widgets.TextInput:
    """A field for a reason, note, name or deed, kept in the browser under `name` until it was sent (`keep.js`).

    Never for money counted, tendered or owed: a figure that comes back by itself could be taken for today's count.
    """
    given.setdefault("sizing_mode", WIDE)
    return pn.widgets.TextInput(label=label, css_classes=["keep", f"keep-{name}"], **given)


def sent(*fields: Words) -> None:
    """Empty fields whose words were taken, before their form is drawn anew: then the browser forgets them."""
    for field in fields:
        field.value = field.value_input = ""


def text_of(field: Any) -> str:
    """What stands in a field now, typed, whether or not it was left, or chosen."""
    typed = isinstance(field, pn.widgets.TextInput | pn.widgets.TextAreaInput)
    return str((field.value_input or field.value if typed else field.value) or "").strip()


def day_of(field: Any) -> date:
    """The day in a line; Invalid for what is none."""
    return day_in(text_of(field))


def day_in(text: str) -> date:
    """A day as it was typed; Invalid for what is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid("day-unreadable", day=text.strip()[:20]) from None


def piastres_of(text: str | None) -> int | None:
    """New pounds as they were typed, in piastres; None for nothing, Invalid for what is no amount."""
    if not (text or "").strip():
        return None
    try:
        return parse_piastres(text or "")
    except MoneyError as error:
        raise Invalid("payment-amount") from error


def note_fields(language: str) -> dict[int, pn.widgets.IntInput]:
    """One field for each note by its piastres, the largest first."""
    return {
        note: pn.widgets.IntInput(
            label=in_words(digits(str(note // PIASTRES_PER_POUND), language)), value=0, start=0, width=88,
            css_classes=[f"cash-note-{note}"],
        )
        for note in note_values()
    }  # fmt: skip


def counted(fields: dict[int, pn.widgets.IntInput]) -> dict[int, int]:
    """What was counted: piastres of a note to how many of it."""
    return {note: int(field.value or 0) for note, field in fields.items() if field.value}
