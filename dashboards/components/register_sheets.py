"""Sheets at the registrar's desk: found by number, zone or owner's name, closed ones too; an act entered on one."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.components.act_form import act_form
from dashboards.components.buttons import Guard
from dashboards.fragments import fragment
from dashboards.visitor import Visitor, given
from dashboards.words import translator
from permits.documents.sheet import shown_share
from permits.extracts.looking import look_at, search
from permits.people.actor import Role
from permits.register.find import Found
from permits.register.signals import blocked_by
from permits.register.state import SheetStatus
from permits.register.tables import JournalEntry, Sheet

WIDE = "stretch_width"


def sheets_panel(visitor: Visitor, guard: Guard, notice: pn.pane.Alert, entered: Callable[[], None]) -> pn.Column:
    """The search, the sheet and the form; `entered` is called once an act is entered."""
    t = translator(visitor.need(Role.REGISTRAR).language)
    words = pn.widgets.TextInput(label=t("registry-words"), sizing_mode=WIDE)
    ways = {t("registry-by-parcel"): False, t("registry-by-name"): True}
    by_name = pn.widgets.Select(label=t("registry-by"), options=ways, sizing_mode=WIDE)
    button = pn.widgets.Button(label=t("registry-search"), button_type="primary", align="end")
    found = pn.widgets.Select(label=t("registry-found"), options={}, sizing_mode=WIDE, visible=False)
    sheet, form = pn.pane.HTML(sizing_mode=WIDE), pn.Column(sizing_mode=WIDE)

    @guard
    def open_sheet(sheet_id: str) -> None:
        sheet.object, form[:] = "", []
        live = visitor.need(Role.REGISTRAR)
        with visitor.context.database.transaction() as session:
            seen = look_at(session, actor=live.actor, sheet_id=sheet_id, language=live.language)
        sheet.object = fragment(
            "registry_sheet", live.language, content=seen.content, seen=seen, shown_share=shown_share,
            blocked_by=blocked_by,
        )  # fmt: skip
        form[:] = [act_form(visitor, seen, guard, done)]

    @guard
    def look(_: Any = None) -> None:
        sheet.object, form[:] = "", []
        live = visitor.need(Role.REGISTRAR)
        with visitor.context.database.transaction() as session:
            sheets = search(session, actor=live.actor, words=words.value_input or "", by_name=by_name.value)
        options = {_called(one, live.language): one.sheet.id for one in sheets}
        same = found.value in options.values()
        found.param.update(options=options, value=found.value if same else next(iter(options.values()), None))
        found.visible = bool(options)
        if same:
            show()
        if not options:
            sheet.object = fragment("registry_nothing", live.language)

    @guard
    def show(_: Any = None) -> None:
        visitor.need(Role.REGISTRAR)
        if found.value:
            open_sheet(found.value)

    def done(entry: JournalEntry) -> None:
        """The sheet that the entry is on: for one that opens others it is closed now, and leads on to them."""
        open_sheet(entry.sheet_id or "")
        entered()
        said = t("registry-entered", number=entry.number)
        notice.param.update(object=said, alert_type="success", visible=True)

    button.on_click(look)
    found.param.watch(show, "value")
    if given("sheet"):
        open_sheet(given("sheet"))
    top = pn.Row(words, by_name, button, sizing_mode=WIDE)
    return pn.Column(top, found, sheet, form, sizing_mode=WIDE)


def _called(found: Found, language: str) -> str:
    """A sheet in the list: its number and zone, how it stands where it is not open, and what it became."""
    t = translator(language)
    said = [_number(found.sheet), str(found.sheet.zone_names[language])]
    if found.became:
        now = ("، " if language == "ar" else ", ").join(_number(one) for one in found.became)
        said.append(t("registry-found-became", state=t(f"sheet-state-{found.status}"), now=now))
    elif found.status is not SheetStatus.OPEN:
        said.append(t(f"sheet-state-{found.status}"))
    return " — ".join(said)


def _number(sheet: Sheet) -> str:
    return f"{sheet.parcel}/{sheet.section}" if sheet.section else sheet.parcel
