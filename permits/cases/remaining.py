"""What is left to do before a case can be decided, for whoever looks at it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from permits.cases import reviews
from permits.cases.tables import Case
from permits.cases.workflow import Action, hindrances
from permits.people.actor import Actor

_FORWARD = (Action.RECOMMEND, Action.APPROVE)
_NOT_HIS = frozenset({"wrong-state", "role-needed"})


@dataclass(frozen=True)
class Remaining:
    """`action` is the decision that the case waits for from this actor, None where it waits for somebody else.

    `codes` say why it cannot be taken yet; `open` and `decided` count the findings that a person must answer.
    """

    action: Action | None
    codes: tuple[str, ...]
    open: int
    decided: int


def remaining(session: Session, *, case: Case, actor: Actor) -> Remaining:
    """What stands between the case as it is now and the actor's decision that takes it forward."""
    open_ = len(reviews.open_findings(session, case_id=case.id))
    review = reviews.current_review(session, case_id=case.id)
    decided = len(reviews.decisions(session, review_id=review.id)) if review else 0
    for action in _FORWARD:
        codes = hindrances(session, case=case, action=action, actor=actor)
        if _NOT_HIS.isdisjoint(codes):
            return Remaining(action, tuple(codes), open_, decided)
    return Remaining(None, (), open_, decided)
