"""The planner's form for planning sheets that change from a day on, and the changes that wait for a second planner."""

from collections.abc import Callable
from typing import Any

import panel as pn
from panel.viewable import Viewer
from sqlalchemy.orm import Session

from dashboards.components.buttons import doing
from dashboards.fragments import fragment
from dashboards.visitor import Visitor, reporting
from dashboards.words import translator
from gis.site import SheetStatus
from permits.calendar import today
from permits.land.telling import remark_text
from permits.people.actor import Actor
from permits.planning import amending
from permits.planning.amending import PLANNERS, ContradictoryError
from permits.planning.fields import BY_NAME, FIELDS, Field, shown
from permits.planning.sheets import sheets_of_plot
from permits.planning.wording import values_on

WIDE = "stretch_width"


class Amending(Viewer):
    """`zone` says which zone is shown; the form is closed until it is opened."""

    def __init__(self, visitor: Visitor, notice: pn.pane.Alert, zone: Callable[[], str], **params: Any) -> None:
        super().__init__(**params)
        self._visitor, self._zone = visitor, zone
        self._language = visitor.need(*PLANNERS).language
        self._notice, self._guard = notice, reporting(notice, self._language)
        t = self._t = translator(self._language)
        self._plots = pn.widgets.TextInput(label=t("amend-plots"), sizing_mode=WIDE)
        self._fields = {field.name: self._widget(field) for field in FIELDS}
        self._day = pn.widgets.TextInput(label=t("amend-from"), placeholder="2027-01-31", width=140)
        self._act = pn.widgets.TextInput(label=t("amend-act"), width=260)
        self._clause = pn.widgets.TextInput(label=t("amend-clause"), width=140)
        statuses = {t(f"review-status-{one}"): str(one) for one in SheetStatus}
        self._status = pn.widgets.Select(
            label=t("amend-status"), options=statuses, value=str(SheetStatus.PROVISIONAL), width=150
        )
        self._waiting = pn.widgets.Select(label=t("amend-which"), options={}, sizing_mode=WIDE)
        self._note = pn.widgets.TextInput(label=t("amend-note"), sizing_mode=WIDE)
        self._list = pn.pane.HTML(sizing_mode=WIDE)
        self._decision = pn.Column(self._waiting, self._note, self._decisions(), visible=False, sizing_mode=WIDE)

    def __panel__(self) -> pn.Column:
        """Form, decisions, list."""
        hint = pn.pane.HTML(f"<p>{self._t('amend-hint')}</p>", sizing_mode=WIDE)
        fields = pn.FlexBox(*self._fields.values(), sizing_mode=WIDE)
        reference = pn.FlexBox(self._day, self._act, self._clause, self._status, sizing_mode=WIDE)
        ask = self._button("amend-propose", self._propose, primary=True)
        form = pn.Card(
            hint, self._plots, fields, reference, ask, title=self._t("amend-title"), collapsed=True, sizing_mode=WIDE
        )
        return pn.Column(form, self._decision, self._list, sizing_mode=WIDE)

    def _widget(self, field: Field) -> pn.widgets.Widget:
        """A choice where the sheet knows only some words, else a line; both are empty while nothing changes."""
        if not field.words:
            return pn.widgets.TextInput(label=self._label(field.name), width=210)
        words = {shown(field, word, self._language): word for word in field.words}
        return pn.widgets.Select(
            label=self._label(field.name), options={self._t("amend-as-it-is"): "", **words}, value="", width=210
        )

    def _label(self, name: str) -> str:
        unit = BY_NAME[name].unit
        label = self._t(f"planner-field-{name.replace('_', '-')}")
        return f"{label} ({self._t('review-unit-m')})" if unit == "m" else label

    def choose(self, number: str) -> None:
        """The plot that is looked at is the one that a change begins with; its values stand in the empty fields."""
        self._visitor.need(*PLANNERS)
        self._plots.value = number
        context = self._visitor.context
        with context.database.reading() as session:
            sheets = sheets_of_plot(session, storage=context.storage, zone=self._zone(), plot=number)
        held = values_on(sheets, today(), self._language)
        for name, field in self._fields.items():
            if isinstance(field, pn.widgets.TextInput):
                field.placeholder = held.get(name, "")

    def refresh(self) -> None:
        """The changes of the zone that is shown now."""
        actor, zone = self._visitor.need(*PLANNERS).actor, self._zone()
        if not zone:
            return
        with self._visitor.context.database.reading() as session:
            rows = amending.amendments(session, actor=actor, zone=zone)
            units = {field.name: field.unit if field.unit == "m" else "" for field in FIELDS}
            told = fragment("amendments", self._language, rows=rows, units=units)
            waiting = {
                f"{', '.join(row.plots[:4])} · {row.valid_from} · {row.legal_act}": row.id
                for row in rows
                if row.state == "proposed"
            }
        if told != self._list.object:
            self._list.object = told
        if waiting != self._waiting.options:
            kept = (
                self._waiting.value if self._waiting.value in waiting.values() else next(iter(waiting.values()), None)
            )
            self._waiting.param.update(options=waiting, value=kept)
        self._decision.visible = bool(waiting)

    def _decisions(self) -> pn.Row:
        def decide(*, approve: bool) -> Callable[[Session, Actor], object]:
            return lambda session, actor: amending.decide(
                session, actor=actor, amendment_id=str(self._waiting.value), approve=approve,
                note=str(self._note.value or ""),
            )  # fmt: skip

        back = self._button(
            "amend-take-back",
            lambda session, actor: amending.take_back(session, actor=actor, amendment_id=str(self._waiting.value)),
        )
        approve = self._button("amend-approve", decide(approve=True), primary=True)
        return pn.Row(approve, self._button("amend-refuse", decide(approve=False)), back)

    def _button(self, key: str, work: Callable[[Session, Actor], object], *, primary: bool = False) -> Any:
        def told(wrapped: Callable[..., None]) -> Callable[..., None]:
            def telling(*args: Any) -> None:
                try:
                    wrapped(*args)
                except ContradictoryError as error:
                    said = remark_text(error.remark, self._language)
                    self._notice.param.update(object=said, alert_type="danger", visible=True)

            return self._guard(telling)

        return doing(self._visitor, told, self._t(key), work, self.refresh, roles=PLANNERS, primary=primary)

    def _propose(self, session: Session, actor: Actor) -> None:
        amending.propose(
            session, actor=actor, storage=self._visitor.context.storage, zone=self._zone(),
            plots=str(self._plots.value or "").replace("،", ",").split(","),
            changes={name: str(field.value or "") for name, field in self._fields.items()},
            valid_from=str(self._day.value or ""), legal_act=str(self._act.value or ""),
            clause=str(self._clause.value or ""), status=str(self._status.value),
        )  # fmt: skip
