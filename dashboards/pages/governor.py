"""The governor's page: figures month by month, charts, failed clauses, permits by zone; printable on A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import panel as pn
from markupsafe import Markup

from dashboards.components.charts import Series, ZoneMap, bar_chart, zone_map
from dashboards.components.print_button import PrintButton
from dashboards.fragments import fragment
from dashboards.shell import shell
from dashboards.visitor import Visitor, arriving, reporting
from dashboards.words import translator
from permits.calendar import local_time, today
from permits.db import utcnow
from permits.figures.council import ZonePicture, centre_names, look, pictures
from permits.figures.figures import Figures
from permits.figures.month import Month, up_to
from permits.figures.telling import compared, lines, month_name, number
from permits.i18n import translate
from permits.jobs import Context
from permits.people.actor import Role
from permits.review.kept import clauses_on

MONTHS, SHOWN = 12, 6
"""Months in the charts, and of them in the table: as many as go on a sheet."""

BACK = 36
"""How many months one can go back."""


@dataclass(frozen=True)
class _Zone:
    name: str
    count: int
    map: ZoneMap | None


def charts(months: Sequence[Figures], language: str) -> list[Markup]:
    """What came and went, how long it took, and the money."""
    t = translator(language)
    labels = [f"{month.month.number:02d}/{month.month.year % 100:02d}" for month in months]

    def counted(name: str) -> Series:
        found = [getattr(month.procedure, name) for month in months]
        return Series(t(f"figure-{name}"), found, [number(one, language) for one in found])

    def lasted(name: str) -> Series:
        found = [getattr(month.procedure, name) for month in months]
        texts = [number(one.median, language) if one else "–" for one in found]
        return Series(t(f"figure-{name}-days"), [float(one.median) if one else None for one in found], texts)

    def money(name: str) -> Series:
        found = [getattr(month, name).piastres / 100_000 for month in months]
        return Series(t(f"figure-{name}"), found, [number(Fraction(round(one * 10), 10), language) for one in found])

    return [
        bar_chart("flow", t("governor-chart-flow"), labels, [counted("received"), counted("issued")], language),
        bar_chart("days", t("governor-chart-days"), labels, [lasted("office"), lasted("total")], language),
        bar_chart("money", t("governor-chart-money"), labels, [money("billed"), money("collected")], language),
    ]


class Governor:
    """One open page: the month that is looked at, and what is shown of it."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, live = visitor, visitor.need(Role.GOVERNOR)
        self.language, self.t = live.language, translator(live.language)
        self.notice = pn.pane.Alert("", visible=False, sizing_mode="stretch_width")
        self.content = pn.pane.HTML(sizing_mode="stretch_width")
        now = Month.of(today())
        options = [str(month) for month in reversed(up_to(now, BACK))]
        self.month = pn.widgets.Select(label=self.t("governor-month"), options=options, value=str(now))
        self.month.param.watch(reporting(self.notice, self.language)(self.fill), "value")
        self.fill()

    def fill(self, _: Any = None) -> None:
        """Reckon and show the month that is chosen, with those before it."""
        actor, context = self.visitor.need(Role.GOVERNOR).actor, self.visitor.context
        month, office = Month.parse(self.month.value), context.settings.office
        with context.database.reading() as session:
            months = look(session, actor=actor, office=office, last=month, count=MONTHS, now=utcnow())
            zones = pictures(session, actor=actor, month=month) if months else []
            centres = centre_names(session, actor=actor, language=self.language)
        values = self._values(months, zones, centres) if months else {}
        self.content.object = fragment(
            "governor", self.language, months=months, office=office, made=local_time(utcnow()), **values
        )

    def _values(self, months: list[Figures], zones: list[ZonePicture], centres: dict[str, str]) -> dict[str, Any]:
        last, language = months[-1], self.language
        clauses = clauses_on(today())
        shown = months[-SHOWN:]
        return {
            "last": last, "names": [month_name(month, language) for month in months],
            "shown_names": [month_name(month, language) for month in shown], "lines": lines(shown, language),
            "certain": all(month.procedure.certain for month in shown),
            "sentences": compared(last, months[-2], language) if len(months) > 1 else [],
            "charts": charts(months, language), "zones": [_zone(zone, language) for zone in zones],
            "failures": [(rule, clauses.title(rule, language), count) for rule, count in last.failures],
            "centres": [(centres[code], minutes) for code, minutes in last.offline.items()],
        }  # fmt: skip


def _zone(zone: ZonePicture, language: str) -> _Zone:
    drawn = zone_map(zone.outline, zone.permits) if zone.outline is not None else None
    return _Zone(zone.name_ar if language == "ar" else zone.name_en, len(zone.permits), drawn)


def build(context: Context) -> pn.Template:
    """The page for one visitor."""
    visitor = arriving(context)
    live = visitor.need(Role.GOVERNOR)
    page = Governor(visitor)
    bar = pn.Row(
        page.month, PrintButton(label=translate(live.language, "governor-print"), align="end"),
        css_classes=["noprint"], sizing_mode="stretch_width",
    )  # fmt: skip
    main = pn.Column(page.notice, bar, page.content, sizing_mode="stretch_width")
    return shell(live, page.t("governor-title"), main=main)
