"""One property of the council, named in the address: its papers and contracts, and what this person may do now."""

import panel as pn

from dashboards.components.asset_contract import ContractForm
from dashboards.components.asset_dues import DuesForm
from dashboards.components.asset_shape import ShapePad
from dashboards.components.asset_stage import StageForm
from dashboards.components.fields import WIDE
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, given, reporting
from dashboards.words import translator
from permits.assets import contracts, dues, inventory
from permits.assets.acting import AssetAct, acts_of
from permits.assets.inventory import NEXT, Stage
from permits.calendar import today
from permits.documents.sheet import shown_amount
from permits.jobs import Context
from permits.people.actor import STAFF
from permits.privacy.accesses import look
from permits.privacy.sight import Subject

COLOURS = {
    dues.DueState.PAID: "pass", dues.DueState.OVERDUE: "fail", dues.DueState.OWED: "undecided",
    dues.DueState.DEMANDED: "undecided",
}  # fmt: skip


class Property:
    """One open page; whatever was done shows the property as it then is."""

    def __init__(self, visitor: Visitor, number: str) -> None:
        self.visitor, self.number = visitor, number
        live = visitor.need(*STAFF)
        self.language, self.t = live.language, translator(live.language)
        with visitor.context.database.reading() as session:
            asset = inventory.get_asset(session, actor=live.actor, number=number)
        self.notice = pn.pane.Alert("", visible=False, sizing_mode=WIDE)
        self.papers = pn.pane.HTML(sizing_mode=WIDE)
        guard = reporting(self.notice, live.language)
        self.pad = ShapePad(visitor, guard, asset.parcel)
        self.shape = pn.Card(self.pad, title=self.t("asset-shape-title"), collapsible=False, sizing_mode=WIDE)
        self.stage = StageForm(visitor, guard, number, self.pad, lambda: self.done(self.t("asset-done")))
        self.contract = ContractForm(visitor, guard, number, self.pad, lambda: self.done(self.t("asset-done-sign")))
        self.dues = DuesForm(visitor, guard, self.done)

    def done(self, text: str) -> None:
        """Say what was done, and show the property as it now is."""
        self.show()
        self.notice.param.update(object=text, alert_type="success", visible=True)

    def show(self) -> None:
        """The property, its papers and contracts with their dues, and the acts that are open now."""
        live, on = self.visitor.need(*STAFF), today()
        with self.visitor.context.database.transaction() as session:
            one = inventory.get_asset(session, actor=live.actor, number=self.number)
            rows = contracts.contracts_of(session, asset_id=one.id)
            held = {row.id: dues.standings(session, actor=live.actor, contract_id=row.id, on=on) for row in rows}
            acts = acts_of(session, actor=live.actor, asset=one)
            sight = look(session, actor=live.actor, subject=Subject.ASSET_CONTRACT, subject_id=one.id)
            self.papers.object = fragment(
                "asset", live.language, one=one, sight=sight, money=shown_amount, next=NEXT.get(Stage(one.stage)),
                evidence=inventory.evidence_of(session, asset_id=one.id), contracts=rows, held=held, colours=COLOURS,
                another=inventory.mapped_by(session, asset_id=one.id) == live.actor.id, on=on.isoformat(),
            )  # fmt: skip
        if one.polygon is not None and one.grid:
            self.pad.keep_to(one.grid, one.polygon)
        self.stage.offer(one, acts)
        self.contract.offer(one, may=AssetAct.SIGN in acts)
        self.dues.offer(rows, held, acts)
        self.pad.offer(may=AssetAct.MAP in acts or (AssetAct.SIGN in acts and one.polygon is not None))
        self.shape.visible = one.polygon is not None or AssetAct.MAP in acts


def build(context: Context) -> pn.Template:
    """The page for one visitor."""
    visitor = arriving(context)
    live = visitor.need(*STAFF)
    page = Property(visitor, given("id"))
    page.show()
    main = pn.Column(page.notice, page.papers, page.stage, page.contract, page.dues, sizing_mode=WIDE)
    return shell(live, page.t("asset-one"), number=page.number, main=main, side=pn.Column(page.shape, sizing_mode=WIDE))
