"""Why the national register did not take an entry, in words."""

from permits.i18n import known, translate
from permits.register.national.tables import Announcement, Standing


def why_text(one: Announcement, language: str) -> str:
    """The reason of a stopped announcement; a code that we do not know is told as it is."""
    if one.state == Standing.DIFFERING:
        return translate(language, "national-differing-why")
    key = f"national-why-{one.code}"
    return (
        translate(language, key)
        if known(language, key)
        else translate(language, "national-code-unknown", code=one.code)
    )
