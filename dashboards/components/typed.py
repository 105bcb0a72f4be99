"""Lines that people type at a desk: kept on their device until they were sent, read, and emptied once they were."""

from datetime import date
from typing import Any

import panel as pn

from permits.errors import Invalid

WIDE = "stretch_width"


def line(label: str, placeholder: str = "") -> pn.widgets.TextInput:
    """A line that outlives a lost connection."""
    return pn.widgets.TextInput(label=label, placeholder=placeholder, css_classes=["keep"], sizing_mode=WIDE)


def text_of(field: Any) -> str:
    """What stands in a line now, whether or not it was left."""
    return str(field.value_input or field.value or "").strip()


def day_of(field: Any) -> date:
    """The day in a line; Invalid for what is none."""
    try:
        return date.fromisoformat(text_of(field))
    except ValueError:
        raise Invalid("day-unreadable", day=text_of(field)[:20]) from None


def empty(*fields: Any) -> None:
    """What was sent is kept no longer."""
    for field in fields:
        field.value = field.value_input = ""
