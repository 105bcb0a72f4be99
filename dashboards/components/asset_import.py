"""A list of council property handed in at the desk: taken whole, or refused with what is wrong in each row."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.components.buttons import Guard
from dashboards.components.fields import WIDE
from dashboards.components.file_field import FileField
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.assets.importing import COLUMNS, MOST_BYTES, REQUIRED, InventoryRefused, fault_text, import_list
from permits.assets.inventory import KEEPERS

TOLD = 100
"""Faults that are shown; all are counted."""


def import_card(visitor: Visitor, guard: Guard, done: Callable[[str], None]) -> pn.Card:
    """A folded form; `done` is called with what to say once a list was taken."""
    live = visitor.need(*KEEPERS)
    t = translator(live.language)
    columns = {name: " / ".join(names) + (" *" if name in REQUIRED else "") for name, names in COLUMNS.items()}
    hint = pn.pane.HTML(fragment("asset_columns", live.language, columns=columns), sizing_mode=WIDE)
    file = FileField(t("asset-import-file"), live.language, accept=".xlsx,.csv", most=MOST_BYTES)
    button = pn.widgets.Button(label=t("asset-import-do"), color="primary")
    faults = pn.pane.HTML(sizing_mode=WIDE)

    @guard
    def take(_: Any = None) -> None:
        actor = visitor.need(*KEEPERS).actor
        faults.object, name, content = "", file.filename, file.content()
        file.clear()  # the same list again is chosen again: it was mended meanwhile
        try:
            with visitor.context.database.transaction() as session:
                count = import_list(session, actor=actor, name=name, content=content)
        except InventoryRefused as refused:
            told = [fault_text(one, live.language) for one in refused.faults[:TOLD]]
            more = len(refused.faults) - len(told)
            faults.object = fragment("asset_faults", live.language, faults=told, more=more)
            raise
        done(t("asset-imported", count=count))

    button.on_click(take)
    return pn.Card(hint, file, button, faults, title=t("asset-import"), collapsed=True, sizing_mode=WIDE)
