"""A statement is read whole or not at all, whatever happened to its file."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.errors import Invalid
from permits.money.reconciliation.statement import Movement, parse_statement, write_statement

FIRST, LAST = date(2026, 11, 20), date(2026, 11, 22)
LINE = Movement("E1", FIRST, -500, "تحويل X1", "أحمد")
GOOD = write_statement("CB-1", (FIRST, LAST), 1000, [LINE, Movement("E2", LAST, 700, "bank/2026-11-20", "")])

TEXTS = st.text(st.characters(exclude_characters=";\n", exclude_categories=["C", "Z"]), max_size=40)


def test_a_good_statement_reads() -> None:
    read = parse_statement(GOOD)
    assert (read.account, read.first_day, read.last_day, read.opening, read.closing) == (
        "CB-1",
        FIRST,
        LAST,
        1000,
        1200,
    )
    assert read.lines[0] == LINE


@given(
    st.integers(-(10**15), 10**15),
    st.lists(st.tuples(st.integers(0, 2), st.integers(-(10**15), 10**15).filter(bool), TEXTS, TEXTS), max_size=6),
)
def test_what_is_written_is_read_back(opening: int, moved: list[tuple[int, int, str, str]]) -> None:
    lines = [
        Movement(f"E{n}", FIRST + timedelta(days=day), piastres, reference, other)
        for n, (day, piastres, reference, other) in enumerate(sorted(moved))
    ]
    read = parse_statement(write_statement("CB-1", (FIRST, LAST), opening, lines))
    assert read.lines == tuple(lines)
    assert read.closing == opening + sum(line.piastres for line in lines)


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_no_changed_byte_passes(at: int, by: int) -> None:
    changed = GOOD[:at] + bytes([GOOD[at] ^ by]) + GOOD[at + 1 :]
    with pytest.raises(Invalid):
        parse_statement(changed)


@given(st.integers(0, len(GOOD) - 1))
def test_no_broken_off_file_passes(length: int) -> None:
    with pytest.raises(Invalid):
        parse_statement(GOOD[:length])


def _lines(*lines: Movement) -> bytes:
    return write_statement("CB-1", (FIRST, LAST), 1000, lines)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable"),
        (b"\xff", "unreadable"),
        (GOOD + b"\n", "unreadable"),
        (GOOD.replace(b"\n", b"\r\n"), "unreadable"),
        (_lines(Movement("", FIRST, 5, "", "")), "unreadable"),
        (_lines(Movement("E", FIRST, 0, "", "")), "unreadable"),
        (_lines(LINE, LINE), "entry-twice"),
        (_lines(Movement("E", LAST + timedelta(days=1), 5, "", "")), "days"),
        (_lines(Movement("E", LAST, 5, "", ""), LINE), "days"),
        (GOOD.replace(b"E1", b"E9"), "hash"),
    ],
)
def test_a_fault_is_named(content: bytes, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        parse_statement(content)
