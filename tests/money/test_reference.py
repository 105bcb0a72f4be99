"""A reference misread by one digit, or with two digits swapped, is not another bill."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from permits.money.reference import BadReference, BillReference, parse_reference

references = st.builds(
    BillReference,
    governorate=st.integers(0, 99),
    service=st.integers(0, 999),
    sequence=st.integers(1, 10**9 - 1),
)


@given(references)
def test_a_reference_reads_back(reference: BillReference) -> None:
    assert parse_reference(str(reference)) == reference
    assert parse_reference(reference.grouped) == reference
    assert int(str(reference)) % 97 == 1


@given(references, st.integers(0, 15), st.integers(0, 9))
def test_any_single_wrong_digit_is_detected(reference: BillReference, place: int, digit: int) -> None:
    text = str(reference)
    assume(text[place] != str(digit))
    with pytest.raises(BadReference):
        parse_reference(text[:place] + str(digit) + text[place + 1 :])


@given(references, st.integers(0, 14))
def test_any_two_adjacent_digits_swapped_are_detected(reference: BillReference, place: int) -> None:
    text = str(reference)
    assume(text[place] != text[place + 1])
    with pytest.raises(BadReference):
        parse_reference(text[:place] + text[place + 1] + text[place] + text[place + 2 :])


def test_arabic_digits_are_the_same_reference() -> None:
    reference = BillReference(11, 101, 42)
    arabic = str(reference).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert parse_reference(f"\u200f{arabic[:4]} {arabic[4:]}") == reference


@pytest.mark.parametrize(("text", "code"), [("12", "length"), ("12a4567890123456", "digits"), ("", "digits")])
def test_what_is_no_reference_says_why(text: str, code: str) -> None:
    with pytest.raises(BadReference) as caught:
        parse_reference(text)
    assert caught.value.code == code
