"""Terms of occupying public property that the municipality sets."""

from functools import cache
from pathlib import Path

from permits.terms import SetTerm, SetTerms, read_terms


class OccupancyTerms(SetTerms):
    """Metres: the width left to walkers, distances from corners and entrances, how far a derived pavement reaches."""

    clear_width: SetTerm
    corner_distance: SetTerm
    entrance_distance: SetTerm
    derived_reach: SetTerm
    longest_days: SetTerm


@cache
def terms() -> OccupancyTerms:
    """The terms in force in this installation."""
    return read_terms(Path(__file__).with_name("terms.yaml"), OccupancyTerms)
