"""Terms of extracts that the directorate of the register sets."""

from functools import cache
from pathlib import Path

from permits.terms import SetTerm, SetTerms, read_terms


class ExtractTerms(SetTerms):
    """Days for which an extract is accepted, days for which an uncollected one is kept, and the most copies."""

    valid_days: SetTerm
    kept_days: SetTerm
    most_copies: SetTerm


@cache
def terms() -> ExtractTerms:
    """The terms in force in this installation."""
    return read_terms(Path(__file__).with_name("terms.yaml"), ExtractTerms)
