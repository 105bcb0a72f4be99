"""XML Schema's patterns as Python reads them."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bim.ids import pattern
from bim.ids.pattern import PatternError, compiled

MATCHES = [
    (r"\w+", "Foo٣جدار", "a b"),
    (r"[A-Z]{2}[0-9]{2}", "WT01", "WT011"),
    (r"(-|[0-9]{2,3})\/(-|[0-9]{2,3})", "120/-", "1/1"),
    (r"[a-z-[aeiou]]+", "xyz", "abc"),
    (r"\p{IsArabic}+", "جدار", "wall"),
    (r"\p{Lu}\P{Lu}*", "Abc", "ABC"),
    (r"[^\p{L}]+", "12-", "1a"),
    ("a|bc", "bc", "abc"),
    ("^$", "^$", ""),
    (r"\i\c*", "_a-b", "1a"),
    (r"\I\C", "1 ", "a "),
    (r"[\d\-x]+", "1-x", "y"),
    ("[^a-c]", "d", "a"),
    (r"\S+", "ab", "a b"),
    ("", "", "a"),
    ("[.]", ".", "a"),
    (r"\D", "a", "١"),
    ("[-a]", "-", "b"),
    ("[a-]", "-", "b"),
    (".", "ب", "\n"),
    (r"a{2,}(b{0,1}c)?", "aaac", "abc"),
    (r"\n\t", "\n\t", "nt"),
]


@pytest.mark.parametrize(("written", "right", "wrong"), MATCHES)
def test_a_pattern_holds_for_the_whole_text(written: str, right: str, wrong: str) -> None:
    assert compiled(written).fullmatch(right)
    assert not compiled(written).fullmatch(wrong)


WRONG = [
    "(", "[", "a{2", "a{3,2}", "*", "a**", "(?:a)", "(?i)a", r"\1", "[z-a]", r"\p{Foo}", r"\p{IsFoo}", ")", "a+?x",
    "[]", "a{,2}", r"\b", "]", "a\\", "[a-[b]c]", "(" * 60 + ")" * 60, "a" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("written", WRONG)
def test_what_is_no_pattern_is_refused(written: str) -> None:
    with pytest.raises(PatternError):
        compiled(written)


def test_every_character_has_its_category() -> None:
    known = {code: category for start, end, category in pattern._runs() for code in range(start, end + 1)}
    assert known == {code: unicodedata.category(chr(code)) for code in range(sys.maxunicode + 1)}


@given(st.text(max_size=20))
def test_any_text_is_compiled_or_refused(written: str) -> None:
    try:
        compiled(written)
    except PatternError:
        return


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_an_escaped_text_matches_itself_alone(text: str) -> None:
    escaped = "".join(char if char.isalnum() or char.isspace() else f"\\{char}" for char in text)
    found = compiled(escaped)
    assert found.fullmatch(text)
    assert not found.fullmatch(text + "x")


@given(st.characters(codec="utf-8"))
def test_word_characters_are_all_but_punctuation_separators_and_others(char: str) -> None:
    assert bool(compiled(r"\w").fullmatch(char)) == bool(compiled(r"[^\p{P}\p{Z}\p{C}]").fullmatch(char))
    assert bool(compiled(r"\W").fullmatch(char)) != bool(compiled(r"\w").fullmatch(char))
    assert bool(compiled(r"\d").fullmatch(char)) == bool(re.fullmatch(r"\d", char))
