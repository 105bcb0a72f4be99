"""Persons at the registrar's desk: found by name or document, signals placed on them and lifted, groups formed."""

from collections.abc import Callable, Sequence
from typing import Any

import panel as pn

from dashboards.components.act_fields import FIELD
from dashboards.components.act_form import day_in, ground_fields
from dashboards.components.act_lines import Lines, text_of
from dashboards.components.buttons import Guard, doing
from dashboards.components.party_accounts import party_search
from dashboards.fragments import fragment
from dashboards.visitor import Visitor, given
from permits.documents.sheet import shown_share
from permits.i18n import translator
from permits.people.actor import Role
from permits.register.desk.form import PLACED
from permits.register.desk.persons import Ground, MemberLine, clear_person, form_group, signal_person
from permits.register.dossier import dossier_of
from permits.register.signals import blocked_by
from permits.register.state import Signal

WIDE = "stretch_width"


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
        acts[:] = _forms(visitor, guard, found.party.id, found.signals, done)

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


def _forms(
    visitor: Visitor, guard: Guard, party_id: str, signals: Sequence[Signal], done: Callable[[], None]
) -> list[Any]:  # fmt: skip
    """A signal to place, and one to lift where there are any; both rest on the same document and reason."""
    t = translator(visitor.need(Role.REGISTRAR).language)
    ground = ground_fields(visitor.need(Role.REGISTRAR).language)
    ground["issuer"] = pn.widgets.TextInput(label=t("registry-issuer"), width=FIELD)
    kinds = {t(f"registry-signal-{kind}"): str(kind) for kind in PLACED}
    kind = pn.widgets.Select(label=t("registry-kind-of-signal"), options=kinds, width=FIELD)
    ends = {f"{at}. {t(f'annotation-{one.kind}', detail=one.detail)}": one.id for at, one in enumerate(signals, 1)}
    ended = pn.widgets.Select(label=t("registry-signal"), options=ends, width=FIELD)

    def said() -> Ground:
        return Ground(
            text_of(ground["document"]), day_in(text_of(ground["document-day"])), text_of(ground["reason"]),
            text_of(ground["issuer"]),
        )  # fmt: skip

    place = doing(
        visitor, guard, t("persons-place"),
        lambda session, actor: signal_person(session, actor=actor, party_id=party_id, kind=kind.value, ground=said()),
        done, roles=(Role.REGISTRAR,), primary=True,
    )  # fmt: skip
    lift = doing(
        visitor, guard, t("persons-lift"),
        lambda session, actor: clear_person(session, actor=actor, signal_id=ended.value, ground=said()),
        done, roles=(Role.REGISTRAR,),
    )  # fmt: skip
    lifting = [pn.FlexBox(ended, lift, sizing_mode=WIDE)] if signals else []
    resting = pn.FlexBox(*ground.values(), sizing_mode=WIDE)
    rows = (resting, pn.FlexBox(kind, place, sizing_mode=WIDE), *lifting)
    return [pn.Card(*rows, title=t("persons-signal-title"), collapsed=True, sizing_mode=WIDE)]


def _group_form(visitor: Visitor, guard: Guard, formed: Callable[[str], None]) -> pn.Card:
    """Persons who hold one share jointly, with their parts or without any."""
    language = visitor.need(Role.REGISTRAR).language
    t = translator(language)
    name = pn.widgets.TextInput(label=t("persons-group-name"), width=FIELD)
    lines = Lines(language, "member", ("identity", "name", "part"), least=2)
    button = pn.widgets.Button(label=t("persons-group-form"), button_type="primary")

    @guard
    def form(_: Any = None) -> None:
        actor = visitor.need(Role.REGISTRAR).actor
        members = [MemberLine(**row) for row in lines.read()]
        with visitor.context.database.transaction() as session:
            group = form_group(session, actor=actor, name=text_of(name), members=members).id
        formed(group)

    button.on_click(form)
    return pn.Card(name, lines, button, title=t("persons-group-title"), collapsed=True, sizing_mode=WIDE)
