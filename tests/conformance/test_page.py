"""The published page says what a run of today says."""

from pathlib import Path

import pytest

from tests.conformance.page import PAGE, page, timeless


@pytest.mark.slow
def test_the_page_is_that_of_a_real_run(shared: Path) -> None:
    assert timeless(PAGE.read_text(encoding="utf-8")) == timeless(page(timed=False)), (
        "run `python -m tests.conformance`"
    )
