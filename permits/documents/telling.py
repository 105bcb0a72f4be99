"""Codes of documents in words; a code that this version does not know is shown as it is written."""

from permits.i18n import known, translate


def code_text(language: str, kind: str, code: str) -> str:
    """The text of a code of a kind: "occupancy-kind" or "revocation"."""
    key = f"{kind}-{code}"
    return translate(language, key) if known(language, key) else code
