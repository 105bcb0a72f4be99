"""What an oracle answers, and the table of them all by the name of the check they are held against."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.oracles.model import Entity, Model

Params = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What was looked at and what fails, by GlobalId or name; `open` where something could not be known.

    `looked` is None where the oracle has no count of its own, `value` where no number is compared.
    """

    looked: int | None
    failed: frozenset[str] = frozenset()
    value: float | None = None
    open: bool = False


Oracle = Callable[[Model, Params], Answer]
ORACLES: dict[str, Oracle] = {}
MESHED: set[str] = set()
"""Oracles that ask the kernel."""


def oracle(*names: str, meshed: bool = False) -> Callable[[Oracle], Oracle]:
    """Register the second way of knowing what the checks of those names say."""

    def register(function: Oracle) -> Oracle:
        for name in names:
            ORACLES[name] = function
        MESHED.update(names if meshed else ())
        return function

    return register


def ids(entities: Iterable[Entity]) -> frozenset[str]:
    """GlobalIds, or numbers where a broken model has none."""
    return frozenset(e.GlobalId or f"#{e.id()}" for e in entities)


def names(*said: str) -> frozenset[str]:
    """Names of things that are no elements."""
    return frozenset(said)
