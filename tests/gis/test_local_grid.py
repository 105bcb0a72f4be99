"""A local grid fitted by control points: known similarities come back, wrong points are named."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon, box

from gis.cadastre import CadastralPlot
from gis.local_grid import ControlPoint, Fit, fit, place
from gis.remarks import Code, LayerRefused
from tests.gis.told import codes

GRID = "EPSG:22770"
CORNERS = [(1000.0, 2000.0), (1400.0, 2050.0), (1350.0, 2500.0), (980.0, 2450.0), (1200.0, 2250.0)]


def placed(u: float, v: float, degrees: float = 12.5, scale: float = 1.00012) -> tuple[float, float]:
    """A similarity written down independently: turn and stretch about nothing, then shift to Damascus."""
    angle = math.radians(degrees)
    x = scale * (math.cos(angle) * u - math.sin(angle) * v) + 198_000.0
    y = scale * (math.sin(angle) * u + math.cos(angle) * v) + 172_000.0
    return x, y


def control(count: int = 5, moved: dict[int, tuple[float, float]] | None = None) -> list[ControlPoint]:
    points = []
    for at, (u, v) in enumerate(CORNERS[:count]):
        (x, y), (dx, dy) = placed(u, v), (moved or {}).get(at, (0.0, 0.0))
        points.append(ControlPoint(f"P{at}", (u, v), (x + dx, y + dy)))
    return points


def refusal(points: list[ControlPoint], grid: str = GRID) -> list[Code]:
    with pytest.raises(LayerRefused) as refused:
        fit(points, grid)
    return codes(refused)


def test_a_known_similarity_comes_back() -> None:
    found = fit(control(), GRID)
    assert found.transform.scale == pytest.approx(1.00012, abs=1e-9)
    assert found.transform.rotation == pytest.approx(12.5, abs=1e-7)
    assert found.sigma == pytest.approx(0, abs=1e-6)
    assert found.outliers == ()
    assert max(residual.length for residual in found.residuals) < 1e-6
    assert found.transform.to_plane(Point(1111, 2222)).distance(Point(placed(1111, 2222))) < 1e-6


def test_a_plot_goes_there_and_back() -> None:
    transform = fit(control(), GRID).transform
    plot = box(1100, 2100, 1120, 2130)
    there = transform.to_plane(plot)
    assert there.area == pytest.approx(600 * 1.00012**2, rel=1e-9)
    assert there.exterior.is_ccw == plot.exterior.is_ccw
    assert transform.to_local(there).equals_exact(plot, 1e-6)


def test_plots_of_a_local_grid_come_into_the_plane_one() -> None:
    plot = CadastralPlot(row=1, number="7", zone="Z", polygon=box(1100, 2100, 1120, 2130), official_area=600.0)
    (there,) = place([plot], fit(control(), GRID))
    assert (there.number, there.official_area) == ("7", 600.0)
    corners = [placed(u, v) for u, v in plot.polygon.exterior.coords]
    assert there.polygon.equals_exact(Polygon(corners), 1e-6)


def test_two_points_fit_always_and_nothing_checks_them() -> None:
    found = fit(control(2, {1: (5.0, 0.0)}), GRID)
    assert found.sigma is None
    assert [(residual.left_out, residual.outlier) for residual in found.residuals] == [(None, None)] * 2
    assert max(residual.length for residual in found.residuals) < 1e-6


def test_residuals_and_sigma_of_a_square_by_hand() -> None:
    # A square whose one corner is off by 4 cm to the east: the middle takes 1 cm; turn and scale take, of each
    # coordinate, half of what is left along their patterns, so that half of the square sum stays.
    square = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
    points = [ControlPoint(str(at), corner, corner) for at, corner in enumerate(square)]
    points[2] = ControlPoint("2", square[2], (100.04, 100.0))
    found = fit(points, GRID)
    remaining = sum(residual.length**2 for residual in found.residuals)
    # 0.04² less: middle 4·0.01² = 0.0004; scale (2·... )  a and b each take (50·0.04)²/(4·5000) = 0.0002.
    assert remaining == pytest.approx(0.0016 - 0.0004 - 0.0002 - 0.0002, abs=1e-12)
    assert found.sigma == pytest.approx(math.sqrt(remaining / 4), abs=1e-9)
    assert sum(residual.dx for residual in found.residuals) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("wrong", range(5))
def test_one_wrong_point_of_five_is_named_alone(wrong: int) -> None:
    found = fit(control(5, {wrong: (0.9, -0.6)}), GRID)
    assert found.outliers == (f"P{wrong}",)
    assert found.residuals[wrong].left_out == pytest.approx(math.hypot(0.9, 0.6), abs=1e-6)


def test_two_wrong_points_of_five_are_named() -> None:
    assert fit(control(5, {0: (3.0, 0.0), 3: (0.0, 2.0)}), GRID).outliers == ("P0", "P3")


def test_three_points_tell_that_one_is_wrong() -> None:
    found = fit(control(3, {1: (2.0, 2.0)}), GRID)
    assert len(found.outliers) == 1
    assert all(residual.left_out is not None for residual in found.residuals)


def test_errors_within_the_tolerance_are_no_outliers() -> None:
    assert fit(control(5, {1: (0.06, 0.0), 3: (0.0, -0.06)}), GRID).outliers == ()


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_points_are_refused(count: int) -> None:
    assert refusal(control(count)) == [Code.CONTROL_FEW]


def test_points_in_one_place_are_refused() -> None:
    first, second, third = control(3)
    assert refusal([first, ControlPoint("Q", first.local, second.plane), third]) == [Code.CONTROL_COINCIDENT]
    assert refusal([first, ControlPoint("Q", second.local, first.plane), third]) == [Code.CONTROL_COINCIDENT]
    near = (first.local[0] + 0.009, first.local[1])
    assert refusal([first, ControlPoint("Q", near, second.plane)]) == [Code.CONTROL_COINCIDENT]


def test_coordinates_that_are_none_are_refused() -> None:
    for wrong in (math.nan, math.inf, 1e300):
        assert refusal([*control(2), ControlPoint("Q", (wrong, 0), (1, 1))]) == [Code.CONTROL_WRONG]


@pytest.mark.parametrize("grid", ["EPSG:22700", "EPSG:4227", "", "local"])
def test_a_grid_that_cannot_be_used_is_refused(grid: str) -> None:
    assert refusal(control(), grid) == [Code.GRID_UNUSABLE]


noise = st.lists(st.tuples(st.floats(-0.03, 0.03), st.floats(-0.03, 0.03)), min_size=5, max_size=5)


@given(st.floats(-180, 180), st.floats(0.5, 2.0), st.floats(-1e6, 1e6), st.floats(0, 4e6), noise)
def test_any_similarity_with_noise_is_recovered(
    degrees: float, scale: float, east: float, north: float, errors: list[tuple[float, float]]
) -> None:
    points, true = [], []
    for at, ((u, v), (dx, dy)) in enumerate(zip(CORNERS, errors, strict=True)):
        x, y = placed(u, v, degrees, scale)
        true.append((x + east, y + north))
        points.append(ControlPoint(str(at), (u, v), (x + east + dx, y + north + dy)))
    found = fit(points, GRID)
    worst = max(math.hypot(*error) for error in errors)
    assert found.transform.scale == pytest.approx(scale, abs=1e-9 + worst / 100)
    turned = (found.transform.rotation - degrees + 180) % 360 - 180
    assert abs(math.radians(turned)) < 1e-9 + worst / 100 / scale
    for (u, v), there in zip(CORNERS, true, strict=True):
        assert found.transform.to_plane(Point(u, v)).distance(Point(there)) <= 2 * worst + 1e-6
        assert found.transform.to_local(found.transform.to_plane(Point(u, v))).distance(Point(u, v)) < 1e-6
    assert found.sigma is not None
    assert found.sigma <= math.sqrt(10 / 6) * worst + 1e-6
    assert found.outliers == ()


@given(st.integers(0, 4), st.floats(1.5, 100), st.floats(0, 360), noise)
def test_a_blunder_among_noise_is_named(at: int, length: float, way: float, errors: list[tuple[float, float]]) -> None:
    blunder = (length * math.cos(math.radians(way)), length * math.sin(math.radians(way)))
    moved = dict(enumerate(errors))
    moved[at] = blunder
    assert fit(control(5, moved), GRID).outliers == (f"P{at}",)


@given(noise)
def test_the_least_squares_are_those_of_the_general_solver(errors: list[tuple[float, float]]) -> None:
    points = control(5, dict(enumerate(errors)))
    rows, right = [], []
    for point in points:
        (u, v), (x, y) = point.local, point.plane
        u, v, x, y = u - 1000, v - 2000, x - 198_000, y - 172_000
        rows += [[u, -v, 1, 0], [v, u, 0, 1]]
        right += [x, y]
    (a, b, _, _), square, _, _ = np.linalg.lstsq(np.array(rows), np.array(right))
    found: Fit = fit(points, GRID)
    assert (found.transform.a, found.transform.b) == pytest.approx((a, b), abs=1e-8)
    assert found.sigma == pytest.approx(math.sqrt(square[0] / 6), abs=1e-6)
