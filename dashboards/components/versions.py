"""Two models of a case side by side: findings mended, new and remaining, elements changed; both in 3D on demand."""

from typing import Any

import panel as pn
from panel.viewable import Viewer

from bim.comparison.elements import Change
from bim.comparison.findings import Course
from bim.comparison.report import Comparison
from dashboards.components.buttons import Guard
from dashboards.components.viewer import Model3D
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.calendar import local_time
from permits.cases import pairs, reviews, scenes
from permits.errors import NotFound
from permits.i18n import error_text
from permits.people.actor import STAFF
from permits.review.changes import element_line, elements_line, finding_lines
from permits.review.kept import clauses_of_raw
from permits.review.viewing import change_states, viewer_texts

WIDE = "stretch_width"
MOST = 200
"""Changed elements that are listed; how many there are is said."""


class Versions(Viewer):
    """Two choices, what the comparison found, and the two buildings; `look` reads a comparison that is under way."""

    def __init__(self, visitor: Visitor, case_id: str, guard: Guard, **params: Any) -> None:
        super().__init__(**params)
        self._visitor, self._case_id = visitor, case_id
        live = visitor.need(*STAFF)
        self._language, self._t = live.language, translator(live.language)
        with visitor.context.database.reading() as session:
            self._models = pairs.judged_models(session, actor=live.actor, case_id=case_id)
        options = {self._named(number): one.id for number, one in enumerate(self._models)}
        ids = list(options.values())
        self._before = pn.widgets.Select(label=self._t("versions-before"), options=options, sizing_mode=WIDE)
        self._after = pn.widgets.Select(label=self._t("versions-after"), options=options, sizing_mode=WIDE)
        self._told = pn.pane.HTML(sizing_mode=WIDE)
        self._open = pn.widgets.Button(label=self._t("versions-model"), visible=False)
        self._buildings = pn.Row(sizing_mode=WIDE)
        self._waiting, self._found = False, None  # type: tuple[bool, Comparison | None]
        if len(ids) > 1:
            self._before.value, self._after.value = ids[1], ids[0]
            self.compare()
        else:
            self._told.object = fragment("versions_none", self._language)
        for one in (self._before, self._after):
            one.param.watch(guard(self.compare), "value")
        self._open.on_click(guard(self.open_buildings))

    def __panel__(self) -> pn.Column:
        """Choices, facts, buildings."""
        choices = [pn.Row(self._before, self._after, sizing_mode=WIDE)] if len(self._models) > 1 else []
        return pn.Column(*choices, self._told, self._open, self._buildings, sizing_mode=WIDE)

    def _named(self, number: int) -> str:
        one = self._models[number]
        return f"{len(self._models) - number}. {one.name} — \u2066{local_time(one.uploaded_at)}\u2069"

    def compare(self, _: Any = None) -> None:
        """Ask for the chosen pair, and show what is known of it."""
        self._buildings[:] = []
        if self._before.value == self._after.value:
            self._open.visible, self._told.object = False, fragment("versions_same", self._language)
            return
        actor = self._visitor.need(*STAFF).actor
        with self._visitor.context.database.transaction() as session:
            pairs.ask_pair(
                session, actor=actor, case_id=self._case_id, before_id=self._before.value, model_id=self._after.value
            )  # fmt: skip
        self._show()

    def look(self) -> None:
        """Read the comparison again while it is under way."""
        if self._waiting:
            self._show()

    def _show(self) -> None:
        live, context = self._visitor.need(*STAFF), self._visitor.context
        with context.database.reading() as session:
            state, found = pairs.read_pair(
                session, actor=live.actor, storage=context.storage, case_id=self._case_id,
                before_id=self._before.value, model_id=self._after.value,
            )  # fmt: skip
            raw = reviews.raw_report(session, storage=context.storage, case_id=self._case_id) if found else b""
        self._waiting, self._found = state == "asked", found
        self._open.visible = found is not None
        models = {one.id: one for one in self._models}
        self._told.object = fragment(
            "versions", self._language, state=state, before=models[self._before.value], after=models[self._after.value],
            most=MOST, **_lines(found, raw, self._language),
        )  # fmt: skip

    def open_buildings(self, _: Any = None) -> None:
        """Both buildings, coloured by what changed."""
        self._visitor.need(*STAFF)
        if self._found is None:
            return
        old, new = change_states(self._found)
        sides = (("before", self._before.value, old), ("after", self._after.value, new))
        self._buildings[:] = [self._building(name, model_id, states) for name, model_id, states in sides]

    def _building(self, side: str, model_id: str, states: dict[str, str]) -> pn.Column:
        title = pn.pane.HTML(f"<h3>{self._t(f'versions-{side}')}</h3>", sizing_mode=WIDE)
        building, why = self._kept(model_id)
        if building is None:
            return pn.Column(title, pn.pane.Alert(why, alert_type="warning"))
        texts = {**viewer_texts(self._language), "legend-allowed": "", "legend-beyond": ""}
        texts |= {f"legend-{name}": self._t(f"versions-{said}") if said else "" for name, said in _LEGEND[side].items()}
        address = f"/cases/{self._case_id}/model.glb?model={model_id}&v={building}"
        model = Model3D(building=address, states=states, texts=texts, language=self._language, sizing_mode=WIDE)
        return pn.Column(title, model, sizing_mode=WIDE, min_width=320)

    def _kept(self, model_id: str) -> tuple[str | None, str]:
        """The hash of a model's building, or why there is none."""
        try:
            with self._visitor.context.database.reading() as session:
                kept = scenes.scene_of(session, case_id=self._case_id, model_id=model_id)
        except NotFound as error:
            return None, error_text(error, self._language)
        return kept.building, self._t("error-scene-none")


_LEGEND = {
    "before": {"error": "removed", "warning": "changed"},
    "after": {"error": "", "warning": "changed", "selected": "added"},
}


def _lines(found: Comparison | None, raw: bytes, language: str) -> dict[str, Any]:
    if found is None:
        return {"told": {}, "counts": {}, "elements": [], "summary": ""}
    clauses = clauses_of_raw(raw)
    return {
        "told": {str(course): list(finding_lines(found, course, clauses, language)) for course in Course},
        "counts": {str(change): found.changed(change) for change in Change},
        "elements": [element_line(one, language) for one in found.elements.changes[:MOST]],
        "summary": elements_line(found, language),
    }
