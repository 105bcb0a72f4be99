"""Digits as the reader prefers, in what a page says; codes, numbers to be copied and whatever is typed stay as written.

Arabic speakers in Syria read both ٠١٢ and 012. A page is written once and its text is turned at the edge, so that no
use case and no template needs to know.
"""

import re
from contextvars import ContextVar
from enum import StrEnum

LATIN, ARABIC = "0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬"
_TO_ARABIC = str.maketrans(LATIN[:10], ARABIC[:10])
_TO_LATIN = str.maketrans(ARABIC, LATIN)
_TOKEN = re.compile(r"<!--.*?-->|<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>|&#?\w+;|[^<&]+|.", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
_CODE = re.compile(r"""class\s*=\s*["'][^"']*\bltr\b""")
_KEPT = frozenset({"script", "style", "textarea", "pre", "code", "title", "option"})
"""Elements whose text is no prose: for machines, or sent back as it stands."""
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


class Digits(StrEnum):
    """How a person reads numbers; as written is amounts in Arabic digits and measures in Latin ones."""

    AS_WRITTEN = "asis"
    LATIN = "latn"
    ARABIC = "arab"


TABLES = {Digits.ARABIC: _TO_ARABIC, Digits.LATIN: _TO_LATIN}
"""How the signs of a number are turned; as written turns none."""

READER: ContextVar[str] = ContextVar("digits", default=Digits.AS_WRITTEN)
"""The choice of whom the present page or callback serves."""


def in_digits(html: str, digits: str) -> str:
    """The page with the digits of its text in one script; markup, entities, codes and fields are left alone."""
    if digits not in TABLES:
        return html
    table = TABLES[Digits(digits)]
    kept, depth, written = "", 0, []
    for token in _TOKEN.findall(html):
        tag = _TAG.fullmatch(token)
        if tag is None:
            plain = kept or token.startswith(("<", "&"))
            written.append(token if plain else token.translate(table))
            continue
        written.append(token)
        closing, name = bool(tag[1]), tag[2].lower()
        if kept:
            depth += 0 if name != kept or tag[3].endswith("/") else -1 if closing else 1
            kept = kept if depth else ""
        elif not (closing or name in _VOID or tag[3].endswith("/")) and (name in _KEPT or _CODE.search(tag[3])):
            kept, depth = name, 1
    return "".join(written)
