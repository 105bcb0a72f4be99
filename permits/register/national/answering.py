"""What an answer of the national register makes of an announcement: a pure rule."""

from collections.abc import Collection
from dataclasses import dataclass

from permits.adapters.national_register import Answer, AnswerKind
from permits.register.national.tables import Standing

OUT_OF_ORDER = "out-of-order"
PATIENCE = 3
"""How often one announcement is answered "out of order" before a registrar is asked."""


@dataclass(frozen=True)
class Step:
    """Where the announcement goes; `back` is the taken entry that must be announced again before it."""

    state: Standing
    code: str = ""
    theirs: str = ""
    back: int | None = None


def step(answer: Answer, *, taken: Collection[int], asked_back: int) -> Step:
    """The step for an answer; `taken` are the sheet's earlier entries that were taken, `asked_back` how often it was
    out of order before. A register that lost entries is told them again; one that asks for what we never told is not.
    """
    match answer.kind:
        case AnswerKind.TAKEN | AnswerKind.TAKEN_BEFORE:
            return Step(Standing.TAKEN)
        case AnswerKind.LATER:
            return Step(Standing.SENT)
        case AnswerKind.DIFFERS:
            return Step(Standing.DIFFERING, theirs=answer.state)
        case AnswerKind.REFUSED:
            return Step(Standing.REFUSED, answer.code)
    if answer.awaited in taken and asked_back < PATIENCE:
        return Step(Standing.WAITING, back=answer.awaited)
    return Step(Standing.REFUSED, OUT_OF_ORDER)
