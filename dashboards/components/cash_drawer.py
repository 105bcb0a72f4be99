"""The cashier's drawer: open a shift with its count, void a receipt, close with the count, bring money to the bank."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.components.buttons import Guard
from dashboards.components.fields import WIDE, counted, kept_text, note_fields, piastres_of, sent
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import shown_money, translator
from permits.cash import office
from permits.cash.till import Till, count_of
from permits.documents.sheet import shown_amount
from permits.errors import Invalid
from permits.people.actor import Role

Do = Callable[[Callable[[], object]], Callable[..., None]]


def drawer_panel(visitor: Visitor, guard: Guard, moved: Callable[[], None]) -> tuple[pn.Column, Callable[[], None]]:
    """The drawer, and what shows it as it is now; `moved` is told of every act of it that was done."""
    facts, forms = pn.pane.HTML(sizing_mode=WIDE), pn.Column(sizing_mode=WIDE)

    def draw(said: str = "") -> None:
        live = visitor.need(Role.CASHIER)
        code, till = office.drawer(visitor.context, live.actor)
        facts.object = fragment("cash_drawer", live.language, code=code, till=till, money=shown_money, said=said)
        forms[:] = _open_forms(visitor, till, act) if till.shift else _closed_forms(visitor, till, act)

    def act(work: Callable[[], object]) -> Callable[..., None]:
        @guard
        def clicked(_: Any = None) -> None:
            draw(str(work() or ""))
            moved()

        return clicked

    draw()
    return pn.Column(facts, forms, sizing_mode=WIDE), draw


def _open_forms(visitor: Visitor, till: Till, act: Do) -> list[Any]:
    """What can be done while a shift is open: void a taking, close with a count."""
    live, context = visitor.need(Role.CASHIER), visitor.context
    t = translator(live.language)
    takings = till.shift.takings.values() if till.shift else ()
    options = {f"\u2066{x.number}\u2069 — {shown_money(x.cash, live.language)}": x.number for x in takings}
    which = pn.widgets.Select(label=t("desk-cash-void-which"), options=options, sizing_mode=WIDE)
    why = kept_text(t("desk-cash-void-why"), "void-why")

    def void() -> None:
        actor = visitor.need(Role.CASHIER).actor
        office.void(context, actor, number=which.value or "", reason=why.value_input or "")
        sent(why)

    def close(notes: dict[int, int]) -> str:
        actor = visitor.need(Role.CASHIER).actor
        difference = office.close_shift(context, actor, notes=notes)
        return t("desk-cash-closed", amount=shown_money(difference, live.language))

    voiding = pn.Row(which, why, _button(t("desk-cash-void"), act(void)), sizing_mode=WIDE)
    return [*([voiding] if options else []), *_count_form(visitor, "close", close, act)]


def _closed_forms(visitor: Visitor, till: Till, act: Do) -> list[Any]:
    """What can be done between shifts: open one with its float, enter a deposit slip."""
    live, context = visitor.need(Role.CASHIER), visitor.context
    t = translator(live.language)
    slip = kept_text(t("desk-cash-slip"), "deposit-slip")
    amount = pn.widgets.TextInput(
        label=t("desk-cash-deposit-amount"), value=shown_amount(till.undeposited, live.language), sizing_mode=WIDE
    )

    def deposit() -> None:
        actor = visitor.need(Role.CASHIER).actor
        piastres = piastres_of(amount.value_input or amount.value)
        if piastres is None:
            raise Invalid("payment-amount")
        office.deposit(context, actor, slip=slip.value_input or "", piastres=piastres)
        sent(slip)

    def begin(notes: dict[int, int]) -> str:
        office.open_shift(context, visitor.need(Role.CASHIER).actor, notes=notes)
        return ""

    bank = pn.Row(slip, amount, _button(t("desk-cash-deposit"), act(deposit)), sizing_mode=WIDE)
    return [*_count_form(visitor, "open", begin, act), *([bank] if till.undeposited > 0 else [])]


def _count_form(visitor: Visitor, what: str, work: Callable[[dict[int, int]], str], act: Do) -> list[Any]:
    """A count by note with its sum, and the button that takes it."""
    language = visitor.need(Role.CASHIER).language
    t = translator(language)
    fields, total = note_fields(language), pn.pane.HTML(sizing_mode=WIDE)

    def add(_: Any = None) -> None:
        total.object = f"<p><b>{t('desk-cash-sum')}: {shown_money(count_of(counted(fields)), language)}</b></p>"

    for field in fields.values():
        field.param.watch(add, "value")
    add()
    button = _button(t(f"desk-cash-{what}"), act(lambda: work(counted(fields))))
    button.align = "start"
    hint = pn.pane.HTML(f"<p>{t(f'desk-cash-{what}-hint')}</p>", sizing_mode=WIDE)
    return [hint, pn.Row(*fields.values()), total, button]


def _button(label: str, clicked: Callable[..., None]) -> pn.widgets.Button:
    button = pn.widgets.Button(label=label, button_type="primary", align="end")
    button.on_click(clicked)
    return button
