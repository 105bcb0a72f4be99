"""Persons at the registrar's desk: found by name or document, signals placed on them and lifted, groups formed."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.act_fields import FIELD
from dashboards.components.act_form import ground_fields
from dashboards.components.act_lines import Lines
from dashboards.components.buttons import Guard, doing
from dashboards.components.fields import day_of, kept_text, sent, text_of
from dashboards.components.party_accounts import party_search
from dashboards.fragments import fragment
from dashboards.visitor import Visitor, given
from dashboards.words import translator
from permits.documents.sheet import shown_share
from permits.people.actor import Actor, Role
from permits.register.acts import Act
from permits.register.desk.form import PLACED
from permits.register.desk.persons import (
    Ground,
    MemberLine,
    clear_person,
    form_group,
    signal_person,
    undo_on_person,
)
from permits.register.dossier import Dossier, dossier_of
from permits.register.signals import blocked_by

WIDE = "stretch_width"
Choice = Callable[[Any, Session, Actor], None]
"""What a button does with the field beside it."""


def persons_panel(visitor: Visitor, guard: Guard, notice: pn.pane.Alert, entered: Callable[[], None]) -> pn.Column:
    """The search, the person with his signals and sheets, and the forms; `entered` follows an entry of the journal."""
    live = visitor.need(Role.REGISTRAR)
    t = translator(live.language)
    row, party = party_search(visitor, guard)
    told, acts = pn.pane.HTML(sizing_mode=WIDE), pn.Column(sizing_mode=WIDE)
    seen: list[str] = []

    def fill() -> None:
        """The person who is looked at, as the register knows him now."""
        now = visitor.need(Role.REGISTRAR)
        with visitor.context.database.transaction() as session:
            found = dossier_of(session, actor=now.actor, party_id=seen[-1])
        told.object = fragment(
            "registry_person", now.language, found=found, blocked_by=blocked_by, shown_share=shown_share
        )
        acts[:] = _forms(visitor, guard, found, done)

    def done() -> None:
        fill()
        entered()
        notice.param.update(object=t("persons-entered"), alert_type="success", visible=True)

    @guard
    def show(_: Any = None) -> None:
        told.object, acts[:] = "", []
        if party.value:
            seen.append(party.value)
            fill()

    def formed(party_id: str) -> None:
        seen.append(party_id)
        fill()
        notice.param.update(object=t("persons-group-formed"), alert_type="success", visible=True)

    party.param.watch(show, "value")
    if given("party"):
        seen.append(given("party"))
        guard(fill)()
    return pn.Column(row, told, acts, _group_form(visitor, guard, formed), sizing_mode=WIDE)


def _forms(visitor: Visitor, guard: Guard, found: Dossier, done: Callable[[], None]) -> list[Any]:
    """A signal to place, one to lift, an entry to undo; they rest on the same document and reason."""
    language = visitor.need(Role.REGISTRAR).language
    t = translator(language)
    ground = ground_fields(language, found.party.id, "issuer")
    ends = {
        f"{at}. {t(f'annotation-{one.kind}', detail=one.detail)}": one.id for at, one in enumerate(found.signals, 1)
    }
    wrong = {
        f"{one.number} — {t(f'act-{one.act}')} {one.data.get('detail', '')}": one.number
        for one in found.entries if one.act != Act.REVERSAL
    }  # fmt: skip
    kinds = {t(f"registry-signal-{kind}"): str(kind) for kind in PLACED}

    def said() -> Ground:
        return Ground(
            text_of(ground["document"]), day_of(ground["document-day"]), text_of(ground["reason"]),
            text_of(ground["issuer"]),
        )  # fmt: skip

    def line(key: str, options: Mapping[str, Any], label: str, act: Choice, *, primary: bool = False) -> pn.FlexBox:
        chosen = pn.widgets.Select(label=t(key), options=dict(options), width=FIELD)
        roles = (Role.REGISTRAR,)
        button = doing(
            visitor, guard, t(label), partial(act, chosen), done, roles=roles, primary=primary, words=[*ground.values()]
        )
        return pn.FlexBox(chosen, button, align_items="end", sizing_mode=WIDE, visible=bool(options))

    def place(chosen: Any, session: Session, actor: Actor) -> None:
        signal_person(session, actor=actor, party_id=found.party.id, kind=chosen.value, ground=said())

    def lift(chosen: Any, session: Session, actor: Actor) -> None:
        clear_person(session, actor=actor, signal_id=chosen.value, ground=said())

    def undo(chosen: Any, session: Session, actor: Actor) -> None:
        undo_on_person(session, actor=actor, party_id=found.party.id, number=chosen.value, ground=said())

    rows = (
        pn.FlexBox(*ground.values(), sizing_mode=WIDE),
        line("registry-kind-of-signal", kinds, "persons-place", place, primary=True),
        line("registry-signal", ends, "persons-lift", lift), line("registry-entry-undone", wrong, "persons-undo", undo),
    )  # fmt: skip
    return [pn.Card(*rows, title=t("persons-signal-title"), collapsed=True, sizing_mode=WIDE)]


def _group_form(visitor: Visitor, guard: Guard, formed: Callable[[str], None]) -> pn.Card:
    """Persons who hold one share jointly, with their parts or without any."""
    language = visitor.need(Role.REGISTRAR).language
    t = translator(language)
    name = kept_text(t("persons-group-name"), "group-name", sizing_mode="fixed", width=FIELD)
    lines = Lines(language, "member", ("identity", "name", "part"), place="group", least=2)
    button = pn.widgets.Button(label=t("persons-group-form"), button_type="primary")

    @guard
    def form(_: Any = None) -> None:
        actor = visitor.need(Role.REGISTRAR).actor
        members = [MemberLine(**row) for row in lines.read()]
        with visitor.context.database.transaction() as session:
            group = form_group(session, actor=actor, name=text_of(name), members=members).id
        sent(name)
        lines.sent()
        formed(group)

    button.on_click(form)
    return pn.Card(name, lines, button, title=t("persons-group-title"), collapsed=True, sizing_mode=WIDE)
