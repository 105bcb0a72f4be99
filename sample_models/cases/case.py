"""Register a case: it is written as `rules/<CODE>/<outcome>-<what>.ifc`.

    @case("BIM-310", "fail", "two-storeys-one-level")
    def _(house: House) -> None:
        house.upper.Elevation = 0.0

A companion of a federation case lies beside it: `pass-aligned.structure.ifc`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sample_models.cases.house import House, Part
from sample_models.ifc_file import Schema

Outcome = Literal["pass", "fail", "na", "undecided"]
Role = Literal["architecture", "structure", "mep", "site"]
Change = Callable[[House], None]


@dataclass(frozen=True)
class Case:
    """One model: the house with `parts`, changed by `change`; `role` is a companion's discipline."""

    code: str
    outcome: Outcome
    what: str
    change: Change
    parts: tuple[Part, ...]
    schema: Schema
    millimetres: bool
    role: Role | None

    @property
    def path(self) -> Path:
        """Below the folder of the samples."""
        role = f".{self.role}" if self.role else ""
        return Path("rules") / self.code / f"{self.outcome}-{self.what}{role}.ifc"


CASES: dict[Path, Case] = {}


def case(
    code: str, outcome: Outcome, what: str, *parts: Part, schema: Schema = "IFC4", millimetres: bool = False,
    role: Role | None = None,
) -> Callable[[Change], Change]:  # fmt: skip
    """Register a change of the house as a case; `parts` are what is built, the whole house where none is named."""

    def register(change: Change) -> Change:
        made = Case(code, outcome, what, change, parts, schema, millimetres, role)
        if made.path in CASES:
            raise ValueError(f"two cases are named {made.path}")
        CASES[made.path] = made
        return change

    return register
