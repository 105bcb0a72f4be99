"""Terms that the municipality sets: the smallest note, how long and in what parts a bill is paid, a permit's years."""

from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from gis.site import SheetStatus

_FILE = Path(__file__).parent / "terms.yaml"


class Term(BaseModel):
    """One term: a whole number of `unit`, and how sure we are of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: int = Field(gt=0)
    unit: str
    status: SheetStatus
    source: str


class Release(StrEnum):
    """When the subject of a demand in instalments goes on: once the first is paid, or once all are."""

    FIRST_PAID = "first_paid"
    ALL_PAID = "all_paid"


class ReleaseTerm(BaseModel):
    """The office's choice, and how sure we are of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Release
    status: SheetStatus
    source: str


class Terms(BaseModel):
    """All terms."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cash_note: Term
    bill_days: Term
    permit_years: Term
    minimum_part: Term
    most_instalments: Term
    instalments_release: ReleaseTerm


@cache
def terms() -> Terms:
    """The terms in force in this installation."""
    return Terms.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
