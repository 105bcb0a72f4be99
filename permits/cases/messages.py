"""The thread of a case (المراسلات): engineer, office and syndicate write, and nothing written is changed.

A message may point at a finding or at an element as it was looked at, and may be a request with a day by which an
answer is due. A request is answered or withdrawn by a message of its own, once.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bim.findings import Outcome
from permits import audit
from permits.audit import AuditEvent
from permits.calendar import today
from permits.cases.cases import get_case
from permits.cases.tables import Case, CaseMessage, CaseMessageRead, Model, Review
from permits.cases.workflow import State, lock_case
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people.actor import Actor, Role

TEXT_LENGTH = 4000
MOST_ELEMENTS = 500
"""Elements that one message may show."""
WRITERS = (Role.ENGINEER, Role.SYNDICATE, Role.REVIEWER, Role.APPROVER)
ASKING = ("office", "syndicate")
"""The sides that ask the engineer for something by a day."""
_CLOSED = (State.DRAFT, State.WITHDRAWN)
_GLOBAL_ID = re.compile(r"[0-3][0-9A-Za-z_$]{21}")
_CAMERA = ("position", "direction", "up")


@dataclass(frozen=True)
class Pointer:
    """What a message speaks of: a finding of a review by its position, or an element by its GlobalId.

    `viewpoint` is a camera: "position", "direction" and "up", three numbers each, metres of the scene's grid (of the
    model where the building has no place). It shows the element, or the `elements` that were chosen, or neither; with
    a `review_id` it is opened on the model of that review.
    """

    review_id: str | None = None
    position: int | None = None
    element: str | None = None
    viewpoint: Mapping[str, Sequence[float]] | None = None
    elements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A message in its thread; of a request, `state` is open, answered or withdrawn, and "" of anything else."""

    message: CaseMessage
    state: str
    overdue: bool
    mine: bool
    new: bool


def send(
    session: Session, *, actor: Actor, case_id: str, text: str, due_on: date | None = None,
    pointer: Pointer | None = None,
) -> CaseMessage:  # fmt: skip
    """Write to the thread; with `due_on` it is a request of the office or the syndicate to the engineer."""
    case, side = _writing(session, actor, case_id, text)
    pointer = pointer or Pointer()
    _check_pointer(session, case, pointer)
    if due_on is not None and side not in ASKING:
        raise Forbidden("role-needed")
    if due_on is not None and due_on < today():
        raise Invalid("message-due-past")
    row = CaseMessage(
        case_id=case_id, kind="message" if due_on is None else "request", side=side, author_id=actor.id,
        author_name=actor.name, text=text.strip(), due_on=due_on.isoformat() if due_on else None,
        review_id=pointer.review_id, position=pointer.position, element=pointer.element,
        viewpoint=dict(pointer.viewpoint) if pointer.viewpoint else None, elements=list(pointer.elements) or None,
    )  # fmt: skip
    return _kept(session, actor, row, AuditEvent.MESSAGE_SENT if due_on is None else AuditEvent.REQUEST_SENT)


def answer(session: Session, *, actor: Actor, case_id: str, request_id: str, text: str) -> CaseMessage:
    """The engineer answers a request, once."""
    _, side = _writing(session, actor, case_id, text)
    _open_request(session, case_id, request_id)
    if side != "engineer":
        raise Forbidden("role-needed")
    return _follow(session, actor, case_id, request_id, side, text, "answer", AuditEvent.REQUEST_ANSWERED)


def withdraw_request(session: Session, *, actor: Actor, case_id: str, request_id: str, text: str) -> CaseMessage:
    """The side that asked does not ask any more, and says why."""
    _, side = _writing(session, actor, case_id, text)
    if _open_request(session, case_id, request_id).side != side:
        raise Forbidden("role-needed")
    return _follow(session, actor, case_id, request_id, side, text, "withdrawal", AuditEvent.REQUEST_WITHDRAWN)


def thread(session: Session, *, actor: Actor, case_id: str) -> list[Shown]:
    """The messages of a case, the oldest first."""
    _side(get_case(session, actor=actor, case_id=case_id), actor)
    rows = session.scalars(select(CaseMessage).where(CaseMessage.case_id == case_id).order_by(CaseMessage.id)).all()
    ended: dict[str, str] = {row.about: row.kind for row in rows if row.about}
    mark = session.get(CaseMessageRead, (case_id, actor.id))
    read_to, day = mark.read_to if mark else "", today().isoformat()
    return [_shown(row, ended, read_to, day, actor) for row in rows]


def _shown(row: CaseMessage, ended: Mapping[str, str], read_to: str, day: str, actor: Actor) -> Shown:
    state = ""
    if row.kind == "request":
        state = {"answer": "answered", "withdrawal": "withdrawn"}.get(ended.get(row.id, ""), "open")
    mine = row.author_id == actor.id
    return Shown(row, state, state == "open" and (row.due_on or day) < day, mine, not mine and row.id > read_to)


def get_message(session: Session, *, actor: Actor, case_id: str, message_id: str) -> CaseMessage:
    """One message of a case's thread, for whoever takes part in it."""
    _side(get_case(session, actor=actor, case_id=case_id), actor)
    row = session.get(CaseMessage, message_id)
    if row is None or row.case_id != case_id:
        raise NotFound("request-unknown")
    return row


def mark_read(session: Session, *, actor: Actor, case_id: str) -> None:
    """Keep that the thread was seen up to its end."""
    _side(get_case(session, actor=actor, case_id=case_id), actor)
    newest = session.scalar(select(func.max(CaseMessage.id)).where(CaseMessage.case_id == case_id))
    if newest is not None:
        session.merge(CaseMessageRead(case_id=case_id, reader_id=actor.id, read_to=newest))


def unread(session: Session, *, actor: Actor) -> dict[str, int]:
    """How many messages of others are new, by case; an engineer is told of his own cases alone."""
    if not actor.has(*WRITERS):
        return {}
    query = (
        select(CaseMessage.case_id, func.count())
        .outerjoin(
            CaseMessageRead,
            (CaseMessageRead.case_id == CaseMessage.case_id) & (CaseMessageRead.reader_id == actor.id),
        )
        .where(CaseMessage.author_id != actor.id, CaseMessage.id > func.coalesce(CaseMessageRead.read_to, ""))
        .group_by(CaseMessage.case_id)
    )
    if not actor.has(Role.SYNDICATE, Role.REVIEWER, Role.APPROVER):
        query = query.join(Case, Case.id == CaseMessage.case_id).where(Case.engineer_id == actor.id)
    return {row[0]: row[1] for row in session.execute(query)}


def open_requests(session: Session, *, case_id: str) -> list[CaseMessage]:
    """What the engineer was asked for and has not answered, the first due first."""
    followed = select(CaseMessage.about).where(CaseMessage.about.is_not(None), CaseMessage.case_id == case_id)
    query = select(CaseMessage).where(
        CaseMessage.case_id == case_id, CaseMessage.kind == "request", CaseMessage.id.not_in(followed)
    )
    return list(session.scalars(query.order_by(CaseMessage.due_on, CaseMessage.id)))


def may_read(case: Case, actor: Actor) -> bool:
    """Whether the actor has a part in this case's thread; who may see the case may have none."""
    return case.engineer_id == actor.id or actor.has(Role.SYNDICATE, Role.REVIEWER, Role.APPROVER)


def may_write(case: Case, actor: Actor) -> bool:
    """Whether the thread takes the actor's words as the case stands now."""
    return case.state not in _CLOSED and may_read(case, actor)


def _side(case: Case, actor: Actor) -> str:
    """Who the actor is in this thread."""
    if case.engineer_id == actor.id:
        return "engineer"
    actor.need(Role.SYNDICATE, Role.REVIEWER, Role.APPROVER)
    return "syndicate" if actor.has(Role.SYNDICATE) else "office"


def _writing(session: Session, actor: Actor, case_id: str, text: str) -> tuple[Case, str]:
    get_case(session, actor=actor, case_id=case_id)
    case = lock_case(session, case_id)
    side = _side(case, actor)
    if case.state in _CLOSED:
        raise Conflict("wrong-state", state=case.state, action="message")
    if not text.strip() or len(text) > TEXT_LENGTH:
        raise Invalid("message-text-needed", longest=TEXT_LENGTH)
    return case, side


def _open_request(session: Session, case_id: str, request_id: str) -> CaseMessage:
    row = session.get(CaseMessage, request_id)
    if row is None or row.case_id != case_id or row.kind != "request":
        raise NotFound("request-unknown")
    if row.id not in {one.id for one in open_requests(session, case_id=case_id)}:
        raise Conflict("request-ended")
    return row


def _follow(
    session: Session, actor: Actor, case_id: str, request_id: str, side: str, text: str, kind: str, event: AuditEvent
) -> CaseMessage:
    row = CaseMessage(
        case_id=case_id, kind=kind, about=request_id, side=side, author_id=actor.id, author_name=actor.name,
        text=text.strip(),
    )  # fmt: skip
    return _kept(session, actor, row, event)


def _kept(session: Session, actor: Actor, row: CaseMessage, event: AuditEvent) -> CaseMessage:
    session.add(row)
    session.flush()
    said: dict[str, Any] = {"about": row.about} if row.about else {}
    audit.record(session, event, actor=actor, subject=row.case_id, message=row.id, **said)
    return row


def _check_pointer(session: Session, case: Case, pointer: Pointer) -> None:
    """Invalid for what is not of this case, or no camera."""
    if pointer.review_id is None and pointer.position is not None:
        raise Invalid("message-pointer")
    if pointer.review_id is not None and pointer.position is None and pointer.viewpoint is None:
        raise Invalid("message-pointer")
    if pointer.review_id is not None:
        query = select(Review).join(Model).where(Review.id == pointer.review_id, Model.case_id == case.id)
        review = session.scalar(query)
        if review is None or (pointer.position is not None and not 0 <= pointer.position < _findings(review)):
            raise Invalid("message-pointer")
    named = [*pointer.elements, *([pointer.element] if pointer.element is not None else [])]
    if len(named) > MOST_ELEMENTS or not all(_GLOBAL_ID.fullmatch(one) for one in named):
        raise Invalid("message-pointer")
    if (pointer.viewpoint is not None and not _is_camera(pointer.viewpoint)) or (
        pointer.elements and pointer.viewpoint is None
    ):
        raise Invalid("message-pointer")


def _findings(review: Review) -> int:
    """How many findings its report has."""
    summary = review.summary or {}
    return sum(int(summary.get(outcome, 0)) for outcome in Outcome)


def _is_camera(viewpoint: Mapping[str, Sequence[float]]) -> bool:
    return set(viewpoint) == set(_CAMERA) and all(
        len(viewpoint[name]) == 3 and all(isinstance(n, int | float) and isfinite(n) for n in viewpoint[name])
        for name in _CAMERA
    )
