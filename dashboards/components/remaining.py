"""The bar of a case: what is left to do, and why the decision cannot be taken yet."""

from collections.abc import Callable

import panel as pn

from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from permits.cases import cases
from permits.cases.remaining import remaining
from permits.people.actor import STAFF


def remaining_bar(visitor: Visitor, case_id: str) -> tuple[pn.pane.HTML, Callable[[], None]]:
    """The bar, and what asks the workflow table again."""
    bar = pn.pane.HTML(sizing_mode="stretch_width")

    def refresh() -> None:
        live = visitor.need(*STAFF)
        with visitor.context.database.reading() as session:
            case = cases.get_case(session, actor=live.actor, case_id=case_id)
            left = remaining(session, case=case, actor=live.actor)
        bar.object = fragment("remaining", live.language, case=case, left=left)

    refresh()
    return bar, refresh
