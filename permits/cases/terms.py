"""Terms of a case: working days for each stage of the office, and the ladder of reminders."""

from functools import cache
from pathlib import Path

from pydantic import field_validator

from gis.site import SheetStatus
from permits.cases.workflow import TABLE, Clock, State
from permits.terms import SetTerm, SetTerms, read_terms

STAGES = frozenset(row.target for row in TABLE if row.clock is Clock.OFFICE)
"""The states in which the office is on turn."""


class Reminders(SetTerms):
    """Working days from the deadline, ascending: -1 is the day before it."""

    days: tuple[int, ...]
    status: SheetStatus
    source: str

    @field_validator("days")
    @classmethod
    def _ascending(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if list(days) != sorted(set(days)):
            raise ValueError("reminders are given once each, the earliest first")
        return days


class CaseTerms(SetTerms):
    """All of them; every stage of the office has its term."""

    stages: dict[State, SetTerm]
    soon: SetTerm
    reminders: Reminders

    @field_validator("stages")
    @classmethod
    def _every_stage(cls, stages: dict[State, SetTerm]) -> dict[State, SetTerm]:
        if set(stages) != STAGES:
            raise ValueError("every state in which the office is on turn has one term, and no other")
        return stages


@cache
def case_terms() -> CaseTerms:
    """The terms of this installation."""
    return read_terms(Path(__file__).with_name("terms.yaml"), CaseTerms)
