"""Triangles of the classes that planning rules measure, none lost without being counted.

Walls are made without their openings, so that a section through a door is still a closed wall; slabs
with theirs, since a light well is a hole in them.
"""

import multiprocessing
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any, Literal

import ifcopenshell
import ifcopenshell.geom
import numpy as np
from numpy.typing import NDArray

from bim import losses
from bim.building import Geometry3D
from bim.extract import Entity, Structure
from bim.guids import guid
from bim.plain_shapes import PlainShapes
from bim.soundness import Soundness, named_twice

Kernel = Literal["hybrid-cgal-simple-opencascade", "opencascade"]
HYBRID: Kernel = "hybrid-cgal-simple-opencascade"
OPENCASCADE: Kernel = "opencascade"

WALLS, PLATES, SPACES, STAIRS, RAMPS, FENCES = "walls", "plates", "spaces", "stairs", "ramps", "fences"
RAILINGS = "railings"
GROUPS = {
    WALLS: ("IfcWall", "IfcCurtainWall", "IfcColumn"),
    PLATES: ("IfcSlab", "IfcRoof"),
    SPACES: ("IfcSpace",),
    STAIRS: ("IfcStair", "IfcStairFlight"),
    RAMPS: ("IfcRamp", "IfcRampFlight"),
    FENCES: ("IfcWall", "IfcRailing"),  # of the site
    RAILINGS: ("IfcRailing",),
}
_FARTHEST = 1e8
"""Metres: no grid of the earth has coordinates beyond, and shapes out there have lost their centimetres."""
_CURTAIN_PARTS = ("IfcPlate", "IfcMember")
_BODY = {"", "Body", "Facetation", "Body-FallBack"}
_FLAT = {"Curve2D", "Curve3D", "Annotation2D", "BoundingBox", "FootPrint", "GeometricCurveSet", "Point", "Curve"}


@dataclass(frozen=True)
class Mesh:
    """A triangulated element: vertices (N, 3) in metres of the model, faces (M, 3) indices into them."""

    id: str
    group: str
    ifc_class: str
    role: str
    vertices: NDArray[np.float64]
    faces: NDArray[np.int32]

    @property
    def low(self) -> float:
        """The least z."""
        return float(self.vertices[:, 2].min())

    @property
    def high(self) -> float:
        """The greatest z."""
        return float(self.vertices[:, 2].max())


def tessellate(
    model: ifcopenshell.file, structure: Structure, *, kernel: Kernel = HYBRID, progress: Callable[[float], None]
) -> tuple[list[Mesh], Geometry3D]:
    """Meshes of the planning classes and an account of what was asked for, made and lost.

    Lost is what no kernel makes, what none makes whole, and what has neither a body nor parts that have one.
    """
    wanted = {group: _elements(model, structure, group) for group in GROUPS}
    problem = losses.problem(model)
    meshes = _meshes(model, wanted, kernel, progress) if problem is None else {}
    lost = {
        group: tuple(sorted(guid(e) for e in elements if e.id() not in meshes))
        for group, elements in wanted.items()
        if any(e.id() not in meshes for e in elements)
    }
    return list(meshes.values()), Geometry3D(problem, sum(map(len, wanted.values())), len(meshes), lost)


def _meshes(
    model: ifcopenshell.file, wanted: dict[str, list[Entity]], kernel: Kernel, progress: Callable[[float], None]
) -> dict[int, Mesh]:
    """The whole meshes of elements that have a sound body, by number: plain ones by ourselves, the rest by a kernel."""
    twice = named_twice([*wanted[SPACES], *wanted[STAIRS], *wanted[RAMPS]])
    bodies = {g: {e.id(): body_items(e) for e in es if e.id() not in twice} for g, es in wanted.items()}
    total = max(sum(len(items) for items in bodies.values()), 1)
    meshes: dict[int, Mesh] = {} if kernel == OPENCASCADE else _plain(model, bodies)

    def done(mesh: Mesh, element: int) -> None:
        meshes[element] = mesh
        progress(len(meshes) / total)

    shaped = _sound(model, bodies, meshes)
    losses.unconverted()  # what was said before is not about these
    _run(model, shaped[WALLS], WALLS, kernel, done)
    others = {e.id(): group for group in GROUPS if group != WALLS for e in shaped[group]}
    _run(model, [model.by_id(i) for i in others], others, kernel, done)
    if kernel != OPENCASCADE:
        _retry(model, shaped, meshes)
    unread = losses.unconverted()
    made = [(group, e) for group, elements in shaped.items() for e in elements if unread and e.id() in meshes]
    for group, element in made:
        if losses.touched(model, _made_of(element, group), unread):
            del meshes[element.id()]
    return meshes


def _plain(model: ifcopenshell.file, bodies: dict[str, dict[int, list[Entity]]]) -> dict[int, Mesh]:
    """Elements whose shape needs no kernel."""
    plain = PlainShapes(model)
    found: dict[int, Mesh] = {}
    for group, items in bodies.items():
        for number, body in items.items():
            element = model.by_id(number)
            cuts = _openings(element, group)
            if not isinstance(element[0], str) or any(len(_bodies(e)) != 1 for e in (element, *cuts)):
                continue
            triangles = plain.of(element, body, [(opening, body_items(opening)) for opening in cuts])
            if triangles is not None:
                name: str = element.is_a()  # type: ignore[no-untyped-call]  # the library publishes no types
                found[number] = Mesh(guid(element), group, name, _role(element), *triangles)
    return found


def _sound(
    model: ifcopenshell.file, bodies: dict[str, dict[int, list[Entity]]], made: Container[int]
) -> dict[str, list[Entity]]:
    """What is left that can be given to a kernel."""
    soundness = Soundness(model)
    left = {g: [model.by_id(i) for i, body in items.items() if body and i not in made] for g, items in bodies.items()}
    return {group: [e for e in es if soundness.of(e, _made_of(e, group))] for group, es in left.items()}


def _made_of(element: Entity, group: str) -> list[Entity]:
    """The items of the element's shape, with those of its openings where they are cut out of it."""
    return [item for made in (element, *_openings(element, group)) for item in body_items(made)]


def _openings(element: Entity, group: str) -> list[Entity]:
    """The openings that are cut out of an element: none out of a wall."""
    voids = () if group == WALLS else getattr(element, "HasOpenings", None) or ()
    return [relation.RelatedOpeningElement for relation in voids]


def _elements(model: ifcopenshell.file, structure: Structure, group: str) -> list[Entity]:
    """The elements of `group` that should have a shape: they have a body, or neither that nor parts that have one.

    Walls and railings of the site are fences and are no part of the building.
    """
    found = {e.id(): e for name in GROUPS[group] for e in model.by_type(name)}
    if group == WALLS:
        curtain = [e for name in _CURTAIN_PARTS for e in model.by_type(name) if _in_curtain(e, structure)]
        found |= {e.id(): e for e in curtain}
    shaped = {i for i, e in found.items() if has_body(e)}
    shown = shaped.union(parent.id() for i in shaped for parent in structure.above(found[i]))
    wanted = [e for i, e in sorted(found.items()) if i in shaped or i not in shown]
    return [e for e in wanted if _on_site(e, structure) == (group == FENCES)]


def _in_curtain(element: Entity, structure: Structure) -> bool:
    parent = structure.parent.get(element.id())
    return parent is not None and parent.is_a("IfcCurtainWall")


def _on_site(element: Entity, structure: Structure) -> bool:
    parent = next(iter(structure.above(element)), None)
    return parent is not None and parent.is_a("IfcSite")


def has_body(element: Entity) -> bool:
    """Whether some representation of `element` is meant as its solid shape."""
    return bool(body_items(element))


def body_items(element: Entity) -> list[Entity]:
    """The items of every representation of `element` that is meant as its solid shape."""
    return [item for representation in _bodies(element) for item in representation[3] or ()]


def _bodies(element: Entity) -> list[Entity]:
    shape = element.Representation
    return [r for r in (shape.Representations or ()) if is_body(r[1], r[2])] if shape is not None else []


def is_body(name: str | None, kind: str | None) -> bool:
    """Whether a representation of that identifier and type is meant as a solid shape."""
    return (name or "") in _BODY and kind not in _FLAT


def _settings(*, openings: bool) -> Any:
    settings: Any = ifcopenshell.geom.settings()  # type: ignore[no-untyped-call]  # the library publishes no types
    settings.set("use-world-coords", True)  # noqa: FBT003 - the library's signature
    settings.set("disable-opening-subtractions", not openings)
    settings.set("no-normals", True)  # noqa: FBT003 - the same
    return settings


def _run(
    model: ifcopenshell.file,
    elements: list[Entity],
    group: str | dict[int, str],
    kernel: Kernel,
    done: Callable[[Mesh, int], None],
) -> None:
    """One pass of the iterator over `elements`; an element without triangles is left out."""
    if not elements:
        return
    settings = _settings(openings=group != WALLS)
    threads = min(multiprocessing.cpu_count(), 4)
    iterator: Any = ifcopenshell.geom.iterator(settings, model, threads, include=elements, geometry_library=kernel)
    if not iterator.initialize():
        return
    while True:
        shape = iterator.get()
        of = group if isinstance(group, str) else group[shape.id]
        mesh = _mesh(model, shape.geometry, model.by_id(shape.id), of)
        if mesh is not None:
            done(mesh, shape.id)
        if not iterator.next():
            return


def _mesh(model: ifcopenshell.file, geometry: Any, element: Entity, group: str) -> Mesh | None:
    """Copy the buffers out, since the iterator reuses its memory; None for a shape that is empty or not whole."""
    vertices = np.frombuffer(geometry.verts_buffer, np.float64).reshape(-1, 3).copy()
    faces = np.frombuffer(geometry.faces_buffer, np.int32).reshape(-1, 3).copy()
    if not len(faces) or not (np.abs(vertices) < _FARTHEST).all():  # what is no number is not less either
        return None
    if not losses.complete(model, geometry, body_items(element)):
        return None
    return Mesh(guid(element), group, element.is_a(), _role(element), vertices, faces)


def _role(element: Entity) -> str:
    return getattr(element, "PredefinedType", None) or ""


def _retry(model: ifcopenshell.file, shaped: dict[str, list[Entity]], meshes: dict[int, Mesh]) -> None:
    """Elements the fast kernel lost get a second chance with the thorough one."""
    for group, elements in shaped.items():
        settings = _settings(openings=group != WALLS)
        for element in elements:
            if element.id() in meshes:
                continue
            try:
                shape: Any = ifcopenshell.geom.create_shape(settings, element, geometry_library=OPENCASCADE)
            except RuntimeError:
                continue  # counted as lost, which makes the rules that need it undecided
            mesh = _mesh(model, shape.geometry, element, group)
            if mesh is not None:
                meshes[element.id()] = mesh
