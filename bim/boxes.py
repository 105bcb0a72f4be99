"""Where the elements that a finding mentions are, for a camera to look at them."""

from collections.abc import Iterable, Sequence

import ifcopenshell

from bim.extract import by_guid, unit_scale
from bim.positions import Positions
from bim.report import Box
from bim.shapes import Mesh


def of_elements(model: ifcopenshell.file, keys: Iterable[str], meshes: Sequence[Mesh]) -> dict[str, Box]:
    """The box of each element's shape, of its origin where no shape was made; left out where neither is known."""
    shaped = {mesh.id: mesh for mesh in meshes}
    metre, positions = unit_scale(model, "LENGTHUNIT"), Positions()
    found = {key: _of_mesh(shaped[key]) if key in shaped else _of_origin(model, key, metre, positions) for key in keys}
    return {key: box for key, box in found.items() if box is not None}


def _of_mesh(mesh: Mesh) -> Box:
    low, high = mesh.vertices.min(axis=0), mesh.vertices.max(axis=0)
    return (*low.tolist(), *high.tolist())


def _of_origin(model: ifcopenshell.file, key: str, metre: float, positions: Positions) -> Box | None:
    element = by_guid(model, key)
    if element is None or not element.is_a("IfcProduct"):
        return None
    try:
        origin = positions.origin(element)
    except (AttributeError, TypeError, ValueError, IndexError):
        return None  # a broken placement, which the guide reports; there is nothing to look at
    if origin is None:
        return None
    x, y, z = (value * metre for value in origin)
    return (x, y, z, x, y, z)
