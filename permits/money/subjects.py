"""What is paid for: money knows a subject by its kind and id alone, and calls back what the kind registered.

A service joins by registering its kind where the programs are put together (`permits.registry`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from permits.people.actor import Actor


@dataclass(frozen=True)
class Subject:
    """What a kind does: `lock` its row before any row of money; `see` raises NotFound for who may not see it;
    `released` carries it on, once in its life, in the transaction in which enough was paid."""

    lock: Callable[[Session, str], object]
    see: Callable[[Session, Actor, str], object]
    released: Callable[[Session, str], None]


_KINDS: dict[str, Subject] = {}


def register(kind: str, subject: Subject) -> None:
    """Make a kind of subject known; each program does it once."""
    _KINDS[kind] = subject


def find(kind: str) -> Subject:
    """The callbacks of a kind; KeyError for one that no service registered, a fault of the program."""
    return _KINDS[kind]
