"""The cashier's desk: the counter, the centres' packages, held money and refunds, arrears, instalments, waivers."""

from typing import Any

import panel as pn

from dashboards.components.cash_arrears import arrears_panel
from dashboards.components.cash_packages import packages_panel
from dashboards.components.cash_parts import parts_panel
from dashboards.components.cash_relief import relief_panel
from dashboards.components.cash_taking import taking_panel
from dashboards.components.held_money import held_panel
from dashboards.shell import shell
from dashboards.visitor import arriving, reporting
from dashboards.words import translator
from permits.jobs import Context
from permits.people.actor import Role

WIDE = "stretch_width"
DESK = (Role.CASHIER, Role.APPROVER)
PARTS = {
    "desk-cash-counter": taking_panel, "desk-cash-credits": held_panel, "desk-cash-centres": packages_panel,
    "desk-cash-arrears": arrears_panel, "desk-cash-parts": parts_panel, "desk-cash-relief": relief_panel,
}  # fmt: skip


def build(context: Context) -> pn.Template:
    """The page for one visitor; each part is made when it is turned to, as things are then."""
    visitor = arriving(context)
    live = visitor.need(*DESK)
    t = translator(live.language)
    notice = pn.pane.Alert("", visible=False, sizing_mode=WIDE)
    guard = reporting(notice, live.language)
    choice = pn.widgets.RadioButtonGroup(
        options={t(key): key for key in PARTS}, value=next(iter(PARTS)), sizing_mode=WIDE, button_type="default"
    )
    body = pn.Column(sizing_mode=WIDE)

    @guard
    def turn(_: Any = None) -> None:
        notice.visible = False
        visitor.need(*DESK)
        body[:] = [PARTS[choice.value](visitor, guard)]

    choice.param.watch(turn, "value")
    turn()
    offline = t("desk-lost-cash")
    return shell(live, t("desk-cash-title"), offline=offline, main=pn.Column(choice, notice, body, sizing_mode=WIDE))
