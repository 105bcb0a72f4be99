"""What a named check is, what it answers, and the table of them all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bim.findings import Reason
from bim.guide.checks.subject import Entity, Subject
from bim.guids import guid

Params = Mapping[str, Any]


@dataclass(frozen=True)
class Checked:
    """How many things were looked at, and the GlobalIds or names of what fails.

    `value` and `limit` (in the check's unit) where a number is compared; otherwise failing things are counted.
    `reason` says more of a failure, or why nothing applies; `undecided` what the answer lacks, and is no pass:
    it stands where nothing fails of what could be judged.
    """

    applicable: int
    failed: tuple[str, ...] = ()
    value: float | None = None
    limit: float | None = None
    reason: Reason | None = None
    undecided: Reason | None = None


Function = Callable[[Subject, Params], Checked]


@dataclass(frozen=True)
class Check:
    """A named check; `unit` is that of its value, `params` the parameters a clause must give, by type."""

    name: str
    function: Function
    unit: str = ""
    params: Mapping[str, type] = field(default_factory=dict)

    def __call__(self, subject: Subject, params: Params) -> Checked:
        """The answer; parameters are those of the clause."""
        return self.function(subject, params)


CHECKS: dict[str, Check] = {}


def check(name: str, unit: str = "", **params: type) -> Callable[[Function], Function]:
    """Register a check by its name in the guide, with its parameters: float, int, str (a pattern) or list."""

    def register(function: Function) -> Function:
        CHECKS[name] = Check(name, function, unit, params)
        return function

    return register


def ids(entities: Iterable[Entity]) -> tuple[str, ...]:
    """GlobalIds in order, each once."""
    return tuple(sorted({guid(entity) for entity in entities}))


def found(what: object, wanted: object) -> Reason:
    """What is there, and what is asked for."""
    return Reason("found_wanted", {"found": str(what), "wanted": str(wanted)})
