"""The office of the reconciliation's tests."""

import pytest

from permits.jobs import Context
from tests.money.books import Town, open_books


@pytest.fixture
def town(context: Context) -> Town:
    """An office with land, sheets and the bank's key."""
    return open_books(context)
