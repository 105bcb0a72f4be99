"""The registrar's page: the property sheet of a plot's parcel as of today, and the way to order its extract."""

from datetime import date
from typing import Any

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.fields import day_in
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import arriving, given, reporting
from dashboards.words import translator
from permits.calendar import today
from permits.documents.sheet import shown_share
from permits.jobs import Context
from permits.land import zones
from permits.people.actor import STAFF, Actor
from permits.privacy.accesses import ANSWERABLE, Look, looks_at
from permits.privacy.sight import Subject
from permits.register.sheets import current_sheet, personal_signals, sheet_of_plot
from permits.register.signals import blocked_by

SHOWN = 20


def build(context: Context) -> pn.Template:
    """The page for one visitor."""
    visitor = arriving(context)
    live = visitor.need(*STAFF)
    t = translator(live.language)
    with context.database.reading() as session:
        names = {zone.name_ar if live.language == "ar" else zone.name_en: zone.code for zone in zones.zones(session)}
    notice = pn.pane.Alert("", visible=False, sizing_mode="stretch_width")
    first = given("zone") if given("zone") in names.values() else next(iter(names.values()), None)
    zone = pn.widgets.Select(label=t("sheet-zone"), options=names, value=first, sizing_mode="stretch_width")
    plot = pn.widgets.TextInput(label=t("case-plot"), value=given("plot"), sizing_mode="stretch_width")
    on = pn.widgets.TextInput(label=t("sheet-on"), placeholder=today().isoformat(), sizing_mode="stretch_width")
    button = pn.widgets.Button(label=t("sheet-show"), button_type="primary", align="end")
    content = pn.pane.HTML(sizing_mode="stretch_width")

    @reporting(notice, live.language)
    def show(_: Any = None) -> None:
        now = visitor.need(*STAFF)
        content.object = ""
        number = (plot.value_input or plot.value or "").strip()
        day = _day(on.value_input or "")
        past = day is not None and day != today()
        with context.database.transaction() as session:
            sheet = current_sheet(
                session, actor=now.actor, zone=zone.value, plot=number, language=now.language, on=day
            )  # fmt: skip
            personal = (
                [] if past else personal_signals(session, sheet=sheet_of_plot(session, zone=zone.value, plot=number))
            )
            looks = _looks(session, now.actor, zone.value, number)
        content.object = fragment(
            "sheet", now.language, sheet=sheet, zone=zone.value, plot=number, shown_share=shown_share, looks=looks,
            blocked_by=blocked_by, past=past, personal=personal,
        )  # fmt: skip

    button.on_click(show)
    form = pn.Row(zone, plot, on, button, sizing_mode="stretch_width")
    return shell(live, t("sheet-title"), main=pn.Column(notice, form, content, sizing_mode="stretch_width"))


def _day(typed: str) -> date | None:
    return day_in(typed) if typed.strip() else None


def _looks(session: Session, actor: Actor, zone: str, plot: str) -> list[Look]:
    """Who looked at the sheet, for those who answer for it."""
    if not actor.has(*ANSWERABLE):
        return []
    sheet = sheet_of_plot(session, zone=zone, plot=plot)
    return looks_at(session, actor=actor, subject=Subject.SHEET, subject_id=sheet.id, most=SHOWN)
