"""Buttons that do one thing in a transaction and then show the page as it is."""

from collections.abc import Callable, Sequence
from typing import Any

import panel as pn
from sqlalchemy.orm import Session

from dashboards.components.fields import Words, sent
from dashboards.visitor import Visitor
from permits.people.actor import Actor, Role

Guard = Callable[[Callable[..., None]], Callable[..., None]]
Work = Callable[[Session, Actor], object]


def doing(
    visitor: Visitor, guard: Guard, label: str, work: Work, done: Callable[[], None], *, roles: Sequence[Role],
    primary: bool = False, words: Sequence[Words] = (),
) -> pn.widgets.Button:  # fmt: skip
    """A button: the visitor's right is looked at again, `work` is done whole or not at all, then `done`.

    `words` are the fields whose text goes with it.
    """
    button = pn.widgets.Button(label=label, color="primary" if primary else "default", align="end")

    @guard
    def clicked(_: Any = None) -> None:
        actor = visitor.need(*roles).actor
        with visitor.context.database.transaction() as session:
            work(session, actor)
        sent(*words)
        done()

    button.on_click(clicked)
    return button
