"""The work of the confined child: read the model, shape all that can be seen, place it, write it as one scene."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ifcopenshell
import numpy as np

from bim.building import Placement
from bim.extract import Entity, Structure, extent, extract, host
from bim.georeference import Box
from bim.ground import on_ground
from bim.guids import guid, said
from bim.inspect import BROKEN, open_model
from bim.orders import Go, SceneJob
from bim.placement import level, place
from bim.refusals import RefusedError
from bim.scene.gltf import Floats, Node, glb
from bim.scene.shapes import Made, make, visible
from bim.shapes import GROUPS, HYBRID, PLATES, WALLS

Progress = Callable[[str, float], None]
_Y_UP = np.array([[1.0, 0, 0, 0], [0, 0, 1.0, 0], [0, -1.0, 0, 0], [0, 0, 0, 1.0]])


def prepare(_job: SceneJob) -> None:
    """Nothing but this module's libraries is needed beforehand."""


def inspect(job: SceneJob, go: Go, _prepared: Callable[[], None], progress: Progress) -> bytes:
    """The scene: on a plot in its grid, otherwise in the model's own metres."""
    progress("open", 0.0)
    model = open_model(job.model, go)
    try:
        structure, elements = Structure(model), visible(model)
        progress("geometry", 0.0)
        made = make(model, elements, job.kernel or HYBRID, lambda share: progress("geometry", share))
        box = _box(made, [e for e in elements if any(map(e.is_a, _PLANNED))]) or _box(made, elements)
        site = on_ground(job.site)
        placement = None if site is None else place(model, site, box or extent(model), job.ties)[0]
        progress("measure", 0.0)
        return _scene(model, structure, elements, made, placement)
    except BROKEN as error:
        raise RefusedError("invalid_model", error=f"{type(error).__name__}: {error}"[:300]) from error


_PLANNED = (*GROUPS[WALLS], *GROUPS[PLATES])
"""What the review places the building by, so that it stands at the same place here."""


def _scene(
    model: ifcopenshell.file, structure: Structure, elements: Sequence[Entity], made: Made, placement: Placement | None
) -> bytes:
    shown = [element for element in elements if element.id() in made.placed]
    world = {e.id(): _placed(placement) @ made.placed[e.id()][1] for e in shown}
    origin = _corner(made, world, shown)
    to_scene = _Y_UP @ _moved(-origin)
    nodes = [
        Node(guid(e), made.placed[e.id()][0], to_scene @ world[e.id()], _told(e, structure)) for e in shown
    ]  # fmt: skip
    extras: Mapping[str, Any] = {
        "grid": "" if placement is None else placement.grid,
        "origin": origin.tolist(),
        "storeys": _storeys(model, structure, placement, float(origin[2])),
        "lost": sorted(guid(element) for element in elements if element.id() not in made.placed),
    }
    return glb(nodes, made.shapes, extras)


def _storeys(
    model: ifcopenshell.file, structure: Structure, placement: Placement | None, zero: float
) -> list[dict[str, Any]]:
    """The storeys from below, `level` in metres of the scene."""
    levels = [
        (s.elevation if placement is None else level(placement, s.elevation), s)
        for s in extract(model, structure).storeys
    ]  # fmt: skip
    return [{"id": s.id, "name": s.name, "level": round(at - zero, 3)} for at, s in levels]


def _told(element: Entity, structure: Structure) -> dict[str, str]:
    storey = structure.storey(host(element) if element.is_a("IfcElement") else element)
    return {"class": element.is_a(), "name": said(element.Name), "storey": storey or ""}


def _placed(placement: Placement | None) -> Floats:
    """From metres of the model into the grid."""
    if placement is None:
        return np.eye(4)
    angle, scale = np.radians(placement.rotation), placement.scale
    c, s = scale * np.cos(angle), scale * np.sin(angle)
    matrix = np.eye(4)
    matrix[:3, :3] = [[c, -s, 0], [s, c, 0], [0, 0, scale * placement.stretch]]
    matrix[:3, 3] = placement.east, placement.north, placement.height
    return matrix


def _moved(by: Floats) -> Floats:
    matrix = np.eye(4)
    matrix[:3, 3] = by
    return matrix


def _corners(made: Made, matrix: Floats, element: Entity) -> Floats:
    """The eight corners (8, 3) of an element's own box, where `matrix` puts it."""
    vertices = made.shapes[made.placed[element.id()][0]].vertices
    ends = np.array([vertices.min(axis=0), vertices.max(axis=0)])
    grid = np.array(np.meshgrid(*ends.T)).reshape(3, -1).T
    moved: Floats = grid @ matrix[:3, :3].T + matrix[:3, 3]
    return moved


def _corner(made: Made, world: Mapping[int, Floats], shown: Sequence[Entity]) -> Floats:
    """The least x, y and z of all, to the centimetre."""
    if not shown:
        return np.zeros(3)
    low: Floats = np.min([_corners(made, world[e.id()], e).min(axis=0) for e in shown], axis=0)
    return np.round(low, 2)


def _box(made: Made, elements: Sequence[Entity]) -> Box | None:
    """The plan extent of some elements in metres of the model."""
    shown = [element for element in elements if element.id() in made.placed]
    if not shown:
        return None
    corners = np.concatenate([_corners(made, made.placed[e.id()][1], e) for e in shown])
    (left, low, _), (right, high, _) = corners.min(axis=0), corners.max(axis=0)
    return (float(left), float(low), float(right), float(high))
