"""What is left of a value, and whose eyes see it whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from permits.people.actor import STAFF, Actor, Role
from permits.privacy.sight import About, Policy, Subject, masked, policy, sight_of

NAME, NUMBER = "ليان بنت الدارس", "01020304567"


def seen(*roles: Role, subject: Subject = Subject.SHEET) -> tuple[str, str, str]:
    sight = sight_of(Actor("a", "a", frozenset(roles)), subject)
    return sight.shown(About.NAME, NAME), sight.shown(About.IDENTITY, NUMBER), sight.name(NAME, "ar")


def test_each_role_sees_what_its_task_needs() -> None:
    assert seen(Role.REGISTRAR) == (NAME, NUMBER, NAME)
    assert seen(Role.REVIEWER) == (NAME, "•••567", NAME)
    assert seen(Role.CASHIER) == ("ل••• ب••• ا•••", "", "ل••• ب••• ا•••")
    assert seen(Role.GOVERNOR) == ("", "", "محجوب")


def test_two_roles_see_the_most_of_both() -> None:
    assert seen(Role.CASHIER, Role.REVIEWER) == seen(Role.REVIEWER)
    assert seen(Role.GOVERNOR, Role.CASHIER) == seen(Role.CASHIER)


def test_whoever_has_no_line_sees_nothing() -> None:
    assert seen() == ("", "", "محجوب")
    assert seen(Role.BILLER, Role.SYNDICATE)[:2] == ("", "")


def test_every_subject_says_who_sees_it() -> None:
    assert set(policy().subjects) == set(Subject)
    assert all(set(rows) & STAFF for rows in policy().subjects.values())
    with pytest.raises(ValidationError):
        Policy.model_validate({"status": "fictitious", "source": "x", "subjects": {"sheet": {"mayor": {}}}})


def test_signs_around_a_word_are_no_initials() -> None:
    assert masked(About.NAME, "هالة النحّاس (اسم وهمي)") == "ه••• ا••• ا••• و•••"
    assert masked(About.NAME, "شركة «المثال» – فرع") == "ش••• ا••• ف•••"


@given(st.text(alphabet="0123456789", min_size=1, max_size=20))
def test_a_masked_number_shows_at_most_its_last_three_digits(number: str) -> None:
    told = masked(About.IDENTITY, number)
    assert told in ("•••", "•••" + number[-3:])
    assert (told == "•••") == (len(number) < 9)


@given(st.lists(st.text(alphabet="ابتثجح", min_size=1, max_size=9), min_size=1, max_size=5))
def test_a_masked_name_shows_initials_and_no_length(words: list[str]) -> None:
    assert masked(About.NAME, " ".join(words)).split() == [f"{word[0]}•••" for word in words]
