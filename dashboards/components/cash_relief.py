"""Waivers at the cash desk: ask with a legal basis and its evidence; an approver who did not ask decides."""

from collections.abc import Callable
from typing import Any

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.buttons import Guard, doing
from dashboards.components.fields import kept_text
from dashboards.components.file_field import FileField
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import shown_money, translator
from permits.money.demands import owed
from permits.money.finding import find_payable
from permits.money.waivers import MOST_BYTES, approve_waiver, list_waivers, refuse_waiver, request_waiver
from permits.people.accounts import names_of
from permits.people.actor import Actor, Role
from permits.privacy.accesses import LIST, look
from permits.privacy.sight import Subject

WIDE = "stretch_width"
READERS = (Role.CASHIER, Role.APPROVER)


def relief_panel(visitor: Visitor, guard: Guard) -> pn.Column:
    """What was asked, the form that asks, and for an approver the decision."""
    t = translator(visitor.need(*READERS).language)
    table, decision = pn.pane.HTML(sizing_mode=WIDE), pn.Column(sizing_mode=WIDE)

    def fill() -> None:
        live = visitor.need(*READERS)
        with visitor.context.database.transaction() as session:
            asked = list_waivers(session, actor=live.actor)
            people = [name for waiver, _ in asked for name in (waiver.requested_by, waiver.decided_by or "")]
            table.object = fragment(
                "cash_relief", live.language, money=shown_money, names=names_of(session, people, live.language),
                sight=look(session, actor=live.actor, subject=Subject.BILL, subject_id=LIST),
                rows=[(w, d, w.piastres if w.piastres is not None else owed(session, demand=d)) for w, d in asked],
            )  # fmt: skip
        waiting = {f"{w.legal_basis} — {shown_money(d.piastres, live.language)}": w.id for w, d in asked
                   if w.state == "requested"}  # fmt: skip
        may = waiting and live.actor.has(Role.APPROVER)
        decision[:] = [_decision(visitor, guard, waiting, fill)] if may else []

    fill()
    number = kept_text(t("desk-relief-bill"), "waiver-bill")
    return pn.Column(_asking(visitor, guard, number, fill), table, decision, sizing_mode=WIDE)


def _asking(visitor: Visitor, guard: Guard, number: Any, done: Callable[[], None]) -> pn.Column:
    language = visitor.need(*READERS).language
    t = translator(language)
    basis = kept_text(t("desk-waiver-basis"), "waiver-basis")
    file = FileField(t("desk-waiver-evidence"), language, accept=".pdf,.png,.jpg,.jpeg", most=MOST_BYTES)

    def ask(session: Session, actor: Actor) -> None:
        found = find_payable(session, actor=actor, text=number.value_input or "")
        request_waiver(
            session, actor=actor, storage=visitor.context.storage, demand_id=found.demand_id,
            legal_basis=basis.value_input or "", evidence=file.content(),
        )  # fmt: skip

    button = doing(visitor, guard, t("desk-waiver-ask"), ask, done, roles=READERS, primary=True, words=[number, basis])
    return pn.Column(pn.Row(number, basis, sizing_mode=WIDE), pn.Row(file, button, sizing_mode=WIDE))


def _decision(visitor: Visitor, guard: Guard, waiting: dict[str, str], done: Callable[[], None]) -> pn.Column:
    t = translator(visitor.need(*READERS).language)
    which = pn.widgets.Select(label=t("desk-waiver-choose"), options=waiting, sizing_mode=WIDE)
    why = kept_text(t("desk-refuse-why"), "waiver-why")
    agree = doing(
        visitor, guard, t("desk-agree"),
        lambda s, actor: approve_waiver(s, actor=actor, waiver_id=which.value), done, roles=(Role.APPROVER,),
        primary=True,
    )  # fmt: skip
    refuse = doing(
        visitor, guard, t("desk-refuse"),
        lambda s, actor: refuse_waiver(s, actor=actor, waiver_id=which.value, reason=why.value_input or ""), done,
        roles=(Role.APPROVER,), words=[why],
    )  # fmt: skip
    return pn.Column(which, pn.Row(agree, why, refuse, sizing_mode=WIDE), sizing_mode=WIDE)
