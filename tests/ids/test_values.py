"""Simple values and restrictions against the values of models."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bim.ids.document import Restriction, Value
from bim.ids.values import Found, matcher, same_number, written_as

CASES: list[tuple[Value, Found, bool]] = [
    ("Foo", "Foo", True),
    ("Foo", "foo", False),
    ("42", "42", True),
    ("42.", "42", False),
    ("42", 42, True),
    ("42.0", 42, True),
    ("42.3", 42, False),
    ("1.2345E3", 1234.5, True),
    ("42,3", 42.3, False),
    ("inf", math.inf, False),
    ("-INF", -math.inf, True),
    ("NaN", math.nan, False),
    ("true", True, True),
    ("1", True, True),
    ("TRUE", True, False),
    ("false", False, True),
    ("0", False, True),
    ("true", 1, False),
    ("true", "true", True),
    (Restriction(enumeration=("a", "b")), "b", True),
    (Restriction(enumeration=("a", "b")), "B", False),
    (Restriction("xs:double", enumeration=("42", "43")), 43.00000001, True),
    (Restriction("xs:integer", enumeration=("42",)), 43, False),
    (Restriction(patterns=("A.", "B.")), "B1", True),
    (Restriction(patterns=("A.", "B.")), "xB1", False),
    (Restriction(patterns=(".*",)), 1.0, False),
    (Restriction(length=2), "جد", True),
    (Restriction(length=2), "جدا", False),
    (Restriction(min_length=2, max_length=3), "abc", True),
    (Restriction(min_length=2, max_length=3), "a", False),
    (Restriction(min_length=2), "abcd", True),
    (Restriction(length=2), 42, False),
    (Restriction("xs:double", min_inclusive="0"), -1e-7, False),
    (Restriction("xs:double", min_inclusive="0"), 0.0, True),
    (Restriction("xs:double", min_exclusive="0"), 0.0, False),
    (Restriction("xs:double", min_inclusive="1", max_exclusive="2"), 2.0, False),
    (Restriction("xs:double", max_inclusive="2"), 2, True),
    (Restriction("xs:double", max_inclusive="2"), "1", False),
    (Restriction("xs:double", max_inclusive="2"), False, False),
    (Restriction("xs:double", min_inclusive="0"), math.nan, False),
    (Restriction("xs:date", min_inclusive="2026-01-01"), "2026-06-01", True),
    (Restriction("xs:date", min_inclusive="2026-01-01"), "2025-12-31", False),
    (Restriction("xs:date", min_inclusive="2026-01-01"), "soon", False),
    (Restriction(patterns=("F.*",), max_length=3), "Fooo", False),
    (Restriction(), "anything", True),
]


@pytest.mark.parametrize(("value", "found", "expected"), CASES)
def test_a_value_matches_or_not(value: Value, found: Found, expected: bool) -> None:
    assert matcher(value)(found) is expected


NUMBERS = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)


@given(NUMBERS)
def test_the_tolerance_is_relative_and_absolute_with_its_ends(asked: float) -> None:
    width = 1e-6 * abs(asked) + 1e-6
    for sign in (-1, 1):
        assert same_number(asked + sign * width * 0.9999, asked)
        assert not same_number(asked + sign * width * 1.001, asked)


@given(NUMBERS)
def test_a_number_as_python_writes_it_finds_itself(number: float) -> None:
    assert written_as(repr(number), "xs:double")
    assert matcher(repr(number))(number)


@given(st.integers())
def test_a_whole_number_finds_itself(number: int) -> None:
    assert written_as(str(number), "xs:integer")
    assert abs(number) > 2**53 or matcher(str(number))(number)


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("42,3", "xs:double", False),
        ("", "xs:double", False),
        (".", "xs:double", False),
        ("42.", "xs:double", True),
        (".5e-3", "xs:double", True),
        ("42.0", "xs:integer", False),
        ("FALSE", "xs:boolean", False),
        ("2022-01-01+00:00", "xs:date", True),
        ("01.01.2022", "xs:date", False),
        ("PT16H", "xs:duration", True),
        ("P", "xs:duration", False),
        ("P1DT", "xs:duration", False),
        ("12:30:00", "xs:time", True),
    ],
)
def test_a_value_is_written_as_its_base_says(text: str, base: str, expected: bool) -> None:
    assert written_as(text, base) is expected
