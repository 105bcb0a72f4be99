"""The registrar's page: a parcel's property sheet with its shares and annotations, and the extract."""

from typing import Any

import panel as pn
from permits.register.sheets import show_sheet

from dashboards.fragments import fragment, translator
from dashboards.shell import shell
from dashboards.visitor import arriving, reporting
from permits.jobs import Context
from permits.people.actor import STAFF


def build(context: Context) -> pn.Template:
    """The page for one visitor."""
    visitor = arriving(context)
    live = visitor.need(*STAFF)
    t = translator(live.language)
    notice = pn.pane.Alert("", visible=False, sizing_mode="stretch_width")
    parcel = pn.widgets.TextInput(name=t("sheet-parcel"), sizing_mode="stretch_width")
    button = pn.widgets.Button(name=t("sheet-show"), button_type="primary", align="end")
    content = pn.pane.HTML(sizing_mode="stretch_width")

    @reporting(notice, live.language)
    def show(_: Any = None) -> None:
        now = visitor.need(*STAFF)
        notice.visible = False
        with context.database.reading() as session:
            sheet = show_sheet(session, actor=now.actor, parcel=parcel.value_input.strip())
        content.object = fragment("sheet", now.language, sheet=sheet)

    button.on_click(show)
    form = pn.Row(parcel, button, sizing_mode="stretch_width")
    return shell(live, t("sheet-title"), main=pn.Column(notice, form, content, sizing_mode="stretch_width"))
