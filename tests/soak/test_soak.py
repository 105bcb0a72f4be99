"""The soak in small, on both databases."""

from pathlib import Path

import pytest

from permits.db import Database
from tests.soak.run import run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_no_piastre_is_lost_or_booked_twice(database: Database, tmp_path: Path) -> None:
    verdict, figures = run(tmp_path / "var", database.url, count=200, seed=20261122)
    assert verdict.faults == ()
    assert verdict.holds, str(verdict)
    assert figures["killed_server"] + figures["killed_switch"] >= 2
    assert verdict.bank > 0
    assert verdict.suspense > 0
