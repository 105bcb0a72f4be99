"""Announcements to the national register at the registrar's desk: how many wait, what was not taken and why."""

from collections.abc import Callable

import panel as pn

from dashboards.components.buttons import Guard, doing
from dashboards.components.fields import kept_text
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.people.actor import Role
from permits.register.national.desk import OpenAnnouncement, again, open_announcements, settle, standings
from permits.register.national.telling import why_text

WIDE = "stretch_width"
_ROLES = (Role.REGISTRAR,)


def national_panel(visitor: Visitor, guard: Guard) -> pn.Column:
    """The standings, every stopped announcement, and what can be done about the chosen one."""
    t = translator(visitor.need(*_ROLES).language)
    table = pn.pane.HTML(sizing_mode=WIDE)
    which = pn.widgets.Select(label=t("national-choose"), options={}, sizing_mode=WIDE)

    def fill() -> None:
        live = visitor.need(*_ROLES)
        with visitor.context.database.reading() as session:
            rows = open_announcements(session, actor=live.actor)
            counts = standings(session, actor=live.actor)
        table.object = fragment(
            "national", live.language, rows=rows, counts=counts, why=lambda one: why_text(one, live.language),
            configured=bool(visitor.context.settings.national_register),
        )  # fmt: skip
        options = {_called(row): row.announcement.id for row in rows}
        kept = which.value if which.value in options.values() else next(iter(options.values()), None)
        which.param.update(options=options, value=kept)
        acts.visible = bool(options)

    acts = pn.Column(which, _buttons(visitor, guard, which, fill), sizing_mode=WIDE)
    fill()
    return pn.Column(table, acts, sizing_mode=WIDE)


def _called(row: OpenAnnouncement) -> str:
    parcel = f"{row.sheet.parcel}/{row.sheet.section}" if row.sheet.section else row.sheet.parcel
    return f"{row.announcement.number} — {parcel}"


def _buttons(visitor: Visitor, guard: Guard, which: pn.widgets.Select, done: Callable[[], None]) -> pn.Row:
    t = translator(visitor.need(*_ROLES).language)
    reason = kept_text(t("national-reason"), "national-reason")

    def chosen() -> str:
        return str(which.value or "")

    repeat = doing(
        visitor, guard, t("national-again"), lambda s, actor: again(s, actor, chosen()), done, roles=_ROLES,
        primary=True,
    )  # fmt: skip
    close = doing(
        visitor, guard, t("national-settle"), lambda s, actor: settle(s, actor, chosen(), reason.value_input or ""),
        done, roles=_ROLES, words=[reason],
    )  # fmt: skip
    return pn.Row(repeat, reason, close, sizing_mode=WIDE)
