"""The cashier's counter: find what somebody comes to pay, take it, hand the receipt over."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.components.buttons import Guard, doing
from dashboards.components.cash_drawer import drawer_panel
from dashboards.components.counter import Counter
from dashboards.components.fields import WIDE, piastres_of
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import shown_money, translator
from permits.cash import office
from permits.cash.desk.counter import Slip
from permits.cash.terms import note_values
from permits.documents.render import qr_svg
from permits.documents.sheet import shown_amount
from permits.money.bills import LIVE, BillState
from permits.money.demands import OFFICE
from permits.money.finding import FINDERS, Found, find_payable
from permits.money.renewing import renew_bill
from permits.people.actor import Role
from permits.privacy.accesses import look
from permits.privacy.sight import Subject

PRINT = """const page = window.open('', '_blank');
const box = document.createElement('textarea'); box.innerHTML = slip.text;
page.document.write(box.value); page.document.close(); setTimeout(() => page.print(), 400);"""
"""Panel keeps a pane's HTML escaped; the receipt alone is printed, from a window of its own."""


def taking_panel(visitor: Visitor, guard: Guard) -> pn.Column:
    """Search, bill, taking and receipt; below them the drawer. Who takes no money sees the bill alone."""
    live = visitor.need(*FINDERS)
    t = translator(live.language)
    words = pn.widgets.TextInput(
        label=t("desk-cash-find"), placeholder=t("desk-cash-find-hint"), sizing_mode=WIDE, css_classes=["cash-search"]
    )
    counter = Counter(focus=_resting(visitor), width=0, height=0, margin=0)
    bill, slip = pn.pane.HTML(sizing_mode=WIDE), pn.pane.HTML(sizing_mode=WIDE)
    pay, printing = pn.Column(sizing_mode=WIDE), pn.widgets.Button(label=t("desk-cash-print"), visible=False)
    printing.js_on_click(args={"slip": slip}, code=PRINT)

    @guard
    def find(_: Any = None) -> None:
        bill.object, pay[:] = "", []
        if (words.value or "").strip():
            bill.object, found, owed = _shown(visitor, words.value or "")
            reference = found.view.reference
            over = found.view.state == BillState.EXPIRED and live.actor.has(*OFFICE)
            if over:
                pay[:] = [_renewing(visitor, guard, reference, renewed)]
            elif owed and cashier:
                pay[:] = [_pay_form(visitor, guard, reference, owed, taken)]
            counter.go("cash-search" if not pay.objects else "cash-renew" if over else "cash-amount")

    def renewed(reference: str) -> None:
        words.value = reference

    def taken(done: Slip) -> None:
        language = visitor.need(Role.CASHIER).language
        slip.object = fragment("cash_slip", language, slip=done, money=shown_money, qr=qr_svg(done.token))
        printing.visible, bill.object, words.value, pay[:] = True, "", "", []
        drawn()
        counter.go("cash-search", slip.object)

    def rest() -> None:
        counter.go(_resting(visitor))

    words.param.watch(find, "value")
    cashier = live.actor.has(Role.CASHIER)
    drawer, drawn = drawer_panel(visitor, guard, rest) if cashier else (pn.Column(), lambda: None)
    return pn.Column(words, counter, bill, pay, slip, printing, drawer, sizing_mode=WIDE)


def _resting(visitor: Visitor) -> str:
    """Where the next key belongs: the search; before a shift is open, the first note of its count."""
    actor = visitor.need(*FINDERS).actor
    if not actor.has(Role.CASHIER) or office.drawer(visitor.context, actor)[1].shift:
        return "cash-search"
    return f"cash-note-{max(note_values())}"


def _renewing(visitor: Visitor, guard: Guard, reference: str, done: Callable[[str], None]) -> pn.Column:
    """One press for an expired bill: then the new one is shown."""
    t = translator(visitor.need(*OFFICE).language)
    new: list[str] = []
    button = doing(
        visitor, guard, t("bill-renew-act"),
        lambda s, actor: new.append(renew_bill(s, actor=actor, reference=reference).reference),
        lambda: done(new[-1]), roles=OFFICE, primary=True,
    )  # fmt: skip
    button.param.update(css_classes=["cash-renew"], align="start")
    return pn.Column(pn.pane.HTML(f"<p>{t('bill-renew-hint')}</p>", sizing_mode=WIDE), button, sizing_mode=WIDE)


def _shown(visitor: Visitor, text: str) -> tuple[str, Found, int]:
    """The bill in words, the bill itself, and what can be paid of it now."""
    live = visitor.need(*FINDERS)
    with visitor.context.database.transaction() as session:
        found = find_payable(session, actor=live.actor, text=text)
        sight = look(session, actor=live.actor, subject=Subject.BILL, subject_id=found.view.reference)
    view, mine = found.view, live.actor.has(Role.CASHIER)
    taken = office.taken_in_shift(visitor.context, live.actor, reference=view.reference) if mine else 0
    told = fragment("cash_bill", live.language, found=found, sight=sight, money=shown_money, taken=taken)
    return told, found, view.left - taken if view.state in LIVE else 0


def _pay_form(
    visitor: Visitor, guard: Guard, reference: str, left: int, done: Callable[[Slip], None]
) -> pn.Row:  # fmt: skip
    language = visitor.need(Role.CASHIER).language
    t = translator(language)
    amount = pn.widgets.TextInput(
        label=t("desk-cash-amount"), value=shown_amount(left, language), css_classes=["cash-amount"]
    )
    tendered = pn.widgets.TextInput(label=t("desk-cash-tendered"), placeholder=t("desk-cash-exact"))
    button = pn.widgets.Button(label=t("desk-cash-take"), button_type="primary", align="end")

    @guard
    def take(_: Any = None) -> None:
        actor = visitor.need(Role.CASHIER).actor
        piastres, given = piastres_of(amount.value_input or amount.value), piastres_of(tendered.value_input)
        done(
            office.take(visitor.context, actor, reference=reference, piastres=piastres, tendered=given)
        )  # fmt: skip

    button.on_click(take)
    for field in (amount, tendered):
        field.param.watch(take, "enter_pressed")
    return pn.Row(amount, tendered, button, sizing_mode=WIDE)
