"""A shape three ways: corner by corner on the map, that of a plot of the land, or typed; measured before it is kept."""

from typing import Any
from urllib.parse import quote

import panel as pn
from panel.viewable import Viewer
from shapely.geometry.base import BaseGeometry

from dashboards.components.buttons import Guard
from dashboards.components.fields import WIDE, kept_text, sent, text_of
from dashboards.components.plotmap import PlotMap
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from gis.geojson import GeoJson, box, collection
from permits.assets import shaping
from permits.errors import Invalid
from permits.land import zones
from permits.people.actor import STAFF

DRAWN, TAKEN = "draw", "plot"
COLOUR, OWN = "#b3541e", "#1f5fd0"


class ShapePad(Viewer):
    """Form and map of one shape. Once a property is drawn, its own outline and grid hold: `keep_to`."""

    def __init__(self, visitor: Visitor, guard: Guard, parcel: str) -> None:
        super().__init__()
        self._visitor, self._guard = visitor, guard
        self._grid, self._own, self._bounds = "", None, []  # type: str, GeoJson | None, list[float]
        self._language = visitor.need(*STAFF).language
        t = translator(self._language)
        self.zone = pn.widgets.Select(label=t("asset-shape-zone"), options=self._zones(), sizing_mode=WIDE)
        ways = {t(f"asset-shape-{way}"): way for way in (DRAWN, TAKEN)}
        self.way = pn.widgets.RadioButtonGroup(options=ways, value=DRAWN, label=t("asset-shape-way"))
        self.plot = kept_text(t("asset-shape-number"), "asset-shape-number", placeholder=parcel)
        self.shape = pn.widgets.TextAreaInput(
            label=t("asset-shape"), css_classes=["keep"], height=90, max_length=100_000, sizing_mode=WIDE
        )
        self.told = pn.pane.HTML(sizing_mode=WIDE)
        self.place = pn.Column(sizing_mode=WIDE)
        self._take = pn.widgets.Button(label=t("asset-shape-take"), align="end")
        self._back = pn.widgets.Button(label=t("asset-shape-back"), align="end")
        self._clear = pn.widgets.Button(label=t("asset-shape-clear"), align="end")
        rows = pn.FlexBox(self.way, self._back, self._clear, align_items="end")
        take = pn.FlexBox(self.plot, self._take, align_items="end")
        self._form = pn.Column(self.zone, rows, take, self.shape, self.told, sizing_mode=WIDE)
        self._tie(guard)
        self._draw()

    def keep_to(self, grid: str, own: BaseGeometry) -> None:
        """Show a property that is drawn, of which a part may be: corners are then in its grid."""
        self._visitor.need(*STAFF)
        self._grid, self._own, self._bounds = grid, collection([(own, {})], grid), box(own.bounds, grid)
        known = self._zones()
        if known != self.zone.options:
            self.zone.param.update(options=known, value=next(iter(known.values()), None))
        self.map.bounds = self._bounds
        self.measure()

    def _zones(self) -> dict[str, str]:
        """The zones in whose grid the shape can be."""
        arabic = self._language == "ar"
        with self._visitor.context.database.reading() as session:
            rows = [one for one in zones.zones(session) if self._grid in ("", one.grid)]
            return {one.name_ar if arabic else one.name_en: one.code for one in rows}

    def __panel__(self) -> pn.Column:
        """Map and form."""
        return pn.Column(self.place, self._form, sizing_mode=WIDE)

    def offer(self, *, may: bool) -> None:
        """The form for whoever may use a shape now; for others the map alone."""
        self._visitor.need(*STAFF)
        self._form.visible = may
        self.map.drawing = may and self.way.value == DRAWN

    @property
    def grid(self) -> str:
        """The grid of the property, or that of the chosen zone; Invalid where there is neither."""
        if self._grid:
            return self._grid
        if not self.zone.value:
            raise Invalid("asset-shape-zone-needed")
        with self._visitor.context.database.reading() as session:
            return zones.get_zone(session, self.zone.value).grid

    @property
    def text(self) -> str:
        """The shape as it is sent."""
        return text_of(self.shape)

    def clear(self, _: Any = None) -> None:
        """Begin anew."""
        self._visitor.need(*STAFF)
        sent(self.shape, self.plot)
        self.map.corners = []
        self.measure()

    def measure(self, _: Any = None) -> None:
        """Show the shape on the map, and what it comes to."""
        self._visitor.need(*STAFF)
        self.told.object = ""
        own = _coloured(self._own, OWN) if self._own else []
        self.map.drawn = {"type": "FeatureCollection", "features": own + _points(self.map.corners)}
        if self.text:
            found = shaping.measure(self.text, self.grid)
            features = own + _coloured(found.outline, COLOUR) + _points(self.map.corners)
            self.map.drawn = {"type": "FeatureCollection", "features": features}
            self.told.object = fragment("asset_area", self._language, area=found.area)

    def _tie(self, guard: Guard) -> None:
        self.zone.param.watch(guard(self._draw), "value")
        self.way.param.watch(guard(self._turned), "value")
        self.shape.param.watch(guard(self.measure), "value")
        self._clear.on_click(guard(self.clear))

        @guard
        def back(_: Any) -> None:
            self._visitor.need(*STAFF)
            self.map.corners = self.map.corners[:-1]

        @guard
        def take(_: Any) -> None:
            self._visitor.need(*STAFF)
            self._taken(text_of(self.plot) or self.plot.placeholder)

        self._back.on_click(back)
        self._take.on_click(take)

    def _draw(self, _: Any = None) -> None:
        """The land of the chosen zone beneath."""
        self._visitor.need(*STAFF)
        given: dict[str, Any] = {"land": {"type": "FeatureCollection", "features": []}}
        if self.zone.value:
            with self._visitor.context.database.reading() as session:
                zone = zones.get_zone(session, self.zone.value)
                given = {
                    "source": f"/map/{quote(zone.code, safe='')}?v={zone.layers_sha256}",
                    "plots": zones.count_plots(session, zone.code),
                    "bounds": self._bounds or zones.bounds_of(session, zone.code),
                }  # fmt: skip
        self.map = PlotMap(
            **given, drawing=self._form.visible and self.way.value == DRAWN, height=460, sizing_mode=WIDE
        )
        self.map.param.watch(self._guard(self._clicked), "chosen")
        self.map.param.watch(self._guard(self._pointed), "corners")
        self.place.objects = [self.map] if self.zone.value else []
        self.measure()

    def _turned(self, _: Any) -> None:
        self._visitor.need(*STAFF)
        self.map.drawing = self.way.value == DRAWN

    def _clicked(self, event: Any) -> None:
        self._visitor.need(*STAFF)
        if self._form.visible:
            self._taken(event.new)

    def _taken(self, number: str) -> None:
        with self._visitor.context.database.reading() as session:
            shape = shaping.shape_of_plot(session, zone=str(self.zone.value or ""), number=number)
        self.plot.value = self.plot.value_input = number
        self.map.corners = []
        self.shape.value = self.shape.value_input = shape

    def _pointed(self, _: Any) -> None:
        self._visitor.need(*STAFF)
        shape = shaping.shape_of_corners(self.map.corners)
        if shape != self.text and (shape or self.map.corners):
            self.shape.value = self.shape.value_input = shape
        else:
            self.measure()


def _coloured(shapes: GeoJson, colour: str) -> list[dict[str, Any]]:
    return [{**one, "properties": {"colour": colour}} for one in shapes["features"]]


def _points(corners: list[list[float]]) -> list[dict[str, Any]]:
    return [
        {"type": "Feature", "properties": {"colour": COLOUR}, "geometry": {"type": "Point", "coordinates": corner}}
        for corner in corners
    ]
