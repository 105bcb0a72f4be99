"""The accountant's desk: the days with their sides and breaks, money that awaits a decision, closing a day,
instalments."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.components.agreeing import Agreeing
from dashboards.components.buttons import Guard
from dashboards.components.claims import claims_panel
from dashboards.components.fields import kept_text, sent
from dashboards.components.held_money import held_form, held_table
from dashboards.components.refunds import refunds_panel
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, reporting
from dashboards.words import shown_money, translator
from permits.documents.sheet import shown_amount
from permits.jobs import Context
from permits.money.reconciliation import breaks, closing, showing
from permits.money.reconciliation.breaks import BreakReason, BreakState
from permits.money.reconciliation.closing import Day, DayState
from permits.money.reconciliation.silence import silences
from permits.money.reconciliation.terms import Owner
from permits.people.accounts import names_of
from permits.people.actor import SYSTEM, Role

COLOURS = {
    DayState.OPEN: "", DayState.AWAITING_FILE: "undecided", DayState.BROKEN: "fail", DayState.READY: "pass",
    DayState.CLOSED: "not_applicable",
}  # fmt: skip
MARKS = {BreakState.OPEN: "fail", BreakState.EXPLAINED: "undecided", BreakState.SETTLED: "pass"}
WIDE = "stretch_width"


def build(context: Context) -> pn.Template:
    """The page for one accountant."""
    visitor = arriving(context)
    live = visitor.need(Role.ACCOUNTANT)
    with context.database.transaction() as session:
        breaks.reckon(session, actor=live.actor)
    t = translator(live.language)
    notice = pn.pane.Alert("", visible=False, sizing_mode=WIDE)
    choice = pn.widgets.Select(label=t("accounts-choose"), options=_options(visitor), sizing_mode=WIDE)
    table, facts, past, money = (pn.pane.HTML(sizing_mode=WIDE) for _ in range(4))
    forms = pn.Column(sizing_mode=WIDE)
    guard = reporting(notice, live.language)

    def fill(_: Any = None) -> None:
        table.object, money.object = _table(visitor), held_table(visitor)
        facts.object, past.object = _facts(visitor, choice.value), _history(visitor, choice.value)
        forms[:] = _forms(visitor, choice.value, guard, fill)

    choice.param.watch(guard(fill), "value")
    fill()
    refunds, listed = refunds_panel(visitor, guard)

    def given() -> None:
        fill()
        listed()

    held = held_form(visitor, guard, given)
    claims = claims_panel(visitor, guard)
    agreeing = Agreeing(visitor, guard).panel
    parts = (notice, table, choice, facts, forms, past, money, held, refunds, claims, agreeing)
    main = pn.Column(*parts, sizing_mode=WIDE)
    return shell(live, t("accounts-title"), main=main)


def _days(visitor: Visitor) -> list[Day]:
    live = visitor.need(Role.ACCOUNTANT)
    with visitor.context.database.reading() as session:
        return closing.list_days(session, actor=live.actor)


def _options(visitor: Visitor) -> dict[str, tuple[str, str]]:
    """The days to choose from: those that somebody must do something about come first."""
    language = visitor.need(Role.ACCOUNTANT).language
    days = sorted(_days(visitor), key=lambda day: day.state == DayState.CLOSED)
    return {f"{showing.party_name(day.party, language)} — \u2066{day.day}\u2069": (day.party, day.day) for day in days}


def _table(visitor: Visitor) -> str:
    live = visitor.need(Role.ACCOUNTANT)
    with visitor.context.database.reading() as session:
        late = silences(session, actor=live.actor)
    return fragment(
        "accounts_days", live.language, days=_days(visitor), called=showing.party_name, money=shown_amount,
        colours=COLOURS, late=late,
    )  # fmt: skip


def _facts(visitor: Visitor, chosen: tuple[str, str] | None) -> str:
    live = visitor.need(Role.ACCOUNTANT)
    values: dict[str, Any] = {"one": None}
    if chosen:
        party, day = chosen
        with visitor.context.database.reading() as session:
            one = closing.show_day(session, actor=live.actor, party=party, day=day)
            rows = closing.breaks_of(session, party=party, day=day)
            closed, by = closing.close_of(session, party=party, day=day)
        values = {"one": one, "rows": rows, "closed": closed, "closed_by": by, "columns": showing.columns(one)}
    return fragment(
        "accounts_day", live.language, called=showing.party_name, money=shown_amount, colours=COLOURS, marks=MARKS,
        age=breaks.age_of, **values,
    )  # fmt: skip


def _history(visitor: Visitor, chosen: tuple[str, str] | None) -> str:
    """What happened to each break of the day, and by whom."""
    live = visitor.need(Role.ACCOUNTANT)
    if not chosen:
        return ""
    with visitor.context.database.reading() as session:
        found = closing.breaks_of(session, party=chosen[0], day=chosen[1])
        rows = [(row, breaks.history(session, actor=live.actor, break_id=row.id)) for row in found]
        people = [one.actor for _, events in rows for one in events if one.actor != SYSTEM.id]
        names = names_of(session, people, live.language)
    return fragment("accounts_history", live.language, rows=rows, names=names, money=shown_money)


def _forms(visitor: Visitor, chosen: tuple[str, str] | None, guard: Guard, done: Callable[[], None]) -> list[Any]:
    """What can be done about the chosen day now."""
    live = visitor.need(Role.ACCOUNTANT)
    if not chosen:
        return []
    with visitor.context.database.reading() as session:
        one = closing.show_day(session, actor=live.actor, party=chosen[0], day=chosen[1])
        rows = [r for r in closing.breaks_of(session, party=chosen[0], day=chosen[1]) if r.state != BreakState.SETTLED]
    if one.state == DayState.CLOSED:
        return []
    forms: list[Any] = _break_form(visitor, rows, guard, done) if rows else []
    if one.state == DayState.READY:
        forms.append(_close_form(visitor, chosen, guard, done))
    return forms


def _break_form(visitor: Visitor, rows: list[Any], guard: Guard, done: Callable[[], None]) -> list[Any]:
    language = visitor.need(Role.ACCOUNTANT).language
    t = translator(language)
    labels = {
        f"{t('break-' + row.kind.replace('_', '-'))} · {row.subject} · {shown_money(row.piastres, language)}": row.id
        for row in rows
    }
    which = pn.widgets.Select(label=t("accounts-break-choose"), options=labels, sizing_mode=WIDE)
    reasons = {t(f"break-reason-{reason.replace('_', '-')}"): str(reason) for reason in BreakReason}
    why = pn.widgets.Select(label=t("accounts-break-reason"), options=reasons, sizing_mode=WIDE)
    said = kept_text(t("accounts-break-note"), "break-note")
    owners = {t(f"break-owner-{owner}"): str(owner) for owner in Owner}
    owner = pn.widgets.Select(label=t("accounts-break-owner"), options=owners, sizing_mode=WIDE)
    explain = pn.widgets.Button(label=t("accounts-explain"), button_type="primary")
    give = pn.widgets.Button(label=t("accounts-reassign"))

    @guard
    def explained(_: Any = None) -> None:
        actor = visitor.need(Role.ACCOUNTANT).actor
        with visitor.context.database.transaction() as session:
            breaks.explain(session, actor=actor, break_id=which.value, reason=why.value, note=said.value_input or "")
        sent(said)
        done()

    @guard
    def given(_: Any = None) -> None:
        actor = visitor.need(Role.ACCOUNTANT).actor
        with visitor.context.database.transaction() as session:
            breaks.reassign(session, actor=actor, break_id=which.value, owner=owner.value)
        done()

    explain.on_click(explained)
    give.on_click(given)
    return [which, why, said, explain, pn.Row(owner, give, sizing_mode=WIDE)]


def _close_form(visitor: Visitor, chosen: tuple[str, str], guard: Guard, done: Callable[[], None]) -> Any:
    t = translator(visitor.need(Role.ACCOUNTANT).language)
    button = pn.widgets.Button(label=t("accounts-close"), button_type="primary")

    @guard
    def close(_: Any = None) -> None:
        actor = visitor.need(Role.ACCOUNTANT).actor
        with visitor.context.database.transaction() as session:
            closing.close_day(session, actor=actor, party=chosen[0], day=chosen[1])
        done()

    button.on_click(close)
    return pn.Column(pn.pane.HTML(f"<p>{t('accounts-close-hint')}</p>", sizing_mode=WIDE), button, sizing_mode=WIDE)
