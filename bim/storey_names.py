"""What the name of a storey says, in Arabic or English: never what decides, but what may contradict the levels."""

import re
import unicodedata

_MARKS = re.compile(r"[\u0640\u064b-\u065f\u0670]")
_FOLD = str.maketrans("أإآٱىة", "ااااي\u0647")
_WORDS = {
    "basement": ("قبو", "بدروم", "تسويه", "basement", "cellar", "sous-sol"),
    "ground": ("ارضي", "ground"),
    "mezzanine": ("ميزانين", "ميزان", "سده", "mezzanine", "entresol"),
}
_ORDINALS = (
    ("اول", "first"), ("ثاني", "second"), ("ثالث", "third"), ("رابع", "fourth"), ("خامس", "fifth"),
    ("سادس", "sixth"), ("سابع", "seventh"), ("ثامن", "eighth"), ("تاسع", "ninth"), ("عاشر", "tenth"),
)  # fmt: skip


def said_kind(name: str) -> str:
    """ "basement", "ground" or "mezzanine" where the name says so; empty where it says none of them, or two."""
    words = _words(name)
    found = [kind for kind, said in _WORDS.items() if any(word in words for word in said)]
    return found[0] if len(found) == 1 else ""


def said_number(name: str) -> float | None:
    """The last number of the name, in either digits, or its ordinal up to the tenth; None where it says none."""
    digits = re.findall(r"-?\d+(?:[.,٫]\d+)?", name.replace("\u2212", "-"))
    if digits:
        return float(digits[-1].replace(",", ".").replace("٫", "."))
    words = _words(name)
    return next((float(at) for at, said in enumerate(_ORDINALS, 1) if any(word in words for word in said)), None)


def _words(name: str) -> set[str]:
    """The words of a name without vowel marks, articles and the spellings of one letter."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", name)).translate(_FOLD).lower()
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", plain)
    return {word.removeprefix("ال") for word in words}
