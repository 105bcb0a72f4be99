"""Numbers of the grids at known points of Syria."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Proj
from shapely import Point

from gis.crs import DATUM_OF, from_display, ground_scale, guess_grid, is_plane, to_display
from gis.errors import UnknownGrid, UnusableGrid

DAMASCUS = Point(36.2765, 33.5138)
HOMS, ALEPPO = (-223156.6, 61763.7), (-181376.1, 223926.6)  # Levant Stereographic


@pytest.mark.parametrize(
    ("grid", "x", "y"),
    [
        ("EPSG:22770", 200160.8, 174585.2),
        ("EPSG:22780", -266987.2, -72302.6),
        ("EPSG:32637", 247029.4, 3711570.4),
    ],
)
def test_damascus_in_every_grid(grid: str, x: float, y: float) -> None:
    placed = from_display(DAMASCUS, grid)
    assert (placed.x, placed.y) == pytest.approx((x, y), abs=0.06)
    shown = to_display(Point(x, y), grid)
    assert (shown.x, shown.y) == pytest.approx((36.2765, 33.5138), abs=1e-6)


@given(
    st.sampled_from(sorted(DATUM_OF)),
    st.floats(35.7, 42.3, allow_nan=False),
    st.floats(32.4, 37.2, allow_nan=False),
)
def test_display_and_back_agree_within_a_millimetre(grid: str, longitude: float, latitude: float) -> None:
    placed = from_display(Point(longitude, latitude), grid)
    again = from_display(to_display(placed, grid), grid)
    assert placed.distance(again) < 1e-3


@pytest.mark.parametrize("grid", sorted(DATUM_OF))
def test_ground_scale_agrees_with_the_geodesic(grid: str) -> None:
    ellipsoid = Geod(ellps="WGS84") if grid == "EPSG:32637" else Geod(a=6378249.2, b=6356515.0)
    start = from_display(DAMASCUS, grid)
    across = np.array([[start.x - 50, start.y], [start.x + 50, start.y]])
    longitude, latitude = Proj(grid)(*across.T, inverse=True)
    _, _, ground = ellipsoid.inv(longitude[0], latitude[0], longitude[1], latitude[1])
    assert ground_scale(start.x, start.y, grid) == pytest.approx(100.0 / ground, abs=2e-6)


def test_ground_scale_of_damascus_in_lambert_is_180_ppm_short() -> None:
    assert ground_scale(200160.8, 174585.2, "EPSG:22770") == pytest.approx(1 - 179e-6, abs=3e-6)


@pytest.mark.parametrize("use", [lambda: to_display(DAMASCUS, "EPSG:22700"), lambda: ground_scale(0, 0, "EPSG:22700")])
def test_the_levant_zone_is_refused(use: object) -> None:
    with pytest.raises(UnusableGrid) as caught:
        use()  # type: ignore[operator]  # several signatures in one table
    assert (caught.value.code, caught.value.values) == ("unusable_grid", {"epsg": "EPSG:22700"})


@pytest.mark.parametrize(
    ("point", "grid"),
    [
        ((198793.8, 172736.7), "EPSG:22770"),
        ((-268386.2, -74127.5), "EPSG:22780"),
        ((245632.9, 3709742.4), "EPSG:32637"),
        (HOMS, "EPSG:22780"),
        (ALEPPO, "EPSG:22780"),
    ],
)
def test_guess_names_the_grid_of_a_known_point(point: tuple[float, float], grid: str) -> None:
    assert grid in guess_grid(*point)


def test_guess_says_where_two_grids_are_possible() -> None:
    assert guess_grid(-268386.2, -74127.5) == ("EPSG:22780",)
    assert guess_grid(250000.0, 200000.0) == ("EPSG:22770",)
    assert guess_grid(150000.0, 180000.0) == ("EPSG:22770", "EPSG:22780")


@pytest.mark.parametrize("point", [(36.2765, 33.5138), (0.0, 5_000_000.0)])
def test_guess_refuses_degrees_and_far_places(point: tuple[float, float]) -> None:
    with pytest.raises(UnknownGrid):
        guess_grid(*point)


@pytest.mark.parametrize(
    ("grid", "plane"),
    [
        ("EPSG:22770", True),
        ("EPSG:32636", True),
        ("EPSG:28992", True),  # the Netherlands
        ("EPSG:22700", False),  # loads, and then every transformation of it fails
        ("EPSG:4326", False),  # degrees
        ("EPSG:3116", False),  # north comes first
        ("EPSG:2263", False),  # feet
        ("EPSG:999999", False),
        ("LOCAL:marota", False),
        ("", False),
    ],
)
def test_a_plane_grid_is_in_metres_with_east_first(grid: str, plane: bool) -> None:
    assert is_plane(grid) is plane


def test_a_grid_of_another_country_is_shown_and_comes_back() -> None:
    """The tower of Amersfoort, the origin of the Dutch grid: 52°09'18.6" N, 5°23'14.5" E of WGS84."""
    tower = Point(155000.0, 463000.0)
    shown = to_display(tower, "EPSG:28992")
    assert (shown.x, shown.y) == pytest.approx((5.38721, 52.15517), abs=2e-5)
    assert from_display(shown, "EPSG:28992").distance(tower) < 1e-3
