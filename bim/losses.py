"""What a kernel loses without a word: items of a body, operands of a boolean, elements that never had a shape.

A kernel that cannot make one item of a body gives the element without it, and one that cannot make the second operand
of a boolean gives the first one uncut. Both look like any other shape, so what came is held against what was asked.
"""

import re
from graphlib import CycleError, TopologicalSorter
from typing import Any

import ifcopenshell
import numpy as np

from bim.extract import Entity, known_scale
from bim.findings import Reason

_UNCONVERTED = re.compile(r"Failed to convert:\s*\n#(\d+)=")
_DECOMPOSE = ("IfcRelAggregates", "IfcRelNests")
_WHOLE, _PARTS = 4, 5


def problem(model: ifcopenshell.file) -> Reason | None:
    """Why no shape may be asked for.

    That is a length unit that is not known, since metres are then a guess; or a whole that is part of itself, on
    which the kernel's walk never ends.
    """
    if known_scale(model, "LENGTHUNIT") is None:
        return Reason("no_length_unit")
    above: dict[int, set[int]] = {}
    for relation in (r for name in _DECOMPOSE for r in model.by_type(name)):
        whole = relation[_WHOLE]
        for part in (relation[_PARTS] or ()) if whole is not None else ():
            above.setdefault(part.id(), set()).add(whole.id())
    try:
        TopologicalSorter(above).prepare()
    except CycleError:
        return Reason("decomposition_cycle")
    return None


def unconverted() -> set[int]:
    """The entities that the kernel says it could not read since this was last asked."""
    log: str = ifcopenshell.get_log()  # type: ignore[no-untyped-call]  # the library publishes no types
    return {int(number) for number in _UNCONVERTED.findall(log)}


def complete(model: ifcopenshell.file, geometry: Any, items: list[Entity]) -> bool:
    """Whether every item of a body has triangles in `geometry`."""
    made = set(np.frombuffer(geometry.item_ids_buffer, np.int32).tolist())
    leaves = {leaf.id(): leaf for item in items for leaf in _leaves(item)}
    # Triangles of a surface model are named by its faces, and those of others by the item itself.
    return all(number in made or _any_part(model, leaf, made) for number, leaf in leaves.items())


def _leaves(item: Entity) -> list[Entity]:
    """The item, or what it maps."""
    found, ahead, seen = [], [item], {item.id()}
    while ahead:
        current = ahead.pop()
        if not current.is_a("IfcMappedItem"):
            found.append(current)
            continue
        for inner in current[0][1][3] or ():
            if inner.id() not in seen:
                seen.add(inner.id())
                ahead.append(inner)
    return found


def _any_part(model: ifcopenshell.file, item: Entity, made: set[int]) -> bool:
    return any(part.id() in made for part in model.traverse(item))


def touched(model: ifcopenshell.file, items: list[Entity], numbers: set[int]) -> bool:
    """Whether a body with these items is made of any of the entities."""
    return any(part.id() in numbers for item in items for part in model.traverse(item))
