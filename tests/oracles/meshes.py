"""Triangles by the kernel, and what can be told from them; walls and slabs without their openings."""

import multiprocessing
from dataclasses import dataclass
from typing import Any

import ifcopenshell
import ifcopenshell.geom
import numpy as np
import shapely
from numpy.typing import NDArray

HYBRID, OPENCASCADE = "hybrid-cgal-simple-opencascade", "opencascade"


@dataclass(frozen=True)
class Mesh:
    """Vertices (N, 3) in metres of the model, faces (M, 3) indices into them."""

    vertices: NDArray[np.float64]
    faces: NDArray[np.int32]

    @property
    def low(self) -> NDArray[np.float64]:
        """Least x, y and z."""
        return np.asarray(self.vertices.min(axis=0))

    @property
    def high(self) -> NDArray[np.float64]:
        """Greatest x, y and z."""
        return np.asarray(self.vertices.max(axis=0))

    @property
    def plan(self) -> Any:
        """The shadow of all triangles."""
        corners = self.vertices[self.faces][:, :, :2]
        triangles = shapely.polygons(corners)
        return shapely.union_all(triangles[shapely.area(triangles) > 1e-9])

    def inside(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """The vertices in the coordinates of a placement."""
        moved = np.c_[self.vertices, np.ones(len(self.vertices))] @ np.linalg.inv(matrix).T
        return np.asarray(moved[:, :3])


def meshes(model: ifcopenshell.file, asked: list[Any]) -> dict[int, Mesh]:
    """Meshes of the products with a body; what the fast kernel loses is tried again by the thorough one."""
    products = [p for p in asked if p.Representation and not p.is_a("IfcAnnotation")]
    made = _run(model, products, HYBRID) if products else {}
    lost = [p for p in products if p.id() not in made]
    return made | (_run(model, lost, OPENCASCADE) if lost else {})


def _run(model: ifcopenshell.file, products: list[Any], kernel: Any) -> dict[int, Mesh]:
    settings: Any = ifcopenshell.geom.settings()  # type: ignore[no-untyped-call]  # the library publishes no types
    settings.set("use-world-coords", True)
    settings.set("disable-opening-subtractions", True)
    settings.set("no-normals", True)
    threads = min(multiprocessing.cpu_count(), 2)
    iterator: Any = ifcopenshell.geom.iterator(settings, model, threads, include=products, geometry_library=kernel)
    made: dict[int, Mesh] = {}
    running = iterator.initialize()
    while running:
        shape = iterator.get()
        vertices = np.frombuffer(shape.geometry.verts_buffer, np.float64).reshape(-1, 3).copy()
        faces = np.frombuffer(shape.geometry.faces_buffer, np.int32).reshape(-1, 3).copy()
        if len(faces) and np.isfinite(vertices).all():
            made[shape.id] = Mesh(vertices, faces)
        running = iterator.next()
    return made
