"""Refunds at a desk: each with where it stands; another person agrees or refuses, and it is paid."""

from collections.abc import Callable

import panel as pn

from dashboards.components.buttons import Guard, doing
from dashboards.components.fields import kept_text
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import shown_money, translator
from permits.money.channels.asking import can_by_channel, refund_by_channel
from permits.money.channels.registry import channels_of
from permits.money.refunds import approve_refund, list_refunds, pay_refund, refuse_refund
from permits.money.tables import Refund
from permits.people.accounts import names_of
from permits.people.actor import Role
from permits.privacy.accesses import LIST, look
from permits.privacy.sight import Subject

WIDE = "stretch_width"
READERS = (Role.CASHIER, Role.ACCOUNTANT, Role.APPROVER)
PAYERS = (Role.CASHIER, Role.ACCOUNTANT)


def refunds_panel(visitor: Visitor, guard: Guard) -> tuple[pn.Column, Callable[[], None]]:
    """The list with what can be done about the chosen one, and what reads it again."""
    t = translator(visitor.need(*READERS).language)
    table, form = pn.pane.HTML(sizing_mode=WIDE), pn.Column(sizing_mode=WIDE)
    which = pn.widgets.Select(label=t("refund-choose"), options={}, sizing_mode=WIDE)

    def fill() -> None:
        live = visitor.need(*READERS)
        with visitor.context.database.transaction() as session:
            rows = list_refunds(session, actor=live.actor)
            names = names_of(
                session, [r.requested_by for r in rows] + [r.decided_by or "" for r in rows], live.language
            )
            sight = look(session, actor=live.actor, subject=Subject.BILL, subject_id=LIST)
            table.object = fragment("refunds", live.language, rows=rows, names=names, sight=sight, money=shown_money)
        waiting = [row for row in rows if row.state in ("requested", "approved")]
        options = {
            f"{shown_money(r.piastres, live.language)} — {sight.name(r.payee, live.language)}": r.id for r in waiting
        }
        which.param.update(options=options, value=next(iter(options.values()), None), visible=bool(options))
        show()

    def show(_: object = None) -> None:
        channels = channels_of(visitor.context.settings)
        with visitor.context.database.reading() as session:
            row = session.get(Refund, which.value) if which.value else None
            by = row is not None and can_by_channel(session, channels=channels, refund=row)
        form[:] = [_form(visitor, guard, row, fill, by_channel=by)] if row else []

    which.param.watch(guard(show), "value")
    fill()
    return pn.Column(table, which, form, sizing_mode=WIDE), fill


def _form(visitor: Visitor, guard: Guard, row: Refund, done: Callable[[], None], *, by_channel: bool) -> pn.Row:
    """What can be done about a refund now by this visitor."""
    live, refund_id = visitor.need(*READERS), row.id
    t = translator(live.language)
    if row.state == "requested":
        why = kept_text(t("desk-refuse-why"), f"refund-why-{refund_id}")
        agree = doing(
            visitor, guard, t("desk-agree"),
            lambda s, actor: approve_refund(s, actor=actor, refund_id=refund_id), done, roles=READERS, primary=True,
        )  # fmt: skip
        refuse = doing(
            visitor, guard, t("desk-refuse"),
            lambda s, actor: refuse_refund(s, actor=actor, refund_id=refund_id, reason=why.value_input or ""), done,
            roles=READERS, words=[why],
        )  # fmt: skip
        return pn.Row(agree, why, refuse, sizing_mode=WIDE)
    if not live.actor.has(*PAYERS):
        return pn.Row()
    number = kept_text(t("refund-transfer"), f"refund-transfer-{refund_id}")
    paid = doing(
        visitor, guard, t("refund-paid"),
        lambda s, actor: pay_refund(s, actor=actor, refund_id=refund_id, transfer_reference=number.value_input or ""),
        done, roles=PAYERS, primary=True, words=[number],
    )  # fmt: skip
    channels = channels_of(visitor.context.settings)
    back = doing(
        visitor, guard, t("refund-by-channel"),
        lambda s, actor: refund_by_channel(s, actor=actor, channels=channels, refund_id=refund_id), done,
        roles=(Role.CASHIER,),
    )  # fmt: skip
    return pn.Row(*([back] if by_channel and live.actor.has(Role.CASHIER) else []), number, paid, sizing_mode=WIDE)
