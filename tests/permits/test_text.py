"""One fold for what is searched and what is searched for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.text import fold, fold_name

SAME = [
    ("رُخْصَةُ", "رخصه"), ("أحمد", "احمد"), ("إبراهيم", "ابراهيم"), ("آمنة", "امنه"), ("مصطفى", "مصطفي"),
    ("مؤمن", "مومن"), ("رئيف", "رييف"), ("محـمـد", "محمد"), ("گمال", "كمال"), ("کمال", "كمال"), ("علی", "علي"),
    ("ﻻمع", "لامع"), ("١٢٣/٤", "123/4"), ("۱۲۳", "123"), ("\u202b4711\u202c", "4711"), ("١٢٫٥", "12.5"),
    ("  المزة   بساتين ", "المزه بساتين"), ("Layla", "LAYLA"), ("١٬٢٠٠", "1200"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("سامي", "سمير"), ("123", "124"), ("بناء", "بنا")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("عبد الله", "عبدالله"), ("أبو خالد", "ابوخالد"), ("عبد الرحمن الأحمد", "عبدالرحمن الاحمد"), ("عبد", "عبد")],
)
def test_names_written_apart_and_together(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
