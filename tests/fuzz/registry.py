"""What a mutation operator is, and the table of them all."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tests.fuzz.stepfile import Step

Make = Callable[[random.Random, Step], bytes | None]
"""The mutated file; None where the file has nothing of the kind."""


class Harm(StrEnum):
    """What an operator does to the building that the file tells of; the oracle asks more of the first two."""

    GEOMETRY = "geometry"
    """Only damages shapes and places: every object keeps its data, its class and its GlobalId."""
    LOSS = "loss"
    """Takes things away and changes nothing else."""
    OTHER = "other"
    """May say anything: the file tells of another building, for better or worse."""


@dataclass(frozen=True)
class Operator:
    """One way of breaking a file; `refused` are the codes with which the result must be refused, if any are named.

    A `heavy` one may make a file that takes more than the time there is.
    """

    name: str
    subject: str
    make: Make
    harm: Harm
    refused: frozenset[str]
    heavy: bool = False


OPERATORS: dict[str, Operator] = {}


def operator(
    subject: str, harm: Harm = Harm.OTHER, refused: str = "", *, heavy: bool = False
) -> Callable[[Make], Make]:
    """Register an operator by the name of its function; `refused` are codes separated by blanks."""

    def register(make: Make) -> Make:
        OPERATORS[make.__name__] = Operator(make.__name__, subject, make, harm, frozenset(refused.split()), heavy)
        return make

    return register
