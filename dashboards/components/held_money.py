"""Held money: what is held, the form by which it is given to a bill or asked to be paid back, and the refunds."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.components.buttons import Guard
from dashboards.components.claims import claims_panel
from dashboards.components.fields import kept_text, sent
from dashboards.components.refunds import refunds_panel
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import shown_money, translator
from permits.documents.sheet import shown_amount
from permits.money.credits import allot, available, lock_credit, open_credits
from permits.money.reconciliation.breaks import reckon
from permits.money.reconciliation.showing import held_money, party_name
from permits.money.refunds import request_refund
from permits.people.actor import Role

WIDE = "stretch_width"
FIELD = 240
"""Pixels that a field needs; where two have no room beside each other, they go below one another."""
GIVERS = (Role.CASHIER, Role.ACCOUNTANT)
READERS = (*GIVERS, Role.APPROVER)


def held_panel(visitor: Visitor, guard: Guard) -> pn.Column:
    """What is held, with its form for who may give it away; refunds, and claims for who decides them."""
    live = visitor.need(*READERS)
    table = pn.pane.HTML(held_table(visitor), sizing_mode=WIDE)
    refunds, fill = refunds_panel(visitor, guard)

    def done() -> None:
        table.object = held_table(visitor)
        fill()

    form = [held_form(visitor, guard, done)] if live.actor.has(*GIVERS) else []
    claims = [claims_panel(visitor, guard)] if live.actor.has(Role.APPROVER) else []
    return pn.Column(table, *form, refunds, *claims, sizing_mode=WIDE)


def held_table(visitor: Visitor) -> str:
    """Every credit of which something is left."""
    live = visitor.need(*READERS)
    with visitor.context.database.reading() as session:
        held = held_money(session, credits_=open_credits(session, actor=live.actor))
    return fragment("accounts_held", live.language, called=party_name, money=shown_amount, held=held)


def held_form(
    visitor: Visitor, guard: Callable[[Callable[..., None]], Callable[..., None]], done: Callable[[], None]
) -> pn.Column:  # fmt: skip
    """Choose the money, then name a bill, or a payee and a reason."""
    t = translator(visitor.need(*GIVERS).language)
    which = pn.widgets.Select(label=t("accounts-credit-choose"), options=_options(visitor), sizing_mode=WIDE)
    reference = kept_text(t("accounts-reference"), "held-reference")
    payee = kept_text(t("accounts-payee"), "held-payee", min_width=FIELD)
    reason = kept_text(t("accounts-break-reason"), "held-reason", min_width=FIELD)
    give = pn.widgets.Button(label=t("accounts-allot"), button_type="primary")
    back = pn.widgets.Button(label=t("accounts-refund"))

    def after() -> None:
        actor = visitor.need(*GIVERS).actor
        if actor.has(Role.ACCOUNTANT):
            with visitor.context.database.transaction() as session:
                reckon(session, actor=actor)
        which.options = _options(visitor)
        form.visible = bool(which.options)
        done()

    @guard
    def given(_: Any = None) -> None:
        actor, office = visitor.need(*GIVERS).actor, visitor.context.settings.office
        with visitor.context.database.transaction() as session:
            allot(
                session, actor=actor, office=office, credit_id=which.value or "", reference=reference.value_input or ""
            )
        sent(reference)
        after()

    @guard
    def asked(_: Any = None) -> None:
        actor = visitor.need(*GIVERS).actor
        with visitor.context.database.transaction() as session:
            left = available(session, lock_credit(session, which.value or ""))
            request_refund(
                session, actor=actor, credit_id=which.value or "", piastres=left, payee=payee.value_input or "",
                reason=reason.value_input or "",
            )  # fmt: skip
        sent(payee, reason)
        after()

    give.on_click(given)
    back.on_click(asked)
    one = pn.Row(reference, give, sizing_mode=WIDE)
    other = pn.FlexBox(payee, reason, back, align_items="end", sizing_mode=WIDE)
    form = pn.Column(which, one, other, sizing_mode=WIDE, visible=bool(which.options))
    return form


def _options(visitor: Visitor) -> dict[str, str]:
    live = visitor.need(*GIVERS)
    with visitor.context.database.reading() as session:
        held = held_money(session, credits_=open_credits(session, actor=live.actor))
    return {
        f"{shown_money(one.left, live.language)} · {one.reference} · "
        f"{party_name(one.party, live.language) if one.party else ''} · {one.credit.id[-6:]}": one.credit.id
        for one in held
    }
