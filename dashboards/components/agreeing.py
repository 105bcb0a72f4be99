"""Instalments at the accountant's desk: what the act allows, the plan before it is agreed, and the bills of it."""

from datetime import date
from typing import Any

import panel as pn

from dashboards.components.buttons import Guard, doing
from dashboards.components.fields import WIDE, day_of, kept_text
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import shown_money, translator
from permits.calendar import today
from permits.money.agreeing import Offer, agree, agree_parts, offer, plan
from permits.money.finding import Found, find_payable
from permits.people.actor import Role
from permits.privacy.accesses import look
from permits.privacy.sight import Subject

ROLES = (Role.ACCOUNTANT,)
FIELD = 240


class Agreeing:
    """The form: a number, how many parts, from when; what was shown last is what is agreed to."""

    def __init__(self, visitor: Visitor, guard: Guard) -> None:
        self.visitor, t = visitor, translator(visitor.need(*ROLES).language)
        self.number = kept_text(t("desk-relief-bill"), "agreeing-bill", min_width=FIELD)
        self.count = pn.widgets.IntInput(label=t("desk-parts-count"), value=2, start=2, end=120, width=140)
        self.first = pn.widgets.TextInput(label=t("agreeing-first"), value=today().isoformat(), width=200)
        self.facts = pn.pane.HTML(sizing_mode=WIDE)
        self.seen: Offer | None = None
        show = doing(visitor, guard, t("agreeing-show"), lambda *_: self.show(), lambda: None, roles=ROLES)
        self.agree = doing(
            visitor, guard, t("agreeing-agree"),
            lambda s, actor: agree(
                s, actor=actor, text=self._text(), count=self.count.value or 0, first_due=self._day(),
                left=self.seen.left if self.seen else 0,
            ),
            self.done, roles=ROLES, primary=True,
        )  # fmt: skip
        self.parts = doing(
            visitor, guard, t("agreeing-parts"),
            lambda s, actor: agree_parts(s, actor=actor, text=self._text()), self.done, roles=ROLES,
        )  # fmt: skip
        self._hide()
        for field in (self.number, self.count, self.first):
            field.param.watch(self._changed, "value")
        hint = pn.pane.HTML(f"<h2>{t('agreeing-title')}</h2><p>{t('agreeing-hint')}</p>", sizing_mode=WIDE)
        row = pn.FlexBox(self.number, self.count, self.first, show, align_items="end", sizing_mode=WIDE)
        self.panel = pn.Column(hint, row, self.facts, pn.FlexBox(self.agree, self.parts), sizing_mode=WIDE)

    def show(self) -> None:
        """The demand with its plan, and what may be agreed to."""
        self._hide()
        self.facts.object = ""
        live = self.visitor.need(*ROLES)
        with self.visitor.context.database.transaction() as session:
            seen = offer(session, actor=live.actor, text=self._text())
            rows = plan(seen, count=self.count.value or 0, first_due=self._day())
            bill = self._bill(session, seen.found)
        told = fragment("agreeing", live.language, offer=seen, rows=rows, money=shown_money)
        self.facts.object, self.seen = bill + told, seen
        self.agree.visible, self.parts.visible = True, not seen.parts

    def done(self) -> None:
        """The bills as they are now."""
        self._hide()
        live = self.visitor.need(*ROLES)
        with self.visitor.context.database.transaction() as session:
            found = find_payable(session, actor=live.actor, text=self._text())
            self.facts.object = self._bill(session, found)

    def _bill(self, session: Any, found: Found) -> str:
        live = self.visitor.need(*ROLES)
        sight = look(session, actor=live.actor, subject=Subject.BILL, subject_id=found.view.reference)
        return fragment("cash_bill", live.language, found=found, sight=sight, money=shown_money, taken=0)

    def _changed(self, _: Any) -> None:
        """Nobody agrees to another plan than the one he sees."""
        self.visitor.need(*ROLES)
        self._hide()

    def _hide(self) -> None:
        self.seen, self.agree.visible, self.parts.visible = None, False, False

    def _text(self) -> str:
        return self.number.value_input or self.number.value or ""

    def _day(self) -> date:
        return day_of(self.first)
