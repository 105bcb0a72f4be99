"""Pictures show the element in red over what surrounds it; the depth buffer agrees with one that asks every pixel."""

import io
import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from bim.findings import Finding, Outcome
from bim.pictures import raster
from bim.pictures.element import HEIGHT, WIDTH, picture, triangles_of
from bim.pictures.report import MOST, choose, of_findings
from bim.report import ModelInfo, Report
from bim.shapes import PLATES, SPACES, WALLS, Mesh
from tests.review.test_samples import checked

FACES = np.array(
    [[0, 2, 1], [0, 3, 2], [4, 5, 6], [4, 6, 7], [0, 1, 5], [0, 5, 4], [1, 2, 6], [1, 6, 5], [2, 3, 7], [2, 7, 6],
     [3, 0, 4], [3, 4, 7]], np.int32,
)  # fmt: skip


def block(key: str, low: tuple[float, float, float], high: tuple[float, float, float], group: str = WALLS) -> Mesh:
    (x0, y0, z0), (x1, y1, z1) = low, high
    base = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    vertices = np.array([(x, y, z) for z in (z0, z1) for x, y in base], float)
    return Mesh(key, group, "IfcWall", "", vertices, FACES)


def pixels(png: bytes) -> NDArray[np.int64]:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(np.int64)


def reds(png: bytes) -> NDArray[np.bool_]:
    """Where the element is seen itself, and not through another."""
    colour = pixels(png)
    return (colour[:, :, 0] > 100) & (colour[:, :, 1] < 75)


def pale_reds(png: bytes) -> NDArray[np.bool_]:
    colour = pixels(png)
    return (colour[:, :, 0] - colour[:, :, 1] > 60) & (colour[:, :, 1] >= 75)


NUMBERS = st.floats(-3, 13, allow_nan=False).map(lambda value: round(value, 2))
TRIANGLES = st.lists(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=3, max_size=3), min_size=0, max_size=6)


def by_every_pixel(corners: NDArray[np.float64], width: int, height: int) -> tuple[list[list[int]], float]:
    """Owner of every pixel, and the least doubt that was met: of a side, or between the two nearest."""
    owners, doubt = [[-1] * width for _ in range(height)], 1.0
    for row in range(height):
        for column in range(width):
            best = float("inf")
            for index, (a, b, c) in enumerate(corners):
                whole = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
                if abs(whole) < 1e-3:
                    doubt = 0.0
                    continue
                x, y = column + 0.5, row + 0.5
                v = ((x - a[0]) * (c[1] - a[1]) - (y - a[1]) * (c[0] - a[0])) / whole
                w = ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / whole
                inside = min(v, w, 1 - v - w)
                doubt = min(doubt, abs(inside))
                if inside < 0:
                    continue
                away = a[2] + v * (b[2] - a[2]) + w * (c[2] - a[2])
                doubt = min(doubt, abs(away - best))
                if away < best:
                    best, owners[row][column] = away, index
    return owners, doubt


@settings(max_examples=150, deadline=None)
@given(TRIANGLES)
def test_the_depth_buffer_is_that_of_every_pixel(triangles: list[list[tuple[float, float, float]]]) -> None:
    corners = np.array(triangles, float).reshape(-1, 3, 3)
    owners, doubt = by_every_pixel(corners, 10, 8)
    seen = raster.nearest(corners, 10, 8)
    if doubt > 1e-9:  # on a side, or at one distance, either answer is right
        assert seen.owner.tolist() == owners
    assert (np.isfinite(seen.away) == (seen.owner >= 0)).all()


def test_the_work_for_one_picture_is_bounded() -> None:
    whole = np.array([[[-9e6, -9e6, 1], [9e6, -9e6, 1], [0, 9e6, 1]]], float)
    many = np.repeat(whole, 5000, axis=0)
    seen = raster.nearest(many, WIDTH, HEIGHT)
    assert 0 <= seen.owner.max() < raster.MOST_PIXELS / (WIDTH * HEIGHT)
    assert (seen.owner >= 0).all()


def test_an_element_is_red_and_what_surrounds_it_is_not() -> None:
    wall, other = block("w", (0, 0, 0), (3, 0.2, 3)), block("o", (-9, 5, 0), (9, 5.2, 3))
    png = picture(wall, triangles_of([wall, other], turned_away=False))
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    red = reds(png)
    rows, columns = np.nonzero(red)
    assert red.sum() > 2000
    assert (WIDTH - (columns.min() + columns.max())) == pytest.approx(0, abs=3)
    assert (HEIGHT - (rows.min() + rows.max())) == pytest.approx(0, abs=3)
    greys = pixels(png)[~red & ~pale_reds(png)]
    assert (np.ptp(greys, axis=1) < 80).all()
    assert ((greys.sum(axis=1) < 740) & (greys.sum(axis=1) > 0)).sum() > 1000  # the other wall is there


def test_what_stands_before_an_element_makes_it_paler_and_no_less_seen() -> None:
    wall = block("w", (0, 0, 0), (3, 0.2, 3))
    alone = picture(wall, triangles_of([wall], turned_away=False))
    before = block("b", (-1.5, -1.5, 0), (1.5, -1.2, 3))  # to the south-west, between it and the eye
    hidden = picture(wall, triangles_of([wall, before], turned_away=False))
    assert pale_reds(hidden).sum() > 500
    assert abs((reds(hidden) | pale_reds(hidden)).sum() - (reds(alone) | pale_reds(alone)).sum()) < 600


@pytest.mark.slow
def test_what_begins_above_an_element_is_left_away() -> None:
    wall, roof = block("w", (0, 0, 0), (3, 0.2, 3)), block("r", (-5, -5, 3), (5, 5, 3.3), PLATES)
    around = triangles_of([wall, roof], turned_away=False)
    assert picture(wall, around) == picture(wall, triangles_of([wall], turned_away=False))
    assert pixels(picture(roof, around)).tolist() != pixels(picture(wall, around)).tolist()


def test_the_same_element_gives_the_same_bytes_wherever_it_stands() -> None:
    near, far = block("w", (0, 0, 0), (3, 0.25, 3)), block("w", (524288, 262144, 64), (524291, 262144.25, 67))
    assert picture(near, triangles_of([])) == picture(near, triangles_of([]))
    assert pixels(picture(far, triangles_of([]))).shape == pixels(picture(near, triangles_of([]))).shape
    assert abs(int(reds(picture(far, triangles_of([]))).sum()) - int(reds(picture(near, triangles_of([]))).sum())) < 200


def fail(rule: str, *elements: str, severity: str = "error", outcome: Outcome = Outcome.FAIL) -> Finding:
    return Finding(rule, outcome, "c", elements=elements, severity=severity)


def test_every_finding_gets_one_before_any_gets_two_and_errors_come_first() -> None:
    findings = [
        fail("A", "u1", "u2", outcome=Outcome.UNDECIDED), fail("B", "w1", severity="warning"),
        fail("C", "e3", "e1", "e2", "e4", "gone"), fail("D", "p1", outcome=Outcome.PASS), fail("E", "e1", "x1"),
    ]  # fmt: skip
    shaped = {"u1", "u2", "w1", "e1", "e2", "e3", "e4", "p1", "x1"}
    assert choose(findings, shaped) == ["e1", "w1", "u1", "e2", "x1", "u2", "e3"]
    assert choose(reversed(findings), shaped) == choose(findings, shaped)


def test_there_are_no_more_than_the_most() -> None:
    keys = [f"{number:03}" for number in range(MOST + 20)]
    assert choose([fail(key, key) for key in keys], set(keys)) == keys[:MOST]


def test_spaces_hide_nothing_and_elements_without_a_mesh_get_none() -> None:
    wall, room = block("w", (1, 1, 0), (3, 1.2, 3)), block("s", (0, 0, 0), (4, 4, 3), SPACES)
    made = of_findings([fail("A", "w", "s", "door")], [room, wall])
    assert list(made) == ["s", "w"]
    assert made["w"] == of_findings([fail("A", "w")], [wall])["w"]


def test_a_report_carries_them_and_one_of_before_has_none() -> None:
    report = replace(Report(ModelInfo("a", "", 0), date(2026, 1, 1)), pictures={"w": b"\x89PNG\r\n"})
    raw = report.to_json()
    assert Report.from_json(raw).pictures == {"w": b"\x89PNG\r\n"}
    old = json.loads(raw)
    del old["pictures"]
    assert Report.from_json(json.dumps(old).encode()).pictures == {}


def test_a_real_review_shows_what_fails() -> None:
    report = checked("planted-violations.ifc")
    failed = {element for finding in report.of(Outcome.FAIL) for element in finding.elements}
    assert len(report.pictures) >= 10
    assert set(report.pictures) <= failed
    for png in report.pictures.values():
        assert (reds(png) | pale_reds(png)).sum() > 100
