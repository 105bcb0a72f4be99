"""A new contract on a property at the desk: what is agreed, what it brings and who stands in its way, and signing."""

from collections.abc import Callable
from typing import Any

import panel as pn
from panel.viewable import Viewer

from dashboards.components.asset_shape import ShapePad
from dashboards.components.buttons import Guard
from dashboards.components.fields import WIDE, day_of, kept_text, sent, text_of
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import shown_money, translator
from permits.assets import contracts, inventory
from permits.assets.contracts import EVERY_MONTHS, Agreement, ContractKind
from permits.assets.inventory import Domain
from permits.assets.tables import Asset
from permits.assets.terms import terms
from permits.errors import Invalid
from permits.people.actor import STAFF
from permits.privacy.accesses import look
from permits.privacy.sight import Subject

EVERY_FIRST = 12


class ContractForm(Viewer):
    """What was looked at is what is signed: a change in between is to be looked at first."""

    def __init__(self, visitor: Visitor, guard: Guard, number: str, pad: ShapePad, done: Callable[[], None]) -> None:
        super().__init__()
        self._visitor, self._number, self._pad, self._done = visitor, number, pad, done
        self._language = visitor.need(*STAFF).language
        t = self._t = translator(self._language)
        kinds = {t(f"asset-contract-{kind}"): str(kind) for kind in ContractKind}
        every = {t("asset-every-months", months=months): months for months in EVERY_MONTHS}
        self.party = kept_text(t("asset-party"), "asset-party")
        self.kind = pn.widgets.Select(label=t("asset-contract-kind"), options=kinds, sizing_mode=WIDE)
        self.first = kept_text(t("asset-first-day"), "asset-first-day", placeholder="2027-01-01")
        self.end = kept_text(t("asset-end-day"), "asset-end-day", placeholder="2028-01-01")
        self.every = pn.widgets.Select(label=t("asset-every"), options=every, value=EVERY_FIRST, sizing_mode=WIDE)
        self.preview = pn.widgets.Button(label=t("asset-preview"))
        self.sign = pn.widgets.Button(label=t("asset-sign"), color="primary", visible=False)
        self.told = pn.pane.HTML(sizing_mode=WIDE)
        self._looked: Agreement | None = None
        self.preview.on_click(guard(self._previewed))
        self.sign.on_click(guard(self._signed))
        hint = pn.pane.HTML(fragment("hint", self._language, key="asset-contract-hint"), sizing_mode=WIDE)
        self._card = pn.Card(
            hint, self.party, pn.Row(self.kind, self.every, sizing_mode=WIDE),
            pn.Row(self.first, self.end, sizing_mode=WIDE), self.told, pn.FlexBox(self.preview, self.sign),
            title=t("asset-new-contract"), collapsed=True, sizing_mode=WIDE,
        )  # fmt: skip

    def __panel__(self) -> pn.Card:
        """The form."""
        return self._card

    def offer(self, asset: Asset, *, may: bool) -> None:
        """Show the form to whoever may sign; nothing of the public domain is let."""
        self._visitor.need(*STAFF)
        self._card.visible = may
        public = [ContractKind.OCCUPANCY] if asset.domain == Domain.PUBLIC else [*ContractKind]
        self.kind.options = {self._t(f"asset-contract-{kind}"): str(kind) for kind in public}

    def _agreed(self) -> Agreement:
        first, end = day_of(self.first), day_of(self.end)
        return Agreement(
            self.kind.value, text_of(self.party), first, end, int(self.every.value), self._pad.text
        )  # fmt: skip

    def _previewed(self, _: Any = None) -> None:
        actor, agreed = self._visitor.need(*STAFF).actor, self._agreed()
        self.sign.visible, self.told.object = False, ""
        with self._visitor.context.database.transaction() as session:
            asset = inventory.get_asset(session, actor=actor, number=self._number)
            found = contracts.preview_contract(session, actor=actor, asset_id=asset.id, agreed=agreed)
            sight = look(session, actor=actor, subject=Subject.ASSET_CONTRACT, subject_id=asset.id)
            self.told.object = fragment(
                "asset_preview", self._language, found=found, sight=sight, money=shown_money, whole=not agreed.part,
                rate=terms().index_yearly,
            )  # fmt: skip
        self._looked = agreed
        self.sign.visible = not found.overlapping

    def _signed(self, _: Any = None) -> None:
        actor, agreed = self._visitor.need(*STAFF).actor, self._agreed()
        if agreed != self._looked:
            raise Invalid("contract-look-first")
        context = self._visitor.context
        with context.database.transaction() as session:
            asset = inventory.get_asset(session, actor=actor, number=self._number)
            contracts.sign_contract(
                session, actor=actor, office=context.settings.office, asset_id=asset.id, agreed=agreed
            )  # fmt: skip
        sent(self.party, self.first, self.end)
        self._pad.clear()
        self._looked, self.told.object, self.sign.visible = None, "", False
        self._done()
