"""The writer of scenes: read back by another library, sharing shapes, and the same bytes for the same scene."""

import io
import struct

import numpy as np
import pytest
import trimesh

from bim.scene.gltf import Node, Shape, Surface, glb, read_json

CUBE = trimesh.creation.box()
RED, GLASS = (0.8, 0.1, 0.1, 1.0), (0.5, 0.7, 0.9, 0.4)
SHAPES = {
    "a": Shape(np.asarray(CUBE.vertices), (Surface(np.asarray(CUBE.faces[:6], np.int32), RED),
                                           Surface(np.asarray(CUBE.faces[6:], np.int32), GLASS))),
}  # fmt: skip


def node(key: str, east: float) -> Node:
    matrix = np.eye(4)
    matrix[0, 3] = east
    return Node(key, "a", matrix, {"class": "IfcWall", "name": "جدار", "storey": ""})


def test_another_library_reads_what_was_written() -> None:
    raw = glb([node("1ab$_", 5.0), node("0xy", 0.0)], SHAPES, {"origin": [1.0, 2.0, 3.0]})
    scene = trimesh.load_scene(io.BytesIO(raw), file_type="glb")
    assert scene.metadata["origin"] == [1.0, 2.0, 3.0]
    assert scene.bounds == pytest.approx(np.array([[-0.5, -0.5, -0.5], [5.5, 0.5, 0.5]]))
    assert {"1ab$_", "0xy"} <= set(scene.graph.nodes)


def test_elements_of_one_shape_share_it_and_their_order_does_not_matter() -> None:
    nodes = [node("b", 1.0), node("a", 2.0)]
    raw = glb(nodes, SHAPES, {})
    assert raw == glb(nodes[::-1], SHAPES, {})
    body = read_json(raw)
    assert [one["mesh"] for one in body["nodes"]] == [0, 0]
    assert len(body["meshes"]) == 1
    assert [m.get("alphaMode") for m in body["materials"]] == [None, "BLEND"]
    assert struct.unpack_from("<I", raw, 8) == (len(raw),)


def test_a_large_shape_has_long_indices() -> None:
    many = np.random.default_rng(1).random((70_000, 3))
    faces = np.array([[0, 1, 69_999]], np.int32)
    raw = glb([Node("x", "many", np.eye(4), {})], {"many": Shape(many, (Surface(faces, RED),))}, {})
    assert [a["componentType"] for a in read_json(raw)["accessors"]] == [5126, 5125]
    loaded = next(iter(trimesh.load_scene(io.BytesIO(raw), file_type="glb").geometry.values()))
    assert loaded.triangles[0] == pytest.approx(many[[0, 1, 69_999]], abs=1e-6)


def test_nothing_to_show_is_a_scene_too() -> None:
    assert "nodes" not in read_json(glb([], {}, {"lost": []}))
    with pytest.raises(ValueError, match="no binary"):
        read_json(b"ISO-10303-21;")
