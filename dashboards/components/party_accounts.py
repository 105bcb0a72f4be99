"""Accounts of owners at the registrar's desk: said to be a party after its identity was seen, and taken back."""

from collections.abc import Callable
from typing import Any

import panel as pn

from dashboards.components.buttons import Guard
from dashboards.components.fields import DAY, day_of, kept_text, sent, text_of
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.i18n import translate
from permits.people.actor import Role
from permits.privacy.accesses import LIST, look
from permits.privacy.sight import About, Sight, Subject
from permits.register.accounts import Linked, end_link, link_login, linked
from permits.register.find import sheets_of
from permits.register.parties import find_parties
from permits.register.tables import Party, Sheet

WIDE = "stretch_width"
_PARCELS = 4
_FIELDS = ("login", "seen", "attorney")


def party_search(visitor: Visitor, guard: Guard) -> tuple[pn.Row, pn.widgets.Select]:
    """A search of parties by name, and the choice among what it found; the search is on record."""
    t = translator(visitor.need(Role.REGISTRAR).language)
    words = pn.widgets.TextInput(label=t("owners-words"), sizing_mode=WIDE)
    button = pn.widgets.Button(label=t("registry-search"), button_type="default", align="end")
    found = pn.widgets.Select(label=t("owners-party"), options={}, sizing_mode=WIDE)

    @guard
    def search(_: Any = None) -> None:
        live = visitor.need(Role.REGISTRAR)
        with visitor.context.database.transaction() as session:
            parties = find_parties(session, actor=live.actor, words=words.value_input or "")
            sight = look(session, actor=live.actor, subject=Subject.PARTY, subject_id=LIST)
            owned = {one.id: sheets_of(session, actor=live.actor, party_id=one.id) for one in parties}
        options = {_called(one, owned[one.id], sight, live.language): one.id for one in parties}
        found.param.update(options=options, value=next(iter(options.values()), None))

    button.on_click(search)
    return pn.Row(words, button, found, sizing_mode=WIDE), found


def _called(party: Party, sheets: list[Sheet], sight: Sight, language: str) -> str:
    """A person by name and by what he owns, which tells people of one name apart; else by the end of his id."""
    name = sight.name(str(getattr(party, f"name_{language}")), language)
    parcels = "، ".join(f"{one.parcel}/{one.section}" if one.section else one.parcel for one in sheets[:_PARCELS])
    return (
        f"{name} — {translate(language, 'owners-parcels', parcels=parcels)}" if sheets else f"{name} · {party.id[-6:]}"
    )


def owners_panel(visitor: Visitor, guard: Guard, notice: pn.pane.Alert) -> pn.Column:
    """The form, and every link that holds with a choice of one to end."""
    t = translator(visitor.need(Role.REGISTRAR).language)
    row, party = party_search(visitor, guard)
    fields = {name: kept_text(t(f"owners-{name}"), f"owners-{name}") for name in _FIELDS}
    until = kept_text(t("owners-until"), "owners-until", placeholder=DAY)
    link = pn.widgets.Button(label=t("owners-link"), button_type="primary")
    known, fill = _known(visitor, guard)

    @guard
    def clicked(_: Any = None) -> None:
        actor = visitor.need(Role.REGISTRAR).actor
        said = {name: field.value_input or "" for name, field in fields.items()}
        with visitor.context.database.transaction() as session:
            link_login(
                session, actor=actor, login=said["login"], party_id=party.value or "", identity=said["seen"],
                power_of_attorney=said["attorney"], expires=day_of(until) if text_of(until) else None,
            )  # fmt: skip
        notice.param.update(object=t("owners-linked"), alert_type="success", visible=True)
        sent(*fields.values(), until)
        fill()

    link.on_click(clicked)
    asked = pn.Row(fields["login"], fields["seen"], sizing_mode=WIDE)
    agent = pn.Row(fields["attorney"], until, sizing_mode=WIDE)
    hint = pn.pane.HTML(f'<p class="quiet">{t("owners-hint")}</p>', sizing_mode=WIDE)
    return pn.Column(hint, row, asked, agent, link, known, sizing_mode=WIDE)


def _known(visitor: Visitor, guard: Guard) -> tuple[pn.Column, Callable[[], None]]:
    """The links that hold, and what reads them again."""
    t = translator(visitor.need(Role.REGISTRAR).language)
    table = pn.pane.HTML(sizing_mode=WIDE)
    chosen = pn.widgets.Select(label=t("owners-choose"), options={}, sizing_mode=WIDE)
    button = pn.widgets.Button(label=t("owners-end"), button_type="default", align="end")
    ending = pn.Row(chosen, button, sizing_mode=WIDE)

    def fill() -> None:
        live = visitor.need(Role.REGISTRAR)
        with visitor.context.database.transaction() as session:
            rows = linked(session, actor=live.actor)
            sight = look(
                session, actor=live.actor, subject=Subject.PARTY, subject_id=LIST, about=(About.NAME, About.IDENTITY)
            )
        told = [_told(row, sight, live.language) for row in rows]
        table.object = fragment("registry_owners", live.language, rows=told)
        options = {f"{one['login']} — {one['party']}": one["link"].id for one in told}
        chosen.param.update(options=options, value=next(iter(options.values()), None))
        ending.visible = bool(options)

    @guard
    def end(_: Any = None) -> None:
        actor = visitor.need(Role.REGISTRAR).actor
        with visitor.context.database.transaction() as session:
            end_link(session, actor=actor, link_id=chosen.value or "")
        fill()

    button.on_click(end)
    fill()
    return pn.Column(table, ending, sizing_mode=WIDE), fill


def _told(row: Linked, sight: Sight, language: str) -> dict[str, Any]:
    name = sight.name(getattr(row.party, f"name_{language}"), language)
    seen = sight.shown(About.IDENTITY, row.link.identity)
    return {"login": row.user.login, "party": name, "link": row.link, "seen": seen}
