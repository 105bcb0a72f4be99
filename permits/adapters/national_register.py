"""A national register as an outside party: it is told entries of our journal and answers, at once or later.

No such service is known to us, so no conformance is claimed: envelopes, answers and the ways to carry them
(`national_http`, `national_folder`) are a dialect of our own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Protocol


class AnswerKind(StrEnum):
    """What a national register says of an envelope; `later` that it was carried and the answer is still to come."""

    TAKEN = "taken"
    TAKEN_BEFORE = "taken-before"
    OUT_OF_ORDER = "out-of-order"
    REFUSED = "refused"
    DIFFERS = "differs"
    LATER = "later"


class NationalUnheard(Exception):
    """No answer, or none that can be read: nothing is known of what became of the envelope."""


@dataclass(frozen=True)
class Answer:
    """`awaited` is the entry that must come first, `code` why it is refused, `state` their hash of the sheet."""

    kind: AnswerKind
    awaited: int | None = None
    code: str = ""
    state: str = ""


@dataclass(frozen=True)
class Acknowledgement:
    """An answer that came later, for an entry on a sheet; `source` names it once and for all."""

    source: str
    sheet: str
    entry: int
    answer: Answer


@dataclass(frozen=True)
class Capabilities:
    """What a way to the register can do: be told, be asked for a sheet, and answer later instead of at once."""

    announce: bool
    ask: bool
    later: bool


class NationalRegister(Protocol):
    """One way to the register; each call may be made again without harm."""

    capabilities: ClassVar[Capabilities]

    def announce(self, envelope: bytes) -> Answer:
        """Tell it a signed entry; raises NationalUnheard."""
        ...

    def ask(self, zone: str, parcel: str) -> bytes | None:
        """What it holds of a parcel, as it gives it; None where it holds nothing. Raises NationalUnheard."""
        ...

    def acknowledgements(self) -> Iterator[Acknowledgement]:
        """Every answer that came later, known ones too; raises NationalUnheard after the last readable one."""
        ...


_LONGEST = 64


def answer_of(told: Any) -> Answer:
    """An answer out of the dialect's JSON; raises NationalUnheard for what is none."""
    try:
        kind, awaited = AnswerKind(told["outcome"]), told.get("awaited")
        code, state = told.get("code", ""), told.get("state", "")
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise NationalUnheard("answer-unreadable") from error
    right = isinstance(awaited, int) and not isinstance(awaited, bool)
    needed = {AnswerKind.OUT_OF_ORDER: right, AnswerKind.REFUSED: bool(code), AnswerKind.DIFFERS: bool(state)}
    short = all(isinstance(text, str) and len(text) <= _LONGEST for text in (code, state))
    if kind is AnswerKind.LATER or not short or not needed.get(kind, True):
        raise NationalUnheard("answer-unreadable")
    return Answer(kind, awaited if right else None, code, state)


def acknowledgement_of(source: str, told: Mapping[str, Any]) -> Acknowledgement:
    """An answer that names its sheet and entry; raises NationalUnheard."""
    answer = answer_of(told)
    sheet, entry = told.get("sheet"), told.get("entry")
    if not isinstance(sheet, str) or not isinstance(entry, int) or isinstance(entry, bool):
        raise NationalUnheard("answer-unreadable")
    return Acknowledgement(source, sheet, entry, answer)
