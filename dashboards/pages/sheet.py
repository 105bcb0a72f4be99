"""The registrar's page: the property sheet of a plot's parcel as of today, and its extract on paper."""

from typing import Any

import panel as pn

from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import arriving, reporting
from permits.documents.sheet import shown_share
from permits.i18n import translator
from permits.jobs import Context
from permits.land import zones
from permits.people.actor import STAFF
from permits.register.sheets import current_sheet


def build(context: Context) -> pn.Template:
    """The page for one visitor."""
    visitor = arriving(context)
    live = visitor.need(*STAFF)
    t = translator(live.language)
    with context.database.reading() as session:
        names = {zone.name_ar if live.language == "ar" else zone.name_en: zone.code for zone in zones.zones(session)}
    notice = pn.pane.Alert("", visible=False, sizing_mode="stretch_width")
    zone = pn.widgets.Select(label=t("sheet-zone"), options=names, sizing_mode="stretch_width")
    plot = pn.widgets.TextInput(label=t("case-plot"), sizing_mode="stretch_width")
    button = pn.widgets.Button(label=t("sheet-show"), button_type="primary", align="end")
    content = pn.pane.HTML(sizing_mode="stretch_width")

    @reporting(notice, live.language)
    def show(_: Any = None) -> None:
        now = visitor.need(*STAFF)
        content.object = ""
        number = (plot.value_input or "").strip()
        with context.database.reading() as session:
            sheet = current_sheet(session, actor=now.actor, zone=zone.value, plot=number, language=now.language)
        content.object = fragment(
            "sheet", now.language, sheet=sheet, zone=zone.value, plot=number, shown_share=shown_share, csrf=now.csrf
        )

    button.on_click(show)
    form = pn.Row(zone, plot, button, sizing_mode="stretch_width")
    return shell(live, t("sheet-title"), main=pn.Column(notice, form, content, sizing_mode="stretch_width"))
