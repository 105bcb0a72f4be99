"""The registrar's desk: orders of extracts to hand over, today's journal, sheets with their acts, the consistency."""

from typing import Any

import panel as pn

from dashboards.components.buttons import Guard
from dashboards.components.divisions import divisions_panel
from dashboards.components.extract_orders import orders_panel
from dashboards.components.national import national_panel
from dashboards.components.party_accounts import owners_panel
from dashboards.components.persons import persons_panel
from dashboards.components.register_import import import_panel
from dashboards.components.register_sheets import sheets_panel
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, given, reporting
from dashboards.words import translator
from permits.calendar import today
from permits.extracts.workflow import DESK
from permits.jobs import Context
from permits.people.actor import Role
from permits.register.journal import entries_of_day
from permits.register.verify import verify

WIDE = "stretch_width"
_NAMED = {"registry-sheet": "sheet", "persons-title": "party"}
"""Parts that are shown first where the page's address names what they open."""


def build(context: Context) -> pn.Template:
    """The page for one visitor: a cashier hands extracts over, the rest is the registrar's."""
    visitor = arriving(context)
    live = visitor.need(*DESK)
    t = translator(live.language)
    notice = pn.pane.Alert("", visible=False, sizing_mode=WIDE)
    guard = reporting(notice, live.language)
    parts = [("registry-orders", orders_panel(visitor, guard))]
    if live.actor.has(Role.REGISTRAR):
        journal, refresh = _journal(visitor)
        parts.append(("registry-sheet", sheets_panel(visitor, guard, notice, refresh)))
        parts.append(("persons-title", persons_panel(visitor, guard, notice, refresh)))
        parts.append(("division-title", divisions_panel(visitor, guard, refresh)))
        parts.append(("registry-import", import_panel(visitor, guard, notice, refresh)))
        parts += [("registry-journal", journal), ("owners-desk", owners_panel(visitor, guard, notice))]
        parts.append(("national-title", national_panel(visitor, guard)))
        parts.append(("registry-check", _check(visitor, guard)))
    first = next((at for at, (key, _) in enumerate(parts) if given(_NAMED.get(key, ""))), 0)
    choice = pn.widgets.RadioButtonGroup(
        options={t(key): at for at, (key, _) in enumerate(parts)}, value=first, sizing_mode=WIDE, button_type="default"
    )
    body = pn.Column(parts[first][1], sizing_mode=WIDE)

    def turn(event: Any) -> None:
        notice.visible = False
        body[:] = [parts[event.new][1]]

    choice.param.watch(turn, "value")
    return shell(live, t("registry-desk"), main=pn.Column(choice, notice, body, sizing_mode=WIDE))


def _journal(visitor: Visitor) -> tuple[pn.Column, Any]:
    """Today's entries, and what reads them again."""
    table = pn.pane.HTML(sizing_mode=WIDE)

    def fill() -> None:
        live = visitor.need(Role.REGISTRAR)
        with visitor.context.database.reading() as session:
            table.object = fragment("registry_journal", live.language, rows=entries_of_day(session, day=today())[::-1])

    fill()
    return pn.Column(table, sizing_mode=WIDE), fill


def _check(visitor: Visitor, guard: Guard) -> pn.Column:
    """A button that reads the whole register."""
    t = translator(visitor.need(Role.REGISTRAR).language)
    result = pn.pane.HTML(sizing_mode=WIDE)
    button = pn.widgets.Button(label=t("registry-run"), button_type="primary")

    @guard
    def run(_: Any = None) -> None:
        live = visitor.need(Role.REGISTRAR)
        with visitor.context.database.reading() as session:
            result.object = fragment("registry_verified", live.language, found=verify(session))

    button.on_click(run)
    return pn.Column(button, result, sizing_mode=WIDE)
