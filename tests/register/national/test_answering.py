"""What each answer makes of an announcement, and which answers are none."""

from typing import Any

import pytest

from permits.adapters.national_register import Answer, AnswerKind, NationalUnheard, acknowledgement_of, answer_of
from permits.register.national.answering import PATIENCE, Step, step
from permits.register.national.tables import Standing

OUT = Answer(AnswerKind.OUT_OF_ORDER, awaited=4)


@pytest.mark.parametrize(
    ("answer", "taken", "asked_back", "wanted"),
    [
        (Answer(AnswerKind.TAKEN), (), 0, Step(Standing.TAKEN)),
        (Answer(AnswerKind.TAKEN_BEFORE), (4,), 9, Step(Standing.TAKEN)),
        (Answer(AnswerKind.LATER), (), 0, Step(Standing.SENT)),
        (Answer(AnswerKind.REFUSED, code="sheet-unknown"), (), 0, Step(Standing.REFUSED, "sheet-unknown")),
        (Answer(AnswerKind.DIFFERS, state="ab"), (), 0, Step(Standing.DIFFERING, theirs="ab")),
        (OUT, (2, 4), 0, Step(Standing.WAITING, back=4)),
        (OUT, (2, 4), PATIENCE - 1, Step(Standing.WAITING, back=4)),
        (OUT, (2, 4), PATIENCE, Step(Standing.REFUSED, "out-of-order")),
        (OUT, (2, 3), 0, Step(Standing.REFUSED, "out-of-order")),
    ],
)
def test_each_answer_has_its_step(answer: Answer, taken: tuple[int, ...], asked_back: int, wanted: Step) -> None:
    assert step(answer, taken=taken, asked_back=asked_back) == wanted


@pytest.mark.parametrize(
    "told",
    [
        None, [], "taken", {}, {"outcome": "later"}, {"outcome": "perhaps"}, {"outcome": "out-of-order"},
        {"outcome": "out-of-order", "awaited": "4"}, {"outcome": "out-of-order", "awaited": True},
        {"outcome": "refused"}, {"outcome": "refused", "code": "x" * 65}, {"outcome": "refused", "code": 7},
        {"outcome": "differs", "state": ""},
    ],
)  # fmt: skip
def test_what_is_no_answer_is_none(told: Any) -> None:
    with pytest.raises(NationalUnheard):
        answer_of(told)


def test_answers_are_read() -> None:
    assert answer_of({"outcome": "out-of-order", "awaited": 4}) == OUT
    assert answer_of({"outcome": "taken", "more": 1}) == Answer(AnswerKind.TAKEN)
    found = acknowledgement_of("s", {"outcome": "differs", "state": "ab", "sheet": "x", "entry": 3})
    assert (found.sheet, found.entry, found.answer) == ("x", 3, Answer(AnswerKind.DIFFERS, state="ab"))
    with pytest.raises(NationalUnheard):
        acknowledgement_of("s", {"outcome": "taken", "sheet": "x", "entry": "3"})
