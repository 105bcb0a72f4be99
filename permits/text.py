"""The Arabic fold: one form of a text for what is searched and what is searched for; the text itself is kept.

Digits of any script become ASCII, harakat, tatweel and bidi marks fall away, the forms of alef, of ya and of kaf
become one, ta marbuta becomes ha, and a hamza on its seat leaves the seat.
"""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ۀ": "ه", "ە": "ه",
        "گ": "ك", "ک": "ك", "ـ": None, "٫": ".", "٬": None,
    }
)  # fmt: skip
_PREFIXES = ("عبد", "ابو", "ابي", "ام", "بن", "ابن")
"""First parts of names that are written apart as well as together: عبد الله and عبدالله."""


def fold(text: str) -> str:
    """The searched form of a text; folding twice is folding once."""
    plain = unicodedata.normalize("NFKC", text).translate(_LETTERS)
    kept = (_plain(sign) for sign in unicodedata.normalize("NFKD", plain))
    joined = unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS).casefold()
    return " ".join(joined.split())


def _plain(sign: str) -> str:
    if unicodedata.category(sign) in ("Mn", "Cf"):
        return ""
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)


def fold_name(text: str) -> str:
    """The searched form of a person's name: as `fold`, and two-part names written together."""
    words: list[str] = []
    for word in re.sub(r"[^\w\s]", " ", fold(text)).split():
        if words and words[-1] in _PREFIXES:
            words[-1] += word
        else:
            words.append(word)
    return " ".join(words)
