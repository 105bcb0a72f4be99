"""Prisms as glTF: read back, they are closed solids of the right size in the right place."""

import io
import json
import struct

import hypothesis.strategies as st
import numpy as np
import pytest
import trimesh
from hypothesis import given
from shapely import MultiPolygon, Polygon, box

from gis.envelope import Prism
from gis.glb import Part, glb

RED = (0.7, 0.15, 0.1, 1.0)
GLASS = (0.2, 0.6, 0.3, 0.3)
COURT = Polygon(
    box(300_000.5, 150_000, 300_020.5, 150_030).exterior, [box(300_005, 150_005, 300_010, 150_010).exterior]
)


def _scene(raw: bytes) -> trimesh.Scene:
    scene = trimesh.load_scene(io.BytesIO(raw), file_type="glb")
    assert isinstance(scene, trimesh.Scene)
    return scene


def _document(raw: bytes) -> dict[str, object]:
    (length,) = struct.unpack("<I", raw[12:16])
    document: dict[str, object] = json.loads(raw[20 : 20 + length])
    return document


def test_a_solid_with_a_court_keeps_its_volume_and_stands_upright() -> None:
    raw = glb([Part("storey", (Prism(COURT, 690.0, 693.2),), RED)], grid="EPSG:22770")
    mesh = _scene(raw).to_geometry()
    mesh.merge_vertices()
    assert mesh.is_watertight
    assert mesh.volume == pytest.approx((600 - 25) * 3.2, rel=1e-5)
    assert mesh.bounds[:, 1] == pytest.approx([0.0, 3.2], abs=1e-5)  # y is up
    assert mesh.bounds[:, 0] == pytest.approx([0.0, 20.0], abs=1e-5)
    assert mesh.bounds[:, 2] == pytest.approx([-30.0, 0.0], abs=1e-5)  # north is away from the viewer


def test_the_scene_tells_its_grid_and_what_it_is_counted_from() -> None:
    raw = glb([Part("storey", (Prism(COURT, 690.0, 693.2),), RED)], grid="EPSG:22770")
    assert raw[:4] == b"glTF"
    document = _document(raw)
    extras = json.dumps(document)
    assert '"origin": [300000.5, 150000.0, 690.0]' in extras
    assert "EPSG:22770" in extras


def test_parts_keep_their_names_and_only_glass_is_seen_through() -> None:
    prism = Prism(MultiPolygon([box(0, 0, 1, 1), box(5, 5, 6, 7)]), 0, 2)
    raw = glb([Part("allowed", (prism,), GLASS), Part("beyond", (prism,), RED), Part("none", (), RED)], grid="EPSG:1")
    assert set(_scene(raw).geometry) == {"allowed", "beyond"}
    assert sorted(str(m.get("alphaMode", "OPAQUE")) for m in _document(raw)["materials"]) == ["BLEND", "OPAQUE"]  # type: ignore[attr-defined] # a list


@given(st.lists(st.tuples(st.floats(1, 50), st.floats(1, 50)), min_size=1, max_size=4), st.floats(0.1, 40))
def test_every_stack_of_boxes_is_as_large_as_it_was(sizes: list[tuple[float, float]], height: float) -> None:
    prisms = tuple(
        Prism(box(0, 0, width, depth), at * height, (at + 1) * height) for at, (width, depth) in enumerate(sizes)
    )
    mesh = _scene(glb([Part("all", prisms, RED)], grid="EPSG:22770")).to_geometry()
    expected = sum(width * depth * height for width, depth in sizes)
    assert np.isclose(mesh.volume, expected, rtol=1e-4)
