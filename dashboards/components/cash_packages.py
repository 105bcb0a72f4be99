"""Packages of the centres' desks: bring one to the books, see whether each desk agrees with them, decide conflicts."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.components.buttons import Guard, doing
from dashboards.components.fields import kept_text
from dashboards.components.file_field import FileField
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import shown_money, translator
from permits.cash.conflicts import agreement, decide, open_conflicts
from permits.cash.desks import list_desks
from permits.cash.importing import MOST_BYTES, import_package
from permits.errors import Invalid
from permits.people.actor import Role

WIDE = "stretch_width"
READERS = (Role.CASHIER, Role.APPROVER)


def packages_panel(visitor: Visitor, guard: Guard) -> pn.Column:
    """Upload, agreement by desk, conflicts with their decision."""
    live = visitor.need(*READERS)
    table, form = pn.pane.HTML(sizing_mode=WIDE), pn.Column(sizing_mode=WIDE)

    def fill() -> None:
        live = visitor.need(*READERS)
        with visitor.context.database.transaction() as session:
            told = [agreement(session, actor=live.actor, desk=d.code) for d in list_desks(session, actor=live.actor)]
            conflicts = open_conflicts(session, actor=live.actor)
            table.object = fragment("cash_desks", live.language, desks=told, conflicts=conflicts, money=shown_money)
            options = {f"\u2066{c.number}\u2069 — {shown_money(c.piastres, live.language)}": c.id for c in conflicts}
        form[:] = [_decision(visitor, guard, options, fill)] if options else []

    upload = [_upload(visitor, guard, fill)] if live.actor.has(Role.CASHIER) else []
    fill()
    return pn.Column(*upload, table, form, sizing_mode=WIDE)


def _upload(visitor: Visitor, guard: Guard, done: Callable[[], None]) -> pn.Column:
    language = visitor.need(Role.CASHIER).language
    t = translator(language)
    file = FileField(t("desk-cash-package"), language, accept="", most=MOST_BYTES)
    said = pn.pane.HTML(sizing_mode=WIDE)

    @guard
    def bring(_: Any = None) -> None:
        actor, office = visitor.need(Role.CASHIER).actor, visitor.context.settings.office
        with visitor.context.database.transaction() as session:
            result = import_package(session, actor=actor, office=office, text=_text(file.content()))
        told = t(
            "cash-imported", desk=result.desk, entries=result.entries, shifts=result.shifts,
            payments=result.payments, conflicts=result.conflicts,
        )  # fmt: skip
        rest = "" if result.whole else f" {t('cash-imported-part')}"
        ahead = t("cash-imported-ahead", desk=result.desk, minutes=result.ahead) if result.ahead else ""
        said.object = f"<p><b>{told}{rest}</b></p><p>{ahead}</p>"
        done()

    button = pn.widgets.Button(label=t("desk-cash-import"), button_type="primary")
    button.on_click(bring)
    return pn.Column(pn.Row(file, button, sizing_mode=WIDE), said, sizing_mode=WIDE)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Invalid("cash-package-unreadable") from error


def _decision(visitor: Visitor, guard: Guard, options: dict[str, str], done: Callable[[], None]) -> pn.Row:
    t = translator(visitor.need(*READERS).language)
    which = pn.widgets.Select(label=t("desk-cash-conflict"), options=options, sizing_mode=WIDE)
    said = kept_text(t("desk-cash-decision"), "conflict-decision")
    button = doing(
        visitor, guard, t("desk-cash-decide"),
        lambda s, actor: decide(s, actor=actor, conflict_id=which.value, decision=said.value_input or ""), done,
        roles=READERS, primary=True, words=[said],
    )  # fmt: skip
    return pn.Row(which, said, button, sizing_mode=WIDE)
