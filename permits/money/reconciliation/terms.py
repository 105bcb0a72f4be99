"""Terms of the reconciliation: who owns a break by its kind, and how long silence is allowed."""

from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator

from gis.site import SheetStatus
from permits.money.reconciliation.differences import BreakKind
from permits.terms import SetTerm, SetTerms, read_terms
from permits.workdays import office_days


class Owner(StrEnum):
    """Who answers for a break; the text of each is `break-owner-<owner>`."""

    CASHIER = "cashier"
    ACCOUNTANT = "accountant"
    PROVIDER = "provider"
    BANK = "bank"


class Withdrawals(SetTerms):
    """The account of the ledger by the code of the reason (`breaks.BreakReason`)."""

    accounts: dict[str, Annotated[str, Field(pattern=r"^(withdrawn|(expense|due):[a-z-]+)$")]]
    status: SheetStatus
    source: str


class ReconciliationTerms(SetTerms):
    """All of them; every kind of break has its owner."""

    owners: dict[BreakKind, Owner]
    unsettled_days: SetTerm
    unacknowledged_hours: SetTerm
    file_hour: SetTerm
    withdrawals: Withdrawals

    @field_validator("owners")
    @classmethod
    def _every_kind(cls, owners: dict[BreakKind, Owner]) -> dict[BreakKind, Owner]:
        if set(owners) != set(BreakKind):
            raise ValueError("every kind of break has one owner")
        return owners


@cache
def terms() -> ReconciliationTerms:
    """The terms in force in this installation."""
    return read_terms(Path(__file__).with_name("terms.yaml"), ReconciliationTerms)


def age(first: date, last: date) -> int:
    """How many working days of the office have begun after `first` up to `last`."""
    return office_days().between(first, last)
