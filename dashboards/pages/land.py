"""The administrator's page of the land: hand a zone file in, watch its import, read its quality."""

from typing import Any

import panel as pn

from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import arriving, reporting
from permits.i18n import translator
from permits.jobs import Context
from permits.land import imports
from permits.land.telling import coded_line, reason_line
from permits.people.actor import Role

REFRESH_MS = 3000


def build(context: Context) -> pn.Template:
    """The page for one visitor."""
    visitor = arriving(context)
    live = visitor.need(Role.ADMIN)
    t = translator(live.language)
    notice = pn.pane.Alert("", visible=False, sizing_mode="stretch_width")
    file = pn.widgets.FileInput(label=t("layers-file"), accept=".gpkg", sizing_mode="stretch_width")
    since = pn.widgets.TextInput(label=t("layers-valid-from"), placeholder="2026-01-31", sizing_mode="stretch_width")
    button = pn.widgets.Button(label=t("layers-submit"), button_type="primary", align="end")
    table = pn.pane.HTML(sizing_mode="stretch_width")

    def fill() -> None:
        now = visitor.need(Role.ADMIN)
        with context.database.reading() as session:
            rows = imports.recent(session, actor=now.actor)
        table.object = fragment("land", now.language, rows=rows, line=coded_line, reason=reason_line)

    @reporting(notice, live.language)
    def hand_in(_: Any = None) -> None:
        now = visitor.need(Role.ADMIN)
        if not file.value:
            notice.param.update(object=t("layers-choose"), alert_type="warning", visible=True)
            return
        with context.database.transaction() as session:
            imports.submit(
                session, actor=now.actor, storage=context.storage, name=file.filename or "", content=file.value,
                valid_from=(since.value_input or "").strip(),
            )  # fmt: skip
        fill()

    button.on_click(hand_in)
    fill()
    pn.state.add_periodic_callback(fill, period=REFRESH_MS)
    form = pn.Row(file, since, button, sizing_mode="stretch_width")
    return shell(live, t("layers-desk"), main=pn.Column(notice, form, table, sizing_mode="stretch_width"))
