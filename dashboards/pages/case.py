"""One case on the reviewer's desk: where the building stands, what was found, and the decision."""

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.decision import DecisionForm
from dashboards.components.edges import EdgeRoleForm
from dashboards.components.findings import FindingList
from dashboards.components.plotmap import PlotMap
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, reporting
from permits.cases import cases, reviews, syndicate
from permits.cases.applicants import register_conditions
from permits.cases.timeline import timeline_of
from permits.errors import NotFound
from permits.jobs import Context
from permits.land import zones
from permits.people.actor import STAFF


def _argument(name: str) -> str:
    values = (pn.state.session_args or {}).get(name, [b""])
    return bytes(values[0]).decode("utf-8", "replace")


def build(context: Context) -> pn.Template:
    """The page for one visitor and the case named in its address."""
    visitor = arriving(context)
    live = visitor.need(*STAFF)
    case_id = _argument("id")
    with context.database.reading() as session:
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
        report = _report(session, visitor, case_id)
        land = zones.map_of(session, case.zone)
        building = zones.outlines_of(report) if report else None
    notice = pn.pane.Alert("", visible=False, sizing_mode="stretch_width")
    facts = pn.pane.HTML(sizing_mode="stretch_width")

    def refresh() -> None:
        facts.object = _facts(visitor, case_id)

    guard = reporting(notice, live.language)

    def changed() -> None:
        refresh()
        findings.refresh()
        decision.refresh()
        edges.refresh()

    findings = FindingList(visitor, case_id, report, guard, changed)
    decision = DecisionForm(visitor, case_id, guard, changed)
    edges = EdgeRoleForm(visitor, case_id, guard, changed)
    refresh()
    plan = PlotMap(land=land, building=building, chosen=case.plot, height=420, sizing_mode="stretch_width")
    title = f"{case.title} — {case.number}"
    return shell(
        live, title,
        main=pn.Column(notice, findings, sizing_mode="stretch_width"),
        side=pn.Column(plan, decision, edges, facts, sizing_mode="stretch_width"),
    )  # fmt: skip


def _report(session: Session, visitor: Visitor, case_id: str) -> bytes | None:
    try:
        return reviews.raw_report(session, storage=visitor.context.storage, case_id=case_id)
    except NotFound:  # a case that was never judged has a desk page too
        return None


def _facts(visitor: Visitor, case_id: str) -> str:
    live = visitor.need(*STAFF)
    with visitor.context.database.reading() as session:
        case = cases.get_case(session, actor=live.actor, case_id=case_id)
        return fragment(
            "facts", live.language, case=case, model=reviews.current_model(session, case_id=case_id),
            zone=zones.get_zone(session, case.zone), stamps=syndicate.stamps(session, case_id=case_id),
            timeline=timeline_of(session, case_id=case_id), conditions=register_conditions(session, case=case),
        )  # fmt: skip
