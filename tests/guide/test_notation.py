"""Values of IDS as one line of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bim.guide.notation import NotationError, read, write
from bim.ids.document import Restriction, Value

TEXTS = st.text(min_size=1, max_size=12)
NUMBERS = st.integers(-99, 99).map(str)
RESTRICTIONS = st.one_of(
    st.builds(Restriction, st.sampled_from(["xs:string", "xs:integer"]), st.lists(TEXTS, max_size=3).map(tuple)),
    st.builds(Restriction, patterns=st.lists(TEXTS, max_size=3).map(tuple)),
    st.builds(Restriction, st.just("xs:double"), min_inclusive=NUMBERS, max_exclusive=st.none() | NUMBERS),
    st.builds(Restriction, min_length=st.integers(0, 9), max_length=st.none() | st.integers(9, 20)),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("EI60", "EI60"),
        ("A | B", Restriction(enumeration=("A", "B"))),
        ("/EI[0-9]+/", Restriction(patterns=("EI[0-9]+",))),
        ("/A/ | /B/", Restriction(patterns=("A", "B"))),
        (">= 0.9 & < 2", Restriction("xs:double", min_inclusive="0.9", max_exclusive="2")),
        ("length <= 20", Restriction(max_length=20)),
        ('"A | B"', "A | B"),
        ('{"base": "xs:integer", "enumeration": ["1"]}', Restriction("xs:integer", ("1",))),
    ],
)
def test_a_value_in_words(text: str, value: Value) -> None:
    assert read(text) == value
    assert write(value) == text


@pytest.mark.parametrize("text", ["/open", ">= ", "{no json", '{"colour": 1}', "length x", '"open', "/a/ | b"])
def test_what_begins_like_a_restriction_must_be_one(text: str) -> None:
    with pytest.raises(NotationError):
        read(text)


@given(st.one_of(TEXTS, RESTRICTIONS))
def test_every_value_comes_back(value: Value) -> None:
    assert read(write(value)) == value
