"""The shapes of all elements that have a body, with their colours and openings, each representation made once."""

import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import ifcopenshell
import ifcopenshell.geom
import numpy as np

from bim.extract import Entity
from bim.orders import Kernel
from bim.scene.gltf import Colour, Floats, Shape, Surface
from bim.shapes import OPENCASCADE, body_items, has_body
from bim.soundness import Soundness

_LEFT_OUT = ("IfcFeatureElementSubtraction", "IfcVirtualElement", "IfcAnnotation", "IfcGrid", "IfcPort", "IfcSite")
"""What nobody sees, and the ground, which would make the building small."""
_FARTHEST = 1e8
_PLAIN: Colour = (0.78, 0.77, 0.74, 1.0)
_ROOM: Colour = (0.45, 0.6, 0.75, 0.35)
_COLOURS: dict[str, Colour] = {
    "IfcWall": (0.86, 0.83, 0.77, 1.0),
    "IfcSlab": (0.72, 0.71, 0.69, 1.0),
    "IfcRoof": (0.66, 0.45, 0.38, 1.0),
    "IfcDoor": (0.60, 0.44, 0.30, 1.0),
    "IfcWindow": (0.55, 0.72, 0.82, 0.45),
    "IfcStair": (0.70, 0.68, 0.64, 1.0),
    "IfcRailing": (0.42, 0.44, 0.46, 1.0),
}
"""By the beginning of the class, where the model gives no colour."""


@dataclass
class Made:
    """Shapes by their key, and for each element (by number) its shape's key and where it stands in the model."""

    shapes: dict[str, Shape] = field(default_factory=dict)
    placed: dict[int, tuple[str, Floats]] = field(default_factory=dict)


def visible(model: ifcopenshell.file) -> list[Entity]:
    """The elements to show, rooms among them, which can be given to a kernel."""
    soundness = Soundness(model)
    products: list[Entity] = [p for p in model.by_type("IfcProduct") if not any(map(p.is_a, _LEFT_OUT))]
    return [p for p in products if has_body(p) and soundness.of(p, _made_of(p))]


def make(
    model: ifcopenshell.file, elements: list[Entity], kernel: Kernel, progress: Callable[[float], None]
) -> Made:  # fmt: skip
    """Shapes of `elements`; one that no kernel makes is missing in `placed`."""
    made = Made()
    for shape in _run(model, elements, kernel):
        _take(made, model.by_id(shape.id), shape)
        progress(len(made.placed) / max(len(elements), 1))
    if kernel != OPENCASCADE:
        for element in elements:
            if element.id() not in made.placed:
                _retry(made, element)
    return made


def _made_of(element: Entity) -> list[Entity]:
    voids = getattr(element, "HasOpenings", None) or ()
    cut = [relation.RelatedOpeningElement for relation in voids]
    return [item for one in (element, *cut) for item in body_items(one)]


def _settings() -> Any:
    settings: Any = ifcopenshell.geom.settings()  # type: ignore[no-untyped-call]  # the library publishes no types
    settings.set("no-normals", True)  # noqa: FBT003 - the library's signature
    return settings


def _run(model: ifcopenshell.file, elements: list[Entity], kernel: Kernel) -> Iterator[Any]:
    if not elements:
        return
    threads = min(multiprocessing.cpu_count(), 4)
    iterator: Any = ifcopenshell.geom.iterator(_settings(), model, threads, include=elements, geometry_library=kernel)
    if not iterator.initialize():
        return
    while True:
        yield iterator.get()
        if not iterator.next():
            return


def _retry(made: Made, element: Entity) -> None:
    """What the fast kernel lost gets a second chance with the thorough one."""
    try:
        shape = ifcopenshell.geom.create_shape(_settings(), element, geometry_library=OPENCASCADE)
    except RuntimeError:
        return  # counted as lost
    _take(made, element, shape)


def _take(made: Made, element: Entity, shape: Any) -> None:
    """Keep the shape, moved to its own middle so that single precision is enough for it."""
    vertices = np.frombuffer(shape.geometry.verts_buffer, np.float64).reshape(-1, 3)
    if not len(vertices) or not (np.abs(vertices) < _FARTHEST).all():
        return
    key = f"{shape.geometry.id}/{_class_colour(element)}"
    middle = np.round((vertices.min(axis=0) + vertices.max(axis=0)) / 2, 3)
    if key not in made.shapes:
        surfaces = tuple(_surfaces(shape.geometry, element))
        if not surfaces:
            return
        made.shapes[key] = Shape(vertices - middle, surfaces)
    matrix = np.array(shape.transformation.matrix, np.float64).reshape(4, 4).T
    made.placed[element.id()] = (key, matrix @ _moved(middle))


def _moved(by: Floats) -> Floats:
    matrix = np.eye(4)
    matrix[:3, 3] = by
    return matrix


def _surfaces(geometry: Any, element: Entity) -> Iterator[Surface]:
    """The triangles by their material; rooms and what has no material in the colour of their class."""
    faces = np.frombuffer(geometry.faces_buffer, np.int32).reshape(-1, 3)
    materials = np.frombuffer(geometry.material_ids_buffer, np.int32)
    if element.is_a("IfcSpace") or len(materials) != len(faces):
        materials = np.full(len(faces), -1, np.int32)
    own = _class_colour(element)
    by_colour: dict[Colour, list[Any]] = {}
    for number in sorted(set(materials.tolist())):
        colour = own if number < 0 else _colour(geometry.materials[number], own)
        by_colour.setdefault(colour, []).append(faces[materials == number])
    for colour, parts in by_colour.items():
        if any(map(len, parts)):
            yield Surface(np.concatenate(parts), colour)


def _class_colour(element: Entity) -> Colour:
    if element.is_a("IfcSpace"):
        return _ROOM
    name: str = element.is_a()
    return next((colour for known, colour in _COLOURS.items() if name.startswith(known)), _PLAIN)


def _colour(material: Any, own: Colour) -> Colour:
    """As the model says; the library's own white stands for nothing said."""
    if not material.name.startswith("IfcSurfaceStyle"):
        return own
    red, green, blue = (round(float(value), 3) for value in _components(material.diffuse))
    clear = float(material.transparency) if material.transparency == material.transparency else 0.0
    return (red, green, blue, round(min(max(1.0 - clear, 0.1), 1.0), 3))


def _components(colour: Any) -> tuple[float, float, float]:
    red, green, blue = getattr(colour, "components", colour)
    return red, green, blue
