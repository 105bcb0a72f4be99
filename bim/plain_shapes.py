"""Shapes that need no geometry kernel: extruded and clipped polygons, flat faces, and what maps them.

What is read here is read strictly: a body of anything else, a placement that is not quite one, a number that is none,
a face that is not flat, and the element is left to a kernel. So nothing is guessed.
"""

from collections.abc import Sequence

import ifcopenshell
import numpy as np

from bim.axes import Matrix, NotPlain, axes, joined, moved, operator
from bim.clipping import Triangles, without_solids
from bim.extract import Entity, unit_scale
from bim.extrusions import clipped, extruded
from bim.faces import FACETED, faceted

Openings = Sequence[tuple[Entity, Sequence[Entity]]]


class PlainShapes:
    """Reads the elements of one model; placements and mapped bodies are read once."""

    def __init__(self, model: ifcopenshell.file) -> None:
        self._metre = unit_scale(model, "LENGTHUNIT")
        self._placed: dict[int, Matrix] = {}
        self._mapped: dict[int, list[Triangles]] = {}
        self._plain = _world_is_plain(model)

    def of(self, element: Entity, items: Sequence[Entity], openings: Openings = ()) -> Triangles | None:
        """The element whose body has these items, without its openings; None where a kernel must make it.

        `openings` are elements, each with the items of its body.
        """
        if not self._plain or not items:
            return None
        try:
            body = self._placed_body(element, items)
            if not openings:
                return body
            return without_solids(body, [self._placed_body(opening, inner) for opening, inner in openings])
        except (NotPlain, TypeError, ValueError, AttributeError, IndexError, RuntimeError, RecursionError):
            return None

    def _placed_body(self, element: Entity, items: Sequence[Entity]) -> Triangles:
        place = self._placement(element.ObjectPlacement)
        return moved(joined([part for item in items for part in self._item(item)]), place, self._metre)

    def _item(self, item: Entity) -> list[Triangles]:
        kind = item.is_a()
        if kind == "IfcExtrudedAreaSolid":
            return [extruded(item)]
        if kind == "IfcBooleanClippingResult":
            return [clipped(joined(self._item(item[1])), item[0], item[2])]
        if kind in FACETED:
            return [faceted(item)]
        if kind != "IfcMappedItem":
            raise NotPlain(kind)
        source = item[0]
        if source.id() not in self._mapped:
            self._mapped[source.id()] = []  # a body that maps itself finds nothing in itself
            origin = axes(source[0])
            inner = [part for one in source[1][3] for part in self._item(one)]
            if not inner:
                raise NotPlain(kind)
            self._mapped[source.id()] = [moved(part, origin) for part in inner]
        if not self._mapped[source.id()]:
            raise NotPlain(kind)
        target = operator(item[1])
        return [moved(part, target) for part in self._mapped[source.id()]]

    def _placement(self, placement: Entity) -> Matrix:
        """World coordinates of a chain of local placements, in units of the model."""
        chain: list[Entity] = []
        while placement is not None and placement.id() not in self._placed:
            if placement.is_a() != "IfcLocalPlacement" or len(chain) > 100:
                raise NotPlain(placement.is_a())
            chain.append(placement)
            placement = placement[0]
        matrix = np.eye(4) if placement is None else self._placed[placement.id()]
        for inner in reversed(chain):
            matrix = self._placed[inner.id()] = matrix @ axes(inner[1])
        return matrix


def _world_is_plain(model: ifcopenshell.file) -> bool:
    """Whether no context turns or shifts its shapes, which is for a kernel to apply."""
    try:
        worlds = [context.WorldCoordinateSystem for context in model.by_type("IfcGeometricRepresentationContext")]
        return all(w is None or not w.is_a("IfcAxis2Placement3D") or np.allclose(axes(w), np.eye(4)) for w in worlds)
    except (NotPlain, TypeError, ValueError, AttributeError, IndexError, RuntimeError):
        return False
