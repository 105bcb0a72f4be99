"""The forms of a guide's draft: begin, change a clause, take a workbook, try, publish, discard, withdraw."""

from collections.abc import Callable
from typing import Any

import panel as pn
import yaml
from panel.viewable import Viewer
from sqlalchemy.orm import Session

from bim.guide.pack import Severity
from dashboards.components.buttons import Guard, doing
from dashboards.components.file_field import FileField
from dashboards.visitor import Visitor
from dashboards.words import translator
from gis.site import SheetStatus
from permits.guides import drafting, trying
from permits.guides.drafting import FaultyGuideError
from permits.guides.published import pack_of
from permits.people.actor import Actor, Role
from permits.review.wording import problem_lines

WIDE = "stretch_width"
_LONG = ("text_ar", "text_en")


class GuideDraftForm(Viewer):
    """Only what can be done now is there: without a draft its beginning, with one its clauses."""

    def __init__(self, visitor: Visitor, guard: Guard, changed: Callable[[], None], **params: Any) -> None:
        super().__init__(**params)
        self._visitor, self._guard, self._changed = visitor, guard, changed
        self._language = visitor.need(Role.ADMIN).language
        self._t = translator(self._language)
        self._revision = 0
        self._box = pn.Column(sizing_mode=WIDE)
        self._faults = pn.pane.Alert("", alert_type="danger", visible=False, sizing_mode=WIDE)
        self._clause = pn.widgets.Select(label=self._t("guide-desk-clause"), options=[], sizing_mode=WIDE)
        self._texts = {name: self._input(name) for name in (*drafting.TEXTS, "params")}
        severities = {self._t(f"guide-desk-severity-{one}"): str(one) for one in Severity}
        self._severity = pn.widgets.Select(label=self._t("guide-column-severity"), options=severities, width=160)
        statuses = {self._t("guide-desk-of-pack"): "", **{self._t(f"review-status-{s}"): str(s) for s in SheetStatus}}
        self._status = pn.widgets.Select(label=self._t("guide-desk-status"), options=statuses, width=160)
        self._file = FileField(self._t("guide-desk-file"), self._language, accept=".xlsx", most=drafting.MOST_BYTES)
        self._id = pn.widgets.TextInput(label=self._t("guide-column-id"), width=180)
        self._version = pn.widgets.TextInput(label=self._t("guide-column-version"), width=90)
        self._day = pn.widgets.TextInput(label=self._t("guide-desk-from"), placeholder="2027-01-31", width=140)
        self._gone = pn.widgets.Select(label=self._t("guide-desk-published"), options={}, sizing_mode=WIDE)
        self._reason = pn.widgets.TextInput(label=self._t("guide-desk-reason"), sizing_mode=WIDE)
        self._clause.param.watch(guard(self._picked), "value")
        self.refresh()

    def __panel__(self) -> pn.Column:
        """The faults of the last try, and the forms."""
        return pn.Column(self._faults, self._box, sizing_mode=WIDE)

    def _input(self, name: str) -> Any:
        label = self._t(f"guide-column-{name.replace('_', '-')}")
        kind = pn.widgets.TextAreaInput if name in _LONG else pn.widgets.TextInput
        return kind(label=label, sizing_mode=WIDE)

    def refresh(self) -> None:
        """Show what can be done now."""
        actor = self._visitor.need(Role.ADMIN).actor
        with self._visitor.context.database.reading() as session:
            draft = drafting.open_draft(session, actor=actor)
            future = {
                f"{row.pack} · {row.valid_from}": row.id
                for row, gone in drafting.publications(session, actor=actor)
                if gone is None
            }
        self._gone.param.update(options=future, value=next(iter(future.values()), None))
        leaving = [pn.Card(
            self._gone, self._reason, self._button("guide-desk-withdraw", self._withdraw),
            title=self._t("guide-desk-withdraw"), collapsed=True, sizing_mode=WIDE,
        )] if future else []  # fmt: skip
        if draft is None:
            begin = self._button("guide-desk-begin", lambda s, a: drafting.begin_draft(s, actor=a), primary=True)
            self._box.objects = [begin, *leaving]
            return
        self._revision = draft.revision
        codes = {f"{code} {one.title[self._language]}": code for code, one in pack_of(draft.content).entries.items()}
        if self._clause.options != codes:
            self._clause.options = codes
        self._box.objects = [self._editing(), self._publishing(), *leaving]
        self._picked()

    def _editing(self) -> pn.Card:
        save = self._button("guide-desk-save", self._save, primary=True)
        taken = self._button("guide-desk-import", self._import)
        words = pn.FlexBox(self._severity, self._status)
        fields = (self._clause, words, *self._texts.values(), save, self._file, taken)
        return pn.Card(*fields, title=self._t("guide-desk-edit"), sizing_mode=WIDE)

    def _publishing(self) -> pn.Card:
        trial = self._button("guide-desk-try", lambda s, a: trying.ask_trial(s, actor=a))
        discard = self._button("guide-desk-discard", lambda s, a: drafting.discard_draft(s, actor=a))
        go = self._button("guide-desk-publish", self._publish, primary=True)
        rows = (pn.Row(trial, discard), pn.FlexBox(self._id, self._version, self._day, go, align_items="end"))
        return pn.Card(*rows, title=self._t("guide-desk-publish"), sizing_mode=WIDE)

    def _button(self, key: str, work: Callable[[Session, Actor], object], *, primary: bool = False) -> Any:
        def done() -> None:
            self.refresh()
            self._changed()

        def told(wrapped: Callable[..., None]) -> Callable[..., None]:
            def telling(*args: Any) -> None:
                self._faults.visible = False
                try:
                    wrapped(*args)
                except FaultyGuideError as error:
                    lines = problem_lines(error.faults, self._language)
                    self._faults.param.update(object="\n\n".join(lines[:20]), visible=True)

            return self._guard(telling)

        return doing(self._visitor, told, self._t(key), work, done, roles=(Role.ADMIN,), primary=primary)

    def _picked(self, _: Any = None) -> None:
        actor = self._visitor.need(Role.ADMIN).actor
        with self._visitor.context.database.reading() as session:
            draft = drafting.open_draft(session, actor=actor)
        clause = pack_of(draft.content).entries.get(str(self._clause.value)) if draft else None
        if clause is None:
            return
        for name in drafting.TEXTS:
            self._texts[name].value = getattr(clause, name)
        flow = yaml.safe_dump(dict(clause.params), default_flow_style=True, allow_unicode=True, width=10_000)
        self._texts["params"].value = flow.strip().removeprefix("{").removesuffix("}")
        self._severity.value, self._status.value = str(clause.severity), str(clause.status or "")

    def _save(self, session: Session, actor: Actor) -> None:
        said = {name: str(one.value or "") for name, one in self._texts.items()}
        said |= {"severity": str(self._severity.value), "status": str(self._status.value)}
        drafting.change_clause(
            session, actor=actor, code=str(self._clause.value), said=said, revision=self._revision
        )  # fmt: skip

    def _import(self, session: Session, actor: Actor) -> None:
        drafting.import_workbook(session, actor=actor, content=self._file.content(), name=self._file.filename)

    def _publish(self, session: Session, actor: Actor) -> None:
        asked = [str(one.value or "") for one in (self._id, self._version, self._day)]
        drafting.publish(session, actor=actor, pack=asked[0], version=asked[1], valid_from=asked[2])

    def _withdraw(self, session: Session, actor: Actor) -> None:
        reason = str(self._reason.value or "")
        drafting.withdraw(session, actor=actor, publication_id=str(self._gone.value), reason=reason)
