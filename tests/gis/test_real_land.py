"""Real boundaries: a country's coarse outline, and the edges of parcels as surveyors leave them."""

import json
import os
from itertools import pairwise
from pathlib import Path

import pyogrio.raw
import pytest
import shapely
from shapely.geometry import shape

from gis.crs import COUNTRY, guess_grid
from gis.edges import named_edges
from gis.site import EdgeRole

ROOT = Path(__file__).parents[2]
LAND = ROOT / os.environ.get("RUKHSA_SHARED", "../shared") / "gis"

pytestmark = pytest.mark.skipif(not LAND.is_dir(), reason=f"real layers are not at {LAND}")


def features(name: str) -> list[shapely.Geometry]:
    data = json.loads((LAND / "syria_admin" / name).read_text(encoding="utf-8"))
    return [shape(feature["geometry"]) for feature in data["features"]]


def test_the_coarse_country_covers_every_governorate() -> None:
    points = shapely.get_coordinates(shapely.union_all(shapely.make_valid(features("governorates.geojson"))))
    assert len(points) > 100
    outside = [tuple(point) for point in points if not COUNTRY.covers(shapely.Point(point))]
    assert outside == []


def test_utm_is_among_the_guesses_for_real_villages() -> None:
    villages = features("villages.geojson")
    assert len(villages) == 139
    for village in villages:
        assert "EPSG:32637" in guess_grid(village.centroid.x, village.centroid.y)


@pytest.mark.slow
def test_edges_of_real_parcels_close_and_keep_their_length() -> None:
    (path,) = sorted((LAND / "nl_brk_rotterdam").glob("**/*.shp"))
    _, _, geometry, _ = pyogrio.raw.read(path)
    parcels = [part for item in shapely.from_wkb(geometry) for part in shapely.get_parts(item)]
    assert len(parcels) > 900
    for parcel in parcels:
        edges = named_edges(parcel, [])
        assert {edge.role for edge in edges} == {EdgeRole.SIDE}
        assert all(before.line.coords[-1] == after.line.coords[0] for before, after in pairwise(edges))
        assert edges[-1].line.coords[-1] == edges[0].line.coords[0]
        # Merging straightens by two centimetres at a survey point, so the boundary may only get shorter.
        total = sum(edge.line.length for edge in edges)
        assert parcel.exterior.length - 0.5 < total <= parcel.exterior.length + 1e-6
