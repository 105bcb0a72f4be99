"""Several payers as a cashier writes them."""

import pytest

from dashboards.components.cash_parts import payers_of
from permits.errors import Invalid


def test_each_line_is_a_payer_with_his_exact_share() -> None:
    parts = payers_of("ليلى: 1/3\n\n كريم بن حسن : ١٦٠٠ \n", 100)
    assert [(part.payer, part.piastres) for part in parts] == [("ليلى", 33), ("كريم بن حسن", 67)]


BROKEN = ("ليلى: 1/3\nكريم: 1/3", "ليلى: 1\nكريم: 2400", "ليلى\nكريم: 1/2", "ليلى: 3/2\nكريم: -1/2")


@pytest.mark.parametrize("text", BROKEN)
def test_shares_that_are_no_whole_are_refused(text: str) -> None:
    with pytest.raises(Invalid, match="payers-shares"):
        payers_of(text, 100)
