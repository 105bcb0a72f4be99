"""Patterns of XML Schema as Python's regular expressions; what is no such pattern is refused."""

import re
import sys
import unicodedata
from functools import cache
from itertools import groupby

MAX_LENGTH = 2000
Ranges = tuple[tuple[int, int], ...]
_NAME_START: Ranges = (
    (0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF), (0x370, 0x37D),
    (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
)  # fmt: skip
_NAME: Ranges = (*_NAME_START, (0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))
_SPACE: Ranges = ((0x9, 0xA), (0xD, 0xD), (0x20, 0x20))
_BLOCKS = {
    "BasicLatin": (0x0, 0x7F), "Latin-1Supplement": (0x80, 0xFF), "LatinExtended-A": (0x100, 0x17F),
    "LatinExtended-B": (0x180, 0x24F), "GreekandCoptic": (0x370, 0x3FF), "Greek": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x4FF), "Armenian": (0x530, 0x58F), "Hebrew": (0x590, 0x5FF), "Arabic": (0x600, 0x6FF),
    "Syriac": (0x700, 0x74F), "ArabicSupplement": (0x750, 0x77F), "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF), "LetterlikeSymbols": (0x2100, 0x214F), "NumberForms": (0x2150, 0x218F),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF), "ArabicPresentationForms-A": (0xFB50, 0xFDFF),
    "ArabicPresentationForms-B": (0xFE70, 0xFEFF),
}  # fmt: skip
_QUANTIFIER = re.compile(r"\{(\d{1,6})(,(\d{1,6})?)?\}")
_CATEGORY = re.compile(r"L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?")
_PROPERTY = re.compile(r"\{([A-Za-z0-9-]+)\}")


class PatternError(ValueError):
    """The text is no pattern of XML Schema; `position` is where it stops being one."""

    def __init__(self, position: int) -> None:
        super().__init__(f"no pattern of XML Schema, from character {position + 1}")
        self.position = position


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, to be used with `fullmatch`; raise `PatternError`."""
    parser = _Parser(pattern)
    text = parser.alternatives()
    if parser.at != len(pattern) or len(pattern) > MAX_LENGTH:
        raise PatternError(parser.at)
    try:
        return re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternError(0) from error


class _Parser:
    """Recursive descent over the grammar of XML Schema part 2, appendix F."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def peek(self) -> str:
        """The next character, empty at the end."""
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        """The next character; there must be one."""
        char = self.peek()
        if not char:
            raise PatternError(self.at)
        self.at += 1
        return char

    def alternatives(self) -> str:
        """Branches between bars."""
        self.depth += 1
        if self.depth > 50:
            raise PatternError(self.at)
        branches = [self.branch()]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.branch())
        self.depth -= 1
        return "|".join(branches)

    def branch(self) -> str:
        """Pieces, one behind the other."""
        pieces = []
        while self.peek() not in ("", "|", ")"):
            pieces.append(self.atom() + self.quantifier())
        return "".join(pieces)

    def quantifier(self) -> str:
        """How often; there are no lazy ones."""
        char = self.peek()
        if char in ("?", "*", "+") and char:
            self.at += 1
            return char
        if char != "{":
            return ""
        match = _QUANTIFIER.match(self.text, self.at)
        if match is None or (match[3] and int(match[3]) < int(match[1])):
            raise PatternError(self.at)
        self.at = match.end()
        return match[0]

    def atom(self) -> str:
        """A character, a class or a group."""
        char = self.take()
        if char == "(":
            inner = self.alternatives()
            if self.take() != ")":
                raise PatternError(self.at - 1)
            return f"(?:{inner})"
        if char == "[":
            return self.char_class()
        if char == ".":
            return r"[^\n\r]"
        if char == "\\":
            inside = self.escape()
            return f"[{inside}]"
        if char in "?*+{}]":
            raise PatternError(self.at - 1)
        return re.escape(char)

    def escape(self) -> str:
        """What stands behind a backslash, as the inside of a class."""
        char = self.take()
        if char in "nrt":
            return f"\\{char}"
        if char in "pP":
            return self.category(negative=char == "P")
        if char in "dsicwDSICW":
            ranges = _multi(char.lower())
            return _written(ranges if char.islower() else _complement(ranges))
        if char.isalnum():
            raise PatternError(self.at - 1)
        return re.escape(char)

    def category(self, *, negative: bool) -> str:
        """A Unicode category or block in braces."""
        match = _PROPERTY.match(self.text, self.at)
        ranges = _named(match[1]) if match else ()
        if match is None or not ranges:
            raise PatternError(self.at)
        self.at = match.end()
        return _written(_complement(ranges) if negative else ranges)

    def char_class(self) -> str:
        """A class behind its bracket, with subtraction as a lookahead."""
        negative = self.peek() == "^"
        self.at += negative
        parts: list[str] = []
        without = ""
        while self.peek() != "]":
            if self.text.startswith("-[", self.at) and parts:
                self.at += 2
                without = f"(?!{self.char_class()})"
                if self.peek() != "]":
                    raise PatternError(self.at)
                break
            parts.append(self.range())
        self.at += 1
        if not parts:
            raise PatternError(self.at - 1)
        return f"{without}[{'^' if negative else ''}{''.join(parts)}]"

    def range(self) -> str:
        """One character, or two with a dash between, or an escaped class."""
        start, single = self.member()
        if not single or self.peek() != "-" or self.text[self.at + 1 : self.at + 2] in ("]", "["):
            return start
        self.at += 1
        end, single = self.member()
        if not single or _char(end) < _char(start):
            raise PatternError(self.at - 1)
        return f"{start}-{end}"

    def member(self) -> tuple[str, bool]:
        """A member of a class, and whether it is one character alone."""
        char = self.take()
        if char == "[":
            raise PatternError(self.at - 1)
        if char != "\\":
            return re.escape(char) if char != "^" else r"\^", True
        name = self.peek()
        return self.escape(), name not in tuple("pPdsicwDSICW")


def _char(escaped: str) -> str:
    named = {r"\n": "\n", r"\r": "\r", r"\t": "\t"}
    return named.get(escaped, escaped[-1])


def _multi(letter: str) -> Ranges:
    if letter == "w":
        return _complement(_category("P") + _category("Z") + _category("C"))
    return {"s": _SPACE, "i": _NAME_START, "c": _NAME}.get(letter) or _category("Nd")


def _complement(ranges: Ranges) -> Ranges:
    """All other characters."""
    found, free = [], 0
    for start, end in sorted(ranges):
        if start > free:
            found.append((free, start - 1))
        free = max(free, end + 1)
    return (*found, (free, sys.maxunicode)) if free <= sys.maxunicode else tuple(found)


def _named(name: str) -> Ranges:
    """A category (L, Lu) or a block (IsArabic), empty where there is none such."""
    if name.startswith("Is"):
        return (_BLOCKS[name[2:]],) if name[2:] in _BLOCKS else ()
    return _category(name) if _CATEGORY.fullmatch(name) else ()


def _category(name: str) -> Ranges:
    return tuple((start, end) for start, end, category in _runs() if category.startswith(name))


_ASSIGNED = ((0, 0x33FFF), (0xE0000, 0xE0FFF))
_REST: tuple[tuple[int, int, str], ...] = (
    (0x34000, 0xDFFFF, "Cn"),
    (0xE1000, 0xEFFFF, "Cn"),
    (0xF0000, 0xFFFFD, "Co"),
    (0xFFFFE, 0xFFFFF, "Cn"),
    (0x100000, 0x10FFFD, "Co"),
    (0x10FFFE, sys.maxunicode, "Cn"),
)
"""Nine tenths of Unicode are nobody's or private; to ask for each of them would take a tenth of a second."""


@cache
def _runs() -> tuple[tuple[int, int, str], ...]:
    """All of Unicode as runs of one category."""
    found = list(_REST)
    for start, last in _ASSIGNED:
        for category, run in groupby(map(unicodedata.category, map(chr, range(start, last + 1)))):
            end = start + sum(1 for _ in run)
            found.append((start, end - 1, category))
            start = end  # noqa: PLW2901 - runs follow each other
    return tuple(found)


def _written(ranges: Ranges) -> str:
    """The inside of a class."""
    return "".join(f"\\U{start:08X}-\\U{end:08X}" for start, end in ranges)
