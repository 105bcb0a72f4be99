"""What a rule says of a model: light, so that a program can hold it without the libraries that found it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Value = str | int | float | bool | None


class Outcome(StrEnum):
    """What a rule says of a model; a warning is the fail of a rule that is good practice and not normative."""

    PASS = "pass"  # noqa: S105 - a verdict
    FAIL = "fail"
    WARNING = "warning"
    NOT_APPLICABLE = "not_applicable"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Violation:
    """One violation: `entity` is the number in the file, 0 for the whole model; `owner` the GlobalId of the
    entity itself, or of the nearest object it describes."""

    rule: str
    code: str
    entity: int = 0
    kind: str = ""
    owner: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """The outcome of one rule: subjects looked at, violations by kind, those kept, and seconds taken.

    A kind is a code, followed by the attribute or the clause that it is about where there is one.
    """

    rule: str
    outcome: Outcome
    subjects: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    violations: tuple[Violation, ...] = ()
    seconds: float = 0.0


def kind_of(code: str, values: Mapping[str, Value]) -> str:
    """The kind under which a violation is counted."""
    about = values.get("attribute") or values.get("clause")
    return f"{code} {about}" if about else code
