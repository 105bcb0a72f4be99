"""One case on the reviewer's desk: first what must be decided, beside it where the building stands."""

from collections.abc import Callable
from typing import Any

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.applicant_form import applicant_form
from dashboards.components.claiming import Claiming
from dashboards.components.decision import DecisionForm
from dashboards.components.edges import EdgeRoleForm
from dashboards.components.evidence import Evidence
from dashboards.components.findings import FindingList
from dashboards.components.messages import WRITERS, thread_card
from dashboards.components.override_form import override_form
from dashboards.components.remaining import remaining_bar
from dashboards.components.versions import Versions
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, given, reporting
from dashboards.words import translator
from permits.cases import cases, messages, reviews, syndicate
from permits.cases.applicants import declared, register_conditions
from permits.cases.overrides import overrides_of
from permits.cases.timeline import timeline_of
from permits.errors import NotFound
from permits.jobs import Context
from permits.land import zones
from permits.people.actor import STAFF, Role
from permits.review.kept import Shown

LOOK_MS = 5_000
WIDE = "stretch_width"


class CasePage:
    """One open page of a case: its parts, made when they are turned to, and what draws each of them anew."""

    def __init__(self, visitor: Visitor, case_id: str) -> None:
        self.visitor, self.case_id = visitor, case_id
        live = visitor.need(*STAFF)
        self.language, self.t = live.language, translator(live.language)
        with visitor.context.database.reading() as session:
            self.case = cases.get_case(session, actor=live.actor, case_id=case_id)
            report = _report(session, visitor, case_id)
            land = zones.map_of(session, self.case.zone)
        self.notice = pn.pane.Alert(
            "", visible=False, sizing_mode=WIDE, styles={"position": "sticky", "top": "0", "z-index": "40"}
        )
        self.guard = guard = reporting(self.notice, live.language)
        self.asking: list[Callable[[], None]] = []
        self.bar, refresh = remaining_bar(visitor, case_id)
        self.findings = FindingList(visitor, case_id, report, guard, self.changed, show=self._show)
        self.evidence = Evidence(
            visitor, case_id, report, land, self.case.plot, guard, picked=self.findings.of_element
        )  # fmt: skip
        self.claiming = Claiming(visitor, case_id, guard, self.changed)
        self.decision = DecisionForm(visitor, case_id, guard, self.changed)
        self.asking += [refresh, self.findings.refresh, self.decision.refresh, self.claiming.refresh]
        self.forms = self._register_forms()
        self.versions: Versions | None = None
        self.parts: dict[str, Any] = {"decide": pn.panel(self.findings)}
        first = "decide" if live.actor.has(Role.REVIEWER) else "record"
        self.body = pn.Column(self._part(first), sizing_mode=WIDE)
        self.choice = self._choice(first)
        self.choice.param.watch(guard(self._turn), "value")

    def changed(self) -> None:
        """Something was done to the case: draw anew what shows it."""
        for ask in self.asking:
            ask()

    def _show(self, finding: Shown) -> None:
        self.evidence.bring_out(finding)

    def _choice(self, first: str) -> Any:
        """The switch of the parts; the thread is for those who write in it."""
        actor, new = self.visitor.need(*STAFF).actor, 0
        if actor.has(*WRITERS):
            with self.visitor.context.database.reading() as session:
                new = messages.unread(session, actor=actor).get(self.case_id, 0)
        keys = ["decide", "versions", *(["thread"] if actor.has(*WRITERS) else []), "record"]
        options = {self.t(f"case-part-{key}", **({"new": new} if key == "thread" else {})): key for key in keys}
        return pn.widgets.RadioButtonGroup(
            options=options, value=first, label=self.t("case-parts"), sizing_mode=WIDE, button_type="default"
        )

    def _turn(self, event: Any) -> None:
        self.visitor.need(*STAFF)
        self.body[:] = [self._part(event.new)]

    def _part(self, part: str) -> Any:
        if part not in self.parts:
            self.parts[part] = pn.panel(self._made(part))
        return self.parts[part]

    def _made(self, part: str) -> Any:
        if part == "versions":
            self.versions = Versions(self.visitor, self.case_id, self.guard)
            return self.versions
        if part == "thread":
            return thread_card(self.visitor, self.case_id, self.guard, self.evidence.view)
        edges = EdgeRoleForm(self.visitor, self.case_id, self.guard, self.changed)
        facts = pn.pane.HTML(sizing_mode=WIDE)

        def refresh() -> None:
            facts.object = _facts(self.visitor, self.case_id)

        refresh()
        self.asking += [refresh, edges.refresh]
        return pn.Column(facts, edges, sizing_mode=WIDE)

    def _register_forms(self) -> list[pn.Card]:
        """What the visitor's roles may say of the register's conditions."""
        actor = self.visitor.need(*STAFF).actor
        common = (self.visitor, self.case_id, self.guard, self.changed)
        forms = [applicant_form(*common)] if actor.has(Role.REGISTRAR) else []
        if actor.has(Role.APPROVER):
            card, refresh = override_form(*common)
            self.asking.append(refresh)
            forms.append(card)
        return forms

    def look(self) -> None:
        """What others did meanwhile, and comparisons that came to their end."""
        self.visitor.need(*STAFF)
        self.claiming.look()
        if self.versions is not None:
            self.versions.look()


def build(context: Context) -> pn.Template:
    """The page for one visitor and the case named in its address."""
    visitor = arriving(context)
    live = visitor.need(*STAFF)
    page = CasePage(visitor, given("id"))
    pn.state.add_periodic_callback(page.look, period=LOOK_MS)
    main = (page.claiming.news, page.notice, page.bar, page.choice, page.body)
    side = (page.evidence, page.decision, page.claiming, *page.forms)
    return shell(
        live, page.case.title, page.case.number, main=pn.Column(*main, sizing_mode=WIDE),
        side=pn.Column(*side, sizing_mode=WIDE),
    )  # fmt: skip


def _report(session: Session, visitor: Visitor, case_id: str) -> bytes | None:
    try:
        return reviews.raw_report(session, storage=visitor.context.storage, case_id=case_id)
    except NotFound:  # a case that was never judged has a desk page too
        return None


def _facts(visitor: Visitor, case_id: str) -> str:
    live = visitor.need(*STAFF)
    with visitor.context.database.transaction() as session:
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
        return fragment(
            "facts", live.language, case=case, model=reviews.current_model(session, case_id=case_id),
            zone=zones.get_zone(session, case.zone), stamps=syndicate.stamps(session, case_id=case_id),
            timeline=timeline_of(session, case_id=case_id), conditions=register_conditions(session, case=case),
            declared=declared(session, actor=live.actor, case_id=case_id, language=live.language),
            overrides=overrides_of(session, case_id=case_id),
        )  # fmt: skip
