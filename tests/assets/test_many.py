"""Many properties are listed and drawn, and a part of the map draws its own alone; how fast is the bench's to say."""

from pathlib import Path

from tests.bench.assets import measure

SIZE = 1200


def test_a_part_of_the_map_draws_its_own_alone(tmp_path: Path) -> None:
    told = measure(SIZE, f"sqlite:///{tmp_path}/assets.db", tmp_path)
    assert 0 < told["in_box"] < SIZE / 5
