"""Twelve thousand properties are listed and drawn in under two seconds."""

from pathlib import Path

import pytest

from tests.bench.assets import GOAL, SIZE, measure


@pytest.mark.slow
def test_the_whole_inventory_lists_and_maps_in_time(tmp_path: Path) -> None:
    told = measure(SIZE, f"sqlite:///{tmp_path}/assets.db", tmp_path)
    assert {name: told[name] for name in ("list", "map", "box") if told[name] >= GOAL} == {}
    assert 0 < told["in_box"] < SIZE / 10
