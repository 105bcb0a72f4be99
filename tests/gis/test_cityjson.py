"""A written city model is closed, oriented, and as large as what it is made of."""

import json
from collections import Counter
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from gis.cityjson import CityObject, cityjson
from gis.envelope import Prism

EAST, NORTH = 198_800.123, 172_740.456


def written(*objects: CityObject) -> Any:
    return json.loads(cityjson(objects, grid="EPSG:22770", title="ت"))


def points(document: Any) -> np.ndarray[Any, Any]:
    transform = document["transform"]
    return np.array(document["vertices"]) * transform["scale"] + transform["translate"]


def edges(shell: list[list[list[int]]]) -> Counter[tuple[int, int]]:
    return Counter(pair for face in shell for ring in face for pair in pairwise([*ring, ring[0]]))


def volume(shell: list[list[list[int]]], at: np.ndarray[Any, Any]) -> float:
    """By the divergence theorem over the fans of all rings; a hole runs the other way and takes away."""
    total, middle = 0.0, at.mean(axis=0)
    for ring in (ring for face in shell for ring in face):
        first, *others = (at[number] - middle for number in ring)
        total += sum(float(np.dot(first, np.cross(a, b))) for a, b in pairwise(others))
    return total / 6.0


SQUARES = [box(EAST, NORTH, EAST + 12, NORTH + 29), box(EAST + 20, NORTH, EAST + 32.5, NORTH + 10)]
WITH_HOLE = SQUARES[0].difference(box(EAST + 4, NORTH + 4, EAST + 8, NORTH + 8))


@pytest.mark.parametrize("region", [*SQUARES, WITH_HOLE, MultiPolygon(SQUARES)], ids=["a", "b", "hole", "two"])
def test_a_prism_is_a_closed_solid_of_its_volume(region: Any) -> None:
    document = written(CityObject("e", "OtherConstruction", (Prism(region, 100.0, 114.0),)))
    solids = document["CityObjects"]["e"]["geometry"]
    at, total = points(document), 0.0
    for solid in solids:
        (shell,) = solid["boundaries"]
        counts = edges(shell)
        assert set(counts.values()) == {1}
        assert {(b, a) for a, b in counts} == set(counts)  # each edge is run both ways: nothing is open
        assert len(solid["semantics"]["values"][0]) == len(shell)
        total += volume(shell, at)
    assert total == pytest.approx(float(region.area) * 14.0, rel=1e-4)
    assert at.min(axis=0) == pytest.approx([*region.bounds[:2], 100.0], abs=1e-3)


@given(st.lists(st.tuples(st.floats(0, 90), st.floats(0, 90)), min_size=3, max_size=9, unique=True), st.floats(0.5, 60))
def test_any_hull_is_closed(corners: list[tuple[float, float]], height: float) -> None:
    hull = Polygon([(EAST + x, NORTH + y) for x, y in corners]).convex_hull
    if not isinstance(hull, Polygon) or hull.buffer(-0.01).is_empty:
        return
    document = written(CityObject("e", "Building", (Prism(hull, 0.0, height),)))
    (shell,) = document["CityObjects"]["e"]["geometry"][0]["boundaries"]
    counts = edges(shell)
    assert {(b, a) for a, b in counts} == set(counts)


def test_the_document_says_what_it_is() -> None:
    document = written(
        CityObject("plot-1", "OtherConstruction", (Prism(SQUARES[0], 1.0, 2.0),), {"floors": 4}),
        CityObject("nothing", "OtherConstruction", ()),
    )
    assert (document["type"], document["version"]) == ("CityJSON", "2.0")
    assert document["metadata"]["referenceSystem"] == "https://www.opengis.net/def/crs/EPSG/0/22770"
    assert list(document["CityObjects"]) == ["plot-1"]
    assert document["CityObjects"]["plot-1"]["attributes"] == {"floors": 4}
    used = {
        n
        for solid in document["CityObjects"]["plot-1"]["geometry"]
        for f in solid["boundaries"][0]
        for r in f
        for n in r
    }
    assert used == set(range(len(document["vertices"])))
