"""One plot for the planner: what may be built, its plan with the shadow of an hour, its sheets, cases and papers."""

from datetime import date, time
from typing import Any

import panel as pn
from markupsafe import Markup
from panel.viewable import Viewer

from dashboards.components.buttons import Guard
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from gis.envelope import Envelope, envelope
from gis.errors import LandError
from gis.geojson import GeoJson
from gis.site import Site
from permits.calendar import today
from permits.errors import Invalid
from permits.i18n import error_text
from permits.land.allowed import as_geojson, sections
from permits.land.plan import plan
from permits.land.sites import site_of_plot
from permits.people.actor import Role
from permits.planning.dossier import dossier_of
from permits.planning.shade import Shade, shade_of
from permits.planning.wording import sheet_rows

PLANNERS = (Role.PLANNER, Role.ADMIN)
WIDE = "stretch_width"
NOON = "12:00"


class PlotFacts(Viewer):
    """Empty until a plot is shown; the day also says which sheet is in force."""

    def __init__(self, visitor: Visitor, guard: Guard, **params: Any) -> None:
        super().__init__(**params)
        self._visitor = visitor
        self._language = visitor.need(*PLANNERS).language
        t = translator(self._language)
        self._asked: tuple[str, str] | None = None
        self._day = pn.widgets.TextInput(label=t("planner-day"), value=today().isoformat(), width=140)
        hours = [f"{half // 2:02d}:{half % 2 * 30:02d}" for half in range(9, 40)]
        self._hour = pn.widgets.Select(label=t("planner-hour"), options=hours, value=NOON, width=110)
        self._shade = pn.widgets.Button(label=t("planner-shade"), align="end")
        self._form = pn.FlexBox(self._day, self._hour, self._shade, align_items="end", visible=False)
        self._plan, self._about = pn.pane.HTML(sizing_mode=WIDE), pn.pane.HTML(sizing_mode=WIDE)
        self._shade.on_click(guard(self._again))
        self.clear()

    def __panel__(self) -> pn.Column:
        """Plan, the hour of its shadow, and what is known."""
        return pn.Column(self._form, self._plan, self._about, sizing_mode=WIDE)

    def clear(self) -> None:
        """Nothing is chosen."""
        self._asked, self._form.visible, self._plan.object = None, False, ""
        self._about.object = fragment("planner_choose", self._language)

    def tell(self, zone: str, plot: str) -> GeoJson | None:
        """Show a plot; returns its envelope for the map, None where no sheet says what may be built."""
        actor = self._visitor.need(*PLANNERS).actor
        day, hour = _moment(self._day.value_input or self._day.value, self._hour.value)
        context = self._visitor.context
        with context.database.reading() as session:
            known = dossier_of(session, actor=actor, storage=context.storage, zone=zone, plot=plot, on=day)
            try:
                site, why = site_of_plot(session, storage=context.storage, zone=zone, plot=plot, on=day), ""
            except LandError as error:  # no sheet on that day, or no front: everything else is told
                site, why = None, error_text(error, self._language)
            about = fragment(
                "planner_plot", self._language, known=known, why=why, day=day, site=site,
                sections=sections(site, envelope(site), self._language) if site else {},
                sheets=[sheet_rows(sheet, self._language) for sheet in known.sheets], lines=known.sheets,
            )  # fmt: skip
        self._asked, self._form.visible, self._about.object = (zone, plot), True, about
        self._plan.object = self._drawn(site, envelope(site), day, hour) if site else ""
        return _on_map(site) if site else None

    def _again(self, _: Any = None) -> None:
        self._visitor.need(*PLANNERS)
        if self._asked:
            self.tell(*self._asked)

    def _drawn(self, site: Site, allowed: Envelope, day: date, hour: time) -> str:
        shade: Shade = shade_of(site, allowed, day=day, hour=hour)
        svg = plan(site, allowed, self._language, font="inherit", shade=shade.ground)
        drawing = Markup(svg)  # noqa: S704 - drawn by us, every text in it escaped
        return fragment("planner_shade", self._language, drawing=drawing, shade=shade, day=day, hour=f"{hour:%H:%M}")


def _moment(day: str | None, hour: str) -> tuple[date, time]:
    try:
        return date.fromisoformat((day or "").strip()), time.fromisoformat(hour)
    except ValueError as error:
        raise Invalid("day-invalid", day=(day or "")[:20]) from error


def _on_map(site: Site) -> GeoJson:
    drawn = as_geojson(site, envelope(site))
    return {**drawn, "features": [f for f in drawn["features"] if f["properties"]["kind"] == "building"]}
