"""Use cases with the post: the letters of a day are told to it, and its proofs are taken back, each once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from permits.adapters.post import DELIVERED, RETURNED, Letter, Proof
from permits.calendar import local_day
from permits.extracts.handing import deliver, give_back
from permits.extracts.tables import ExtractEvent, ExtractOrder
from permits.extracts.workflow import DESK, OrderAction, events_of
from permits.people.actor import Actor, Role

_ACTIONS = {DELIVERED: OrderAction.DELIVER, RETURNED: OrderAction.RETURN}


@dataclass(frozen=True)
class Unplaced:
    """A proof that agrees with no letter of ours; `code` is letter-unknown, outcome-unknown, note-missing or other."""

    proof: Proof
    code: str


@dataclass(frozen=True)
class Proved:
    """How many proofs were taken now, how many were known already, and those that somebody must look at."""

    taken: int
    known: int
    unplaced: tuple[Unplaced, ...]


def letters_of(session: Session, *, actor: Actor, day: date) -> list[Letter]:
    """The letters handed to the post on a day of Damascus, in the order in which they were."""
    actor.need(*DESK, Role.SYSTEM)
    query = (
        select(ExtractEvent, ExtractOrder)
        .join(ExtractOrder, ExtractOrder.id == ExtractEvent.order_id)
        .where(ExtractEvent.action == str(OrderAction.POST))
        .order_by(ExtractEvent.at, ExtractEvent.id)
    )
    return [
        Letter(event.data["tracking"], order.number, order.applicant, order.address, order.copies)
        for event, order in session.execute(query)
        if local_day(event.at) == day
    ]


def take_proofs(session: Session, *, actor: Actor, proofs: Iterable[Proof]) -> Proved:
    """Write down what the post says of each letter; a proof that is known changes nothing."""
    actor.need(*DESK, Role.SYSTEM)
    taken, known, unplaced = 0, 0, list[Unplaced]()
    for proof in proofs:
        match _place(session, actor, proof):
            case "taken":
                taken += 1
            case "known":
                known += 1
            case code:
                unplaced.append(Unplaced(proof, code))
    return Proved(taken, known, tuple(unplaced))


def _place(session: Session, actor: Actor, proof: Proof) -> str:
    """What a proof comes to: taken, known, or why not."""
    if proof.outcome not in _ACTIONS:
        return "outcome-unknown"
    if not proof.note:
        return "note-missing"
    order = session.scalar(select(ExtractOrder).where(ExtractOrder.number == proof.order))
    events = [] if order is None else events_of(session, order_id=order.id)
    posted = [
        at for at, event in enumerate(events)
        if event.action == OrderAction.POST and event.data["tracking"] == proof.tracking
    ]  # fmt: skip
    if order is None or not posted:
        return "letter-unknown"
    after = events[posted[-1] + 1 :]
    if after:
        return "known" if after[0].action == _ACTIONS[proof.outcome] else "other"
    if proof.outcome == DELIVERED:
        deliver(session, actor=actor, order_id=order.id, proof=proof.note)
    else:
        give_back(session, actor=actor, order_id=order.id, reason=proof.note)
    return "taken"
