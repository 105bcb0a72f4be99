"""The office of the cash tests, with one desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from permits.cash.desk.counter import Desk
from permits.jobs import Context
from tests.cash.centre import found
from tests.money.books import Town, open_books


@pytest.fixture
def town(context: Context) -> Town:
    """An office with land, sheets and the bank's key."""
    return open_books(context)


@pytest.fixture
def desk(context: Context, town: Town, tmp_path: Path) -> Iterator[Desk]:
    """A desk with five receipt numbers."""
    desk = found(context, tmp_path / "desk")
    yield desk
    desk.store.close()
