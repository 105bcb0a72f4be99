"""Claims on payers at the accountant's desk: ask that one be demanded or written off; another person decides."""

from collections.abc import Callable

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.buttons import Guard, doing
from dashboards.components.fields import kept_text
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import shown_money, translator
from permits.money.reconciliation.claims import Claim, ClaimWay, ask_claim, decide_claim, open_claims
from permits.money.reconciliation.showing import party_name
from permits.people.actor import Actor, Role

WIDE = "stretch_width"
READERS = (Role.ACCOUNTANT, Role.APPROVER)


def claims_panel(visitor: Visitor, guard: Guard) -> pn.Column:
    """Every open claim, and what can be done about the chosen one."""
    t = translator(visitor.need(*READERS).language)
    table, form = pn.pane.HTML(sizing_mode=WIDE), pn.Column(sizing_mode=WIDE)
    which = pn.widgets.Select(label=t("claim-choose"), options={}, sizing_mode=WIDE)
    found: dict[str, Claim] = {}

    def fill() -> None:
        live = visitor.need(*READERS)
        with visitor.context.database.reading() as session:
            rows = open_claims(session, actor=live.actor)
        found.clear()
        found.update({row.payment.id: row for row in rows})
        table.object = fragment("claims", live.language, rows=rows, called=party_name, money=shown_money)
        options = {f"{r.payment.provider_txn} — {shown_money(r.piastres, live.language)}": r.payment.id for r in rows}
        which.param.update(options=options, value=next(iter(options.values()), None), visible=bool(options))
        show()

    def show(_: object = None) -> None:
        chosen = found.get(which.value or "")
        form[:] = [_form(visitor, guard, chosen, fill)] if chosen else []

    which.param.watch(guard(show), "value")
    fill()
    return pn.Column(table, which, form, sizing_mode=WIDE)


def _form(visitor: Visitor, guard: Guard, claim: Claim, done: Callable[[], None]) -> pn.Row:
    """Asking, or where it was asked the decision of another person."""
    live = visitor.need(*READERS)
    t = translator(live.language)
    if claim.asked:
        decision, governorate = claim.asked.id, visitor.context.settings.governorate

        def decide(*, agrees: bool) -> pn.widgets.Button:
            def work(session: Session, actor: Actor) -> None:
                decide_claim(session, actor=actor, decision_id=decision, agrees=agrees, governorate=governorate)

            label = t("desk-agree" if agrees else "desk-refuse")
            return doing(visitor, guard, label, work, done, roles=READERS, primary=agrees)

        return pn.Row(decide(agrees=True), decide(agrees=False), sizing_mode=WIDE)
    if not live.actor.has(Role.ACCOUNTANT):
        return pn.Row()
    ways = {t(f"claim-way-{way.replace('_', '-')}"): str(way) for way in ClaimWay}
    way = pn.widgets.Select(label=t("claim-way"), options=ways, sizing_mode=WIDE)
    payment = claim.payment.id
    why = kept_text(t("accounts-break-reason"), f"claim-why-{payment}")
    ask = doing(
        visitor, guard, t("claim-ask"),
        lambda s, actor: ask_claim(s, actor=actor, payment_id=payment, way=way.value, reason=why.value_input or ""),
        done, roles=(Role.ACCOUNTANT,), primary=True, words=[why],
    )  # fmt: skip
    return pn.Row(way, why, ask, sizing_mode=WIDE)
