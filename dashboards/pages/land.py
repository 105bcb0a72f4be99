"""The administrator's page of the land: hand a zone file in, see what it would bring, and decide on it."""

from typing import Any

import panel as pn

from dashboards.components.file_field import FileField
from dashboards.components.land_preview import LandPreview
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, reporting
from dashboards.words import translator
from permits.jobs import Context
from permits.land import imports
from permits.land.telling import coded_line, reason_line
from permits.people.actor import Role

REFRESH_MS = 3000
WIDE = "stretch_width"


class Land:
    """One open page: the form, the files that were handed in, and the one that is looked at."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, live = visitor, visitor.need(Role.ADMIN)
        self.language, t = live.language, translator(live.language)
        self.t = t
        self.notice = pn.pane.Alert("", visible=False, sizing_mode=WIDE)
        guard = reporting(self.notice, live.language)
        self.file = FileField(t("layers-file"), live.language, accept=".gpkg", most=imports.MOST_BYTES)
        self.since = pn.widgets.TextInput(
            label=t("layers-valid-from"), placeholder="2026-01-31", sizing_mode=WIDE, max_width=220
        )
        self.button = pn.widgets.Button(label=t("layers-submit"), color="primary", align="end")
        self.which = pn.widgets.Select(label=t("layers-which"), options={}, visible=False, sizing_mode=WIDE)
        self.table = pn.pane.HTML(sizing_mode=WIDE)
        self.preview = LandPreview(visitor, guard, self.fill)
        self.button.on_click(guard(self.hand_in))
        self.which.param.watch(guard(self.look), "value")

    def fill(self) -> None:
        """The files that were handed in, and the newest that waits unless another is looked at."""
        actor = self.visitor.need(Role.ADMIN).actor
        with self.visitor.context.database.reading() as session:
            rows = imports.recent(session, actor=actor)
            self.table.object = fragment("land", self.language, rows=rows, line=coded_line, reason=reason_line)
            judged = [row for row in rows if row.preview_sha256]
        options = {f"{row.name} · {row.valid_from} · {self.t(f'layers-state-{row.state}')}": row.id for row in judged}
        fresh = [row.id for row in judged if row.state == "waiting" and row.id not in self.which.options.values()]
        if options != self.which.options:
            kept = self.which.value if self.which.value in options.values() else next(iter(options.values()), None)
            self.which.param.update(options=options, value=fresh[0] if fresh else kept, visible=len(options) > 1)
        self.look()

    def look(self, _: Any = None) -> None:
        """The file that was chosen."""
        self.visitor.need(Role.ADMIN)
        self.preview.tell(str(self.which.value or ""))

    def hand_in(self, _: Any = None) -> None:
        """Keep the file and have it judged."""
        actor = self.visitor.need(Role.ADMIN).actor
        content = self.file.content()
        if not content:
            self.notice.param.update(object=self.t("layers-choose"), alert_type="warning", visible=True)
            return
        context = self.visitor.context
        with context.database.transaction() as session:
            imports.submit(
                session, actor=actor, storage=context.storage, name=self.file.filename, content=content,
                valid_from=(self.since.value_input or "").strip(),
            )  # fmt: skip
        self.fill()


def build(context: Context) -> pn.Template:
    """The page for one visitor."""
    visitor = arriving(context)
    live = visitor.need(Role.ADMIN)
    page = Land(visitor)
    page.fill()
    pn.state.add_periodic_callback(page.fill, period=REFRESH_MS)
    form = pn.Row(page.file, page.since, page.button, sizing_mode=WIDE)
    main = pn.Column(page.notice, form, page.which, page.preview, page.table, sizing_mode=WIDE)
    return shell(live, page.t("layers-desk"), main=main)
