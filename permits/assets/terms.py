"""Terms of contracts on council property that the municipality sets."""

from functools import cache
from pathlib import Path

from permits.terms import SetTerm, SetTerms, read_terms


class AssetTerms(SetTerms):
    """What each further year adds to a rent, days of notice before a contract ends, the longest term."""

    index_yearly: SetTerm
    notice_days: SetTerm
    longest_years: SetTerm


@cache
def terms() -> AssetTerms:
    """The terms in force in this installation."""
    return read_terms(Path(__file__).with_name("terms.yaml"), AssetTerms)
