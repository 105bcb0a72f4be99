"""The queue: the cases that wait for somebody, the longest waiting first."""

from typing import Any

import panel as pn

from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving
from permits.cases import cases, reviews
from permits.cases.workflow import State
from permits.db import utcnow
from permits.i18n import translator
from permits.jobs import Context
from permits.people.actor import STAFF, Actor, Role

WAITING = {Role.REVIEWER: [State.IN_REVIEW], Role.APPROVER: [State.AWAITING_APPROVAL]}
REACHED_US = [state for state in State if state not in (State.DRAFT, State.WITHDRAWN)]
REFRESH_MS = 10_000


def _rows(visitor: Visitor, actor: Actor, states: list[State]) -> list[dict[str, Any]]:
    with visitor.context.database.reading() as session:
        return [
            {
                "case": case,
                "review": reviews.current_review(session, case_id=case.id),
                "open": len(reviews.open_findings(session, case_id=case.id)),
                "days": (utcnow() - case.changed_at).days,
            }
            for case in cases.list_cases(session, actor=actor, states=states)
        ]


def build(context: Context) -> pn.Template:
    """The page for one visitor; reviewers and approvers first see what waits for them."""
    visitor = arriving(context)
    live = visitor.need(*STAFF)
    t = translator(live.language)
    mine = [state for role, states in WAITING.items() if live.actor.has(role) for state in states]
    options = {t("desk-mine"): mine, t("desk-all"): REACHED_US} if mine else {t("desk-all"): REACHED_US}
    choice = pn.widgets.Select(label=t("desk-show"), options=options, sizing_mode="stretch_width")
    table = pn.pane.HTML(sizing_mode="stretch_width")

    def fill(_: Any = None) -> None:
        now = visitor.need(*STAFF)
        table.object = fragment("queue", now.language, rows=_rows(visitor, now.actor, choice.value))

    choice.param.watch(fill, "value")
    fill()
    pn.state.add_periodic_callback(fill, period=REFRESH_MS)
    return shell(live, t("desk-queue"), main=pn.Column(choice, table, sizing_mode="stretch_width"))
