"""The administrator's forms: an account's roles, password and logins, and a new account."""

from collections.abc import Callable
from typing import Any

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.buttons import Guard
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.people import roster
from permits.people.actor import GIVEN, Actor, Role

WIDE = "stretch_width"
Say = Callable[[str], None]
Act = Callable[[Session, Actor, str], str]
"""What a button does to the account of an id; what is said of it."""


class PeopleForms:
    """Both forms; `done` shows the page anew after each act, `say` tells what came of it."""

    def __init__(self, visitor: Visitor, guard: Guard, done: Callable[[], None], say: Say) -> None:
        self._visitor, self._guard, self._done, self._say = visitor, guard, done, say
        self.language = visitor.need(Role.ADMIN).language
        self._t = t = translator(self.language)
        self.person = pn.widgets.Select(label=t("admin-person"), options={}, sizing_mode=WIDE)
        self.roles = self._role_boxes()
        self.buttons = {
            key: self._button(key, act)
            for key, act in (
                ("admin-change-roles", self._change), ("admin-new-password", self._renew),
                ("admin-end-logins", self._end), ("admin-close", self._close), ("admin-open-again", self._open),
            )
        }  # fmt: skip
        self.texts = {
            name: pn.widgets.TextInput(label=t(f"admin-{name}"), sizing_mode=WIDE)
            for name in ("login", "name-ar", "name-en")
        }
        self.new_roles = self._role_boxes()
        self.add = pn.widgets.Button(label=t("admin-add-do"), color="primary")
        self.add.on_click(guard(self._add))
        self.person.param.watch(guard(self.chosen), "value")
        self._known: dict[str, roster.Person] = {}

    def view(self) -> pn.Column:
        """The forms, folded."""
        t = self._t
        acts, texts = (pn.Row(*row.values(), sizing_mode=WIDE) for row in (self.buttons, self.texts))
        one = pn.Card(self.person, self.roles, acts, title=t("admin-person"), sizing_mode=WIDE)
        new = pn.Card(texts, self.new_roles, self.add, title=t("admin-add"), collapsed=True, sizing_mode=WIDE)
        return pn.Column(one, new, sizing_mode=WIDE)

    def show(self, people: list[roster.Person]) -> None:
        """Who can be chosen now."""
        kept = self.person.value
        self._known = {one.id: one for one in people}
        options = {f"{one.login} · {getattr(one, f'name_{self.language}')}": one.id for one in people}
        self.person.param.update(options=options, value=kept if kept in self._known else next(iter(options.values())))
        self.chosen()

    def chosen(self, _: Any = None) -> None:
        """The roles of the account that is chosen."""
        self._visitor.need(Role.ADMIN)
        one = self._known.get(self.person.value)
        self.roles.value = [role for role in self.roles.options.values() if one and role in one.roles]

    def _role_boxes(self) -> pn.widgets.CheckBoxGroup:
        options = {self._t(f"role-{role}"): str(role) for role in GIVEN}
        return pn.widgets.CheckBoxGroup(options=options, inline=True, sizing_mode=WIDE)

    def _button(self, key: str, act: Act) -> pn.widgets.Button:
        button = pn.widgets.Button(label=self._t(key), color="primary" if key == "admin-change-roles" else "default")

        @self._guard
        def clicked(_: Any = None) -> None:
            actor = self._visitor.need(Role.ADMIN).actor
            with self._visitor.context.database.transaction() as session:
                said = act(session, actor, self.person.value)
            self._done()
            self._say(said)

        button.on_click(clicked)
        return button

    def _change(self, session: Session, actor: Actor, user_id: str) -> str:
        wanted = list(self.roles.value)
        roster.change_roles(session, actor=actor, user_id=user_id, roles=wanted)
        return self._t("admin-done")

    def _renew(self, session: Session, actor: Actor, user_id: str) -> str:
        password = roster.renew_password(session, actor=actor, user_id=user_id)
        return self._t("admin-password", login=self._known[user_id].login, password=password)

    def _end(self, session: Session, actor: Actor, user_id: str) -> str:
        return self._t("admin-ended", count=roster.end_logins(session, actor=actor, user_id=user_id))

    def _close(self, session: Session, actor: Actor, user_id: str) -> str:
        roster.set_active(session, actor=actor, user_id=user_id, active=False)
        return self._t("admin-done")

    def _open(self, session: Session, actor: Actor, user_id: str) -> str:
        roster.set_active(session, actor=actor, user_id=user_id, active=True)
        return self._t("admin-done")

    def _add(self, _: Any = None) -> None:
        actor = self._visitor.need(Role.ADMIN).actor
        login, arabic, english = (str(field.value_input or "") for field in self.texts.values())
        wanted = list(self.new_roles.value)
        with self._visitor.context.database.transaction() as session:
            user, password = roster.add_person(
                session, actor=actor, login=login, name_ar=arabic, name_en=english, roles=wanted
            )  # fmt: skip
        for field in self.texts.values():
            field.param.update(value="", value_input="")
        self.new_roles.value = []
        self._done()
        self._say(self._t("admin-password", login=user.login, password=password))
