"""Elements as binary glTF 2.0: a node by GlobalId for each, sharing the shapes that they have in common.

y up, metres from an origin that the scene's extras tell; no normals, since a flat face has its own.
"""

import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Colour = tuple[float, float, float, float]
"""Red, green, blue and opacity, each from 0 to 1."""
_FLOAT, _SHORT, _LONG = 5126, 5123, 5125
_VERTICES, _INDICES = 34962, 34963


@dataclass(frozen=True)
class Surface:
    """Triangles of one colour: `faces` (M, 3) are indices into the vertices of their shape."""

    faces: NDArray[np.int32]
    colour: Colour


@dataclass(frozen=True)
class Shape:
    """Vertices (N, 3) in metres around their own middle, and the surfaces between them."""

    vertices: Floats
    surfaces: tuple[Surface, ...]


@dataclass(frozen=True)
class Node:
    """One element: the key of its shape, where that stands (4, 4) in the scene, and what is told of the element."""

    id: str
    shape: str
    matrix: Floats
    extras: Mapping[str, str]


@dataclass
class _Written:
    """What was written so far."""

    binary: bytearray = field(default_factory=bytearray)
    views: list[dict[str, Any]] = field(default_factory=list)
    accessors: list[dict[str, Any]] = field(default_factory=list)
    materials: dict[Colour, int] = field(default_factory=dict)

    def add(self, content: NDArray[Any], target: int, **accessor: Any) -> int:
        """The number of the accessor to an array."""
        raw = content.tobytes()
        self.views.append(
            {"buffer": 0, "byteOffset": len(self.binary), "byteLength": len(raw), "target": target}
        )  # fmt: skip
        self.binary += raw + bytes(-len(raw) % 4)
        self.accessors.append({"bufferView": len(self.views) - 1, **accessor})
        return len(self.accessors) - 1

    def material(self, colour: Colour) -> int:
        """The number of the material of that colour."""
        return self.materials.setdefault(colour, len(self.materials))


def glb(nodes: Sequence[Node], shapes: Mapping[str, Shape], extras: Mapping[str, Any]) -> bytes:
    """The scene; the same nodes, shapes and extras give the same bytes."""
    nodes = sorted(nodes, key=lambda node: node.id)
    written, numbers = _Written(), {}
    meshes: list[dict[str, Any]] = []
    for key in dict.fromkeys(node.shape for node in nodes):
        numbers[key] = len(meshes)
        meshes.append({"primitives": list(_primitives(shapes[key], written))})
    body: dict[str, Any] = {
        "asset": {"version": "2.0", "generator": "rukhsa"},
        "scene": 0,
        "scenes": [{"nodes": list(range(len(nodes))), "extras": dict(extras)} if nodes else {"extras": dict(extras)}],
        "nodes": [
            {"name": n.id, "mesh": numbers[n.shape], "matrix": _flat(n.matrix), "extras": dict(n.extras)} for n in nodes
        ],
        "meshes": meshes,
        "materials": [_material(colour) for colour in written.materials],
        "accessors": written.accessors,
        "bufferViews": written.views,
        "buffers": [{"byteLength": len(written.binary)}] if written.binary else [],
    }
    return _packed({key: value for key, value in body.items() if value or value == 0}, bytes(written.binary))


def read_json(raw: bytes) -> dict[str, Any]:
    """The JSON part of a scene; ValueError where the bytes are none."""
    if raw[:4] != b"glTF":
        raise ValueError("no binary glTF")
    (length,) = struct.unpack_from("<I", raw, 12)
    found: dict[str, Any] = json.loads(raw[20 : 20 + length])
    return found


def _primitives(shape: Shape, written: _Written) -> Iterable[dict[str, Any]]:
    points = shape.vertices.astype(np.float32)
    positions = written.add(
        points, _VERTICES, componentType=_FLOAT, count=len(points), type="VEC3",
        min=points.min(axis=0).tolist(), max=points.max(axis=0).tolist(),
    )  # fmt: skip
    short = len(points) < 65535
    for surface in shape.surfaces:
        indices = surface.faces.astype(np.uint16 if short else np.uint32).reshape(-1)
        kind = _SHORT if short else _LONG
        accessor = written.add(indices, _INDICES, componentType=kind, count=len(indices), type="SCALAR")
        yield {
            "attributes": {"POSITION": positions}, "indices": accessor, "material": written.material(surface.colour)
        }  # fmt: skip


def _material(colour: Colour) -> dict[str, Any]:
    rough = {"baseColorFactor": list(colour), "metallicFactor": 0.0, "roughnessFactor": 0.9}
    mode = {} if colour[3] >= 1 else {"alphaMode": "BLEND"}
    return {"pbrMetallicRoughness": rough, "doubleSided": True, **mode}


def _flat(matrix: Floats) -> list[float]:
    """Column after column, to the tenth of a millimetre where it is a place."""
    return [round(float(value), 6) for value in matrix.T.reshape(-1)]


def _packed(body: Mapping[str, Any], binary: bytes) -> bytes:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<II", len(text), 0x4E4F534A) + text
    if binary:
        chunks += struct.pack("<II", len(binary), 0x004E4942) + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks
