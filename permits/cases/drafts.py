"""What an engineer has typed of a new case: kept with every pause, so that no end of a session loses it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from permits.cases.cases import TITLE_LENGTH
from permits.cases.tables import CaseDraft
from permits.db import utcnow
from permits.people.actor import Actor, Role

_LONGEST = {"zone": 40, "plot": 40, "kind": 20, "title": TITLE_LENGTH}


@dataclass(frozen=True)
class Draft:
    """Zone, plot, title and kind as typed; empty where nothing was."""

    zone: str = ""
    plot: str = ""
    title: str = ""
    kind: str = ""


def draft_of(session: Session, *, actor: Actor) -> Draft:
    """One's own draft."""
    actor.need(Role.ENGINEER)
    row = session.get(CaseDraft, actor.id)
    return Draft(row.zone, row.plot, row.title, row.kind) if row else Draft()


def keep_draft(session: Session, *, actor: Actor, **typed: str) -> Draft:
    """Keep what is typed; what is not named stays as it was, and what is too long is cut. Nothing is judged here."""
    actor.need(Role.ENGINEER)
    row = session.get(CaseDraft, actor.id)
    if row is None:
        row = CaseDraft(user_id=actor.id, zone="", plot="", title="", kind="")
        session.add(row)
    for name, value in typed.items():
        setattr(row, name, value[: _LONGEST[name]])
    row.changed_at = utcnow()
    session.flush()
    return Draft(row.zone, row.plot, row.title, row.kind)


def drop_draft(session: Session, *, actor: Actor) -> None:
    """Begin anew, or be done: the draft has become a case."""
    actor.need(Role.ENGINEER)
    row = session.get(CaseDraft, actor.id)
    if row is not None:
        session.delete(row)
        session.flush()
