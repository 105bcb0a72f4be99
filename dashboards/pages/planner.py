"""The planner's desk: a zone's plots by how they stand, and of the one that is chosen everything the office knows."""

from typing import Any
from urllib.parse import quote

import panel as pn

from dashboards.components.amending import Amending
from dashboards.components.plot_facts import PlotFacts
from dashboards.components.plotmap import PlotMap
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, given, reporting
from dashboards.words import translator
from permits.calendar import today
from permits.jobs import Context
from permits.land import zones
from permits.people.actor import Role
from permits.planning.states import COLOURS, PlotState, counts_of, plot_states

PLANNERS = (Role.PLANNER, Role.ADMIN)
WIDE = "stretch_width"
LOOK_MS = 20_000


class Planner:
    """One open page: zone, states that stay strong on the map, and the plot that is chosen."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, live = visitor, visitor.need(*PLANNERS)
        self.language, self.t = live.language, translator(live.language)
        self.notice = pn.pane.Alert("", visible=False, sizing_mode=WIDE)
        self.guard = reporting(self.notice, live.language)
        with visitor.context.database.reading() as session:
            rows = zones.zones(session)
        names = {row.name_ar if self.language == "ar" else row.name_en: row.code for row in rows}
        codes = list(names.values())
        first = given("zone") if given("zone") in codes else (codes or [""])[0]
        self.zone = pn.widgets.Select(label=self.t("planner-zone"), options=names, value=first or None, width=260)
        states = {self.t("planner-all"): "", **{self.t(f"planner-state-{state}"): str(state) for state in PlotState}}
        self.state = pn.widgets.Select(label=self.t("planner-filter"), options=states, width=230)
        self.number = pn.widgets.TextInput(label=self.t("planner-plot"), value=given("plot"), width=150)
        self.go = pn.widgets.Button(label=self.t("planner-show"), color="primary", align="end")
        self.place, self.legend = pn.Column(sizing_mode=WIDE), pn.pane.HTML(sizing_mode=WIDE)
        self.facts = PlotFacts(visitor, self.guard)
        self.amending = Amending(visitor, self.notice, lambda: str(self.zone.value or ""))
        self.map: PlotMap | None = None
        self.zone.param.watch(self.guard(self.draw), "value")
        self.state.param.watch(self.guard(self.filter), "value")
        self.go.on_click(self.guard(self.ask))

    def draw(self, _: Any = None) -> None:
        """The map of the chosen zone, anew."""
        actor = self.visitor.need(*PLANNERS).actor
        code = self.zone.value
        if not code:
            return
        with self.visitor.context.database.reading() as session:
            zone = zones.get_zone(session, code)
            plots, bounds = zones.count_plots(session, code), zones.bounds_of(session, code)
            standings = plot_states(session, actor=actor, zone=code, on=today())
        self.map = PlotMap(
            source=f"/map/{quote(code, safe='')}?v={zone.layers_sha256}", plots=plots, bounds=bounds, height=560,
            sizing_mode=WIDE, standings={number: str(state) for number, state in standings.items()},
            colours={str(state): colour for state, colour in COLOURS.items()}, shown=self._shown(),
        )  # fmt: skip
        self.map.param.watch(self.guard(self.clicked), "chosen")
        self.place.objects = [self.map]
        self.facts.clear()
        self.amending.refresh()
        self.told(standings)

    def told(self, standings: dict[str, PlotState]) -> None:
        """The legend in words, with how many plots stand so."""
        with self.visitor.context.database.reading() as session:
            counts = counts_of(standings, zones.count_plots(session, self.zone.value))
        self.legend.object = fragment("planner_legend", self.language, counts=counts, colours=COLOURS)

    def look(self) -> None:
        """Colour anew what changed while the page was open."""
        actor = self.visitor.need(*PLANNERS).actor
        if self.map is None:
            return
        with self.visitor.context.database.reading() as session:
            found = plot_states(session, actor=actor, zone=self.zone.value, on=today())
        standings = {number: str(state) for number, state in found.items()}
        if standings != self.map.standings:
            self.map.standings = standings
            self.told(found)
        self.amending.refresh()

    def filter(self, _: Any = None) -> None:
        """Fade what is in another state."""
        self.visitor.need(*PLANNERS)
        if self.map is not None:
            self.map.shown = self._shown()

    def _shown(self) -> list[str]:
        # A plot without a state has none on the map either: it is the empty one there.
        return [{PlotState.NONE: ""}.get(PlotState(self.state.value), self.state.value)] if self.state.value else []

    def clicked(self, event: Any) -> None:
        """A plot was chosen on the map."""
        self.number.value = event.new
        self.show(event.new)

    def ask(self, _: Any = None) -> None:
        """A plot was named: fly there."""
        number = (self.number.value_input or self.number.value or "").strip()
        self.show(number)
        if self.map is not None and number:
            with self.visitor.context.database.reading() as session:
                box = zones.box_of_plot(session, zone=self.zone.value, number=number)
            self.map.param.update(goal=number, bounds=box)

    def show(self, number: str) -> None:
        """Everything about a plot, and its envelope on the map."""
        self.visitor.need(*PLANNERS)
        if number and self.zone.value:
            drawn = self.facts.tell(self.zone.value, number)
            self.amending.choose(number)
            if self.map is not None:
                self.map.marked = drawn


def build(context: Context) -> pn.Template:
    """The page for one visitor; `zone` and `plot` of its address are shown at once."""
    visitor = arriving(context)
    live = visitor.need(*PLANNERS)
    page = Planner(visitor)
    page.guard(page.draw)()
    if given("plot"):
        page.guard(page.ask)()
    pn.state.add_periodic_callback(page.look, period=LOOK_MS)
    t = translator(live.language)
    empty = [] if page.zone.value else [pn.pane.HTML(fragment("planner_empty", live.language), sizing_mode=WIDE)]
    bar = pn.FlexBox(page.zone, page.state, page.number, page.go, align_items="end")
    main = pn.Column(page.notice, *empty, bar, page.legend, page.place, page.amending, sizing_mode=WIDE)
    return shell(live, t("planner-title"), main=main, side=pn.Column(page.facts, sizing_mode=WIDE))
