"""Terms that the municipality sets: the smallest note, how long a bill can be paid and a permit is valid."""

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


class Terms(BaseModel):
    """All terms."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cash_note: Term
    bill_days: Term
    permit_years: Term


@cache
def terms() -> Terms:
    """The terms in force in this installation."""
    return Terms.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
