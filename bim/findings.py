"""A finding: one rule's answer about one building, in codes and numbers, never in prose."""

from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """The four answers a rule can give.

    UNDECIDED is never a pass: an input is missing, elements were lost, or the value lies closer to
    its limit than tolerance + residual.
    """

    PASS = "pass"  # noqa: S105 - an outcome, not a secret
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Reason:
    """Why an outcome is not a plain pass or fail: a code of the catalogue and its numbers."""

    code: str
    values: dict[str, str | float | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One answer of one rule.

    `value`, `limit` and `tolerance` are in `unit` ("m", "m2", "ratio", "count", "deg" or "" where the
    rule compares no number); `elements` are GlobalIds; `storey` is the GlobalId of the storey the
    finding belongs to, where there is one; `subject` names what was measured (an edge role, a room
    name), as found in the model or plan.
    """

    rule: str
    outcome: Outcome
    clause: str
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    tolerance: float | None = None
    method: str = ""
    elements: tuple[str, ...] = ()
    storey: str | None = None
    subject: str = ""
    reason: Reason | None = None
    severity: str = "error"


@dataclass(frozen=True)
class Measure:
    """One measured quantity with its unit, tolerance (same unit) and method.

    `name` is a code such as "gross_floor_area"; `storey` a GlobalId or None for the whole building;
    `subject` tells measures of one name apart (an edge role).
    """

    name: str
    value: float
    unit: str
    tolerance: float
    method: str
    storey: str | None = None
    subject: str = ""
