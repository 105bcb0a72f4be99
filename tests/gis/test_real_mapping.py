"""Real dirt through mappings: what is wrong with boundaries of others is told by code, count and place."""

from collections import Counter
from pathlib import Path

import pytest

from gis.mapping import apply
from gis.mapping_file import LayerMapping, parse_mapping
from gis.outlines import polygon_of
from gis.remarks import Code, LayerRefused
from gis.sources import read_layer
from tests.gis.told import codes

BOUNDARIES = """
id: boundaries
version: "1"
status: provisional
source: Administrative boundaries with Arabic columns
grid: EPSG:32637
multipart: true
holes: true
fields:
  number: {columns: [NUMBER]}
  zone: {columns: [ZONE]}
"""


def mapping(number: str, zone: str) -> LayerMapping:
    return parse_mapping(BOUNDARIES.replace("NUMBER", number).replace("ZONE", zone).encode())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "number", "zone", "found"),
    [
        ("districts", "الرمز", "محافظة", {Code.SELF_CROSSING: 3}),
        ("subdistricts", "الرمز", "محافظة", {Code.SELF_CROSSING: 14}),
        ("villages", "KURA", "NAH_T", {Code.SELF_CROSSING: 2, Code.NUMBER_TWICE: 48}),
    ],
)
def test_syrian_boundaries(shared: Path, name: str, number: str, zone: str, found: dict[Code, int]) -> None:
    layer = read_layer(shared / "gis" / "syria_admin" / f"{name}.geojson")
    with pytest.raises(LayerRefused) as refused:
        apply(layer, mapping(number, zone))
    assert Counter(codes(refused)) == found


def test_governorates_are_degrees_that_come_into_the_plane(shared: Path) -> None:
    layer = read_layer(shared / "gis" / "syria_admin" / "governorates.geojson")
    degrees = BOUNDARIES.replace("grid: EPSG:32637", "grid: EPSG:4326\nto: EPSG:22780")
    text = degrees.replace("NUMBER", "HASC_1").replace("ZONE", "ISO")
    plots = apply(layer, parse_mapping(text.encode()))
    assert len(plots) == 14
    # The country has about 185,000 km²; the projection and the coarse outline are good to a few per cent.
    assert sum(plot.polygon.area for plot in plots) / 1e6 == pytest.approx(187_000, rel=0.03)


def test_parts_of_ladm_col(shared: Path) -> None:
    layer = read_layer(shared / "gis" / "co_ladm_test" / "quality_validations.gpkg", "right_of_way")
    judged = [polygon_of(row.geometry, row.number, mapping("a", "b")) for row in layer.rows]
    assert [fault.code for said in judged if isinstance(said, list) for fault in said] == [Code.SELF_CROSSING]
    strict = parse_mapping(BOUNDARIES.replace("multipart: true\n", "").encode())
    faults = [fault for row in layer.rows for fault in _faults(polygon_of(row.geometry, row.number, strict))]
    parts = {fault.row: int(fault.value) for fault in faults if fault.code is Code.MULTI_PART}
    # Its own tests: three rows of six have several parts, eight in all.
    assert parts == {1: 4, 2: 2, 6: 2}


def _faults(judged: object) -> list[object]:
    return judged if isinstance(judged, list) else []
