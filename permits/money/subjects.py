"""What is paid for: money knows a subject by its kind and id alone, and calls back what the kind registered.

A service joins by registering its kind where the programs are put together (`permits.registry`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from permits.people.actor import Actor


def _unnumbered(_: Session, __: str) -> None:
    """A kind that people know by no number."""


@dataclass(frozen=True)
class Named:
    """How papers name what was paid for: its number, its plot where it has one, and who asked for it by language
    where that is not the payer alone."""

    number: str
    plot: str = ""
    applicant: Mapping[str, str] = field(default_factory=dict)


def _nameless(_: Session, __: str) -> Named | None:
    return None


@dataclass(frozen=True)
class Subject:
    """What a kind does: `lock` its row before any row of money; `see` raises NotFound for who may not see it;
    `released` carries it on, once in its life, in the transaction in which enough was paid; `named` tells papers how
    it is called, None where it has no number of its own; `numbered` is the id of the one that people call by a number,
    None where there is none."""

    lock: Callable[[Session, str], object]
    see: Callable[[Session, Actor, str], object]
    released: Callable[[Session, str], None]
    named: Callable[[Session, str], Named | None] = _nameless
    numbered: Callable[[Session, str], str | None] = _unnumbered


_KINDS: dict[str, Subject] = {}


def register(kind: str, subject: Subject) -> None:
    """Make a kind of subject known; each program does it once."""
    _KINDS[kind] = subject


def called(session: Session, number: str) -> list[tuple[str, str]]:
    """The subjects, kind and id, that people call by a number: of a case, an order, a contract."""
    found = ((kind, subject.numbered(session, number)) for kind, subject in _KINDS.items())
    return [(kind, subject_id) for kind, subject_id in found if subject_id]


def find(kind: str) -> Subject:
    """The callbacks of a kind; KeyError for one that no service registered, a fault of the program."""
    return _KINDS[kind]
