"""Programs of outside bodies in the administrator's hands: registered, given a secret shown once, ended, allowed."""

from collections.abc import Callable
from functools import partial
from typing import Any

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.buttons import Guard, doing
from dashboards.components.fields import WIDE, kept_text, sent, text_of
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.people.actor import GIVEN, Actor, Role
from permits.people.clients import TOKEN_MINUTES, Scope, create_client, programs, renew_secret, set_allowed

ROLES = (Role.ADMIN,)


class Programs:
    """The list, what is done to one of it, and the form of a new one; `say` tells what came of an act."""

    def __init__(self, visitor: Visitor, guard: Guard, say: Callable[[str], None]) -> None:
        self._visitor, self._guard, self._say = visitor, guard, say
        self.language = visitor.need(*ROLES).language
        self._t = t = translator(self.language)
        self.table, self.secret = pn.pane.HTML(sizing_mode=WIDE), pn.pane.HTML(sizing_mode=WIDE)
        self.hide = pn.widgets.Button(label=t("admin-secret-hide"), visible=False)
        self.hide.on_click(guard(self._hide))
        self.program = pn.widgets.Select(label=t("admin-program"), options={}, sizing_mode=WIDE)
        self.renew = self._button("admin-program-secret", self._renew)
        self.end = self._button("admin-program-end", partial(self._allow, allowed=False))
        self.allow = self._button("admin-program-allow", partial(self._allow, allowed=True))
        self.id, self.name = (kept_text(t(f"admin-program-{name}"), f"program-{name}") for name in ("id", "name"))
        self.role = pn.widgets.Select(
            label=t("admin-program-role"), options={t(f"role-{role}"): str(role) for role in GIVEN},
            value=str(Role.SYNDICATE), sizing_mode=WIDE,
        )  # fmt: skip
        words = {t(f"scope-{scope.replace(':', '-')}"): str(scope) for scope in Scope}
        self.scopes = pn.widgets.CheckBoxGroup(options=words, sizing_mode=WIDE)
        self.add = pn.widgets.Button(label=t("admin-program-add-do"), color="primary")
        self.add.on_click(guard(self._add))
        self.fill()

    def view(self) -> pn.Column:
        """The list, the secret once it is told, and the forms."""
        t = self._t
        acts = pn.FlexBox(self.renew, self.end, self.allow, sizing_mode=WIDE)
        self.one = pn.Card(self.program, acts, title=t("admin-program"), sizing_mode=WIDE)
        fields = (self.id, self.name, self.role, pn.pane.HTML(f"<b>{t('admin-scopes')}</b>"), self.scopes, self.add)
        new = pn.Card(*fields, title=t("admin-program-add"), collapsed=True, sizing_mode=WIDE)
        return pn.Column(self.table, self.secret, self.hide, self.one, new, sizing_mode=WIDE)

    def fill(self) -> None:
        """Which programs there are."""
        actor = self._visitor.need(*ROLES).actor
        with self._visitor.context.database.reading() as session:
            found = programs(session, actor=actor)
        self.table.object = fragment("admin", self.language, part="programs", programs=found)
        options = {f"{one.name} · \u2066{one.id}\u2069": one.id for one in found}
        kept = self.program.value if self.program.value in options.values() else next(iter(options.values()), None)
        self.program.param.update(options=options, value=kept)

    def _button(self, key: str, act: Callable[[Session, Actor], None]) -> pn.widgets.Button:
        def work(session: Session, actor: Actor) -> None:
            self._forget()
            act(session, actor)

        def done() -> None:
            self.fill()
            if not self.secret.object:
                self._say(self._t("admin-done"))

        return doing(self._visitor, self._guard, self._t(key), work, done, roles=ROLES)

    def _renew(self, session: Session, actor: Actor) -> None:
        client_id = str(self.program.value)
        self._tell(client_id, renew_secret(session, actor=actor, client_id=client_id))

    def _allow(self, session: Session, actor: Actor, *, allowed: bool) -> None:
        set_allowed(session, actor=actor, client_id=str(self.program.value), allowed=allowed)

    def _add(self, _: Any = None) -> None:
        actor, client_id = self._visitor.need(*ROLES).actor, text_of(self.id)
        self._forget()
        with self._visitor.context.database.transaction() as session:
            secret = create_client(
                session, actor=actor, client_id=client_id, name=text_of(self.name), role=Role(self.role.value),
                scopes=[Scope(one) for one in self.scopes.value],
            )  # fmt: skip
        sent(self.id, self.name)
        self.scopes.value = []
        self.fill()
        self.program.value = client_id
        self._tell(client_id, secret)

    def _tell(self, client_id: str, secret: str) -> None:
        address = self._visitor.context.settings.base_url.rstrip("/")
        self.secret.object = fragment(
            "admin", self.language, part="secret", program=client_id, secret=secret, minutes=TOKEN_MINUTES,
            address=address,
        )  # fmt: skip
        self.hide.visible = True

    def _hide(self, _: Any = None) -> None:
        self._visitor.need(*ROLES)
        self._forget()

    def _forget(self) -> None:
        self.secret.object, self.hide.visible = "", False
