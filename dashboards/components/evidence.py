"""The building as evidence: on the map and, when asked for, in 3D; both show the finding that is chosen."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import panel as pn
from panel.viewable import Viewer

from bim.scene.gltf import read_json
from dashboards.components.buttons import Guard
from dashboards.components.plotmap import PlotMap
from dashboards.components.viewer import Model3D
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from gis.geojson import GeoJson
from permits.cases import cases, scenes
from permits.cases.messages import MOST_ELEMENTS, Pointer
from permits.errors import Invalid, NotFound
from permits.i18n import error_text
from permits.people.actor import STAFF
from permits.review.casemap import case_map
from permits.review.kept import Shown
from permits.review.viewing import footprints, states_of_raw, viewer_texts

_PLAN, _MODEL = "plan", "model"


class Evidence(Viewer):
    """Map and viewer, one at a time: the viewer and its scene are loaded when it is first chosen."""

    def __init__(
        self, visitor: Visitor, case_id: str, report: bytes | None, land: GeoJson, plot: str, guard: Guard,
        picked: Callable[[str], None], **params: Any,
    ) -> None:  # fmt: skip
        super().__init__(**params)
        self._visitor, self._case_id, self._report, self._picked = visitor, case_id, report, picked
        self._language = visitor.need(*STAFF).language
        self._t = translator(self._language)
        drawn = case_map(report, self._language) if report else None
        self._guard = guard
        self._map = PlotMap(land=land, building=drawn, chosen=plot, height=420, sizing_mode="stretch_width")
        legend = pn.pane.HTML(fragment("map_legend", self._language), sizing_mode="stretch_width")
        self._plan = pn.Column(self._map, *([legend] if drawn else []), sizing_mode="stretch_width")
        self._model: Model3D | None = None
        self._chosen: list[str] = []
        self._switch = pn.widgets.RadioButtonGroup(
            options={self._t(f"viewer-place-{one}"): one for one in (_PLAN, _MODEL)}, value=_PLAN,
            label=self._t("viewer-place"), visible=report is not None,
        )  # fmt: skip
        self._switch.param.watch(guard(self._switched), "value")
        self._place = pn.Column(self._plan, sizing_mode="stretch_width")

    def __panel__(self) -> pn.Column:
        """Switch and place."""
        return pn.Column(self._switch, self._place, sizing_mode="stretch_width")

    def bring_out(self, finding: Shown) -> None:
        """Bring the elements of a finding out, on the map too, and open the 3D view."""
        self._choose([element.guid for element in finding.elements])
        self._switch.value = _MODEL
        if self._model is not None:
            self._model.chosen = list(self._chosen)

    def view(self) -> Pointer:
        """What the 3D view shows now, for a message; Invalid where none is open."""
        if self._model is None or not self._model.camera:
            raise Invalid("view-none")
        return Pointer(self._kept.review_id, viewpoint=self._model.camera, elements=tuple(self._chosen[:MOST_ELEMENTS]))

    def _choose(self, guids: list[str]) -> None:
        self._chosen = guids
        self._map.marked = footprints(self._scene, guids) if self._scene and guids else None

    def _switched(self, *_: Any) -> None:
        self._visitor.need(*STAFF)
        if self._switch.value == _PLAN:
            self._place.objects = [self._plan]
            self._model = None
            return
        try:
            self._model = self._opened()
        except NotFound as error:
            self._place.objects = [pn.pane.Alert(error_text(error, self._language), alert_type="warning"), self._plan]
            return
        self._place.objects = [self._model]

    @cached_property
    def _kept(self) -> scenes.KeptScene:
        live = self._visitor.need(*STAFF)
        with self._visitor.context.database.reading() as session:
            cases.get_case(session, actor=live.actor, case_id=self._case_id)
            return scenes.scene_of(session, case_id=self._case_id)

    @cached_property
    def _scene(self) -> dict[str, Any]:
        """The scene's JSON; empty where there is none."""
        try:
            building = self._kept.building
        except NotFound:
            return {}
        return read_json(self._visitor.context.storage.read(building)) if building else {}

    def _opened(self) -> Model3D:
        kept, base = self._kept, f"/cases/{self._case_id}"
        lost = len(self._scene["scenes"][0]["extras"]["lost"]) if self._scene else 0
        model = Model3D(
            building=f"{base}/model.glb?v={kept.building}" if kept.building else "",
            around=f"{base}/around.glb?v={kept.around}" if kept.around else "",
            states=states_of_raw(self._report) if self._report else {}, chosen=list(self._chosen),
            texts=viewer_texts(self._language, lost), language=self._language, sizing_mode="stretch_width",
        )  # fmt: skip
        model.param.watch(self._guard(self._clicked), "picked")
        return model

    def _clicked(self, event: Any) -> None:
        self._visitor.need(*STAFF)
        self._choose([event.new] if event.new else [])
        self._picked(event.new)
