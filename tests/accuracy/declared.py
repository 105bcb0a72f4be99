"""Quantities that authoring tools wrote beside the shapes, in metres and square metres, each with ours of the same."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ifcopenshell.util.unit import calculate_unit_scale

from bim import measure, outlines
from bim.building import Building
from tests.accuracy.measured import Measured

AREA, LENGTH = "m2", "m"
TOLERANCE = {AREA: measure.AREA_SHARE, LENGTH: measure.LENGTH_TOLERANCE}
"""Of a measure in a report: a share of an area, metres of a length."""
NAMES: Mapping[str, Mapping[str, str]] = {
    "IfcBuilding": {"GrossFloorArea": "area"},
    "IfcBuildingStorey": {"GrossFloorArea": "area"},
    "IfcSpace": {
        "NetFloorArea": "area", "GrossFloorArea": "area", "horizontal area": "area", "GSA BIM Area": "area",
        "Height": "height", "NominalHeight": "height",
    },
    "IfcSlab": {"GrossArea": "gross", "NetArea": "area", "horizontal area": "gross"},
}  # fmt: skip
"""By class: the names under which tools declare what we measure too, and what it is of ours."""
_KINDS = {
    "IfcQuantityArea": ("AreaValue", "AREAUNIT", AREA),
    "IfcQuantityLength": ("LengthValue", "LENGTHUNIT", LENGTH),
}
Ours = Callable[[str, str, str], float | None]


@dataclass(frozen=True)
class Pair:
    """One declared quantity and ours; `ours` is None where we measure none."""

    ifc_class: str
    quantity: str
    element: str
    unit: str
    declared: float
    ours: float | None

    @property
    def error(self) -> float:
        """Ours less the declared one: metres of a length, share of an area; infinite where we measure none."""
        if self.ours is None:
            return float("inf")
        difference = self.ours - self.declared
        return difference if self.unit == LENGTH else difference / self.declared

    @property
    def agrees(self) -> bool:
        """Whether they differ by no more than the tolerance of the measure."""
        return abs(self.error) <= TOLERANCE[self.unit]


def pairs(measured: Measured) -> Iterator[Pair]:
    """Every declared quantity of a kind that we measure too, and the riser of every flight that declares one."""
    ours = _ours(measured.building)
    scales = {kind: calculate_unit_scale(measured.model, kind) for kind in ("AREAUNIT", "LENGTHUNIT")}
    for relation in measured.model.by_type("IfcRelDefinesByProperties"):
        quantities = relation.RelatingPropertyDefinition
        if quantities is not None and quantities.is_a("IfcElementQuantity"):
            for element in relation.RelatedObjects:
                yield from _of(element, quantities.Quantities or (), scales, ours)
    for flight in measured.building.flights:
        if flight.riser is not None:
            yield Pair("IfcStairFlight", "RiserHeight", flight.id, LENGTH, flight.riser, flight.measured_riser)


def _of(element: Any, quantities: Any, scales: Mapping[str, float], ours: Ours) -> Iterator[Pair]:
    ifc_class = next((name for name in NAMES if element.is_a(name)), "")
    for quantity in quantities if ifc_class else ():
        what = NAMES[ifc_class].get(quantity.Name)
        if what is None or quantity.is_a() not in _KINDS:
            continue
        attribute, scale, unit = _KINDS[quantity.is_a()]
        declared = getattr(quantity, attribute) * scales[scale]
        if declared > 0:
            key = element.GlobalId
            yield Pair(ifc_class, quantity.Name, key, unit, declared, ours(ifc_class, key, what))


def _ours(building: Building) -> Ours:
    """Our measure by class, GlobalId and what is asked for."""
    spaces = {space.id: space for space in building.spaces}
    plates = {plate.id: plate for plate in building.plates}
    storeys = {storey.id: storey for storey in building.storeys}

    def of_space(key: str, what: str) -> float | None:
        space = spaces[key]
        if what == "height":
            return None if space.top is None or space.bottom is None else space.top - space.bottom
        return None if space.region is None else float(space.region.area)

    def of_plate(key: str, what: str) -> float | None:
        if key not in plates:
            return None
        region = plates[key].region
        return float((outlines.filled(region, 0) if what == "gross" else region).area)

    by_class: Mapping[str, Callable[[str, str], float | None]] = {
        "IfcSpace": of_space,
        "IfcSlab": of_plate,
        "IfcBuildingStorey": lambda key, _: measure.storey_area(building, storeys[key]),
        "IfcBuilding": lambda _key, _what: measure.gross_floor_area(building),
    }
    return lambda ifc_class, key, what: by_class[ifc_class](key, what)
