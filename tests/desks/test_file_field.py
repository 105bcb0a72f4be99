"""A file that comes to a desk in pieces: whole or not at all, never two mixed, never more than is taken."""

from base64 import b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components import cash_desks
from dashboards.components.file_field import FileField
from permits.assets import importing as inventory
from permits.assets import papers
from permits.cash import importing
from permits.errors import Invalid, TooLarge
from permits.guides import drafting
from permits.land import imports
from permits.money import waivers


def field(most: int = 100) -> FileField:
    return FileField("الملف", "ar", accept=".pdf", most=most)


def piece(content: bytes, *, of: int = 1, at: int = 0, size: int = 6, name: str = "a.pdf") -> dict[str, Any]:
    return {"of": of, "at": at, "content": b64encode(content).decode(), "size": size, "name": name}


@given(st.binary(min_size=1, max_size=60), st.integers(1, 20))
def test_pieces_make_the_file_again(content: bytes, step: int) -> None:
    taken = field()
    for at in range(0, len(content), step):
        taken.take(piece(content[at : at + step], at=at, size=len(content)))
    assert (taken.content(), taken.filename) == (content, "a.pdf")


def test_nothing_is_had_of_a_file_that_is_still_coming() -> None:
    taken = field()
    assert taken.content() == b""
    assert taken.take(piece(b"abc")) == 3
    with pytest.raises(Invalid) as refused:
        taken.content()
    assert (refused.value.code, refused.value.values) == ("file-coming", {"percent": 50})
    assert taken.take(piece(b"def", at=3)) == 6
    assert taken.content() == b"abcdef"
    taken.clear()
    assert (taken.content(), taken.filename) == (b"", "")


def test_another_choice_begins_anew_and_late_pieces_of_the_first_are_left() -> None:
    taken = field()
    taken.take(piece(b"abc"))
    taken.take(piece(b"xy", of=2, size=4, name="b.pdf"))
    taken.take(piece(b"def", at=3))
    taken.take(piece(b"yz", of=2, at=1, size=4))
    taken.take(piece(b"zz", of=2, at=2, size=4))
    assert (taken.content(), taken.filename) == (b"xyzz", "b.pdf")


def test_an_empty_or_large_choice_takes_the_place_of_the_one_before() -> None:
    taken = field()
    taken.take(piece(b"abcdef"))
    taken.take(piece(b"", of=2, size=0))
    assert taken.content() == b""
    taken.take(piece(b"", of=3, size=101))
    with pytest.raises(TooLarge):
        taken.content()


def test_more_than_was_said_or_is_taken_is_not_kept() -> None:
    taken = field()
    assert taken.take(piece(b"abcdefg")) == 0
    assert taken.take(piece(bytes(101), of=2, size=101)) == 0


def test_every_desk_takes_whole_megabytes() -> None:
    """What is told to be too large is told in megabytes; less than one would read as none."""
    limits = (cash_desks.MOST_BYTES, importing.MOST_BYTES, waivers.MOST_BYTES, papers.MOST_BYTES, inventory.MOST_BYTES,
              imports.MOST_BYTES, drafting.MOST_BYTES)  # fmt: skip
    assert all(limit >= 1 << 20 and limit % (1 << 20) == 0 for limit in limits)
