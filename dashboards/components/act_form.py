"""The form of the common acts: fields by the kind of act, a preview of shares and signals, then the entry."""

from collections.abc import Callable
from datetime import date
from typing import Any

import panel as pn

from dashboards.components.buttons import Guard
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from permits.documents.sheet import shown_share
from permits.errors import Invalid
from permits.extracts.looking import Look
from permits.i18n import translator
from permits.people.actor import Role
from permits.register.desk import DeskAct, Written, enter_written, preview_written

WIDE = "stretch_width"
_FIELDS = {
    DeskAct.SALE: ("party", "share", "identity", "name"), DeskAct.MORTGAGE: ("party", "name", "amount"),
    DeskAct.RELEASE: ("signal",), DeskAct.ATTACHMENT: ("party",), DeskAct.LIFT: ("signal",),
    DeskAct.CORRECTION: ("area", "description"),
}  # fmt: skip
"""What each act asks beside reason and document."""

_LABELS = {"share": "registry-amount-of-share"}


def act_form(visitor: Visitor, seen: Look, guard: Guard, done: Callable[[int], None]) -> pn.Card:
    """A folded form on one sheet; `done` is called with the number of the entry."""
    live = visitor.need(Role.REGISTRAR)
    t = translator(live.language)
    kind = pn.widgets.Select(
        label=t("registry-kind"), options={t(f"registry-act-{act}"): act for act in DeskAct}, sizing_mode=WIDE
    )
    fields = _fields(seen, live.language)
    common = {
        name: pn.widgets.TextInput(label=t(f"registry-{name}"), sizing_mode=WIDE)
        for name in ("document", "document-day", "reason")
    }
    shown, preview = pn.Row(sizing_mode=WIDE), pn.pane.HTML(sizing_mode=WIDE)

    def written() -> Written:
        asked = {name: _text(fields[name]) for name in _FIELDS[kind.value]}
        return Written(
            act=str(kind.value), sheet_id=seen.sheet.id, reason=_text(common["reason"]),
            document=_text(common["document"]), day=_day(_text(common["document-day"])), **asked,
        )  # fmt: skip

    def turn(_: Any = None) -> None:
        preview.object, shown[:] = "", [fields[name] for name in _FIELDS[kind.value]]
        for name in ("party", "signal"):
            fields[name].param.update(**_choices(name, seen, kind.value, live.language))

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
            number = enter_written(session, actor=now.actor, written=written()).number
        done(number)

    kind.param.watch(turn, "value")
    turn()
    buttons = pn.Row(_button(t("registry-preview"), "default", look), _button(t("registry-enter"), "primary", enter))
    rows = (kind, shown, pn.Row(*common.values(), sizing_mode=WIDE), buttons, preview)
    return pn.Card(*rows, title=t("registry-enter-title"), collapsed=True, sizing_mode=WIDE)


def _button(label: str, kind: str, act: Callable[..., None]) -> pn.widgets.Button:
    button = pn.widgets.Button(label=label, button_type=kind)
    button.on_click(act)
    return button


def _fields(seen: Look, language: str) -> dict[str, Any]:
    """Every field that some act asks for."""
    t = translator(language)
    texts = {
        name: pn.widgets.TextInput(label=t(_LABELS.get(name, f"registry-{name}")), sizing_mode=WIDE)
        for name in ("share", "identity", "name", "amount", "area", "description")
    }
    choices = {
        name: pn.widgets.Select(
            label=t(f"registry-{name}"), sizing_mode=WIDE, **_choices(name, seen, DeskAct.SALE, language)
        )
        for name in ("party", "signal")
    }
    return {**texts, **choices}


def _choices(name: str, seen: Look, act: DeskAct, language: str) -> dict[str, Any]:
    """The owners, with the whole sheet where an act may lie on it; or the signals that an act may end."""
    t = translator(language)
    if name == "party":
        whole = {} if act is DeskAct.SALE else {t("registry-whole"): ""}
        options = whole | {
            f"{at}. {getattr(owner, f'name_{language}')} ({shown_share(owner.share, language)})": owner.party
            for at, owner in enumerate(seen.owners, 1)  # two owners may have one name
        }
    else:
        ends = [signal for signal in seen.signals if (signal.kind == "mortgage") is (act is DeskAct.RELEASE)]
        options = {
            f"{at}. {t(f'annotation-{signal.kind}', detail=signal.detail)}": signal.id
            for at, signal in enumerate(ends, 1)
        }
    return {"options": options, "value": next(iter(options.values()), "")}


def _text(field: Any) -> str:
    return str((field.value_input if isinstance(field, pn.widgets.TextInput) else field.value) or "").strip()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("extract-day-unreadable") from None
