"""One demand in parts at the cash desk: instalments one after the other, or several payers by their shares."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.buttons import Guard, doing
from dashboards.components.fields import day_of, kept_text
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import shown_money, translator
from permits.calendar import today
from permits.errors import Invalid
from permits.money.bills import Part
from permits.money.demands import demand_of, owed
from permits.money.finding import find_payable
from permits.money.instalments import equal_parts, pay_by_instalments, pay_by_several, payers_parts
from permits.people.actor import Actor, Role
from permits.privacy.accesses import look
from permits.privacy.sight import Subject
from permits.register.shares import WHOLE, read_share

WIDE = "stretch_width"
READERS = (Role.CASHIER, Role.APPROVER)
DAYS, MOST_DAYS = 30, 366


def parts_panel(visitor: Visitor, guard: Guard) -> pn.Column:
    """The bill, both ways to divide what is left of it, and the bills that came of it."""
    t = translator(visitor.need(*READERS).language)
    number = kept_text(t("desk-relief-bill"), "parts-bill")
    result = pn.pane.HTML(sizing_mode=WIDE)

    @guard
    def show(_: Any = None) -> None:
        live = visitor.need(*READERS)
        with visitor.context.database.transaction() as session:
            found = find_payable(session, actor=live.actor, text=number.value_input or "")
            sight = look(session, actor=live.actor, subject=Subject.BILL, subject_id=found.view.reference)
        result.object = fragment("cash_bill", live.language, found=found, sight=sight, money=shown_money, taken=0)

    number.param.watch(show, "value")
    return pn.Column(number, result, _instalments(visitor, guard, number, show), _payers(visitor, guard, number, show))


def _instalments(visitor: Visitor, guard: Guard, number: Any, done: Any) -> pn.Row:
    t = translator(visitor.need(*READERS).language)
    count = pn.widgets.IntInput(label=t("desk-parts-count"), value=3, start=2, end=60, sizing_mode=WIDE)
    first = pn.widgets.TextInput(label=t("desk-parts-first"), value=today().isoformat(), sizing_mode=WIDE)
    every = pn.widgets.IntInput(label=t("desk-parts-every"), value=DAYS, start=1, end=MOST_DAYS, sizing_mode=WIDE)

    def cut(session: Session, actor: Actor) -> None:
        found = find_payable(session, actor=actor, text=number.value_input or "")
        left = owed(session, demand=demand_of(session, found.demand_id))
        parts = equal_parts(
            left, payer=found.view.payer, count=count.value or 1, first=day_of(first),
            every=timedelta(days=every.value or DAYS),
        )  # fmt: skip
        pay_by_instalments(session, actor=actor, demand_id=found.demand_id, parts=parts)

    button = doing(visitor, guard, t("desk-parts-cut"), cut, done, roles=READERS, primary=True)
    return pn.Row(count, first, every, button, sizing_mode=WIDE)


def _payers(visitor: Visitor, guard: Guard, number: Any, done: Any) -> pn.Row:
    t = translator(visitor.need(*READERS).language)
    names = pn.widgets.TextAreaInput(
        label=t("desk-parts-payers"), css_classes=["keep", "keep-parts-payers"], height=110, sizing_mode=WIDE
    )

    def cut(session: Session, actor: Actor) -> None:
        found = find_payable(session, actor=actor, text=number.value_input or "")
        left = owed(session, demand=demand_of(session, found.demand_id))
        pay_by_several(
            session, actor=actor, demand_id=found.demand_id, parts=payers_of(names.value_input or "", left)
        )  # fmt: skip

    button = doing(visitor, guard, t("desk-parts-divide"), cut, done, roles=READERS, words=[names])
    return pn.Row(names, button, sizing_mode=WIDE)


def payers_of(text: str, piastres: int) -> Sequence[Part]:
    """A part for each line "name: share"; Invalid where a share cannot be read or they are not one whole."""
    said = [line.rpartition(":") for line in text.splitlines() if line.strip()]
    try:
        shares = [(name.strip(), read_share(share, whole=WHOLE)) for name, _, share in said]
    except ValueError as error:
        raise Invalid("payers-shares") from error
    if sum(share for _, share in shares) != 1 or any(share <= 0 for _, share in shares):
        raise Invalid("payers-shares")
    return payers_parts(piastres, shares)
