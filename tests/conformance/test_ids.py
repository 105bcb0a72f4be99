"""The section on IDS is made from runs, and ours agrees with every pair."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance import ids
from tests.conformance.ids import ENGINES, ConformanceRow, conformance_rows, section

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[ConformanceRow]:
    return list(conformance_rows())


def test_ours_agrees_with_every_pair_and_refuses_every_invalid_document(rows: list[ConformanceRow]) -> None:
    own = [row for row in rows if row.engine == "ours"]
    assert sum(row.tried for row in own) == 291
    assert [row.facet for row in own if (row.agreeing, row.refused) != (row.tried, row.invalid)] == []
    assert sum(row.refused for row in own) == 27


def test_the_others_are_as_they_were_measured(rows: list[ConformanceRow]) -> None:
    """Another version of theirs changes the figures, and this line then."""
    sums = {
        e: (sum(r.agreeing for r in rows if r.engine == e), sum(r.refused for r in rows if r.engine == e))
        for e in ENGINES
    }
    assert sums == {"ours": (291, 27), "ifctester": (273, 0), "ifcfast": (291, 26)}


def test_the_section_tells_what_was_run(rows: list[ConformanceRow], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "conformance_rows", lambda: iter(rows))
    assert "| **all** | 291 / 291 | 273 / 291 | 291 / 291 | 27 / 27 | 0 / 27 | 26 / 27 |" in section()

    def one_worse() -> Iterator[ConformanceRow]:
        first, *others = rows
        yield ConformanceRow(first.facet, first.engine, first.tried, first.agreeing - 1, first.invalid, first.refused)
        yield from others

    monkeypatch.setattr(ids, "conformance_rows", one_worse)
    assert "| **all** | 290 / 291 |" in section()
