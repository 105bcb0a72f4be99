"""Small counts stay hidden, also from whoever can subtract."""

from hypothesis import given
from hypothesis import strategies as st

from permits.figures.withholding import told, told_together

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30))


def test_by_hand() -> None:
    assert [told(n, 5).text for n in (0, 1, 4, 5, 6)] == ["0", "<5", "<5", "5", "6"]
    shown = told_together({"a": 2, "b": 9, "c": 20, "d": 0}, 5, sum_known=True)
    assert {key: one.text for key, one in shown.items()} == {"a": "<5", "b": "-", "c": "20", "d": "0"}
    alone = told_together({"a": 2, "b": 9}, 5, sum_known=False)
    assert {key: one.text for key, one in alone.items()} == {"a": "<5", "b": "9"}


@given(COUNTS, st.integers(1, 10))
def test_what_is_hidden_cannot_be_reckoned_from_the_sum(counts: dict[str, int], least: int) -> None:
    shown = told_together(counts, least, sum_known=True)
    hidden = [counts[key] for key, one in shown.items() if one.count is None]
    assert all(one.count in (None, counts[key]) for key, one in shown.items())
    assert not any(0 < (one.count or 0) < least for one in shown.values())
    open_ones = [counts[key] for key, one in shown.items() if one.count]
    assert not hidden or not open_ones or (len(hidden) >= 2 and sum(hidden) >= least)
    assert 0 not in hidden
