"""The next stage of a property at the desk: its evidence with a document, and what that stage asks for besides."""

from collections.abc import Callable
from typing import Any

import panel as pn
from panel.viewable import Viewer

from dashboards.components.asset_shape import ShapePad
from dashboards.components.buttons import Guard
from dashboards.components.fields import WIDE, kept_text, sent, text_of
from dashboards.components.file_field import FileField
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.assets import inventory
from permits.assets.acting import AssetAct
from permits.assets.papers import MOST_BYTES, keep_paper
from permits.assets.tables import Asset
from permits.people.actor import STAFF

REFERENCE = ("cadastral_zone", "parcel", "sheet_no")
STEPS = (AssetAct.DOCUMENT, AssetAct.MAP, AssetAct.VERIFY)


class StageForm(Viewer):
    """One form for whichever stage comes next; its fields stay on the page, so that what was sent is forgotten."""

    def __init__(self, visitor: Visitor, guard: Guard, number: str, pad: ShapePad, done: Callable[[], None]) -> None:
        super().__init__()
        self._visitor, self._number, self._pad, self._done = visitor, number, pad, done
        language = visitor.need(*STAFF).language
        t = self._t = translator(language)
        self.evidence = kept_text(t("asset-evidence-text"), "asset-evidence", placeholder=t("asset-evidence-example"))
        self.paper = FileField(t("asset-evidence-paper"), language, accept=".pdf,.png,.jpg,.jpeg", most=MOST_BYTES)
        labels = {name: t(f"asset-{name.replace('_', '-')}-field") for name in REFERENCE}
        self.reference = {name: kept_text(labels[name], f"asset-{name}") for name in REFERENCE}
        self._lines = pn.FlexBox(*self.reference.values())
        self.buttons = {act: pn.widgets.Button(label=t(f"asset-do-{act}"), color="primary") for act in STEPS}
        for act, button in self.buttons.items():
            button.on_click(guard(self._pressed(act)))
        self._card = pn.Card(
            self._lines, self.evidence, self.paper, *self.buttons.values(), title=t("asset-next-stage"),
            sizing_mode=WIDE, collapsible=False,
        )  # fmt: skip

    def __panel__(self) -> pn.Card:
        """The form."""
        return self._card

    def offer(self, asset: Asset, acts: frozenset[AssetAct]) -> None:
        """Show what may be done at the stage of the property, and nothing where that is nothing."""
        self._visitor.need(*STAFF)
        self._card.visible = bool(acts & set(STEPS))
        self._lines.visible = AssetAct.DOCUMENT in acts
        for act, button in self.buttons.items():
            button.visible = act in acts
        for name, field in self.reference.items():
            if not text_of(field) and AssetAct.DOCUMENT in acts:
                field.value = field.value_input = str(getattr(asset, name))

    def _pressed(self, act: AssetAct) -> Callable[..., None]:
        def pressed(_: Any = None) -> None:
            actor, context = self._visitor.need(*STAFF).actor, self._visitor.context
            said = {"evidence": text_of(self.evidence), "sha256": keep_paper(context.storage, self.paper.content())}
            with context.database.transaction() as session:
                asset = inventory.get_asset(session, actor=actor, number=self._number)
                if act is AssetAct.DOCUMENT:
                    named = {name: text_of(field) for name, field in self.reference.items()}
                    inventory.document(session, actor=actor, asset_id=asset.id, **said, **named)
                elif act is AssetAct.MAP:
                    inventory.put_on_map(
                        session, actor=actor, asset_id=asset.id, shape=self._pad.text, grid=self._pad.grid, **said
                    )
                else:
                    inventory.verify_asset(session, actor=actor, asset_id=asset.id, **said)
            sent(self.evidence, *self.reference.values())
            self.paper.clear()
            if act is AssetAct.MAP:
                self._pad.clear()
            self._done()

        return pressed
