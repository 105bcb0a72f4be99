"""Terms of the cash desks: the notes by which a drawer is counted."""

from functools import cache
from pathlib import Path

from pydantic import Field

from gis.site import SheetStatus
from permits.money.money import PIASTRES_PER_POUND
from permits.terms import SetTerms, read_terms


class Notes(SetTerms):
    """Values of notes in `unit`, the largest first, and how sure we are of them."""

    values: tuple[int, ...] = Field(min_length=1)
    unit: str
    status: SheetStatus
    source: str


class CashTerms(SetTerms):
    """All of them."""

    notes: Notes


@cache
def terms() -> CashTerms:
    """The terms in force in this installation."""
    return read_terms(Path(__file__).with_name("terms.yaml"), CashTerms)


def note_values() -> tuple[int, ...]:
    """The notes in piastres, the largest first."""
    return tuple(value * PIASTRES_PER_POUND for value in terms().notes.values)
