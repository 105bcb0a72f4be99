"""The page of the engineers' syndicate: the cases that wait for its audit, the stamp, the way back with remarks."""

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.buttons import doing
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, given, reporting
from dashboards.words import translator
from permits import audit
from permits.cases import cases, reviews, syndicate
from permits.cases.queue import SHOWS, Wanted, clock_notes, queue
from permits.cases.standing import standing_of
from permits.cases.workflow import State
from permits.jobs import Context
from permits.land import zones
from permits.people.actor import Actor, Role

WIDE = "stretch_width"
LOOK_MS = 5_000
GIVEN = 20


class AuditPage:
    """One open page: the list, and the case named in the address with what may be done with it."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        live = visitor.need(Role.SYNDICATE)
        self.language, self.t = live.language, translator(live.language)
        self.case_id, page = given("id"), given("page")
        self.page = int(page[:6]) if page.isascii() and page.isdigit() else 1
        self.notice = pn.pane.Alert("", visible=False, sizing_mode=WIDE)
        self.list, self.facts = pn.pane.HTML(sizing_mode=WIDE), pn.pane.HTML(sizing_mode=WIDE)
        self.remarks = pn.widgets.TextAreaInput(
            label=self.t("audit-remarks"), css_classes=["keep"], rows=4, sizing_mode=WIDE
        )
        guard, roles = reporting(self.notice, self.language), [Role.SYNDICATE]
        stamp = doing(visitor, guard, self.t("audit-stamp"), self._stamp, self._done, roles=roles, primary=True)
        back = doing(visitor, guard, self.t("action-return"), self._back, self._done, roles=roles)
        self.form = pn.Column(self.remarks, pn.Row(stamp, back), sizing_mode=WIDE)
        self.model = ""
        self.seen = 0
        self.fill()

    def fill(self, *, case: bool = True) -> None:
        """Read the list again, and the case: a stamp is for the model that is shown, whatever came afterwards."""
        actor = self.visitor.need(Role.SYNDICATE).actor
        wanted = Wanted(states=(State.AT_SYNDICATE,), page=self.page)
        with self.visitor.context.database.reading() as session:
            self.seen = audit.reached(session)
            shown = queue(session, actor=actor, wanted=wanted, language=self.language)
            given = syndicate.stamps_given(session, actor=actor, most=GIVEN)
            self.list.object = fragment(
                "audit_list", self.language, shown=shown, given=given, chosen=self.case_id,
                notes=clock_notes([line.clock for line in shown.lines]),
            )  # fmt: skip
            if case:
                self._show(session, actor)

    def _show(self, session: Session, actor: Actor) -> None:
        if not self.case_id:
            self.facts.object = fragment("audit_choose", self.language)
            self.form.visible = False
            return
        case = cases.get_case(session, actor=actor, case_id=self.case_id)
        model = reviews.current_model(session, case_id=case.id)
        self.model = model.sha256 if model else ""
        self.form.visible = case.state == State.AT_SYNDICATE
        self.facts.object = fragment(
            "audit_case", self.language, case=case, model=model, zone=zones.get_zone(session, case.zone),
            stamps=syndicate.stamps(session, case_id=case.id), remarks=cases.remarks(session, case_id=case.id),
            standing=standing_of(session, actor=actor, engineer_id=case.engineer_id, language=self.language),
        )  # fmt: skip

    def look(self) -> None:
        """Draw the list anew if something happened that it shows."""
        self.visitor.need(Role.SYNDICATE)
        with self.visitor.context.database.reading() as session:
            news = audit.news(session, since=self.seen)
        self.seen = news.seq
        if not news.events.isdisjoint(SHOWS):
            self.fill(case=False)

    def _stamp(self, session: Session, actor: Actor) -> object:
        cases.get_case(session, actor=actor, case_id=self.case_id)
        return syndicate.stamp(
            session, actor=actor, case_id=self.case_id, model_sha256=self.model, auditor=actor.name,
            remarks=(self.remarks.value_input or "").strip(),
        )  # fmt: skip

    def _back(self, session: Session, actor: Actor) -> object:
        cases.get_case(session, actor=actor, case_id=self.case_id)
        return cases.send_back(session, actor=actor, case_id=self.case_id, remark=self.remarks.value_input or "")

    def _done(self) -> None:
        self.remarks.value = self.remarks.value_input = ""
        self.fill()


def build(context: Context) -> pn.Template:
    """The page for one visitor."""
    visitor = arriving(context)
    live = visitor.need(Role.SYNDICATE)
    page = AuditPage(visitor)
    pn.state.add_periodic_callback(page.look, period=LOOK_MS)
    side = pn.Column(page.notice, page.facts, page.form, sizing_mode=WIDE)
    return shell(live, translator(live.language)("audit-title"), main=pn.Column(page.list, sizing_mode=WIDE), side=side)
