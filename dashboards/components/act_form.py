"""The form of the acts: fields by the kind of act, a preview of every sheet it touches, then the entry."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.components.act_fields import FIELD, FIELDS, make_fields, make_lines, name_field, written_lines
from dashboards.components.buttons import Guard
from dashboards.components.fields import day_of, kept_text, sent, text_of
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.documents.sheet import shown_share
from permits.extracts.looking import Look
from permits.people.actor import Role
from permits.register.desk.entering import enter_written
from permits.register.desk.form import Written, acts_on
from permits.register.desk.preview import preview_written
from permits.register.tables import JournalEntry

WIDE = "stretch_width"


def act_form(visitor: Visitor, seen: Look, guard: Guard, done: Callable[[JournalEntry], None]) -> pn.Card:
    """A folded form on one sheet; `done` is called with the entry."""
    live = visitor.need(Role.REGISTRAR)
    t = translator(live.language)
    acts = acts_on(seen.state.status)
    kind = pn.widgets.Select(
        label=t("registry-kind"), options={t(f"registry-act-{act}"): act for act in acts}, sizing_mode=WIDE
    )
    fields, lines = make_fields(seen, live.language), make_lines(seen, live.language)
    common = ground_fields(live.language, seen.sheet.id)
    shown, below = pn.FlexBox(sizing_mode=WIDE), pn.Column(sizing_mode=WIDE)
    preview = pn.pane.HTML(sizing_mode=WIDE)

    def written() -> Written:
        asked: dict[str, Any] = {name: text_of(fields[name]) for name in FIELDS[kind.value]}
        return Written(
            act=str(kind.value), sheet_id=seen.sheet.id, reason=text_of(common["reason"]),
            document=text_of(common["document"]), day=day_of(common["document-day"]),
            **asked, **written_lines(kind.value, lines),
        )  # fmt: skip

    def turn(_: Any = None) -> None:
        for name in FIELDS[kind.value]:
            name_field(fields, name, kind.value, seen, live.language)
        preview.object, shown[:] = "", [fields[name] for name in FIELDS[kind.value]]
        below[:] = [lines[kind.value]] if kind.value in lines else []

    @guard
    def look(_: Any = None) -> None:
        preview.object = ""
        now = visitor.need(Role.REGISTRAR)
        with visitor.context.database.transaction() as session:
            found = preview_written(session, actor=now.actor, written=written(), language=now.language)
        preview.object = fragment("registry_preview", now.language, preview=found, shown_share=shown_share)

    @guard
    def enter(_: Any = None) -> None:
        now = visitor.need(Role.REGISTRAR)
        with visitor.context.database.transaction() as session:
            entry = enter_written(session, actor=now.actor, written=written())
        sent(*common.values(), *(field for field in fields.values() if isinstance(field, pn.widgets.TextInput)))
        if kind.value in lines:
            lines[kind.value].sent()
        done(entry)

    kind.param.watch(turn, "value")
    turn()
    buttons = pn.FlexBox(
        _button(t("registry-preview"), "default", look), _button(t("registry-enter"), "primary", enter)
    )
    rows = (kind, shown, below, pn.FlexBox(*common.values(), sizing_mode=WIDE), buttons, preview)
    return pn.Card(*rows, title=t("registry-enter-title"), collapsed=True, sizing_mode=WIDE)


def ground_fields(language: str, place: str, *more: str) -> dict[str, pn.widgets.TextInput]:
    """What every act rests on: the document, its day, and the reason; kept for the sheet or person that it is of."""
    t = translator(language)
    return {
        name: kept_text(t(f"registry-{name}"), f"{name}-{place}", sizing_mode="fixed", width=FIELD)
        for name in ("document", "document-day", "reason", *more)
    }


def _button(label: str, kind: str, act: Callable[..., None]) -> pn.widgets.Button:
    button = pn.widgets.Button(label=label, button_type=kind)
    button.on_click(act)
    return button
