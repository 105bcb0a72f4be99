"""What the engineer is told to do with a report: its place first, then what fails, then what nobody could decide."""

import pytest

from permits.cases.next_step import STEPS, of_report


@pytest.mark.parametrize(
    ("summary", "step"),
    [
        ({"fail": 0, "undecided": 0, "placed": True}, "submit"),
        ({"fail": 2, "warnings": 2, "undecided": 0, "placed": True}, "submit"),
        ({"fail": 2, "warnings": 1, "undecided": 9, "placed": True}, "submit-findings"),
        ({"fail": 0, "undecided": 1, "placed": True}, "submit-undecided"),
        ({"fail": 3, "undecided": 18, "placed": False}, "submit-unplaced"),
        ({"fail": 0, "undecided": 0}, "submit"),  # kept before a review said whether it was placed
    ],
)
def test_a_report_leads_to_one_step(summary: dict[str, object], step: str) -> None:
    assert of_report(summary) == step
    assert step in STEPS
