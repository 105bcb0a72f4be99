"""Whatever a day brings, its differences account for every piastre between its sides."""

from hypothesis import given
from hypothesis import strategies as st

from permits.money.reconciliation.differences import Announced, BreakKind, FileRow, against_file, at_bank

NAMES = st.sampled_from("ABCDEFGH")
MONEY = st.integers(1, 10**12)


@given(
    st.dictionaries(NAMES, MONEY), st.lists(st.tuples(NAMES, MONEY), max_size=10), st.dictionaries(NAMES, MONEY),
    st.sets(NAMES),
)  # fmt: skip
def test_ours_and_the_differences_make_theirs(
    ours: dict[str, int], file: list[tuple[str, int]], others: dict[str, int], delivered: set[str]
) -> None:
    seen, rows = set[str](), []
    for number, (name, piastres) in enumerate(file):
        rows.append(FileRow(str(number), name, piastres, name in seen))
        seen.add(name)
    found = against_file(ours, rows, others=others, delivered=delivered)
    assert sum(ours.values()) + sum(one.piastres for one in found) == sum(piastres for _, piastres in file)
    assert len({one.key for one in found}) == len(found)
    assert all(one.found == (one.kind == BreakKind.DATE_SHIFT) for one in found)


@given(
    st.lists(st.tuples(st.integers(-(10**12), 10**12).filter(bool), st.integers(-100, 100), st.booleans()), max_size=6),
    st.dictionaries(st.tuples(st.just("settlement"), NAMES), st.integers(-(10**9), 10**9)),
)
def test_what_was_announced_and_the_differences_make_the_banks(
    given_: list[tuple[int, int, bool]], late: dict[tuple[str, str], int]
) -> None:
    announced = [
        Announced("settlement", str(n), f"r{n}", piastres, piastres + off if came else 0, int(came))
        for n, (piastres, off, came) in enumerate(given_)
    ]
    found = at_bank(announced, late)
    bank = sum(one.arrived for one in announced) + sum(late.values())
    assert sum(one.piastres for one in announced) + sum(one.piastres for one in found) == bank


def test_each_kind_is_told_apart() -> None:
    file = [("A", 5, False), ("B", 7, False), ("C", 9, False), ("A", 5, True), ("F", 4, False), ("G", 6, False)]
    rows = [FileRow(str(n), *row) for n, row in enumerate(file)]
    found = against_file({"A": 5, "B": 8, "D": 1, "E": 2}, rows, others={"F": 4, "G": 7}, delivered={"E"})
    assert [(one.kind, one.subject, one.piastres) for one in found] == [
        ("amount_differs", "B", -1), ("missing_here", "C", 9), ("duplicate", "A", 5), ("date_shift", "F", 4),
        ("date_shift", "G", 7), ("amount_differs", "G", -1), ("missing_there", "D", -1), ("date_shift", "E", -2),
    ]  # fmt: skip
