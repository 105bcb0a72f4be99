"""Scripts: which of the next payments have which fault. JSON lines, each for so many payments:

{"fault": "duplicate", "payments": 3}
{"seed": 7, "rates": {"cut": 0.02, "timeout": 0.01}, "payments": 500}

A line without `payments` holds for one payment where it names a fault, and for ever where it gives rates.
The fault of a payment follows from the script and from how many were taken before it: a killed switch goes on.
"""

import random

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.sandbox_switch.faults import Fault


class Step(BaseModel):
    """One line of a script: a fault, or rates by fault that sum to at most 1."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fault: Fault | None = None
    seed: int = 0
    rates: dict[Fault, float] = Field(default_factory=dict)
    payments: int | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _whole(self) -> "Step":
        if (self.fault is None) == (not self.rates):
            raise ValueError("a line names a fault or rates")
        if any(rate < 0 for rate in self.rates.values()) or sum(self.rates.values()) > 1:
            raise ValueError("rates are parts of 1")
        return self

    @property
    def length(self) -> float:
        """For how many payments it holds."""
        return self.payments or (1 if self.fault else float("inf"))

    def at(self, index: int) -> Fault:
        """The fault of its payment number `index`, from 0."""
        if self.fault:
            return self.fault
        drawn = random.Random(f"{self.seed}:{index}").random()  # noqa: S311 - faults to be had again by their seed
        for fault, rate in self.rates.items():
            drawn -= rate
            if drawn < 0:
                return fault
        return Fault.NONE


def read(text: str) -> tuple[Step, ...]:
    """The steps of a script; raises ValueError for a line that is none."""
    return tuple(Step.model_validate_json(line) for line in text.splitlines() if line.strip())


def fault_at(steps: tuple[Step, ...], index: int) -> Fault:
    """The fault of the payment number `index` since the script began, from 0; none after its end."""
    for step in steps:
        if index < step.length:
            return step.at(index)
        index -= int(step.length)
    return Fault.NONE
