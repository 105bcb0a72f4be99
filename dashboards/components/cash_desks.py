"""Cash desks of the centres in the administrator's hands: centres, desks by their public key, receipt numbers."""

from collections.abc import Callable
from typing import Any

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.buttons import Guard, doing
from dashboards.components.fields import DAY, WIDE, day_of, kept_text, sent, text_of
from dashboards.components.file_field import FileField
from dashboards.fragments import fragment
from dashboards.visitor import Visitor
from dashboards.words import translator
from permits.cash.desks import MOST_NUMBERS, add_centre, add_desk, give_block, list_centres
from permits.cash.office import NUMBERS
from permits.cash.overview import see_desks
from permits.documents.keys import signing_key
from permits.errors import Invalid
from permits.people.actor import Actor, Role

ROLES = (Role.ADMIN,)
MOST_BYTES = 1 << 20
"""Of a file of public keys."""


class CashDesks:
    """The list, from which each desk's file is downloaded, and the forms; `say` tells what came of an act."""

    def __init__(self, visitor: Visitor, guard: Guard, say: Callable[[str], None]) -> None:
        self._visitor, self._say = visitor, say
        self.language = visitor.need(*ROLES).language
        self._t = t = translator(self.language)
        self.table = pn.pane.HTML(sizing_mode=WIDE)
        self.centre_texts = {
            name: kept_text(t(f"admin-centre-{name}"), f"centre-{name}") for name in ("code", "ar", "en")
        }
        self.add_centre = doing(
            visitor, guard, t("admin-centre-add-do"), self._add_centre, self._done, roles=ROLES, primary=True,
            words=[*self.centre_texts.values()],
        )  # fmt: skip
        self.centre = pn.widgets.Select(label=t("admin-centre"), options={}, sizing_mode=WIDE)
        self.key = FileField(t("admin-desk-key"), self.language, accept=".json,.jwk,.jwks", most=MOST_BYTES)
        self.until = pn.widgets.TextInput(label=t("admin-desk-until"), placeholder=DAY, sizing_mode=WIDE)
        self.add_desk = pn.widgets.Button(label=t("admin-desk-add-do"), color="primary")
        self.add_desk.on_click(guard(self._add_desk))
        self.desk = pn.widgets.Select(label=t("admin-desk"), options=[], sizing_mode=WIDE)
        self.count = pn.widgets.IntInput(label=t("admin-numbers-count"), value=NUMBERS, start=1, end=MOST_NUMBERS)
        self.add_numbers = doing(
            visitor, guard, t("admin-numbers-add-do"), self._add_numbers, self._done, roles=ROLES, primary=True
        )
        self.fill()

    def view(self) -> pn.Column:
        """The list and the forms, folded."""
        t = self._t
        told = pn.pane.HTML(fragment("admin", self.language, part="desk-key"), sizing_mode=WIDE)
        forms = {
            "admin-centre-add": (*self.centre_texts.values(), self.add_centre),
            "admin-desk-add": (told, self.centre, self.key, self.until, self.add_desk),
            "admin-numbers-add": (self.desk, self.count, self.add_numbers),
        }
        cards = [pn.Card(*form, title=t(key), collapsed=True, sizing_mode=WIDE) for key, form in forms.items()]
        return pn.Column(self.table, *cards, sizing_mode=WIDE)

    def fill(self) -> None:
        """Which centres and desks there are."""
        live = self._visitor.need(*ROLES)
        with self._visitor.context.database.reading() as session:
            desks, centres = see_desks(session, actor=live.actor), list_centres(session, actor=live.actor)
            self.table.object = fragment("admin", self.language, part="desks", desks=desks, csrf=live.csrf)
        _offer(self.centre, {f"{getattr(one, f'name_{self.language}')} · {one.code}": one.code for one in centres})
        _offer(self.desk, {one.code: one.code for one in desks})

    def _done(self) -> None:
        self.fill()
        self._say(self._t("admin-done"))

    def _add_centre(self, session: Session, actor: Actor) -> None:
        code, arabic, english = (text_of(field) for field in self.centre_texts.values())
        add_centre(session, actor=actor, code=code, name_ar=arabic, name_en=english)

    def _add_desk(self, _: Any = None) -> None:
        actor, until = self._visitor.need(*ROLES).actor, day_of(self.until)
        centre, keys = str(self.centre.value or ""), _text(self.key.content())
        with self._visitor.context.database.transaction() as session:
            code = add_desk(
                session, actor=actor, centre=centre, public_keys=keys, until=until,
                office_key=signing_key(self._visitor.context.settings),
            ).code  # fmt: skip
        self.key.clear()
        sent(self.until)
        self.fill()
        self.desk.value = code
        self._say(self._t("admin-desk-added", desk=code))

    def _add_numbers(self, session: Session, actor: Actor) -> None:
        office = self._visitor.context.settings.office
        give_block(
            session, actor=actor, office=office, desk=str(self.desk.value or ""), size=int(self.count.value or 0)
        )


def _offer(field: pn.widgets.Select, options: dict[str, str]) -> None:
    kept = field.value if field.value in options.values() else next(iter(options.values()), None)
    field.param.update(options=options, value=kept)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Invalid("cash-key-unreadable") from error
