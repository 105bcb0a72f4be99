"""Prisms as binary glTF 2.0 (ISO/IEC 12113), for every 3D viewer: y up, metres from the south-western corner.

glTF keeps single precision, which a grid's coordinates would lose centimetres to; so the corner that the scene is
counted from is told in its extras as `origin`, with `grid`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.polygon import orient

from gis.envelope import Prism

if TYPE_CHECKING:
    import trimesh

Colour = tuple[float, float, float, float]
"""Red, green, blue and opacity, each from 0 to 1."""


@dataclass(frozen=True)
class Part:
    """What is drawn in one colour under one name."""

    name: str
    prisms: tuple[Prism, ...]
    colour: Colour


def glb(parts: Sequence[Part], *, grid: str, origin: Sequence[float] | None = None) -> bytes:
    """The scene; parts without a prism are left out, and a scene without any has no meshes.

    `origin` is what another scene is counted from, so that both can be shown together.
    """
    import trimesh  # heavy: a server starts without, until somebody asks for a scene

    shown = [part for part in parts if part.prisms]
    corner = _corner(shown) if origin is None else np.asarray(origin, np.float64)
    scene = trimesh.Scene(metadata={"grid": grid, "origin": corner.tolist()})
    for part in shown:
        meshes = [_mesh(prism, corner) for prism in part.prisms]
        mesh: Any = trimesh.util.concatenate(meshes)
        mesh.visual = trimesh.visual.TextureVisuals(material=_material(part.colour))
        scene.add_geometry(mesh, node_name=part.name, geom_name=part.name)
    return bytes(scene.export(file_type="glb"))


def _corner(parts: Sequence[Part]) -> NDArray[np.float64]:
    """The least x, y and level of all, to the centimetre."""
    bounds = [(*prism.region.bounds[:2], prism.bottom) for part in parts for prism in part.prisms]
    return np.round(np.min(bounds, axis=0), 2) if bounds else np.zeros(3)


def _material(colour: Colour) -> Any:
    from trimesh.visual.material import PBRMaterial

    mode = "OPAQUE" if colour[3] >= 1 else "BLEND"
    return PBRMaterial(
        baseColorFactor=colour, metallicFactor=0.0, roughnessFactor=0.9, alphaMode=mode, doubleSided=True
    )


def _mesh(prism: Prism, origin: NDArray[np.float64]) -> "trimesh.Trimesh":
    """Both caps and the walls of every polygon, faces counter-clockwise from outside."""
    import trimesh

    triangles = np.concatenate(
        [np.array(list(_faces(p, prism))) for p in getattr(prism.region, "geoms", [prism.region])]
    )
    points = triangles.reshape(-1, 3) - origin
    y_up = np.column_stack([points[:, 0], points[:, 2], -points[:, 1]])
    return trimesh.Trimesh(y_up, np.arange(len(points)).reshape(-1, 3), process=False)


def _faces(polygon: Any, prism: Prism) -> Iterator[list[tuple[float, float, float]]]:
    polygon = orient(polygon)
    for triangle in shapely.constrained_delaunay_triangles(polygon).geoms:
        flat = [(x, y) for x, y, *_ in orient(triangle).exterior.coords[:3]]
        yield [(x, y, prism.top) for x, y in flat]
        yield [(x, y, prism.bottom) for x, y in reversed(flat)]
    for ring in (polygon.exterior, *polygon.interiors):
        points = [(x, y) for x, y, *_ in ring.coords]
        for (x0, y0), (x1, y1) in pairwise(points):
            yield [(x0, y0, prism.bottom), (x1, y1, prism.bottom), (x1, y1, prism.top)]
            yield [(x0, y0, prism.bottom), (x1, y1, prism.top), (x0, y0, prism.top)]
