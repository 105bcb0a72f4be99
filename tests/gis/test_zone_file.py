"""A zone written in the house layout is read back as it was, and its file is there wholly or not at all."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.planning import load_zone, site_for
from gis.zone import Zone
from gis.zone_file import write_zone

ZONE = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
DAY = date(2026, 11, 1)


def test_the_sample_zone_comes_back_as_it_was(tmp_path: Path) -> None:
    whole = load_zone(ZONE)
    write_zone(whole, tmp_path / "a.gpkg")
    again = load_zone(tmp_path / "a.gpkg")
    assert again == whole
    assert site_for(tmp_path / "a.gpkg", "103", on=DAY) == site_for(ZONE, "103", on=DAY)


def test_equal_land_gives_equal_bytes(tmp_path: Path) -> None:
    for name in ("a.gpkg", "b.gpkg"):
        write_zone(load_zone(ZONE), tmp_path / name)
    assert (tmp_path / "a.gpkg").read_bytes() == (tmp_path / "b.gpkg").read_bytes()


def test_empty_layers_are_there_too(tmp_path: Path) -> None:
    bare = replace(load_zone(ZONE), streets=(), parcels=(), value_zones=(), pavement=())
    write_zone(bare, tmp_path / "a.gpkg")
    assert load_zone(tmp_path / "a.gpkg") == bare
    nothing = Zone("EPSG:28992", (), (), (), (), (), ())
    write_zone(nothing, tmp_path / "b.gpkg")
    assert load_zone(tmp_path / "b.gpkg") == nothing


def test_what_fails_leaves_the_file_before(tmp_path: Path) -> None:
    target = tmp_path / "a.gpkg"
    write_zone(load_zone(ZONE), target)
    before = target.read_bytes()
    broken = replace(load_zone(ZONE), pavement=(object(),))  # type: ignore[arg-type] # what cannot be written
    with pytest.raises(AttributeError):
        write_zone(broken, target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.gpkg"]
