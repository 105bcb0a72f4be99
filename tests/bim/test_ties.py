"""Tie points: known similarities come back, and points that cannot be right are refused by name."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bim.refusals import RefusedError
from bim.tie_points import TiePoint, parse, read, read_text
from bim.ties import fit

CORNERS = [(0.0, 0.0), (12.0, 0.0), (12.0, 20.0), (0.0, 20.0)]
EAST, NORTH = 198_793.8, 172_736.7


def surveyed(x: float, y: float, degrees: float = 12.5, scale: float = 1.0) -> tuple[float, float]:
    """A similarity written down independently of the fit."""
    turn = math.radians(degrees)
    return (
        EAST + scale * (math.cos(turn) * x - math.sin(turn) * y),
        NORTH + scale * (math.sin(turn) * x + math.cos(turn) * y),
    )


def points(
    count: int = 4, unit: float = 1.0, scale: float = 1.0, moved: dict[int, float] | None = None
) -> list[TiePoint]:
    made = []
    for at, (x, y) in enumerate(CORNERS[:count]):
        east, north = surveyed(x, y, scale=scale)
        made.append(TiePoint(x / unit, y / unit, east + (moved or {}).get(at, 0.0), north))
    return made


def refusal(given: list[TiePoint]) -> RefusedError:
    with pytest.raises(RefusedError) as refused:
        fit(given)
    return refused.value


@given(st.floats(-180, 180), st.floats(0.9993, 1.0007), st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_a_known_similarity_comes_back(degrees: float, scale: float, x: float, y: float) -> None:
    made = [TiePoint(u, v, *surveyed(u, v, degrees, scale)) for u, v in CORNERS]
    found = fit(made)
    assert found.transform.scale == pytest.approx(scale, abs=1e-8)
    assert math.dist(found.transform.forth(np.array([[x, y]]))[0].tolist(), surveyed(x, y, degrees, scale)) < 1e-5
    assert (found.rms, found.outliers) == (pytest.approx(0, abs=1e-6), ())


@pytest.mark.parametrize("unit", [1.0, 0.001, 0.3048])
def test_the_unit_of_the_points_is_found_by_their_scale(unit: float) -> None:
    found = fit(points(unit=unit))
    assert found.unit == unit
    assert found.transform.scale == pytest.approx(1.0, abs=1e-9)


def test_two_points_fit_and_their_distance_is_all_that_checks_them() -> None:
    far = fit([points()[0], TiePoint(12.0, 20.0, *surveyed(12.0, 20.0, scale=1.002))])
    assert (far.count, far.rms) == (2, pytest.approx(0, abs=1e-6))
    assert far.error == pytest.approx(0.002 * math.hypot(12, 20) / 2, rel=1e-3)


def test_the_error_of_four_points_by_hand() -> None:
    """One corner of a square off by 4 cm: half of its square sum is left, see the fit of local grids."""
    square = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
    made = [TiePoint(x, y, x, y) for x, y in square]
    made[2] = TiePoint(100.0, 100.0, 100.04, 100.0)
    found = fit(made)
    assert found.rms == pytest.approx(math.sqrt(0.0008 / 4), abs=1e-9)
    assert found.error == pytest.approx(math.sqrt(0.0008 / 4), abs=1e-9)


def test_far_from_the_points_the_error_is_larger() -> None:
    found = fit(points(moved={1: 0.1}))
    near, far = (found.error_at(np.array([at])) for at in ((6.0, 10.0), (60.0, 100.0)))
    assert near == found.error
    spread = math.sqrt(4 * (6**2 + 10**2))
    assert far == pytest.approx(found.error * math.sqrt(1 / 4 + (54**2 + 90**2) / spread**2))


def test_a_contradicted_point_is_named_and_the_rest_still_stands() -> None:
    made = [*points(), TiePoint(6.0, 10.0, *surveyed(6.0, 10.0), name="mast")]
    east, north = made[4].east + 0.6, made[4].north
    found = fit([*made[:4], TiePoint(6.0, 10.0, east, north, name="mast")])
    assert found.outliers == ("mast",)
    assert found.error > 0.1


@pytest.mark.parametrize(
    ("made", "code"),
    [
        ([], "tie_few"),
        (points(1), "tie_few"),
        ([TiePoint(float(n), 0.0, float(n), 1.0) for n in range(101)], "tie_many"),
        ([points()[0], points()[0]], "tie_coincident"),
        ([points()[0], TiePoint(12.0, 0.0, points()[0].east, points()[0].north)], "tie_coincident"),
        (points(4, moved={2: 40.0}), "tie_disagree"),
        (points(3, moved={2: 4.0}), "tie_disagree"),
        (points(4, unit=0.0254), "tie_scale"),
        (points(2, moved={1: 9.0}), "tie_scale"),
        ([TiePoint(p.x, p.y, p.north, p.east) for p in points()], "tie_swapped"),
        ([TiePoint(0, 0, 1, 1, 0.0, 690.0), TiePoint(9, 0, 10, 1, 3.0, 691.0)], "tie_heights"),
        ([TiePoint(math.nan, 0, 1, 1), TiePoint(9, 0, 10, 1)], "tie_unreadable"),
    ],
)
def test_what_cannot_be_right_is_refused(made: list[TiePoint], code: str) -> None:
    assert refusal(made).code == code


def test_the_wrong_one_of_five_is_named_in_the_refusal() -> None:
    middle = TiePoint(6.0, 10.0, *surveyed(6.0, 10.0))
    assert refusal([*points(4, moved={3: 30.0}), middle]).values["points"] == "4"


def test_heights_level_the_model() -> None:
    made = [TiePoint(0, 0, 1, 1, 0.5, 690.52), TiePoint(9, 0, 10, 1, 3.0, 693.0)]
    found = fit(made)
    assert found.height == pytest.approx(690.01)
    assert found.height_error == pytest.approx(0.01)
    assert fit(points()).height is None


@pytest.mark.parametrize(
    "text",
    [
        "12.5,3=198793.8,172736.7",
        "١٢٫٥،٣=١٩٨٧٩٣٫٨،١٧٢٧٣٦٫٧",
        " 12.5 ; 3 = 198793.8 ; 172736.7",
        "۱۲٫۵,3=198٬793.8,172736.7",
    ],
)
def test_a_point_is_read_in_either_digits(text: str) -> None:
    assert parse(text) == TiePoint(12.5, 3.0, 198793.8, 172736.7)


def test_a_point_with_its_height() -> None:
    assert parse("1,2,3=4,5,−6") == TiePoint(1, 2, 4, 5, 3, -6)


@pytest.mark.parametrize("text", ["", "1,2", "1,2=3", "1,2,3=4,5", "a,2=3,4", "1,2=3,inf", "1,2=3,4=5,6"])
def test_what_is_no_point_is_refused(text: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse(text)
    assert refused.value.code == "tie_unreadable"


NUMBERS = st.floats(-1e7, 1e7).map(lambda value: round(value, 3))


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=5), st.sampled_from("\t;,"))
def test_a_written_file_is_read_back(rows: list[tuple[float, float, float, float]], parted: str) -> None:
    text = "\n".join([parted.join(("x", "y", "east", "north")), *(parted.join(map(repr, row)) for row in rows)])
    assert read_text(text) == tuple(TiePoint(*row) for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "windows-1256"])
def test_a_file_of_an_arabic_spreadsheet(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "ربط.csv"
    path.write_bytes("النقطة;شرق;شمال;س;ع;ص;منسوب\nالزاوية;10,5;20;1;2;;\nب;30;40;3;4;0,5;690\n".encode(encoding))
    first, second = read(path)
    assert first == TiePoint(1, 2, 10.5, 20, name="الزاوية")
    assert (second.z, second.height) == (0.5, 690)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "tie_file"), ("x,y,east\n1,2,3", "tie_file"), ("x,y,east,north\n1,2,3", "tie_unreadable"),
     ("x,y,east,north,z\n1,2,3,4,5", "tie_unreadable")],
)  # fmt: skip
def test_a_file_that_lacks_something_is_refused(text: str, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_text(text)
    assert refused.value.code == code


def test_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        read(tmp_path / "absent.csv")
    assert refused.value.code == "no_file"
