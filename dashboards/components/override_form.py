"""The approver lets a condition pass that nobody could decide, with a reason that stays on record."""

from collections.abc import Callable
from typing import Any

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.buttons import Guard, doing
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.cases import cases
from permits.cases.overrides import AWAITING, override, undecided
from permits.people.actor import Actor, Role

WIDE = "stretch_width"


def override_form(
    visitor: Visitor, case_id: str, guard: Guard, changed: Callable[[], Any]
) -> tuple[pn.Card, Callable[[], None]]:  # fmt: skip
    """The form, and what asks the gate again; it shows only while something waits for such a word."""
    t = translator(visitor.need(Role.APPROVER).language)
    which = pn.widgets.Select(label=t("override-condition"), options={}, sizing_mode=WIDE)
    reason = pn.widgets.TextInput(label=t("override-reason"), css_classes=["keep"], sizing_mode=WIDE)
    hint = pn.pane.HTML(f'<p class="quiet">{t("override-hint")}</p>', sizing_mode=WIDE)

    def refresh() -> None:
        live = visitor.need(Role.APPROVER)
        with visitor.context.database.reading() as session:
            case = cases.get_case(session, actor=live.actor, case_id=case_id)
            waiting = undecided(session, case=case) if case.state == AWAITING else []
        options = {f"{t(f'gate-{one.code}')}: {t(f'gate-reason-{one.reason}')}": one.code for one in waiting}
        which.param.update(options=options, value=next(iter(options.values()), None))
        card.visible = bool(options)

    def act(session: Session, actor: Actor) -> None:
        condition, said = which.value or "", reason.value_input or ""
        override(session, actor=actor, case_id=case_id, condition=condition, reason=said)

    def done() -> None:
        reason.value = reason.value_input = ""
        changed()

    button = doing(visitor, guard, t("override-act"), act, done, roles=(Role.APPROVER,))
    card = pn.Card(hint, which, reason, button, title=t("override-title"), sizing_mode=WIDE)
    refresh()
    return card, refresh
