"""The pavement of a zone: its own layer, or what lies between streets and plots; corners and frontages."""

from pathlib import Path

import pytest
from shapely import LineString, Point, Polygon, box

from gis.edges import CONTACT
from gis.pavement import Source, Surroundings, beyond_frontage, corners, pavement_of, surroundings
from gis.zone import Pavement, Street

LAYERS = Path(__file__).parents[2] / "sample_models" / "zone" / "zone.gpkg"
AVENUE = Street("A", {"ar": "أ", "en": "A"}, 8.0, box(0, 0, 100, 8))
CROSSING = Street("B", {"ar": "ب", "en": "B"}, 6.0, box(30, 8, 36, 60))


def around(
    *streets: Street, plots: dict[str, Polygon] | None = None, strips: tuple[Pavement, ...] = ()
) -> Surroundings:
    return Surroundings("EPSG:22770", 0.02, streets, plots or {}, strips, bool(strips))


def test_the_zones_own_layer_is_taken_and_private_strips_are_not() -> None:
    strips = (Pavement("public", "A", box(0, 6, 100, 8)), Pavement("private", "A", box(0, 8, 100, 9)))
    found, source = pavement_of(around(AVENUE, strips=strips), reach=6)
    assert (source, found.bounds) == (Source.LAYER, (0, 6, 100, 8))


def test_between_the_street_and_the_plots_is_pavement() -> None:
    found, source = pavement_of(around(AVENUE, plots={"1": box(0, 11, 100, 40)}), reach=6)
    assert source is Source.DERIVED
    assert found.area == pytest.approx(3 * (found.bounds[2] - found.bounds[0]), rel=1e-6)
    assert found.covers(box(10, 8.1, 12, 10.9))
    assert not found.intersects(box(10, 11.1, 12, 12))


def test_a_street_drawn_up_to_the_plots_says_nothing_of_a_pavement() -> None:
    found, source = pavement_of(around(AVENUE, plots={"1": box(0, 8.02, 100, 40)}), reach=6)
    assert source is Source.NONE
    assert found.is_empty
    assert pavement_of(around(), reach=6)[1] is Source.NONE


def test_two_streets_meet_in_corners_and_pieces_of_one_do_not() -> None:
    found = corners(around(AVENUE, CROSSING))
    for corner in ((30.0, 8.0), (36.0, 8.0)):
        assert found.distance(Point(corner)) <= CONTACT + 1e-9
    assert len(found.geoms) == 2
    assert corners(around(CROSSING, Street("C", {"ar": "ج", "en": "C"}, 5.0, box(0, 80, 100, 85)))).is_empty
    more = Street("A2", AVENUE.name, 8.0, box(100, 0, 200, 8))
    assert corners(around(AVENUE, more)).is_empty


def test_what_stands_before_the_neighbours_front_is_beyond_ones_own() -> None:
    plot, front = box(0, 10, 20, 40), [LineString([(0, 10), (20, 10)])]
    assert beyond_frontage(plot, front, box(5, 8, 10, 10), depth=6) == 0
    assert beyond_frontage(plot, front, box(18, 8, 22, 10), depth=6) == pytest.approx(4)


def test_only_what_is_near_is_read() -> None:
    near = surroundings(LAYERS, Point(198866, 172780).buffer(1), reach=12)
    assert near.has_layer
    assert near.residual == pytest.approx(0.02)
    assert "103" in near.plots
    assert len(near.plots) < 10
    assert {strip.street for strip in near.pavement} == {"S1"}
