"""The import at the registrar's desk: files that were taken in, their sheets with what they lack, and what to do."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.components.buttons import Guard
from dashboards.components.fields import kept_text, sent
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.people.actor import Role
from permits.register.importing import queue, showing
from permits.register.importing.judging import Outcome

WIDE = "stretch_width"


def import_panel(visitor: Visitor, guard: Guard, notice: pn.pane.Alert, entered: Callable[[], None]) -> pn.Column:
    """The queue of one file and the form of one sheet; `entered` is called once sheets are entered."""
    t = translator(visitor.need(Role.REGISTRAR).language)
    chosen = pn.widgets.Select(label=t("register-batch"), options=_files(visitor), sizing_mode=WIDE)
    shown = pn.widgets.Select(label=t("register-shown"), options=_kinds(visitor), sizing_mode=WIDE)
    one = pn.widgets.Select(label=t("register-sheet"), options={}, sizing_mode=WIDE)
    counts, content, form = pn.pane.HTML(sizing_mode=WIDE), pn.pane.HTML(sizing_mode=WIDE), pn.Column(sizing_mode=WIDE)
    every = pn.widgets.Button(label=t("register-accept-ready"), button_type="primary", align="end")

    def fill(_: Any = None) -> None:
        live = visitor.need(Role.REGISTRAR)
        if not chosen.value:
            counts.object = fragment("register_import_counts", live.language, counts=None)
            every.visible = one.visible = False
            return
        state, outcome = shown.value
        with visitor.context.database.reading() as session:
            told = queue.counts_of(session, actor=live.actor, batch_id=chosen.value)
            rows = queue.candidates(session, actor=live.actor, batch_id=chosen.value, state=state, outcome=outcome)
        counts.object = fragment("register_import_counts", live.language, counts=told)
        options = {f"{row.position}. {row.label} ({t(f'register-outcome-{row.outcome}')})": row.id for row in rows}
        kept = one.value if one.value in options.values() else next(iter(options.values()), None)
        one.param.update(options=options, value=kept)
        one.visible, every.visible = bool(options), bool(told.outcomes.get(Outcome.READY))
        show()

    def show(_: Any = None) -> None:
        content.object, form[:] = "", []
        if one.value:
            live = visitor.need(Role.REGISTRAR)
            with visitor.context.database.transaction() as session:
                seen = showing.show(session, actor=live.actor, candidate_id=one.value, language=live.language)
            content.object = fragment("register_candidate", live.language, seen=seen)
            form[:] = _form(visitor, seen, guard, done) if seen.candidate.state == queue.OPEN else []

    def done(key: str) -> None:
        fill()
        entered()
        notice.param.update(object=t(key), alert_type="success", visible=True)

    @guard
    def accept_all(_: Any = None) -> None:
        live = visitor.need(Role.REGISTRAR)
        with visitor.context.database.transaction() as session:
            queue.accept_ready(session, actor=live.actor, batch_id=chosen.value)
        done("register-done-accepted")

    every.on_click(accept_all)
    chosen.param.watch(fill, "value")
    shown.param.watch(fill, "value")
    one.param.watch(show, "value")
    fill()
    top = pn.Row(chosen, shown, every, sizing_mode=WIDE)
    return pn.Column(top, counts, one, content, form, sizing_mode=WIDE)


def _files(visitor: Visitor) -> dict[str, str]:
    live = visitor.need(Role.REGISTRAR)
    with visitor.context.database.reading() as session:
        rows = queue.batches(session, actor=live.actor)
    return {f"\u2068{row.name}\u2069 — \u2068{row.day}\u2069 (\u2068{row.sha256[:8]}\u2069)": row.id for row in rows}


def _kinds(visitor: Visitor) -> dict[str, tuple[str, str]]:
    t = translator(visitor.need(Role.REGISTRAR).language)
    kinds = {t("register-state-open"): (queue.OPEN, "")}
    kinds |= {t(f"register-outcome-{code}"): (queue.OPEN, code) for code in Outcome if code is not Outcome.KNOWN}
    return kinds | {t(f"register-state-{code}"): (code, "") for code in (queue.ENTERED, queue.KNOWN, queue.REJECTED)}


def _form(visitor: Visitor, seen: showing.Shown, guard: Guard, done: Callable[[str], None]) -> list[Any]:
    """Fields to correct a cell, to say who an owner is, and the buttons of the sheet."""
    t = translator(visitor.need(Role.REGISTRAR).language)
    rows = {str(row.number): row.number for row in seen.rows}
    row = pn.widgets.Select(label=t("register-row"), options=rows, width=110)
    columns = {t(f"register-column-{column}"): str(column) for column in seen.offered}
    column = pn.widgets.Select(label=t("register-column"), options=columns, sizing_mode=WIDE)
    value = kept_text(t("register-value"), f"import-value-{seen.candidate.id}")
    reason = kept_text(t("registry-reason"), f"import-reason-{seen.candidate.id}")
    who = pn.widgets.Select(
        label=t("register-who"), sizing_mode=WIDE,
        options={t("register-apart", row=asked.row): (asked.row, None) for asked in seen.asked}
        | {t("register-join", row=a.row, name=name, at=at): (a.row, party)
           for a in seen.asked for at, (party, name) in enumerate(a.parties, 1)},
    )  # fmt: skip

    def act(key: str, work: Callable[..., object], said: Callable[[], dict[str, Any]]) -> pn.widgets.Button:
        @guard
        def clicked(_: Any = None) -> None:
            actor = visitor.need(Role.REGISTRAR).actor
            with visitor.context.database.transaction() as session:
                work(session, actor=actor, candidate_id=seen.candidate.id, **said())
            sent(value, reason)
            done(f"register-done-{key}")

        kind = "primary" if key == "accepted" else "default"
        button = pn.widgets.Button(label=t(f"register-do-{key}"), button_type=kind, align="end")
        button.on_click(clicked)
        return button

    def corrected() -> dict[str, Any]:
        return {"row": row.value, "column": column.value, "value": value.value_input or "", "reason": _text(reason)}

    def chosen() -> dict[str, Any]:
        return {"row": who.value[0], "party_id": who.value[1]}

    accept = [act("accepted", queue.accept, dict)] if seen.candidate.outcome == Outcome.READY else []
    parts = [pn.Row(row, column, value, sizing_mode=WIDE)]
    parts += [pn.Row(reason, act("corrected", queue.correct, corrected), sizing_mode=WIDE)]
    if seen.asked:
        parts.append(pn.Row(who, act("chosen", queue.choose, chosen), sizing_mode=WIDE))
    rejected = act("rejected", queue.reject, lambda: {"reason": _text(reason)})
    return [*parts, pn.Row(*accept, rejected)]


def _text(field: Any) -> str:
    return str(field.value_input or "")
