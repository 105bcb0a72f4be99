"""A model as an oracle sees it: the library's utilities, and meshes of every product by the kernel."""

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import ifcopenshell
import ifcopenshell.util.element as element_util
import ifcopenshell.util.placement as placement_util
import ifcopenshell.util.unit as unit_util
import numpy as np
from numpy.typing import NDArray

from tests.oracles.meshes import Mesh, meshes

Entity = Any
Point = NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """One opened file; `discipline` and `others` are those of a federation."""

    path: Path
    file: ifcopenshell.file
    discipline: str = "architecture"
    others: tuple["Model", ...] = ()

    def of(self, *kinds: str) -> list[Entity]:
        """Entities of some classes and of those below them; none of a class that the schema does not know."""
        schema = ifcopenshell.ifcopenshell_wrapper.schema_by_name(self.file.schema_identifier)
        known = {declaration.name() for declaration in schema.entities()}
        found = {e.id(): e for kind in kinds if kind in known for e in self.file.by_type(kind)}
        return [found[key] for key in sorted(found)]

    @cached_property
    def metre(self) -> float:
        """Metres in one length unit."""
        return float(unit_util.calculate_unit_scale(self.file))

    @cached_property
    def square(self) -> float:
        """Square metres in one area unit."""
        return float(unit_util.calculate_unit_scale(self.file, "AREAUNIT"))

    @cached_property
    def physical(self) -> list[Entity]:
        """Elements that are matter."""
        none = ("IfcFeatureElement", "IfcVirtualElement")
        return [e for e in self.of("IfcElement") if not any(e.is_a(kind) for kind in none)]

    @cached_property
    def meshes(self) -> dict[int, Mesh]:
        """Triangles of every product that shows some."""
        return meshes(self.file, self.of("IfcProduct"))

    @cached_property
    def plans(self) -> dict[int, Any]:
        """The shadow of each space that the kernel makes, square metres; nothing else is asked of it for them."""
        return {key: mesh.plan for key, mesh in meshes(self.file, self.of("IfcSpace")).items()}

    def matrix(self, product: Entity) -> Point | None:
        """The placement as a matrix, in metres; None where it is not local throughout."""
        placement = product.ObjectPlacement
        above = placement
        while above is not None:
            if not above.is_a("IfcLocalPlacement"):
                return None
            above = above.PlacementRelTo
        if placement is None:
            return None
        made: Point = np.array(placement_util.get_local_placement(placement), np.float64)
        made[:3, 3] *= self.metre
        return made

    def origin(self, product: Entity) -> Point | None:
        """Where a product is placed, in metres."""
        matrix = self.matrix(product)
        return None if matrix is None else matrix[:3, 3]

    def storey(self, element: Entity) -> Entity | None:
        """The storey above an element, whichever relation leads there."""
        return element_util.get_parent(element, ifc_class="IfcBuildingStorey")

    def said(self, element: Entity, name: str) -> Any:
        """A property of that name in any set of the element or its type, the element's first."""
        for inherit in (False, True):
            sets = element_util.get_psets(element, psets_only=True, should_inherit=inherit)
            for values in sets.values():
                if values.get(name) is not None:
                    return values[name]
        return None

    @cached_property
    def heights(self) -> dict[int, float | None]:
        """Metres of each storey above its building: as declared, or else as placed."""
        return {s.id(): self._height(s) for s in self.of("IfcBuildingStorey")}

    def _height(self, storey: Entity) -> float | None:
        return self.placed(storey) if storey.Elevation is None else float(storey.Elevation) * self.metre

    def placed(self, storey: Entity) -> float | None:
        """Metres of a storey's placement above that of its building."""
        at = self.origin(storey)
        building = element_util.get_parent(storey, ifc_class="IfcBuilding")
        base = None if building is None else self.origin(building)
        return None if at is None else float(at[2]) - (0.0 if base is None else float(base[2]))

    @cached_property
    def rising(self) -> list[tuple[Entity, float]]:
        """Storeys of known height from below."""
        known = [(s, self.heights[s.id()]) for s in self.of("IfcBuildingStorey")]
        return sorted(((s, h) for s, h in known if h is not None), key=lambda pair: pair[1])


def near(a: float, b: float, most: float = 1e-6) -> bool:
    """Whether two numbers are the same but for rounding."""
    return math.isclose(a, b, rel_tol=1e-6, abs_tol=most)
