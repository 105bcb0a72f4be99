"""The desk of the modelling guide: its clauses, a draft that is tried and compared, and its publication."""

from typing import Any

import panel as pn

from bim.guide.difference import difference
from bim.guide.pack import Stage
from dashboards.components.guide_draft import GuideDraftForm
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, reporting
from dashboards.words import translator
from gis.site import SheetStatus
from permits.guides.drafting import READERS, open_draft, publications
from permits.guides.exporting import DRAFT, IN_FORCE, clauses_of, shown_guide
from permits.guides.published import pack_of
from permits.guides.trying import newest_trial
from permits.jobs import Context
from permits.people.actor import Role

WIDE = "stretch_width"
LOOK_MS = 4000


class GuideDesk:
    """One open page: which guide is listed and by what it is searched; whoever may not change it only reads."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, live = visitor, visitor.need(*READERS)
        self.language = live.language
        t = translator(live.language)
        self.notice = pn.pane.Alert("", visible=False, sizing_mode=WIDE)
        guard = reporting(self.notice, live.language)
        which = {t("guide-desk-in-force"): IN_FORCE, t("guide-desk-draft"): DRAFT}
        self.which = pn.widgets.Select(label=t("guide-desk-which"), options=which, width=190)
        self.words = pn.widgets.TextInput(label=t("guide-desk-search"), width=220)
        stages = {t(f"guide-desk-stage-{s.value.replace('_', '-')}"): str(s) for s in Stage}
        self.stage = pn.widgets.Select(
            label=t("guide-desk-stage"), options={t("guide-desk-all"): "", **stages}, width=150
        )
        statuses = {t(f"review-status-{s}"): str(s) for s in SheetStatus}
        self.status = pn.widgets.Select(
            label=t("guide-desk-status"), options={t("guide-desk-all"): "", **statuses}, width=150
        )
        self.list, self.side = pn.pane.HTML(sizing_mode=WIDE), pn.pane.HTML(sizing_mode=WIDE)
        for widget in (self.which, self.words, self.stage, self.status):
            widget.param.watch(guard(self.fill), "value")
        self.form = GuideDraftForm(visitor, guard, self.changed) if live.actor.has(Role.ADMIN) else None

    def changed(self) -> None:
        """After something was done to the draft."""
        self.fill()
        self.look()

    def fill(self, _: Any = None) -> None:
        """The clauses that were asked for."""
        actor = self.visitor.need(*READERS).actor
        with self.visitor.context.database.reading() as session:
            name = str(self.which.value)
            if name == DRAFT and open_draft(session, actor=actor) is None:
                name = IN_FORCE
            pack = shown_guide(session, actor=actor, name=name)
        asked = {"words": self.words.value or "", "stage": str(self.stage.value), "status": str(self.status.value)}
        self.list.object = fragment(
            "guide_list", self.language, pack=pack, known=name, clauses=list(clauses_of(pack, **asked))
        )

    def look(self) -> None:
        """What differs, the trial as far as it is, and what was published."""
        actor = self.visitor.need(*READERS).actor
        with self.visitor.context.database.reading() as session:
            draft, base = open_draft(session, actor=actor), shown_guide(session, actor=actor, name=IN_FORCE)
            told = fragment(
                "guide_side", self.language, draft=draft, trial=newest_trial(session, actor=actor),
                changes=list(difference(base, pack_of(draft.content))) if draft else [],
                published=publications(session, actor=actor),
            )  # fmt: skip
        if told != self.side.object:
            self.side.object = told


def build(context: Context) -> pn.Template:
    """The page for one visitor."""
    visitor = arriving(context)
    live = visitor.need(*READERS)
    page = GuideDesk(visitor)
    page.changed()
    pn.state.add_periodic_callback(page.look, period=LOOK_MS)
    bar = pn.FlexBox(page.which, page.words, page.stage, page.status)
    main = pn.Column(page.notice, bar, page.list, sizing_mode=WIDE)
    side = pn.Column(*([page.form] if page.form else []), page.side, sizing_mode=WIDE)
    return shell(live, translator(live.language)("guide-desk-title"), main=main, side=side)
