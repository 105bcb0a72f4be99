"""What must not be given to a kernel: it would take half of it without a word, or break with everything else.

A point without coordinates stands at the origin for it, a placement without a location too, a line without points
ends the process, and an element without a name ends the thread that shapes it, for which it then waits for ever.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import ifcopenshell

from bim.extract import Entity

_LARGEST = 1e12
"""In units of the model, so that millimetres are far enough too; the squares of larger ones are infinite at last."""


def _point(entity: Entity) -> bool:
    return _numbers(entity[0])


def _numbers(values: Any) -> bool:
    return len(values) >= 2 and all(-_LARGEST < value < _LARGEST for value in values)


def _located(entity: Entity) -> bool:
    return entity[0] is not None


_TESTS: dict[str, Callable[[Entity], bool]] = {
    "IfcCartesianPoint": _point,
    "IfcDirection": _point,
    "IfcAxis2Placement2D": _located,
    "IfcAxis2Placement3D": _located,
    "IfcPolyline": lambda entity: len(entity[0]) >= 2,
    "IfcPolyLoop": lambda entity: len(entity[0]) >= 3,
}


class Soundness:
    """Whether an element can be shaped; placements are looked at once."""

    def __init__(self, model: ifcopenshell.file) -> None:
        self._model = model
        self._placed: dict[int, bool] = {}

    def of(self, element: Entity, items: Iterable[Entity]) -> bool:
        """Whether an element, whose shape is made of `items`, has a name, a place and nothing unsound in its shape."""
        if not isinstance(element[0], str) or not self._places(element.ObjectPlacement):
            return False
        return all(self._sound(part) for item in items for part in self._model.traverse(item))

    def _places(self, placement: Entity) -> bool:
        """Follow the placements outwards, to one that is known already or to the world; a cycle ends the walk."""
        chain = []
        while placement is not None and placement.id() not in self._placed:
            self._placed[placement.id()] = True
            chain.append(placement)
            placement = placement[0] if placement.is_a("IfcLocalPlacement") else None
        sound = placement is None or self._placed[placement.id()]
        for inner in reversed(chain):
            sound = self._placed[inner.id()] = sound and self._stands(inner)
        return sound

    def _stands(self, placement: Entity) -> bool:
        if not placement.is_a("IfcLocalPlacement"):
            return True
        return placement[1] is not None and all(map(self._sound, self._model.traverse(placement[1])))

    def _sound(self, part: Entity) -> bool:
        test = _TESTS.get(part.is_a())
        if test is None:
            return True
        try:
            return test(part)
        except TypeError:  # what should be a list of numbers is none
            return False


def named_twice(elements: Iterable[Entity]) -> set[int]:
    """The numbers of elements that share their GlobalId, so that nothing that is said of it is said of one of them."""
    known = list(elements)
    count = Counter(element[0] for element in known)
    return {element.id() for element in known if count[element[0]] > 1}
