"""A zone file that waits: its defects and changes beside the map, and the decision."""

from collections.abc import Callable
from typing import Any

import panel as pn
from panel.viewable import Viewer
from sqlalchemy.orm import Session

from dashboards.components.buttons import Guard, doing
from dashboards.components.places import Places
from dashboards.components.plotmap import PlotMap
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.land import enforcing, imports
from permits.land.preview import Place, Preview, cases_on, from_bytes
from permits.land.showing import change_kinds, defect_kinds, drawn, lines_of, marked, warnings_of
from permits.land.tables import ZoneImport
from permits.people.actor import Actor, Role

WIDE = "stretch_width"


class LandPreview(Viewer):
    """Empty until a file is shown; `done` is called after a decision."""

    def __init__(self, visitor: Visitor, guard: Guard, done: Callable[[], None], **params: Any) -> None:
        super().__init__(**params)
        self._visitor, self._guard, self._done = visitor, guard, done
        self._language = visitor.need(Role.ADMIN).language
        t = self._t = translator(self._language)
        self._shown: tuple[str, ...] = ()
        self._preview: Preview | None = None
        self._map: PlotMap | None = None
        self._head, self._legend = pn.pane.HTML(sizing_mode=WIDE), pn.pane.HTML(sizing_mode=WIDE)
        self._side = pn.widgets.RadioButtonGroup(
            label=t("layers-show"), options={t("layers-changes"): "changes", t("layers-defects"): "defects"},
            value="changes",
        )  # fmt: skip
        self._places, self._place = Places(sizing_mode=WIDE), pn.Column(sizing_mode=WIDE)
        self._reason = pn.widgets.TextInput(label=t("layers-reason"), sizing_mode=WIDE)
        self._decision = pn.Column(
            self._reason,
            pn.FlexBox(
                self._button("layers-enforce", self._decide(enforce=True), primary=True),
                self._button("layers-discard", self._decide(enforce=False)), self._button("layers-again", self._again),
            ),
            sizing_mode=WIDE,
        )  # fmt: skip
        self._all = pn.Column(
            self._head, self._side, self._legend, self._place, self._places, self._decision, visible=False,
            sizing_mode=WIDE,
        )  # fmt: skip
        self._side.param.watch(guard(self.turn), "value")
        self._places.param.watch(guard(self.choose), "kind")
        self._places.param.watch(guard(self.go), "at")

    def __panel__(self) -> pn.Column:
        """Head, map, list, decision."""
        return self._all

    def tell(self, import_id: str) -> None:
        """Show a file that was judged, anew only where something of it changed; nothing of another."""
        actor, context = self._visitor.need(Role.ADMIN).actor, self._visitor.context
        with context.database.reading() as session:
            row = imports.one(session, actor=actor, import_id=import_id) if import_id else None
            if row is None or row.preview_sha256 is None:
                self._all.visible, self._shown = False, ()
                return
            outdated = row.state == "waiting" and enforcing.outdated(session, row)
            seen = (row.id, row.state, row.preview_sha256, str(outdated))
            if seen == self._shown:
                return
            preview = from_bytes(context.storage.read(row.preview_sha256))
            cases = cases_on(session, preview) if row.state == "waiting" else []
            warned = warnings_of(preview, cases, outdated=outdated, language=self._language)
            self._head.object = fragment(
                "land_head", self._language, row=row, preview=preview, cases=cases,
                warnings=warned if row.state == "waiting" else [],
            )  # fmt: skip
        fresh = (row.id, row.preview_sha256) != (self._shown[:1] + self._shown[2:3])
        self._shown, self._preview, self._decision.visible = seen, preview, row.state == "waiting"
        if fresh:
            self._draw(row, preview)
        self._all.visible = True

    def _draw(self, row: ZoneImport, preview: Preview) -> None:
        self._map = PlotMap(
            source=f"/land/imports/{row.id}/map?v={row.map_sha256}", plots=preview.plots, bounds=list(preview.bounds),
            height=480, sizing_mode=WIDE,
        )  # fmt: skip
        self._place.objects = [self._map]
        self._side.value = "changes" if preview.changes else "defects"
        self.turn()

    def _of_side(self) -> tuple[Place, ...]:
        if self._preview is None:
            return ()
        return self._preview.changes if self._side.value == "changes" else self._preview.defects

    def turn(self, _: Any = None) -> None:
        """To the changes, or to the defects."""
        self._visitor.need(Role.ADMIN)
        preview, changes = self._preview, self._side.value == "changes"
        if preview is None or self._map is None:
            return
        places = self._of_side()
        kinds = change_kinds(preview, self._language) if changes else defect_kinds(preview, self._language)
        table = fragment(
            "land_places", self._language, kinds=kinds, lines=lines_of(places, self._language), graded=not changes,
            colours={kind.code: kind.colour for kind in kinds}, more=sum(kind.count - kind.shown for kind in kinds),
            title=self._t("layers-changes" if changes else "layers-defects"),
            nothing=self._t("layers-no-changes" if changes else "layers-quality-none"),
        )  # fmt: skip
        self._legend.object = fragment(
            "land_legend", self._language, kinds=kinds, before=any(place.before for place in places)
        )
        self._places.param.update(kind="", at="", table=table)
        self._map.param.update(drawn=drawn(places), marked=None)

    def choose(self, _: Any = None) -> None:
        """One kind alone, or all of them."""
        self._visitor.need(Role.ADMIN)
        if self._map is not None:
            self._map.param.update(drawn=drawn(self._of_side(), kind=self._places.kind), marked=None)

    def go(self, _: Any = None) -> None:
        """To one place, and mark it."""
        self._visitor.need(Role.ADMIN)
        at, places = self._places.at, self._of_side()
        if self._map is not None and at.isdecimal() and int(at) < len(places):
            place = places[int(at)]
            self._map.param.update(marked=marked(place), bounds=list(place.box))

    def _decide(self, *, enforce: bool) -> Callable[[Session, Actor], object]:
        return lambda session, actor: enforcing.decide(
            session, actor=actor, import_id=self._shown[0], enforce=enforce,
            reason=str(self._reason.value_input or self._reason.value or ""),
        )  # fmt: skip

    def _again(self, session: Session, actor: Actor) -> object:
        return enforcing.judge_again(session, actor=actor, import_id=self._shown[0])

    def _button(self, key: str, work: Callable[[Session, Actor], object], *, primary: bool = False) -> Any:
        def decided() -> None:
            self._reason.value = ""
            self._done()

        return doing(self._visitor, self._guard, self._t(key), work, decided, roles=(Role.ADMIN,), primary=primary)
