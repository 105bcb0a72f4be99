"""What a desk says outside its fragments: labels, choices, notices, with the digits that the reader prefers."""

import re
from collections.abc import Callable

from permits import i18n
from permits.digits import ARABIC, READER, TABLES, Digits
from permits.documents import sheet

_NUMBER = re.compile(rf"(?<![\w/-])[0-9{ARABIC[:10]}]+(?:[.,{ARABIC[10:]}][0-9{ARABIC[:10]}]+)*(?![\w/-])")
"""A number that stands for itself; digits within a code, a date or a reference are to be copied as they are."""
_SIGN = re.compile(r"[\\`*_\[\]<&]")


def in_words(text: str) -> str:
    """A text with its numbers in the reader's digits."""
    table = TABLES.get(Digits(READER.get()))
    return _NUMBER.sub(lambda found: found[0].translate(table), text) if table else text


def plain(text: str) -> str:
    """A text for a notice, which reads Markdown: a name or password with such signs is shown as it is."""
    return _SIGN.sub(r"\\\g<0>", text)


def translator(language: str) -> Callable[..., str]:
    """`t(key, …)` of `permits.i18n`, in the reader's digits."""
    t = i18n.translator(language)
    return lambda key, /, **values: in_words(t(key, **values))


def shown_money(piastres: int, language: str) -> str:
    """An amount in new pounds with its currency, in the reader's digits."""
    return in_words(sheet.shown_money(piastres, language))
