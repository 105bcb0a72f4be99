"""Arrears: the overdue bills, the oldest first, with how many days late each is."""

from datetime import date

import panel as pn

from dashboards.components.buttons import Guard
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import shown_money
from permits.calendar import today
from permits.money.bills import left_of, overdue
from permits.people.actor import Role
from permits.privacy.accesses import LIST, look
from permits.privacy.sight import Subject

SHOWN = 200


def arrears_panel(visitor: Visitor, _: Guard) -> pn.Column:
    """The list as it is now."""
    live, day = visitor.need(Role.CASHIER, Role.APPROVER), today()
    with visitor.context.database.transaction() as session:
        late = overdue(session, on=day)
        rows = [(bill, left_of(session, bill), (day - date.fromisoformat(bill.due_on)).days) for bill in late[:SHOWN]]
        sight = look(session, actor=live.actor, subject=Subject.BILL, subject_id=LIST)
        table = fragment("cash_arrears", live.language, rows=rows, count=len(late), sight=sight, money=shown_money)
    return pn.Column(pn.pane.HTML(table, sizing_mode="stretch_width"), sizing_mode="stretch_width")
