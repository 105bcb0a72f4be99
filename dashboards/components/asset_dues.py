"""What is done to a contract on a property at the desk: its dues demanded and corrected, and its early end."""

from collections.abc import Callable, Mapping
from typing import Any

import panel as pn
from panel.viewable import Viewer

from dashboards.components.buttons import Guard
from dashboards.components.fields import WIDE, day_of, kept_text, piastres_of, sent, text_of
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import shown_money, translator
from permits.assets import rents
from permits.assets.acting import AssetAct
from permits.assets.dues import DueState, Standing, if_ended
from permits.assets.tables import AssetContract
from permits.errors import Invalid
from permits.people.actor import STAFF

Held = Mapping[str, list[Standing]]
"""The dues of each contract by its id."""


class DuesForm(Viewer):
    """One contract is chosen; under it each act that this person may do."""

    def __init__(self, visitor: Visitor, guard: Guard, done: Callable[[str], None]) -> None:
        super().__init__()
        self._visitor, self._done, self._held = visitor, done, {}  # type: Visitor, Callable[[str], None], Held
        self._language = visitor.need(*STAFF).language
        t = self._t = translator(self._language)
        self.contract = pn.widgets.Select(label=t("asset-contract"), options={}, sizing_mode=WIDE)
        self.demand = pn.widgets.Button(label=t("asset-do-demand"), color="primary")
        self.due = pn.widgets.Select(label=t("asset-correct-which"), options={}, sizing_mode=WIDE)
        self.amount = pn.widgets.TextInput(label=t("asset-correct-amount"), sizing_mode=WIDE)
        self.why = kept_text(t("asset-correct-reason"), "asset-correct-reason")
        self.correct = pn.widgets.Button(label=t("asset-do-correct"))
        self.last = kept_text(t("asset-end-from"), "asset-end-from", placeholder="2027-06-30")
        self.reason = kept_text(t("asset-end-reason"), "asset-end-reason")
        self.look = pn.widgets.Button(label=t("asset-end-look"))
        self.end = pn.widgets.Button(label=t("asset-do-end"), color="danger", visible=False)
        self.told = pn.pane.HTML(sizing_mode=WIDE)
        self._looked = ("", "")
        self._correcting = pn.Card(
            self.due, pn.Row(self.amount, self.why, sizing_mode=WIDE), self.correct, title=t("asset-correct"),
            collapsed=True, sizing_mode=WIDE,
        )  # fmt: skip
        self._ending = pn.Card(
            pn.Row(self.last, self.reason, sizing_mode=WIDE), self.told, pn.FlexBox(self.look, self.end),
            title=t("asset-end"), collapsed=True, sizing_mode=WIDE,
        )  # fmt: skip
        self.demand.on_click(guard(self._demanded))
        self.correct.on_click(guard(self._corrected))
        self.look.on_click(guard(self._if_ended))
        self.end.on_click(guard(self._ended))
        self.contract.param.watch(guard(self._turned), "value")
        self._whole = pn.Column(self.contract, self.demand, self._correcting, self._ending, sizing_mode=WIDE)

    def __panel__(self) -> pn.Column:
        """The forms."""
        return self._whole

    def offer(self, contracts: list[AssetContract], held: Held, acts: frozenset[AssetAct]) -> None:
        """Show what may be done to the contracts as they stand now."""
        self._visitor.need(*STAFF)
        self._held = held
        self._correcting.visible, self._ending.visible = AssetAct.CORRECT in acts, AssetAct.END in acts
        self._may_demand = AssetAct.DEMAND in acts
        self._whole.visible = bool(contracts) and bool(acts & {AssetAct.DEMAND, AssetAct.CORRECT, AssetAct.END})
        options = {f"{one.number} · {self._t(f'asset-contract-{one.kind}')}": one.id for one in reversed(contracts)}
        kept = self.contract.value if self.contract.value in options.values() else next(iter(options.values()), None)
        self.contract.param.update(options=options, value=kept)
        self._turned()

    def _turned(self, _: Any = None) -> None:
        """What may be demanded and corrected of the chosen contract."""
        self._visitor.need(*STAFF)
        stands = self._held.get(str(self.contract.value), [])
        self.demand.visible = self._may_demand and any(one.state is DueState.OWED for one in stands)
        self.due.options = {self._named(one): one.due.id for one in stands if one.correctable}
        self.told.object, self.end.visible, self._looked = "", False, ("", "")

    def _named(self, one: Standing) -> str:
        kind, amount = self._t(f"asset-due-{one.due.kind}"), shown_money(one.demanded, self._language)
        return f"{one.due.number}. {kind} · {one.due.due_day} · {amount}"

    def _demanded(self, _: Any = None) -> None:
        """Every due that is owed by now, whole or not at all."""
        actor, context = self._visitor.need(*STAFF).actor, self._visitor.context
        owed = [one for one in self._held.get(str(self.contract.value), []) if one.state is DueState.OWED]
        with context.database.transaction() as session:
            for one in owed:
                rents.demand_due(
                    session, actor=actor, due_id=one.due.id, governorate=context.settings.governorate
                )  # fmt: skip
        self._done(self._t("asset-done-demand", count=len(owed)))

    def _corrected(self, _: Any = None) -> None:
        actor, piastres = self._visitor.need(*STAFF).actor, piastres_of(text_of(self.amount))
        if piastres is None:
            raise Invalid("payment-amount")
        with self._visitor.context.database.transaction() as session:
            rents.correct_due(
                session, actor=actor, due_id=str(self.due.value or ""), piastres=piastres, reason=text_of(self.why)
            )  # fmt: skip
        sent(self.amount, self.why)
        self._done(self._t("asset-done-correct"))

    def _if_ended(self, _: Any = None) -> None:
        """What ending it does to its dues; nothing is done yet."""
        self._visitor.need(*STAFF)
        found = if_ended(self._held.get(str(self.contract.value), []), day_of(self.last))
        self.told.object = fragment("asset_ending", self._language, found=found, money=shown_money)
        self._looked = (str(self.contract.value), text_of(self.last))
        self.end.visible = True

    def _ended(self, _: Any = None) -> None:
        actor = self._visitor.need(*STAFF).actor
        if self._looked != (str(self.contract.value), text_of(self.last)):
            raise Invalid("contract-look-first")
        with self._visitor.context.database.transaction() as session:
            rents.end(
                session, actor=actor, contract_id=str(self.contract.value), on=day_of(self.last),
                reason=text_of(self.reason),
            )  # fmt: skip
        sent(self.last, self.reason)
        self._done(self._t("asset-done-end"))
