"""The parts of a tariff file: what an act charges, whom it exempts, and what lateness costs."""

from collections.abc import Mapping
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from gis.site import SheetStatus
from permits.money.expression import Node, parse
from permits.money.strict import Named, Number, Part, Strict

Deciding = Literal["application", "decision", "payment"]


class Act(Named):
    """The legal act; `status` is how sure we are of the file as a whole.

    `subject` is "building" for an act by which building permits are billed.
    """

    id: str
    subject: Literal["", "building"] = ""
    dated: date
    in_force: date
    status: SheetStatus
    sources: tuple[str, ...] = Field(min_length=1)


class Param(Strict):
    """A number of the act, or one that the municipality sets and may override with an input."""

    value: Number
    unit: str
    status: SheetStatus
    set_by: Literal["act", "municipality"] = "act"
    ar: str = ""
    en: str = ""

    @model_validator(mode="after")
    def _named(self) -> "Param":
        if self.set_by == "municipality" and not (self.ar and self.en):
            raise ValueError("what the municipality sets has a name in both languages")
        return self


class InputSpec(Named):
    """A quantity of the case: its unit and its name for people; `choices` where it is one of some classes."""

    unit: str
    choices: Mapping[str, Named] = Field(default_factory=dict)


class Beneficiary(Strict):
    to: str
    share: Part


class _Dated(Named):
    """A provision in force from `valid_from` until before `valid_to`."""

    code: str
    valid_from: date
    valid_to: date | None = None
    clause: Named
    status: SheetStatus

    def in_force(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class _Shared(_Dated):
    """A provision whose money goes to beneficiaries, rounded half up to `round_to` of the act's currency."""

    round_to: Number = Field(gt=0)
    split: tuple[Beneficiary, ...]

    @model_validator(mode="after")
    def _whole(self) -> "_Shared":
        if sum(part.share for part in self.split) != 1 or any(part.share < 0 for part in self.split):
            raise ValueError(f"{self.code}: the shares of the beneficiaries are not a whole")
        return self


class Item(_Shared):
    """One fee; which version of it holds is told by the day of `decided_on`.

    `minimum` and `maximum` bound it in the act's currency; a `refundable` one is given back when what it is
    for does not come about.
    """

    formula: str
    minimum: Number | None = None
    maximum: Number | None = None
    decided_on: Deciding = "application"
    refundable: bool = False

    @cached_property
    def tree(self) -> Node:
        """The parsed formula."""
        return parse(self.formula)

    @model_validator(mode="after")
    def _bounded(self) -> "Item":
        low, high = self.minimum, self.maximum
        if (low is not None and low < 0) or (high is not None and high < (low or 0)):
            raise ValueError(f"{self.code}: the minimum is above the maximum, or below nought")
        return self


class Applied(Strict):
    """A provision about the codes that its patterns mean, such as PRM.*"""

    applies: tuple[str, ...] = Field(min_length=1)

    def covers(self, code: str) -> bool:
        """Whether a code is one of those that are meant."""
        return any(fnmatchcase(code, pattern) for pattern in self.applies)


class Exemption(Applied, _Dated):
    """Who pays less, in full (`part` 1) or in part, and what proves it."""

    part: Number = Field(gt=0, le=1)
    evidence: Named


class Surcharge(Applied, _Shared):
    """A rate on top of the fees it applies to."""

    rate: Number = Field(gt=0)


class Penalty(Applied, _Shared):
    """What lateness costs: `rate` of the principal for each begun period, at most `cap` of the principal.

    The first period begins `after_days` days after the day on which it was due.
    """

    after_days: int = Field(ge=0)
    per: Literal["day", "month"]
    rate: Number = Field(gt=0)
    cap: Number = Field(gt=0)
    base: Literal["principal"]


class Amnesty(Applied, _Dated):
    """Forgives part of the penalties to whoever pays the principal in full from `valid_from` until before `valid_to`.

    What was already paid of a penalty is not returned.
    """

    part: Number = Field(gt=0, le=1)
    condition: Literal["principal_paid_in_full"]
    no_refund: Literal[True]

    @model_validator(mode="after")
    def _ends(self) -> "Amnesty":
        if self.valid_to is None:
            raise ValueError(f"{self.code}: an amnesty has an end")
        return self


class InstalmentTerms(Strict):
    """In how many parts it may be paid: the share of the first, and the months between two."""

    max: int = Field(ge=2, le=120)
    first: Part = Field(gt=0, lt=1)
    every_months: int = Field(ge=1, le=12)
    clause: Named
    status: SheetStatus


class Example(Strict):
    """A situation a lawyer can read: expected lines in the act's currency, total in new pounds.

    `inputs` are numbers, or days for dates; `exempt` names exemptions with their evidence. A line of `expect` is
    the code of a fee, or CODE/FEE for what an exemption, a penalty or an amnesty does to a fee.
    """

    name: str
    day: date
    decided: date | None = None
    due: date | None = None
    paid: date | None = None
    items: tuple[str, ...] = ("*",)
    inputs: Mapping[str, date | Number] = Field(default_factory=dict)
    exempt: Mapping[str, str] = Field(default_factory=dict)
    expect: Mapping[str, Number]
    total_new: Number
