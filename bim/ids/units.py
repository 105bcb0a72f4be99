"""Measures in SI units, as IDS writes them: metres, kilograms, seconds, radians, kelvins."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ifcopenshell

from bim.ids import schema

_PREFIXES = {
    "EXA": 18, "PETA": 15, "TERA": 12, "GIGA": 9, "MEGA": 6, "KILO": 3, "HECTO": 2, "DECA": 1,
    "DECI": -1, "CENTI": -2, "MILLI": -3, "MICRO": -6, "NANO": -9, "PICO": -12, "FEMTO": -15, "ATTO": -18,
}  # fmt: skip
_POWERS = {"SQUARE_METRE": 2, "CUBIC_METRE": 3}
_KELVIN = 273.15
_DEEP = 8


@dataclass(frozen=True)
class Scale:
    """How a value becomes one in SI: `value * times / over + plus`.

    Two factors, since 2800 / 1000 is 2.8 and 2800 * 0.001 is not.
    """

    times: float = 1
    over: float = 1
    plus: float = 0

    def si(self, value: float) -> float:
        """The value in SI units."""
        return value * self.times / self.over + self.plus

    def power(self, exponent: int) -> "Scale":
        """Of a unit taken to a power; an offset means nothing there."""
        if exponent < 0:
            return Scale(self.over**-exponent, self.times**-exponent)
        return Scale(self.times**exponent, self.over**exponent)


ONE = Scale()


class Units:
    """The units of a model: those of its project, and any unit that a property names itself."""

    def __init__(self, model: ifcopenshell.file) -> None:
        self._model = model
        self._identifier = model.schema_identifier
        self._measures: dict[str, Scale] = {}

    def of_measure(self, data_type: str) -> Scale:
        """By a data type such as IFCPOSITIVELENGTHMEASURE; what has no unit in the project is SI."""
        if data_type not in self._measures:
            root = schema.measure(self._identifier, data_type)
            unit_type = f"{root.removeprefix('IFC').removesuffix('MEASURE')}UNIT"
            self._measures[data_type] = self._assigned.get(unit_type, ONE)
        return self._measures[data_type]

    def of_unit(self, unit: Any) -> Scale:
        """Of a unit entity."""
        return _scale(unit, 0)

    @cached_property
    def _assigned(self) -> dict[str, Scale]:
        found: dict[str, Scale] = {}
        for unit in self._project_units():
            kind = unit.is_a()
            if kind != "IfcMonetaryUnit":
                found[unit[1]] = _scale(unit, 0)  # the unit type stands second in every class of units
        return found

    def _project_units(self) -> tuple[Any, ...]:
        assignments = [project[8] for project in self._model.by_type("IfcProject") if project[8]]
        assignments = assignments or list(self._model.by_type("IfcUnitAssignment"))
        return tuple(assignments[0][0] or ()) if assignments else ()


def _scale(unit: Any, depth: int) -> Scale:
    kind = unit.is_a()
    if depth > _DEEP:
        raise ValueError("units refer to each other")
    if kind == "IfcSIUnit":
        return _of_si(unit[2], unit[3])
    if kind.startswith("IfcConversionBasedUnit") and unit[3] is not None:
        factor = unit[3]
        inner = _scale(factor[1], depth + 1)
        offset = (unit[4] or 0) if kind == "IfcConversionBasedUnitWithOffset" else 0
        return Scale(inner.times * factor[0][0], inner.over, offset + inner.plus)
    if kind == "IfcDerivedUnit":
        product = ONE
        for element in unit[0] or ():
            part = _scale(element[0], depth + 1).power(element[1])
            product = Scale(product.times * part.times, product.over * part.over)
        return product
    return ONE


def _of_si(prefix: str | None, name: str) -> Scale:
    exponent = _PREFIXES.get(prefix or "", 0) * _POWERS.get(name, 1)
    if name == "GRAM":
        exponent -= 3
    plus = _KELVIN if name == "DEGREE_CELSIUS" else 0
    return Scale(10**exponent, 1, plus) if exponent >= 0 else Scale(1, 10**-exponent, plus)
