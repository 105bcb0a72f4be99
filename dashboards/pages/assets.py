"""The desk of council property: progress of the inventory, its list by stage, its map, what ends soon, new lists."""

from typing import Any

import panel as pn

from dashboards.components.asset_import import import_card
from dashboards.components.plotmap import PlotMap
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, reporting
from dashboards.words import shown_money, translator
from permits.assets import contracts, figures, inventory
from permits.assets.inventory import KEEPERS, Domain, Stage
from permits.assets.map import assets_in
from permits.calendar import today
from permits.jobs import Context
from permits.people.actor import STAFF
from permits.privacy.accesses import LIST, look
from permits.privacy.sight import Subject

COLOURS = {Stage.LISTED: "#b9b4a6", Stage.DOCUMENTED: "#d9a441", Stage.MAPPED: "#4f7fae", Stage.VERIFIED: "#2e7d4f"}
SHOWN = 200
MAPPED = 5000
"""Rows of the list, and properties on the map: the rest is found by the filter."""

WIDE = "stretch_width"


def build(context: Context) -> pn.Template:
    """The page for one visitor."""
    visitor = arriving(context)
    live = visitor.need(*STAFF)
    t = translator(live.language)
    notice = pn.pane.Alert("", visible=False, sizing_mode=WIDE)
    stages = {t("asset-all-stages"): "", **{t(f"asset-stage-{stage}"): str(stage) for stage in Stage}}
    choice = pn.widgets.Select(label=t("asset-stage"), options=stages, sizing_mode=WIDE)
    words = pn.widgets.TextInput(label=t("asset-search"), sizing_mode=WIDE)
    table, papers = pn.pane.HTML(sizing_mode=WIDE), pn.pane.HTML(sizing_mode=WIDE)
    with context.database.reading() as session:
        land = assets_in(session, actor=live.actor, limit=MAPPED)
    drawn = PlotMap(land=land, height=420, sizing_mode=WIDE) if land["features"] else None
    guard = reporting(notice, live.language)

    @guard
    def fill(_: Any = None) -> None:
        table.object = _list(visitor, Stage(choice.value) if choice.value else None, words.value or "")

    @guard
    def show(_: Any = None) -> None:
        papers.object = _papers(visitor, drawn.chosen if drawn else "")

    def taken(text: str) -> None:
        fill()
        notice.param.update(object=text, alert_type="success", visible=True)

    choice.param.watch(fill, "value")
    words.param.watch(fill, "value")
    if drawn:
        drawn.param.watch(show, "chosen")
    fill()
    show()
    side = pn.Column(*([drawn] if drawn else []), papers, sizing_mode=WIDE)
    filters = pn.Row(choice, words, sizing_mode=WIDE)
    lists = [import_card(visitor, guard, taken)] if live.actor.has(*KEEPERS) else []
    return shell(live, t("asset-title"), main=pn.Column(notice, filters, table, *lists, sizing_mode=WIDE), side=side)


def _list(visitor: Visitor, stage: Stage | None, words: str) -> str:
    live = visitor.need(*STAFF)
    with visitor.context.database.reading() as session:
        rows, count = inventory.list_assets(session, actor=live.actor, stage=stage, text=words, limit=SHOWN)
        return fragment(
            "assets", live.language, rows=rows, count=count, progress=figures.progress(session, actor=live.actor),
            colours=COLOURS, domains=[*Domain],
        )  # fmt: skip


def _papers(visitor: Visitor, number: str) -> str:
    live = visitor.need(*STAFF)
    with visitor.context.database.transaction() as session:
        one = inventory.get_asset(session, actor=live.actor, number=number) if number else None
        ending = contracts.notices(session, actor=live.actor, on=today())[:SHOWN]
        return fragment(
            "assets_side", live.language, one=one, money=shown_money, notices=ending,
            sight=look(session, actor=live.actor, subject=Subject.ASSET_CONTRACT, subject_id=LIST),
            numbers=inventory.numbers_of(session, actor=live.actor, asset_ids={row.asset_id for row in ending}),
            income=figures.income(session, actor=live.actor)[:SHOWN],
        )  # fmt: skip
