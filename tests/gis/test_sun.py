"""Sun and shadow: the sky by what an almanac says, shadows by geometry done by hand."""

import itertools
import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box
from shapely.affinity import rotate

from gis.crs import sky_at
from gis.envelope import Prism
from gis.site import Sky
from gis.sun import Opening, Sun, course, shadow, sun_at, sunlit

DAMASCUS = Sky(33.51, 36.29, 0.0)
NOON = datetime(2026, 1, 1, tzinfo=UTC)


def _sun(bearing: float, elevation: float) -> Sun:
    return Sun(NOON, bearing, elevation)


@pytest.mark.parametrize(("day", "declination"), [((12, 21), -23.44), ((3, 20), -0.1), ((6, 21), 23.44)])
def test_the_sun_culminates_where_the_almanac_says(day: tuple[int, int], declination: float) -> None:
    suns = list(course(DAMASCUS, date(2026, *day)))
    highest = max(suns, key=lambda sun: sun.elevation)
    assert highest.elevation == pytest.approx(90 - 33.51 + declination, abs=0.6)  # steps of half an hour
    assert highest.clock in ("12:30", "13:00")  # the zone's meridian is 45° east
    assert all(later.bearing > sooner.bearing for sooner, later in itertools.pairwise(suns))


def test_on_the_equinox_the_sun_rises_in_the_east_and_sets_in_the_west() -> None:
    suns = list(course(DAMASCUS, date(2026, 3, 20)))
    assert suns[0].bearing == pytest.approx(94, abs=4)
    assert suns[-1].bearing == pytest.approx(266, abs=4)


@pytest.mark.parametrize(
    ("x", "y", "grid", "north"),
    [(0.0, 0.0, "EPSG:22780", None), (700_000, 4_040_000, "EPSG:32637", -1.3), (250_000, 3_710_000, "EPSG:32637", 1.5)],
)
def test_true_north_is_not_grid_north(x: float, y: float, grid: str, north: float | None) -> None:
    """East of its meridian a grid's north lies clockwise of the true one, so the true one counter-clockwise of it."""
    if north is None:
        x, y = -320_000.0, 40_000.0  # near Latakia, where grid north is 1.9° west of true north
        north = 2.1
    sky = sky_at(x, y, grid)
    assert sky.true_north == pytest.approx(north, abs=0.35)
    when = datetime(2026, 6, 21, 6, tzinfo=UTC)
    turned, plain = sun_at(sky, when), sun_at(Sky(sky.latitude, sky.longitude, 0.0), when)
    assert (turned.bearing - plain.bearing) == pytest.approx(sky.true_north)


def test_a_box_shades_as_far_as_it_is_high_at_half_a_right_angle() -> None:
    cast = shadow([Prism(box(0, 0, 10, 10), 100.0, 106.0)], _sun(180.0, 45.0), 100.0)
    assert cast.equals(box(0, 0, 10, 16)) or cast.symmetric_difference(box(0, 0, 10, 16)).area < 1e-6


def test_a_balcony_casts_its_shadow_apart_from_the_wall() -> None:
    cast = shadow([Prism(box(0, 0, 1, 1), 105.0, 106.0)], _sun(180.0, 45.0), 100.0)
    assert cast.symmetric_difference(box(0, 5, 1, 7)).area < 1e-6


def test_what_is_below_the_ground_casts_nothing() -> None:
    assert shadow([Prism(box(0, 0, 1, 1), 96.0, 100.0)], _sun(180.0, 45.0), 100.0).is_empty


def test_a_court_is_shaded_as_its_walls_are_high() -> None:
    ring = Polygon(box(0, 0, 10, 10).exterior, [box(2, 2, 8, 8).exterior])
    cast = shadow([Prism(ring, 0.0, 2.0)], _sun(180.0, 45.0), 0.0)
    open_court = box(2, 2, 8, 8).difference(cast)
    assert open_court.symmetric_difference(box(2, 4, 8, 8)).area < 1e-6


@given(st.floats(0, 360), st.floats(5, 85), st.floats(0.5, 40), st.integers(-180, 180))
def test_a_shadow_covers_what_casts_it_and_turns_with_it(
    bearing: float, elevation: float, height: float, turn: int
) -> None:
    plan = MultiPolygon([box(0, 0, 8, 5), box(8, 0, 11, 12)])
    cast = shadow([Prism(plan, 0.0, height)], _sun(bearing, elevation), 0.0)
    assert cast.buffer(1e-3).covers(plan.buffer(0))
    reach = height / math.tan(math.radians(elevation))
    assert plan.hausdorff_distance(cast) <= reach + 1e-3
    turned = shadow([Prism(rotate(plan, -turn, origin=(0, 0)), 0.0, height)], _sun(bearing + turn, elevation), 0.0)
    assert rotate(cast, -turn, origin=(0, 0)).symmetric_difference(turned).area < 1e-3 * max(cast.length, 1)


SOUTH = Opening("south", 5.0, 0.0, 1.5, (0.0, -1.0))
NORTH = Opening("north", 5.0, 10.0, 1.5, (0.0, 1.0))
HOUSE = Prism(box(0, 0, 10, 10), 0.0, 3.0)


def test_a_window_sees_the_sun_before_its_face_only() -> None:
    assert sunlit([SOUTH, NORTH], [HOUSE], _sun(180.0, 40.0)) == [True, False]
    assert sunlit([SOUTH, NORTH], [HOUSE], _sun(0.0, 40.0)) == [False, True]


def test_a_wing_before_a_window_hides_the_low_sun_and_not_the_high_one() -> None:
    wing = Prism(box(0, -10, 10, -6), 0.0, 6.0)
    assert sunlit([SOUTH], [HOUSE, wing], _sun(180.0, 20.0)) == [False]
    assert sunlit([SOUTH], [HOUSE, wing], _sun(180.0, 60.0)) == [True]


def test_a_balcony_above_hides_the_high_sun_and_not_the_low_one() -> None:
    balcony = Prism(box(3, -1.5, 7, 0), 2.8, 3.0)
    assert sunlit([SOUTH], [HOUSE, balcony], _sun(180.0, 70.0)) == [False]
    assert sunlit([SOUTH], [HOUSE, balcony], _sun(180.0, 30.0)) == [True]
