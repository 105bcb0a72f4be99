"""What several rules need to know of a model, each made once and only when asked for."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ifcopenshell

from bim.extract import Entity
from bim.validity.crossing import Flags, plainly_simple
from bim.validity.loops import Floats, Loops, flat, read_loops

PRECISION = 1e-5
"""Taken where no context of an entity states one, in length units of the model."""
Shape = tuple[Entity, str | None, str | None]
"""A representation with its identifier and type."""
_FAR = 500
"""Entities looked through, at most, in search of the object that one describes."""


@dataclass(frozen=True)
class Facts:
    """A model that is open, and tables over it."""

    model: ifcopenshell.file

    @property
    def schema(self) -> str:
        """IFC2X3, IFC4 or IFC4X3; addenda are not told apart."""
        name: str = self.model.schema
        return name

    def of(self, *kinds: str) -> list[Entity]:
        """All entities of these classes and their subclasses; none of a class that the schema does not know."""
        return [entity for kind in kinds for entity in self._of(kind)]

    def _of(self, kind: str) -> list[Entity]:
        try:
            return list(self.model.by_type(kind))
        except RuntimeError:
            return []

    @cached_property
    def whole(self) -> dict[int, list[Entity]]:
        """By the number of a part: what aggregates it."""
        return self._inverted("IfcRelAggregates", "RelatingObject", "RelatedObjects")

    @cached_property
    def nest(self) -> dict[int, list[Entity]]:
        """By the number of a nested object: what nests it."""
        return self._inverted("IfcRelNests", "RelatingObject", "RelatedObjects")

    @cached_property
    def container(self) -> dict[int, list[Entity]]:
        """By the number of a product: the spatial elements that contain it."""
        return self._inverted("IfcRelContainedInSpatialStructure", "RelatingStructure", "RelatedElements")

    @cached_property
    def parts(self) -> dict[int, list[Entity]]:
        """By the number of a whole: what it aggregates."""
        return self._forward("IfcRelAggregates", "RelatingObject", "RelatedObjects")

    @cached_property
    def nested(self) -> dict[int, list[Entity]]:
        """By the number of an object: what it nests, in order."""
        return self._forward("IfcRelNests", "RelatingObject", "RelatedObjects")

    @cached_property
    def typed(self) -> dict[int, Entity]:
        """By the number of an object: its type object."""
        return {number: types[0] for number, types in self._types.items()}

    @cached_property
    def _types(self) -> dict[int, list[Entity]]:
        return self._inverted("IfcRelDefinesByType", "RelatingType", "RelatedObjects")

    def _pairs(self, relation: str, one: str, many: str) -> Iterator[tuple[Entity, Entity]]:
        for entity in self._of(relation):
            relating = getattr(entity, one)
            if relating is not None:
                yield from ((relating, related) for related in getattr(entity, many) or ())

    def _inverted(self, relation: str, one: str, many: str) -> dict[int, list[Entity]]:
        table = defaultdict[int, list[Entity]](list)
        for relating, related in self._pairs(relation, one, many):
            table[related.id()].append(relating)
        return dict(table)

    def _forward(self, relation: str, one: str, many: str) -> dict[int, list[Entity]]:
        table = defaultdict[int, list[Entity]](list)
        for relating, related in self._pairs(relation, one, many):
            table[relating.id()].append(related)
        return dict(table)

    def said(self, entity: Entity, name: str) -> Any:
        """The attribute `name` of `entity`, None where its class has no such attribute."""
        key = entity.is_a(), name
        if key not in self._has:
            self._has[key] = hasattr(entity, name)
        return getattr(entity, name) if self._has[key] else None

    @cached_property
    def _has(self) -> dict[tuple[str, str], bool]:
        return {}

    @cached_property
    def shaped(self) -> list[tuple[Entity, list[Shape]]]:
        """Products that have a shape, with their representations."""
        found = []
        for product in self._of("IfcProduct"):
            representation = product.Representation
            if representation is not None:
                shapes = [(shape, shape[1], shape[2]) for shape in representation[2] or ()]
                found.append((product, shapes))
        return [(product, shapes) for product, shapes in found if shapes]

    @cached_property
    def described(self) -> dict[int, list[Entity]]:
        """By the number of a property or quantity set: the objects and types that it describes."""
        table = defaultdict[int, list[Entity]](list)
        for relation in self._of("IfcRelDefinesByProperties"):
            definition = relation.RelatingPropertyDefinition
            several = definition is not None and definition.is_a("IfcPropertySetDefinitionSet")
            for found in definition.wrappedValue if several else [definition] if definition is not None else []:
                table[found.id()] += relation.RelatedObjects or ()
        for type_object in self._of("IfcTypeObject"):
            for found in type_object.HasPropertySets or ():
                table[found.id()].append(type_object)
        return dict(table)

    @cached_property
    def _precisions(self) -> set[float]:
        contexts = self.model.by_type("IfcGeometricRepresentationContext", include_subtypes=False)
        return {context.Precision or PRECISION for context in contexts}

    def precision(self, item: Entity) -> float:
        """The distance below which two points of `item` are one, in length units of the model."""
        if len(self._precisions) <= 1:
            return next(iter(self._precisions), PRECISION)
        found = [_precision(e.ContextOfItems) for e in self._above(item) if e.is_a("IfcRepresentation")]
        return max(found, default=PRECISION)

    @cached_property
    def finest(self) -> float:
        """The smallest precision of any context."""
        return min(self._precisions, default=PRECISION)

    @cached_property
    def coarsest(self) -> float:
        """The largest precision of any context, at least that which is taken where none is stated."""
        return max(self._precisions, default=PRECISION)

    @cached_property
    def loops(self) -> Loops:
        """The polygonal loops."""
        return read_loops(self.model)

    @cached_property
    def simple_loops(self) -> frozenset[int]:
        """Numbers of the loops that are plainly simple, whatever context they are in."""
        return self._loops_where(lambda points: plainly_simple(points, self.coarsest))

    @cached_property
    def flat_loops(self) -> frozenset[int]:
        """Numbers of the loops that are plainly plane, whatever context they are in."""
        return self._loops_where(lambda points: flat(points, self.finest))

    def _loops_where(self, test: Callable[[Floats], Flags]) -> frozenset[int]:
        loops = self.loops
        found = (loops.ids[places[test(points)]] for places, points in loops.by_size())
        return frozenset(number for ids in found for number in ids.tolist())

    @cached_property
    def _places(self) -> dict[tuple[float, ...], int]:
        return {}

    def place(self, vertex: Entity) -> int:
        """A name for the place of a vertex: below zero, so that none is the name of a loop's point."""
        point = getattr(vertex, "VertexGeometry", None)
        key = tuple(point.Coordinates) if point is not None and point.is_a("IfcCartesianPoint") else (vertex.id(),)
        return self._places.setdefault(key, -1 - len(self._places))

    def owner(self, entity: Entity) -> str:
        """The GlobalId of `entity`; else of the nearest object, set or relation that uses it; empty where none does."""
        if entity.is_a("IfcRoot"):
            return entity[0] or ""
        roots = [found for found in self._above(entity) if found.is_a("IfcRoot")]
        objects = (found for found in roots if found.is_a("IfcObjectDefinition"))
        nearest = next(objects, roots[0] if roots else None)
        return "" if nearest is None else nearest[0] or ""

    def _above(self, entity: Entity) -> Iterator[Entity]:
        """`entity` and what refers to it, nearest first."""
        queue, seen = [entity], {entity.id()}
        while queue and len(seen) <= _FAR:
            following = []
            for current in queue:
                yield current
                for user in self.model.get_inverse(current):
                    if user.id() not in seen:
                        seen.add(user.id())
                        following.append(user)
            queue = following


def _precision(context: Entity) -> float:
    """The precision of a context or of the context above it."""
    while context is not None and context.is_a("IfcGeometricRepresentationSubContext"):
        context = context.ParentContext
    return getattr(context, "Precision", None) or PRECISION
