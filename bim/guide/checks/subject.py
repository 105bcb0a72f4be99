"""What a named check sees: the model, and facts that several checks share, each computed once."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from bim.guide.checks.footprint import footprint
from bim.positions import Frame, Positions
from bim.step import Header

if TYPE_CHECKING:  # who only looks a check up need not load the parser
    import ifcopenshell
    from shapely import Polygon

    from bim.extract import Structure
    from bim.georeference import Declared

Entity = Any
"""An ifcopenshell entity instance; the library has no types."""


class Level(NamedTuple):
    """A storey: its declared elevation above its building, and its placement's height above it, metres or None."""

    storey: Entity
    elevation: float | None
    placed: float | None

    @property
    def height(self) -> float | None:
        """The declared elevation, or else the placed one."""
        return self.placed if self.elevation is None else self.elevation


class Shape(NamedTuple):
    """One representation: its identifier ("Body"), its type ("SweptSolid") and its items."""

    name: str | None
    kind: str | None
    items: tuple[Entity, ...]


@dataclass(frozen=True)
class Subject:
    """A model with its header and the bytes of its file; `others` are the companions it was handed in with.

    `discipline` is that of the model, by the names of `bim.guide.pack.Discipline`.
    """

    model: ifcopenshell.file
    structure: Structure
    header: Header
    size: int | None = None
    discipline: str = "architecture"
    others: tuple[Subject, ...] = ()

    def of(self, *kinds: str) -> list[Entity]:
        """The entities of some classes, each once; a class that the schema lacks has none."""
        found: list[Entity] = []
        for kind in kinds:
            try:
                found += self.model.by_type(kind)
            except RuntimeError:
                continue
        return found

    @cached_property
    def metre(self) -> float:
        """Metres in one length unit of the model."""
        from bim.extract import unit_scale

        return unit_scale(self.model, "LENGTHUNIT")

    @cached_property
    def square(self) -> float:
        """Square metres in one area unit of the model."""
        from bim.extract import unit_scale

        return unit_scale(self.model, "AREAUNIT")

    @cached_property
    def ids(self) -> list[str]:
        """The GlobalId of every rooted entity, empty where it has none or no text."""
        keys = [root.get_argument(0) for root in self.of("IfcRoot")]  # there are very many, and no length need be asked
        return [key if isinstance(key, str) else "" for key in keys]

    @cached_property
    def declared(self) -> Declared | None:
        """The map conversion as written."""
        from bim.georeference import declaration

        return declaration(self.model)

    @cached_property
    def grid(self) -> str:
        """The code of the declared grid, "EPSG:22770"; empty where there is none."""
        from bim.georeference import normal_grid

        return "" if self.declared is None else normal_grid(self.declared.grid)

    @cached_property
    def shapes(self) -> dict[int, list[Shape]]:
        """The representations of each physical element that has some, by the element's number."""
        shaped = ((e.id(), e[6]) for e in self.physical)
        found = ((key, shape[2] or ()) for key, shape in shaped if shape is not None)
        return {key: [Shape(r[1], r[2], r[3] or ()) for r in made] for key, made in found if made}

    @cached_property
    def bodies(self) -> dict[int, list[Entity]]:
        """The items of each physical element's body, by the element's number."""
        from bim.shapes import is_body

        solid = ((key, [r.items for r in made if is_body(r.name, r.kind)]) for key, made in self.shapes.items())
        return {key: [item for items in bodies for item in items] for key, bodies in solid if any(bodies)}

    @cached_property
    def alike(self) -> list[list[Entity]]:
        """Groups of physical elements that share placement and shape."""
        from bim.guide.checks.doubles import by_shape

        return by_shape(self)

    @cached_property
    def elements(self) -> list[Entity]:
        """Every IfcElement."""
        return self.of("IfcElement")

    @cached_property
    def kinds(self) -> dict[int, str]:
        """The class of each element by its number."""
        return {e.id(): e.is_a() for e in self.elements}

    @cached_property
    def physical(self) -> list[Entity]:
        """Elements that are matter: openings, virtual elements and grids are none."""
        none = {e.id() for e in self.of("IfcFeatureElement", "IfcVirtualElement")}
        return [e for e in self.elements if e.id() not in none]

    @cached_property
    def positions(self) -> Positions:
        """Placements followed to the world, in model units."""
        return Positions()

    def frame(self, product: Entity) -> Frame | None:
        """The product's frame in the world, in model units."""
        return self.positions.frame(product)

    @cached_property
    def origins(self) -> dict[int, tuple[float, float, float]]:
        """Where each physical element's origin is, metres of the model."""
        metre, made = self.metre, {}
        for element in self.physical:
            at = self.positions.origin(element)
            if at is not None:
                made[element.id()] = (at[0] * metre, at[1] * metre, at[2] * metre)
        return made

    @cached_property
    def points(self) -> dict[int, tuple[float, float, float]]:
        """A corner of each physical element's body where one is read, its origin where none is, metres of the model."""
        from bim.guide.checks.corner import Known, corner

        known: Known = {}
        made = [(e.id(), corner(self, e, self.bodies[e.id()], known)) for e in self.physical if e.id() in self.bodies]
        return self.origins | {key: at for key, at in made if at is not None}

    @cached_property
    def levels(self) -> list[Level]:
        """The storeys from below; those without any height first."""
        made = [self._level(storey) for storey in self.of("IfcBuildingStorey")]
        return sorted(made, key=lambda level: -math.inf if level.height is None else level.height)

    def _level(self, storey: Entity) -> Level:
        building = next((p for p in self.structure.above(storey) if p.is_a("IfcBuilding")), None)
        at, base = self.positions.origin(storey), None if building is None else self.positions.origin(building)
        placed = None if at is None else (at[2] - (base[2] if base else 0.0)) * self.metre
        declared = storey.Elevation
        return Level(storey, None if declared is None else declared * self.metre, placed)

    @cached_property
    def host(self) -> dict[int, Entity]:
        """The element that each opening voids."""
        relations = self.of("IfcRelVoidsElement")
        return {r[5].id(): r[4] for r in relations if r[4] is not None and r[5] is not None}

    @cached_property
    def filled(self) -> dict[int, Entity]:
        """The opening that each filling fills."""
        relations = self.of("IfcRelFillsElement")
        return {r[5].id(): r[4] for r in relations if r[4] is not None and r[5] is not None}

    @cached_property
    def parts(self) -> dict[int, list[Entity]]:
        """The parts of each whole."""
        made: dict[int, list[Entity]] = defaultdict(list)
        for relation in self.of("IfcRelAggregates"):
            if relation.RelatingObject is not None:
                made[relation.RelatingObject.id()] += relation.RelatedObjects or ()
        return made

    @cached_property
    def members(self) -> dict[int, list[Entity]]:
        """The members of each group or zone."""
        made: dict[int, list[Entity]] = defaultdict(list)
        for relation in self.of("IfcRelAssignsToGroup"):
            if relation.RelatingGroup is not None:
                made[relation.RelatingGroup.id()] += relation.RelatedObjects or ()
        return made

    @cached_property
    def types(self) -> dict[int, Entity]:
        """The type of each occurrence."""
        relations = self.of("IfcRelDefinesByType")
        return {o.id(): r[5] for r in relations if r[5] is not None for o in r[4] or ()}

    @cached_property
    def contained(self) -> dict[int, list[Entity]]:
        """The spatial elements that each element is contained in: one, in a sound model."""
        made: dict[int, list[Entity]] = defaultdict(list)
        for relation in self.of("IfcRelContainedInSpatialStructure"):
            place = relation[5]
            for element in relation[4] or ():
                made[element.id()].append(place)
        return made

    @cached_property
    def footprints(self) -> list[tuple[Entity, Polygon | None]]:
        """Each space with its outline in plan, None where it is not read."""
        return [(space, footprint(self, space)) for space in self.of("IfcSpace")]

    def storey(self, element: Entity) -> Entity | None:
        """The storey of an element, that of its host where it fills an opening."""
        opening = self.filled.get(element.id())
        if opening is not None and element.id() not in self.structure.parent:
            element = self.host.get(opening.id(), element)
        return next((p for p in self.structure.above(element) if p.is_a("IfcBuildingStorey")), None)

    def sets(self, thing: Entity) -> Iterator[Entity]:
        """The sets of properties and quantities of the thing itself; IFC4 allows a list of them in one relation."""
        for relation in thing.IsDefinedBy:
            given = relation.RelatingPropertyDefinition if relation.is_a("IfcRelDefinesByProperties") else None
            if given is not None:
                yield from (given,) if given.id() else given[0]

    def said(self, thing: Entity, name: str) -> Any:
        """A property of that name in any set of the thing itself or of its type; None where there is none."""
        kind = self.types.get(thing.id())
        inherited = (kind.HasPropertySets or ()) if kind is not None else ()
        for given in (*self.sets(thing), *inherited):
            if not given.is_a("IfcPropertySet"):
                continue
            for row in given.HasProperties or ():
                if row.Name == name and row.is_a("IfcPropertySingleValue") and row.NominalValue is not None:
                    return row.NominalValue.wrappedValue
        return None
