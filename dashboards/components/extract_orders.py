"""Orders of extracts at a desk: the list, one order, and a button for each step that may be taken now."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.components.buttons import Guard
from dashboards.components.fields import kept_text, sent
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.extracts import billing, handing, ordering, preparing
from permits.extracts.tables import ExtractOrder
from permits.extracts.workflow import DESK, WAITING, OrderAction, OrderState, allowed, events_of

WIDE = "stretch_width"
_ASKS = {
    OrderAction.POST: ("post-number",), OrderAction.DELIVER: ("said",), OrderAction.RETURN: ("said",),
    OrderAction.COLLECT: ("taker", "seen"),
}  # fmt: skip
"""What each step asks to be written."""


def orders_panel(visitor: Visitor, guard: Guard) -> pn.Column:
    """The list with its choice of one order."""
    t = translator(visitor.need(*DESK).language)
    states = {t("registry-waiting"): [*WAITING], t("registry-all"): [*OrderState]}
    shown = pn.widgets.Select(label=t("registry-show"), options=states, sizing_mode=WIDE)
    chosen = pn.widgets.Select(label=t("registry-choose"), options={}, sizing_mode=WIDE)
    table, facts = pn.pane.HTML(sizing_mode=WIDE), pn.pane.HTML(sizing_mode=WIDE)
    form = pn.Column(sizing_mode=WIDE)

    def fill(_: Any = None) -> None:
        live = visitor.need(*DESK)
        with visitor.context.database.reading() as session:
            rows = ordering.list_orders(session, actor=live.actor, states=shown.value)
        table.object = fragment("registry_orders", live.language, rows=rows)
        options = {f"{row.number} — {row.applicant}": row.id for row in rows}
        kept = chosen.value if chosen.value in options.values() else next(iter(options.values()), None)
        chosen.param.update(options=options, value=kept)
        show()

    def show(_: Any = None) -> None:
        facts.object, form[:] = "", []
        if chosen.value:
            facts.object, offered = _facts(visitor, chosen.value)
            form[:] = _form(visitor, chosen.value, offered, guard, fill)

    shown.param.watch(fill, "value")
    chosen.param.watch(show, "value")
    fill()
    return pn.Column(pn.Row(shown, chosen, sizing_mode=WIDE), table, facts, form, sizing_mode=WIDE)


def _facts(visitor: Visitor, order_id: str) -> tuple[str, list[OrderAction]]:
    """One order in words, and the steps to offer."""
    live = visitor.need(*DESK)
    with visitor.context.database.reading() as session:
        order = ordering.get_order(session, actor=live.actor, order_id=order_id)
        centre = next((one for one in ordering.centres(session) if one.code == order.centre), None)
        told = fragment(
            "registry_order", live.language, order=order, bill=billing.bill_of(session, order_id=order_id),
            centre=getattr(centre, f"name_{live.language}") if centre else "",
            events=events_of(session, order_id=order_id),
        )  # fmt: skip
        return told, _offered(order, allowed(order, live.actor))


def _offered(order: ExtractOrder, found: list[OrderAction]) -> list[OrderAction]:
    """The steps of a desk; nothing is destroyed before its days, and what is paid may be asked for again."""
    steps = [one for one in found if one in _ACTS and (one is not OrderAction.DESTROY or handing.destroyable(order))]
    return [*steps, OrderAction.PREPARE] if order.state == OrderState.PAID else steps


def _form(
    visitor: Visitor, order_id: str, offered: list[OrderAction], guard: Guard, done: Callable[[], None]
) -> list[Any]:  # fmt: skip
    """What the steps ask for, and their buttons."""
    t = translator(visitor.need(*DESK).language)
    names = {"post-number": "extract-post-number"}
    asked = dict.fromkeys(name for action in offered for name in _ASKS.get(action, ()))
    fields = {name: kept_text(t(names.get(name, f"registry-{name}")), f"order-{name}-{order_id}") for name in asked}

    def act(action: OrderAction) -> Callable[..., None]:
        @guard
        def clicked(_: Any = None) -> None:
            said = {name: (field.value_input or "") for name, field in fields.items()}
            actor = visitor.need(*DESK).actor
            with visitor.context.database.transaction() as session:
                _ACTS[action](session, actor=actor, order_id=order_id, **_said(action, said))
            sent(*fields.values())
            done()

        return clicked

    buttons = []
    for action in offered:
        key = "registry-again" if action is OrderAction.PREPARE else f"extract-action-{action}"
        button = pn.widgets.Button(label=t(key), button_type="primary")
        button.on_click(act(action))
        buttons.append(button)
    return [pn.Row(*fields.values(), sizing_mode=WIDE), pn.Row(*buttons)] if buttons else []


def _said(action: OrderAction, said: dict[str, str]) -> dict[str, str]:
    """The fields as the use case names them."""
    match action:
        case OrderAction.POST:
            return {"tracking": said["post-number"]}
        case OrderAction.DELIVER:
            return {"proof": said["said"]}
        case OrderAction.RETURN:
            return {"reason": said["said"]}
        case OrderAction.COLLECT:
            return {"name": said["taker"], "identity": said["seen"]}
        case _:
            return {}


_ACTS: dict[OrderAction, Callable[..., object]] = {
    OrderAction.PREPARE: preparing.prepare_again, OrderAction.POST: handing.hand_to_post,
    OrderAction.DELIVER: handing.deliver, OrderAction.RETURN: handing.give_back, OrderAction.BRING: handing.bring,
    OrderAction.COLLECT: handing.collect, OrderAction.DESTROY: handing.destroy, OrderAction.CANCEL: ordering.cancel,
}  # fmt: skip
