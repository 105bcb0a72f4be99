"""A choice of ready sentences beside a text that is typed: what is chosen goes into the text, by mouse or keyboard."""

from collections.abc import Sequence
from typing import Any

import panel as pn

from permits.cases.phrases import Offered


def phrase_choice(label: str, none: str, phrases: Sequence[Offered], into: Any) -> pn.widgets.Select:
    """A choice that writes into `into` (a text widget); choosing another phrase replaces the one chosen before."""
    options = {none: "", **{one.text: one.text for one in phrases}}
    choice = pn.widgets.Select(label=label, options=options, value="", sizing_mode="stretch_width")
    written = ""

    def write(event: Any) -> None:
        nonlocal written
        typed = (into.value_input or "").strip()
        if written and written in typed:
            text = typed.replace(written, event.new, 1).strip()
        else:
            text = f"{typed} {event.new}".strip()
        written = event.new
        into.value = into.value_input = text

    choice.param.watch(write, "value")
    return choice
